import { createRoute, z } from '@hono/zod-openapi';
import { listPayables } from '../../compensation/payable-service.ts';
import {
  confirmPayout,
  listPayouts,
  PAYOUT_SORTS,
  type PayoutView,
  proposePayout,
  withdrawPayout,
} from '../../compensation/payout-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zAmount, zCode, zDate, zId, zList, zMoney, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

const zPayout = z
  .object({
    ...{ id: zId, poolCode: z.string(), party: z.string(), partyName: z.string(), amount: zMoney },
    ...{ paidOn: zDate, voucherNo: z.string() },
    ...{ accountNo: z.string(), status: z.string(), proposedOn: zDate, proposedBy: z.string().nullable() },
    ...{ decidedOn: zDate.nullable(), mine: z.boolean() },
  })
  .openapi('PoolPayout');
const zPayable = z
  .object({
    ...{ poolCode: z.string(), poolName: z.string(), party: z.string(), partyName: z.string(), owed: zMoney },
    proposed: zMoney.openapi({ description: '其中已提出拨付、待复核的金额' }),
  })
  .openapi('Payable');
const zPayoutQuery = zListQuery(PAYOUT_SORTS).extend({
  ...{ poolCode: zCode.optional(), party: zText(64).optional() },
  status: z.enum(['proposed', 'confirmed', 'withdrawn']).optional(),
});
const STATUSES: Record<string, string> = { proposed: '待复核', confirmed: '已拨付', withdrawn: '已撤回' };
const FILE = {
  ...{ name: '应付款拨付', row: zPayout },
  rowsOf: (item: PayoutView) => [{ ...item, status: STATUSES[item.status] }],
  titles: { party: '收款方代码', partyName: '收款方', paidOn: '拨付日期', proposedBy: '提出人', decidedOn: '办结日期' },
};
const byId = z.object({ id: zId });
const tags = ['追偿与核销'];
const id = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);

/** What the pool owes banks, guarantors and borrowers (2307), paid out: proposed by one, confirmed by another. */
export const payouts = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/payables', tags, summary: '资金池应付各方的款项' },
      request: { query: z.strictObject({ poolCode: zCode.optional() }) },
      responses: answers(200, zList(zPayable), '应付款'),
    }),
    async (c) => {
      const items = await listPayables(c.get('ctx'), c.req.valid('query'));
      return c.json({ items, total: items.length, nextCursor: null }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/payouts', tags, summary: '应付各方款项的拨付', request: { query: zPayoutQuery } },
      responses: answers(200, zList(zPayout), '拨付'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listPayouts(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/payouts', tags, summary: '提出拨付应付款（如银行分得的回款）' },
      request: {
        body: jsonBody(
          z.strictObject({
            ...{ poolCode: zCode, party: zText(64).openapi({ example: 'bank-a' }), amount: zAmount, paidOn: zDate },
            ...{ voucherNo: zText(100), accountNo: zText(40).optional() },
          }),
        ),
      },
      responses: answers(201, zPayout, '已提出，待另一人复核'),
    }),
    async (c) => c.json(await proposePayout(c.get('ctx'), c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/payouts/{id}/confirm', tags, summary: '复核拨付并入账（须由他人办理）' },
      request: { params: byId },
      responses: answers(200, zPayout, '已拨付'),
    }),
    async (c) => c.json(await confirmPayout(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/payouts/{id}/withdraw', tags, summary: '撤回尚未复核的拨付' },
      request: { params: byId },
      responses: answers(200, zPayout, '已撤回'),
    }),
    async (c) => c.json(await withdrawPayout(c.get('ctx'), id(c)), 200),
  );
