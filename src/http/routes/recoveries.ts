import { createRoute, z } from '@hono/zod-openapi';
import { confirmCost, recordCost } from '../../compensation/cost-service.ts';
import { endProposal } from '../../compensation/proposal-service.ts';
import { proveInterest, recordRecovery } from '../../compensation/recovery-service.ts';
import { listRecoveries, RECOVERY_SORTS, type RecoveryView } from '../../compensation/recovery-view-service.ts';
import { reverseEvent } from '../../compensation/reversal-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zClaim, zRecovery } from '../schemas/claims.ts';
import { zAmount, zCode, zDate, zId, zList, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

const zRecoveryQuery = zListQuery(RECOVERY_SORTS).extend({
  ...{ claimId: zId.optional(), poolCode: zCode.optional(), bankCode: zCode.optional() },
  from: zDate.optional().openapi({ description: '到账日期起' }),
  to: zDate.optional().openapi({ description: '到账日期止' }),
});
const zNewRecovery = z.strictObject({
  ...{ amount: zAmount, cost: zAmount.optional(), basis: z.enum(['gross', 'net']).optional() },
  ...{ costPaidBy: zText(64).optional(), obtainedOn: zDate, receivedOn: zDate, receiptNo: zText(100) },
  accountNo: zText(40).optional(),
});
const zRecorded = z.object({ id: zId }).openapi('RecordedEvent');
const zCost = zRecorded.extend({ status: z.enum(['recorded', 'proposed']) }).openapi('RecordedCost');
/** In a file a receipt is one line, so that its sums are right; who got what of it is told in one cell. */
const FILE = {
  ...{ name: '追偿回款', row: zRecovery.extend({ distribution: z.string(), remittance: z.string() }) },
  titles: { receivedOn: '到账日期', receiptNo: '回单号', amount: '到账金额', remittance: '汇缴' },
  rowsOf: ({ distribution, remittance, basis, ...item }: RecoveryView) => [
    {
      ...item,
      basis: basis === 'net' ? '净额' : '毛额',
      distribution: distribution.map(({ label, amount }) => `${label} ${amount}`).join('；'),
      remittance: remittance.message,
    },
  ],
};
const byId = z.object({ id: zId });
const tags = ['追偿与核销'];
const zReason = z.strictObject({ reason: zText(500) });
const act = <V extends string>(verb: V, summary: string) => ({
  method: 'post' as const,
  path: `/claims/{id}/${verb}` as const,
  tags,
  summary,
});
const id = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);

/** 追偿: receipts shared out, costs and interest, and what was a mistake taken back. */
export const recoveries = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/recoveries', tags, summary: '追偿回款列表', request: { query: zRecoveryQuery } },
      responses: answers(200, zList(zRecovery), '追偿回款'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listRecoveries(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...act('recoveries', '登记追偿回款并分配'),
      request: { params: byId, body: jsonBody(zNewRecovery) },
      responses: { ...answers(201, zRecovery, '已登记'), ...answers(200, zRecovery, '此前已登记，内容相同') },
    }),
    async (c) => {
      const { created, recovery } = await recordRecovery(c.get('ctx'), id(c), c.req.valid('json'));
      return created ? c.json(recovery, 201) : c.json(recovery, 200);
    },
  )
  .openapi(
    createRoute({
      ...act('costs', '登记追偿费用；资金池垫付的待另一人复核后支付'),
      request: {
        params: byId,
        body: jsonBody(
          z.strictObject({
            ...{ amount: zAmount, paidBy: zText(64).openapi({ example: 'pool' }), paidOn: zDate },
            ...{ voucherNo: zText(100), accountNo: zText(40).optional() },
          }),
        ),
      },
      responses: answers(201, zCost, '已登记，或已提出待复核'),
    }),
    async (c) => c.json(await recordCost(c.get('ctx'), id(c), c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      ...act('costs/confirm', '复核资金池垫付追偿费用（须由他人办理）'),
      request: { params: byId },
      responses: answers(200, zClaim, '已支付'),
    }),
    async (c) => c.json(await confirmCost(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...act('costs/refuse', '不同意垫付追偿费用，或撤回自己的提出'),
      request: { params: byId, body: jsonBody(zReason) },
      responses: answers(200, zClaim, '已终止'),
    }),
    async (c) => c.json(await endProposal(c.get('ctx'), id(c), 'cost', c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      ...act('interest', '登记银行经证明的利息（累计数）'),
      request: {
        params: byId,
        body: jsonBody(z.strictObject({ amount: zAmount, provenOn: zDate, note: zText(500) })),
      },
      responses: answers(201, zRecorded, '已登记'),
    }),
    async (c) => c.json(await proveInterest(c.get('ctx'), id(c), c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/claims/{id}/events/{event}/reverse', tags },
      summary: '冲销误登的回款、费用或利息（须由他人办理）',
      request: { params: byId.extend({ event: zId }), body: jsonBody(zReason) },
      responses: answers(200, zClaim, '已冲销'),
    }),
    async (c) => {
      const { event } = c.req.valid('param');
      return c.json(await reverseEvent(c.get('ctx'), id(c), BigInt(event), c.req.valid('json').reason), 200);
    },
  );
