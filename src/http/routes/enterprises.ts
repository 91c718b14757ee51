import { createRoute, z } from '@hono/zod-openapi';
import { DomainError } from '../../errors.ts';
import { findEnterprise, listEnterprises, putEnterprise } from '../../parties/enterprise-service.ts';
import { TITLES, type TitleKind } from '../../parties/title.ts';
import { newRouter } from '../router.ts';
import { zDate, zFault, zList, zMoney, zPage, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

const zTitleKind = z.enum(Object.keys(TITLES) as [TitleKind, ...TitleKind[]]);
const zTitle = z.strictObject({ kind: zTitleKind, certificateNo: zText(64), validFrom: zDate, validTo: zDate });

/** Its check character is looked at where an enterprise is registered. */
const zUscc = z
  .string()
  .regex(/^[0-9A-Z]{18}$/, { error: '统一社会信用代码应为 18 位数字或大写字母' })
  .openapi({ example: '91640221MA9006026Y' });

/** A name that would run as a formula in a spreadsheet is none (OWASP, CSV injection). */
const zName = zText().regex(/^[^=+\-@＝＋－＠\p{Cc}][^\p{Cc}]*$/u, {
  error: '不能以公式符号开头，也不能含有换行等不可见字符',
});
const zStaff = z.number().int().min(0).max(9_999_999);

const zEnterprise = z
  .object({
    ...{
      uscc: z.string(),
      name: z.string(),
      registeredIn: z.string(),
      industry: z.string().nullable(),
      staff: z.number().int(),
    },
    ...{
      totalAssets: zMoney,
      revenue: zMoney,
      previousRevenue: zMoney,
      rndExpense: zMoney,
      legalRepresentative: z.string().nullable(),
    },
    asOf: zDate,
    titles: z.array(
      z.object({
        kind: z.string(),
        label: z.string(),
        certificateNo: z.string(),
        validFrom: zDate,
        validTo: zDate,
        valid: z.boolean(),
      }),
    ),
  })
  .openapi('Enterprise');
const zSaved = zEnterprise.extend({ warnings: z.array(zFault) }).openapi('SavedEnterprise');
const zNewEnterprise = z
  .strictObject({
    ...{
      uscc: zText(18).openapi({ example: '91640221MA9006026Y' }),
      name: zName,
      registeredIn: zName,
      industry: zName.nullish(),
      staff: zStaff.optional(),
    },
    ...{
      totalAssets: zMoney.optional(),
      revenue: zMoney.optional(),
      previousRevenue: zMoney.optional(),
      rndExpense: zMoney.optional(),
    },
    ...{ legalRepresentative: zName.nullish(), titles: z.array(zTitle).max(100).optional() },
  })
  .openapi('EnterpriseRequest', { description: '未填写的项目保持不变；新登记的企业须填写从业人数和各项金额（元）' });

const zAsOf = z.strictObject({ asOf: zDate.optional() });
const zQuery = zPage.extend({
  uscc: zText(18).optional(),
  name: zText(100).optional(),
  title: zTitleKind.optional(),
  asOf: zDate.optional(),
});
const tags = ['企业'];

/** The code after which a page begins. @throws DomainError CURSOR_INVALID */
function usccCursor(cursor = ''): string {
  if (!/^[0-9A-Z]{0,18}$/.test(cursor))
    throw new DomainError('CURSOR_INVALID', '游标不正确，请使用上一页给出的 nextCursor');
  return cursor;
}

/** 企业: the register of enterprises and their titles. */
export const enterprises = newRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/enterprises',
      tags,
      summary: '企业列表',
      request: { query: zQuery },
      responses: answers(200, zList(zEnterprise), '企业'),
    }),
    async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const { items, total } = await listEnterprises(c.get('ctx'), filter, { after: usccCursor(cursor), take: limit });
      return c.json({ items, total, nextCursor: items.length === limit ? (items.at(-1)?.uscc ?? null) : null }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/enterprises/{uscc}', tags, summary: '企业及其资质' },
      request: { params: z.object({ uscc: zUscc }), query: zAsOf },
      responses: answers(200, zEnterprise, '企业'),
    }),
    async (c) => c.json(await findEnterprise(c.get('ctx'), c.req.valid('param').uscc, c.req.valid('query').asOf), 200),
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/enterprises',
        tags,
        summary: '登记或更新企业',
        request: { body: jsonBody(zNewEnterprise) },
      },
      responses: { ...answers(201, zSaved, '已登记'), ...answers(200, zSaved, '已更新或无变化') },
    }),
    async (c) => {
      const { created, ...enterprise } = await putEnterprise(c.get('ctx'), c.req.valid('json'));
      return created ? c.json(enterprise, 201) : c.json(enterprise, 200);
    },
  );
