import { createRoute, z } from '@hono/zod-openapi';
import { INSTITUTION_KINDS, type InstitutionKind } from '../../parties/institution.ts';
import {
  addBankAccount,
  addPartnership,
  createInstitution,
  endPartnership,
  findInstitution,
  INSTITUTION_SORTS,
  listInstitutions,
} from '../../parties/institution-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zCode, zDate, zFault, zList, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

const zKind = z.enum(Object.keys(INSTITUTION_KINDS) as [InstitutionKind, ...InstitutionKind[]]);
const zWarnings = { warnings: z.array(zFault) };
const zInstitution = z
  .object({
    code: z.string(),
    name: z.string(),
    kind: z.string(),
    kindLabel: z.string(),
    uscc: z.string().nullable(),
    cnaps: z.string().nullable(),
  })
  .openapi('Institution');
const zPartnership = z
  .object({
    ...{
      id: z.string(),
      institutionCode: z.string(),
      poolCode: z.string().nullable(),
      validFrom: zDate,
      validTo: zDate.nullable(),
    },
    ...{ document: z.string(), active: z.boolean() },
  })
  .openapi('Partnership');
const zAccount = z
  .object({
    id: z.string(),
    institutionCode: z.string(),
    accountNo: z.string(),
    accountName: z.string(),
    bankName: z.string(),
    cnaps: z.string().nullable(),
  })
  .openapi('BankAccount');
const zDetail = zInstitution
  .extend({ partnerships: z.array(zPartnership), accounts: z.array(zAccount).nullable() })
  .openapi('InstitutionDetail');
const zSavedInstitution = zInstitution.extend(zWarnings).openapi('SavedInstitution');
const zSavedAccount = zAccount.extend(zWarnings).openapi('SavedBankAccount');

const zUscc = zText(18).openapi({ example: '91640000227694838U' });
const zNewInstitution = z
  .strictObject({ code: zCode, name: zText(), kind: zKind, uscc: zUscc.nullish(), cnaps: zText(20).nullish() })
  .openapi('NewInstitution');
const zNewPartnership = z
  .strictObject({ poolCode: zCode.nullish(), validFrom: zDate, validTo: zDate.nullish(), document: zText() })
  .openapi('NewPartnership');
const zNewAccount = z
  .strictObject({
    accountNo: z
      .string({ error: '账号应为文本，不接受 JSON 数字' })
      .trim()
      .min(1)
      .max(60)
      .openapi({ example: '6402200100009981' }),
    ...{ accountName: zText(), bankName: zText(), cnaps: zText(20).nullish() },
  })
  .openapi('NewBankAccount');

const zQuery = zListQuery(INSTITUTION_SORTS).extend({ kind: zKind.optional(), name: zText(100).optional() });
const FILE = { name: '机构', row: zInstitution.omit({ kindLabel: true }) };
const byCode = z.object({ code: zCode });
const tags = ['机构'];

/** 机构: banks, guarantors, insurers, units and the rest, when they are partners and where they are paid. */
export const institutions = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/institutions', tags, summary: '机构列表' },
      request: { query: zQuery },
      responses: answers(200, zList(zInstitution), '机构'),
    }),
    async (c) =>
      answerList(c, c.req.valid('query'), FILE, (filter, ask) => listInstitutions(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/institutions',
        tags,
        summary: '登记机构',
        request: { body: jsonBody(zNewInstitution) },
      },
      responses: {
        ...answers(201, zSavedInstitution, '已登记'),
        ...answers(200, zSavedInstitution, '此前已登记，内容相同'),
      },
    }),
    async (c) => {
      const { created, warnings, institution } = await createInstitution(c.get('ctx'), c.req.valid('json'));
      return created ? c.json({ ...institution, warnings }, 201) : c.json({ ...institution, warnings }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/institutions/{code}', tags, summary: '机构、合作期与账户' },
      request: { params: byCode, query: z.strictObject({ asOf: zDate.optional() }) },
      responses: answers(200, zDetail, '机构'),
    }),
    async (c) => c.json(await findInstitution(c.get('ctx'), c.req.valid('param').code, c.req.valid('query').asOf), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/institutions/{code}/partnerships', tags, summary: '登记合作期' },
      request: { params: byCode, body: jsonBody(zNewPartnership) },
      responses: { ...answers(201, zPartnership, '已登记'), ...answers(200, zPartnership, '此前已登记，内容相同') },
    }),
    async (c) => {
      const { created, partnership } = await addPartnership(
        c.get('ctx'),
        c.req.valid('param').code,
        c.req.valid('json'),
      );
      return created ? c.json(partnership, 201) : c.json(partnership, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/institutions/{code}/partnerships/{id}/end', tags, summary: '终止合作' },
      request: {
        params: byCode.extend({ id: z.uuid() }),
        body: jsonBody(z.strictObject({ validTo: zDate, reason: zText(500) })),
      },
      responses: answers(200, zPartnership, '已终止'),
    }),
    async (c) => {
      const { code, id } = c.req.valid('param');
      return c.json(await endPartnership(c.get('ctx'), code, id, c.req.valid('json')), 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/institutions/{code}/bank-accounts', tags, summary: '登记银行账户' },
      request: { params: byCode, body: jsonBody(zNewAccount) },
      responses: { ...answers(201, zSavedAccount, '已登记'), ...answers(200, zSavedAccount, '此前已登记，内容相同') },
    }),
    async (c) => {
      const { created, warnings, account } = await addBankAccount(
        c.get('ctx'),
        c.req.valid('param').code,
        c.req.valid('json'),
      );
      return created ? c.json({ ...account, warnings }, 201) : c.json({ ...account, warnings }, 200);
    },
  );
