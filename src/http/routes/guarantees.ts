import { createRoute, z } from '@hono/zod-openapi';
import { recordPayout, reversePayout } from '../../guarantee/payout-service.ts';
import { cancelGuarantee, recordGuarantee } from '../../guarantee/service.ts';
import { findGuarantee, GUARANTEE_SORTS, type GuaranteeView, listGuarantees } from '../../guarantee/view-service.ts';
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
  zPeriod,
  zRate,
  zText,
} from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';
import { zCheck } from './loan-filings.ts';

const zRole = z.enum(['guarantor', 'reguarantor', 'insurer']);
const zBasis = z.enum(['actual360', 'actual365']);

const zGuarantee = z
  .object({
    ...{ id: zId, loanId: zId, poolCode: z.string(), poolName: z.string(), bankCode: z.string(), bankName: z.string() },
    ...{ enterpriseUscc: z.string(), enterpriseName: z.string(), dueBillNo: z.string(), party: z.string() },
    ...{ partyName: z.string(), role: zRole, percent: z.string(), contractNo: z.string(), signedOn: zDate },
    ...{ annualRate: zRate.nullable(), dayCountBasis: z.string().nullable(), liability: zMoney, paid: zMoney },
    ...{ status: z.enum(['active', 'cancelled']), recordedOn: zDate, reason: z.string().nullable() },
    ...{ checks: z.array(zCheck), cites: z.array(zCitation) },
  })
  .openapi('Guarantee');
const zLife = zGuarantee
  .extend({
    movements: z.array(
      z.object({
        ...{ occurredOn: zDate, belongsTo: z.string().nullable(), memo: z.string() },
        ...{ amount: zMoney, balance: zMoney },
      }),
    ),
    fees: z.array(
      z.object({
        ...{ period: zPeriod, owedBy: z.string(), owedTo: z.string(), amount: zMoney, explanation: zExplanation },
        takenIn: zPeriod.nullable(),
        through: zDate.nullable().openapi({ description: '当月未结束的，计算至哪一天' }),
      }),
    ),
    payouts: z.array(
      z.object({
        ...{ id: zId, amount: zMoney, paidOn: zDate, voucherNo: z.string(), recordedOn: zDate, mine: z.boolean() },
        ...{ reversedOn: zDate.nullable(), reason: z.string().nullable() },
      }),
    ),
  })
  .openapi('GuaranteeLife');
const zNewGuarantee = z.strictObject({
  ...{ party: zCode, role: zRole, contractNo: zText(100), signedOn: zDate },
  percent: z
    .string({ error: '担保比例应为文本' })
    .regex(/^\d{1,3}(\.\d{1,6})?$/, { error: '担保比例应为百分数的数字文本，例如 "40"' })
    .refine((text) => /[1-9]/.test(text), { error: '担保比例应大于零' })
    .openapi({ example: '40', description: '占该笔备案余额的百分比，文本' }),
  annualRate: zRate.optional().openapi({ description: '约定的年费率（%），不收费的不填' }),
  dayCountBasis: zBasis.optional(),
});
const zQuery = zListQuery(GUARANTEE_SORTS).extend({
  ...{ poolCode: zCode.optional(), bankCode: zCode.optional(), party: zCode.optional(), role: zRole.optional() },
  ...{ status: z.enum(['active', 'cancelled']).optional(), loanId: zId.optional() },
});
const STATUSES = { active: '在保', cancelled: '已撤销' };
/** 「在保」 is what other lists call active. */
const FILE = {
  ...{ name: '担保', row: zGuarantee },
  rowsOf: (item: GuaranteeView) => [{ ...item, status: STATUSES[item.status] }],
};
const byId = z.object({ id: zId });
const reasoned = jsonBody(z.strictObject({ reason: zText(500) }));
const tags = ['担保'];
const idOf = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);

/** 担保: who answers for what of a loan, how it moves, and 代偿. */
export const guarantees = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/guarantees', tags, summary: '担保列表', request: { query: zQuery } },
      responses: answers(200, zList(zGuarantee), '担保'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listGuarantees(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/guarantees/{id}', tags, summary: '一笔担保：责任余额变动与代偿' },
      request: { params: byId },
      responses: answers(200, zLife, '担保'),
    }),
    async (c) => c.json(await findGuarantee(c.get('ctx'), idOf(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/loans/{id}/guarantees', tags, summary: '登记担保、再担保或保险（备案时或以后）' },
      request: { params: byId, body: jsonBody(zNewGuarantee) },
      responses: { ...answers(201, zGuarantee, '已登记'), ...answers(200, zGuarantee, '此前已登记，内容相同') },
    }),
    async (c) => {
      const { created, guarantee } = await recordGuarantee(c.get('ctx'), idOf(c), c.req.valid('json'));
      return created ? c.json(guarantee, 201) : c.json(guarantee, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/guarantees/{id}/cancel', tags, summary: '撤销误登的担保' },
      request: { params: byId, body: reasoned },
      responses: answers(200, zGuarantee, '已撤销'),
    }),
    async (c) => c.json(await cancelGuarantee(c.get('ctx'), idOf(c), c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/guarantees/{id}/payouts', tags, summary: '登记代偿（担保和保险机构）' },
      request: {
        params: byId,
        body: jsonBody(z.strictObject({ amount: zAmount, paidOn: zDate, voucherNo: zText(100) })),
      },
      responses: { ...answers(201, zLife, '已登记'), ...answers(200, zLife, '此前已登记，内容相同') },
    }),
    async (c) => {
      const { created, guarantee } = await recordPayout(c.get('ctx'), idOf(c), c.req.valid('json'));
      return created ? c.json(guarantee, 201) : c.json(guarantee, 200);
    },
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/guarantees/{id}/payouts/{payout}/reverse',
        tags,
        summary: '冲销误登的代偿（须由他人办理）',
      },
      request: { params: byId.extend({ payout: zId }), body: reasoned },
      responses: answers(200, zLife, '已冲销'),
    }),
    async (c) => {
      const { id, payout } = c.req.valid('param');
      return c.json(await reversePayout(c.get('ctx'), BigInt(id), BigInt(payout), c.req.valid('json').reason), 200);
    },
  );
