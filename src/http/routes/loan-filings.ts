import { createRoute, z } from '@hono/zod-openapi';
import { consentMany } from '../../loans/consent-many-service.ts';
import { consent, fileLoan, findFiling, refuse, withdraw } from '../../loans/filing-service.ts';
import { FILING_SORTS, listFilings } from '../../loans/list-service.ts';
import { DAY_COUNT_BASES, GUARANTEE_MODES, PURPOSES, REPAYMENT_METHODS } from '../../loans/terms.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zAmount, zCitation, zCode, zDate, zExplanation, zId, zList, zMoney, zRate, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

const oneOf = <T extends object>(labels: T) =>
  z.enum(Object.keys(labels) as [keyof T & string, ...(keyof T & string)[]]);

const zFilingRequest = z
  .strictObject({
    ...{
      poolCode: zCode,
      enterpriseUscc: zText(18),
      contractNo: zText(64),
      dueBillNo: zText(64),
      principal: zAmount,
      countedPrincipal: zAmount,
      annualRate: zRate,
    },
    ...{
      disbursedOn: zDate,
      maturesOn: zDate,
      dayCountBasis: oneOf(DAY_COUNT_BASES),
      repaymentMethod: oneOf(REPAYMENT_METHODS),
      guaranteeMode: oneOf(GUARANTEE_MODES),
    },
    ...{
      firstLoan: z.boolean(),
      purpose: oneOf(PURPOSES),
      purposeText: zText().nullish(),
      renewsContractNo: zText(64).nullish(),
      accountNo: zText(40).nullish(),
    },
  })
  .openapi('LoanFilingRequest');

export const zCheck = z
  .object({
    ...{
      code: z.string(),
      verdict: z.enum(['pass', 'fail', 'warn', 'notChecked']),
      clause: z.string(),
      field: z.string().optional(),
      value: z.string().optional(),
      message: z.string(),
    },
    ...{
      cites: z.array(zCitation),
      explanation: zExplanation.optional(),
    },
  })
  .openapi('Check');

const zSummary = z
  .object({
    ...{
      id: zId,
      poolCode: z.string(),
      bankCode: z.string(),
      enterpriseUscc: z.string(),
      enterpriseName: z.string(),
      contractNo: z.string(),
      dueBillNo: z.string(),
      principal: zMoney,
    },
    ...{
      countedPrincipal: zMoney,
      annualRate: zRate,
      disbursedOn: zDate,
      maturesOn: zDate,
      dayCountBasis: z.string(),
      repaymentMethod: z.string(),
      guaranteeMode: z.string(),
    },
    ...{
      firstLoan: z.boolean(),
      purpose: z.string(),
      purposeText: z.string().nullish(),
      renewsContractNo: z.string().nullish(),
      filedOn: zDate,
      status: z.string(),
    },
    ...{ decidedOn: zDate.nullable(), reason: z.string().nullable() },
  })
  .openapi('LoanFilingSummary');
export const zFiling = zSummary.extend({ checks: z.array(zCheck) }).openapi('LoanFiling');

const zItem = zSummary
  .extend({
    bankName: z.string(),
    poolName: z.string(),
    reviewDueOn: zDate.nullable(),
    doubts: z.number().int().nullable(),
  })
  .openapi('LoanFilingItem');
const zQuery = zListQuery(FILING_SORTS).extend({
  ...{
    poolCode: zCode.optional(),
    bankCode: zCode.optional(),
    enterpriseUscc: zText(18).optional(),
    dueBillNo: zText(64).optional(),
    contractNo: zText(64).optional(),
  },
  status: z.enum(['submitted', 'consented', 'refused', 'withdrawn']).optional(),
  from: zDate.optional().openapi({ description: '备案日期起' }),
  to: zDate.optional().openapi({ description: '备案日期止' }),
});
const FILE = { name: '备案', row: zItem };
const zDecided = z
  .object({
    id: zId,
    status: z.string().nullable(),
    problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .openapi('ConsentResult');
const byId = z.object({ id: zId });
const tags = ['备案'];
const zReason = z.strictObject({ reason: zText(500) });

/** 备案: filed one by one, looked at, decided. */
export const loanFilings = newRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/loan-filings',
      tags,
      summary: '报送一笔备案',
      request: { body: jsonBody(zFilingRequest) },
      responses: { ...answers(201, zFiling, '已受理'), ...answers(200, zFiling, '此前已受理，内容相同') },
    }),
    async (c) => {
      const { created, filing } = await fileLoan(c.get('ctx'), c.req.valid('json'));
      return created ? c.json(filing, 201) : c.json(filing, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/loan-filings',
      tags,
      summary: '备案列表',
      request: { query: zQuery },
      responses: answers(200, zList(zItem), '备案'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listFilings(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/loan-filings/{id}',
      tags,
      summary: '备案及其审核依据',
      request: { params: byId },
      responses: answers(200, zFiling, '备案'),
    }),
    async (c) => c.json(await findFiling(c.get('ctx'), BigInt(c.req.valid('param').id)), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/loan-filings/{id}/consent',
      tags,
      summary: '同意备案，贷款入池',
      request: { params: byId },
      responses: answers(200, zFiling, '已同意'),
    }),
    async (c) => c.json(await consent(c.get('ctx'), BigInt(c.req.valid('param').id)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/loan-filings/consent', tags, summary: '批量同意备案，逐笔办理' },
      request: { body: jsonBody(z.strictObject({ ids: z.array(zId).min(1).max(200) })) },
      responses: answers(200, z.object({ items: z.array(zDecided) }), '各笔的结果'),
    }),
    async (c) => c.json({ items: await consentMany(c.get('ctx'), c.req.valid('json').ids.map(BigInt)) }, 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/loan-filings/{id}/refuse',
      tags,
      summary: '不同意备案',
      request: { params: byId, body: jsonBody(zReason) },
      responses: answers(200, zFiling, '已退回'),
    }),
    async (c) => c.json(await refuse(c.get('ctx'), BigInt(c.req.valid('param').id), c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/loan-filings/{id}/withdraw',
      tags,
      summary: '撤回未审核的备案',
      request: { params: byId },
      responses: answers(200, zFiling, '已撤回'),
    }),
    async (c) => c.json(await withdraw(c.get('ctx'), BigInt(c.req.valid('param').id)), 200),
  );
