import { createRoute, z } from '@hono/zod-openapi';
import { LOAN_SORTS, listLoans } from '../../loans/list-service.ts';
import { disburse, extend, findLoan, repay } from '../../loans/loan-service.ts';
import {
  confirmRevocation,
  openRevocations,
  proposeRevocation,
  refuseRevocation,
  revocationsOf,
} from '../../loans/revocation-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import {
  zAmount,
  zCitation,
  zCode,
  zDate,
  zExplanation,
  zId,
  zList,
  zMoney,
  zPlain,
  zRate,
  zText,
} from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

const zLoan = z
  .object({
    ...{
      id: zId,
      poolCode: z.string(),
      bankCode: z.string(),
      enterpriseUscc: z.string(),
      enterpriseName: z.string(),
      contractNo: z.string(),
      dueBillNo: z.string(),
      annualRate: zRate,
    },
    ...{
      principal: zMoney,
      countedPrincipal: zMoney,
      outstandingPrincipal: zMoney,
      countedOutstanding: zMoney,
      reserve: zMoney,
      admittedOn: zDate,
      disbursedOn: zDate.nullable(),
    },
    ...{
      maturesOn: zDate,
      classification: z.string(),
      overdueDays: z.number().int(),
      lastReportPeriod: z.string().nullable(),
      status: z.string(),
    },
  })
  .openapi('Loan');
const zEvent = z.object({
  ...{
    kind: z.string(),
    occurredOn: zDate,
    belongsTo: z.string().nullable(),
    recordedAt: z.string(),
    principalDelta: zMoney,
    countedDelta: zMoney,
    reserveDelta: zMoney,
  },
  ...{ interest: zMoney.nullable(), details: z.any() },
});
const zLoanItem = zLoan.extend({ bankName: z.string(), poolName: z.string() }).openapi('LoanItem');
const zRevocation = z
  .object({
    ...{ id: zId, loanId: zId, ground: z.string(), groundName: z.string(), reason: z.string(), occurredOn: zDate },
    ...{ status: z.enum(['proposed', 'confirmed', 'refused']), mine: z.boolean() },
    ...{ proposedBy: z.string().nullable(), proposedOn: zDate, decidedBy: z.string().nullable() },
    ...{ decidedOn: zDate.nullable(), decision: z.string().nullable(), cites: z.array(zCitation) },
  })
  .openapi('Revocation');
const zRevocationItem = zRevocation
  .extend({
    ...{ poolCode: z.string(), bankCode: z.string(), dueBillNo: z.string(), enterpriseName: z.string() },
    outstandingPrincipal: zMoney,
  })
  .openapi('RevocationItem');
const zRevocations = z
  .object({
    grounds: z.array(z.object({ code: z.string(), label: z.string() })).openapi({ description: '办法规定的撤销情形' }),
    ...{ cites: z.array(zCitation), items: z.array(zRevocation) },
  })
  .openapi('Revocations');
const zNewRevocation = z.strictObject({
  ground: zText(50).openapi({ example: 'misuse', description: '撤销情形的代码，见办法的「撤销备案」' }),
  ...{ reason: zText(500), occurredOn: zDate },
});
const zQuery = zListQuery(LOAN_SORTS).extend({
  ...{
    poolCode: zCode.optional(),
    bankCode: zCode.optional(),
    enterpriseUscc: zText(18).optional(),
    dueBillNo: zText(64).optional(),
  },
  ...{
    status: z.enum(['active', 'paidOff', 'compensated', 'revoked']).optional(),
    classification: z.enum(['normal', 'specialMention', 'substandard', 'doubtful', 'loss']).optional(),
  },
  ...{
    from: zDate.optional().openapi({ description: '入池日期起' }),
    to: zDate.optional().openapi({ description: '入池日期止' }),
    maturesFrom: zDate.optional(),
    maturesTo: zDate.optional(),
  },
});
const FILE = { name: '贷款', row: zLoanItem };
const byId = z.object({ id: zId });
const tags = ['贷款'];

/** 入池贷款: what a bank tells of it, and what it is now. */
export const loans = newRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/loans',
      tags,
      summary: '入池贷款列表',
      request: { query: zQuery },
      responses: answers(200, zList(zLoanItem), '贷款'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listLoans(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/loans/{id}',
      tags,
      summary: '贷款及其变动',
      request: { params: byId },
      responses: answers(200, zLoan.extend({ events: z.array(zEvent), explanation: zExplanation }), '贷款'),
    }),
    async (c) => c.json(await findLoan(c.get('ctx'), BigInt(c.req.valid('param').id)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/loans/{id}/disbursements', tags, summary: '报送放款（先同意后放款的）' },
      request: { params: byId, body: jsonBody(z.strictObject({ amount: zAmount, disbursedOn: zDate })) },
      responses: answers(201, zLoan, '已登记'),
    }),
    async (c) => c.json(await disburse(c.get('ctx'), BigInt(c.req.valid('param').id), c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/loans/{id}/repayments', tags, summary: '报送还款或结清' },
      request: {
        params: byId,
        body: jsonBody(
          z.strictObject({
            amount: zAmount,
            interest: zAmount.optional(),
            paidOn: zDate,
            repaymentNo: zText(64).optional(),
          }),
        ),
      },
      responses: { ...answers(201, zLoan, '已登记'), ...answers(200, zLoan, '此前已登记，内容相同') },
    }),
    async (c) => {
      const { created, loan } = await repay(c.get('ctx'), BigInt(c.req.valid('param').id), c.req.valid('json'));
      return created ? c.json(loan, 201) : c.json(loan, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/loans/{id}/extensions', tags, summary: '报送展期' },
      request: { params: byId, body: jsonBody(z.strictObject({ maturesOn: zDate, agreedOn: zDate })) },
      responses: answers(201, zLoan.extend({ checks: z.array(zPlain) }), '已登记'),
    }),
    async (c) => {
      const { checks, ...loan } = await extend(c.get('ctx'), BigInt(c.req.valid('param').id), c.req.valid('json'));
      return c.json({ ...loan, checks: checks.map((check) => ({ ...check })) }, 201);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/revocations', tags, summary: '待复核的撤销备案' },
      responses: answers(200, zList(zRevocationItem), '待复核的撤销备案'),
    }),
    async (c) => {
      const items = await openRevocations(c.get('ctx'));
      return c.json({ items, total: items.length, nextCursor: null }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/loans/{id}/revocations', tags, summary: '撤销备案的提出与决定' },
      request: { params: byId },
      responses: answers(200, zRevocations, '撤销记录'),
    }),
    async (c) => c.json(await revocationsOf(c.get('ctx'), BigInt(c.req.valid('param').id)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/loans/{id}/revoke', tags, summary: '提出撤销备案（须由他人复核）' },
      request: { params: byId, body: jsonBody(zNewRevocation) },
      responses: answers(201, zRevocation, '已提出'),
    }),
    async (c) =>
      c.json(await proposeRevocation(c.get('ctx'), BigInt(c.req.valid('param').id), c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/loans/{id}/revoke/confirm', tags, summary: '同意撤销备案，释放准备金' },
      request: { params: byId },
      responses: answers(200, zRevocation, '已撤销'),
    }),
    async (c) => c.json(await confirmRevocation(c.get('ctx'), BigInt(c.req.valid('param').id)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/loans/{id}/revoke/refuse', tags, summary: '不同意撤销备案' },
      request: { params: byId, body: jsonBody(z.strictObject({ reason: zText(500) })) },
      responses: answers(200, zRevocation, '备案不变'),
    }),
    async (c) => {
      const { reason } = c.req.valid('json');
      return c.json(await refuseRevocation(c.get('ctx'), BigInt(c.req.valid('param').id), reason), 200);
    },
  );
