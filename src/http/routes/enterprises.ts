import { createRoute, z } from '@hono/zod-openapi';
import {
  ENTERPRISE_SORTS,
  type EnterpriseView,
  findEnterprise,
  listEnterprises,
  putEnterprise,
  revealEnterprise,
} from '../../parties/enterprise-service.ts';
import { TITLES, type TitleKind } from '../../parties/title.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zDate, zFault, zList, zMoney, zText } from '../schemas/common.ts';
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
/** A view's own mask sent back would overwrite the name it hides. */
const zPerson = zName.refine((name) => !/[*＊]/.test(name), { error: '请填写全名；不修改则不要填写' });
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
    ...{ legalRepresentative: zPerson.nullish(), titles: z.array(zTitle).max(100).optional() },
  })
  .openapi('EnterpriseRequest', { description: '未填写的项目保持不变；新登记的企业须填写从业人数和各项金额（元）' });

const zAsOf = z.strictObject({ asOf: zDate.optional() });
const zQuery = zListQuery(ENTERPRISE_SORTS).extend({
  uscc: zText(18).optional(),
  name: zText(100).optional(),
  title: zTitleKind.optional(),
  asOf: zDate.optional(),
});
const tags = ['企业'];

/** As a file, the titles valid on the day stand in one cell. */
const FILE = {
  name: '企业',
  row: zEnterprise.extend({ titles: z.string() }),
  rowsOf: (e: EnterpriseView) => [{ ...e, titles: e.titles.flatMap((t) => (t.valid ? t.label : [])).join('、') }],
};

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
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listEnterprises(c.get('ctx'), filter, ask)),
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
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/enterprises/{uscc}/reveal', tags, summary: '查看企业的个人信息原文' },
      description: '列表和详情中的法定代表人只显示姓氏。查看原文须写明理由，何人何时因何查看记入审计日志。',
      request: { params: z.object({ uscc: zUscc }), body: jsonBody(z.strictObject({ reason: zText(200) })) },
      responses: answers(200, z.object({ legalRepresentative: z.string().nullable() }), '原文'),
    }),
    async (c) =>
      c.json(await revealEnterprise(c.get('ctx'), c.req.valid('param').uscc, c.req.valid('json').reason), 200),
  );
