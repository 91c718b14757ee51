import { createRoute, z } from '@hono/zod-openapi';
import {
  confirmOrder,
  openOrders,
  poolCapital,
  proposeReturn,
  proposeWindUp,
  refuseOrder,
} from '../../pool/capital-service.ts';
import { newRouter } from '../router.ts';
import { zAmount, zCitation, zCode, zDate, zExplanation, zId, zList, zMoney, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';
import { zAccountNo } from './pools.ts';

const zOrder = z
  .object({
    ...{ id: zId, poolCode: z.string(), kind: z.enum(['return', 'windUp']), total: zMoney },
    lines: z.array(
      z.object({ contributor: z.string(), contributorName: z.string(), amount: zMoney, accountNo: z.string() }),
    ),
    ...{ accountNo: z.string(), paidOn: zDate, voucherNo: z.string(), reason: z.string() },
    ...{ status: z.enum(['proposed', 'confirmed', 'refused']), mine: z.boolean() },
    ...{ proposedBy: z.string().nullable(), proposedOn: zDate, decidedBy: z.string().nullable() },
    ...{ decidedOn: zDate.nullable(), decision: z.string().nullable(), cites: z.array(zCitation) },
  })
  .openapi('CapitalOrder');
export const zTopUp = z.object({
  owed: zMoney.openapi({ description: '净额低于规定时应补充的出资（备忘），0.00 为不必补充' }),
  floor: z.string().openapi({ description: '净额不得低于累计出资的百分比' }),
  ...{ cites: z.array(zCitation), explanation: zExplanation },
});
const zCapital = z
  .object({
    ...{ poolCode: z.string(), endsOn: zDate.nullable().openapi({ description: '终止日期，未终止的为 null' }) },
    contributors: z.array(
      z.object({
        ...{ contributor: z.string(), contributorName: z.string(), contributed: zMoney, receivable: zMoney },
        ...{ reserved: zMoney, free: zMoney, explanation: zExplanation },
      }),
    ),
    ...{ topUp: zTopUp, items: z.array(zOrder) },
  })
  .openapi('PoolCapital');

const common = { accountNo: zAccountNo.optional(), paidOn: zDate, voucherNo: zText(100), reason: zText(500) };
const zNewReturn = z.strictObject({ contributor: zCode, amount: zAmount, payeeAccountNo: zAccountNo, ...common });
const zNewWindUp = z.strictObject({
  payees: z
    .array(z.strictObject({ contributor: zCode, accountNo: zAccountNo }))
    .max(50)
    .openapi({ description: '各出资方的收款账号，有可退回金额的须写明' }),
  ...common,
});
const byPool = z.object({ id: zCode });
const byOrder = byPool.extend({ order: zId });
const tags = ['资金池'];

/** 出资的退回与补充、资金池的终止。 */
export const capital = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/pools/{id}/capital', tags, summary: '可退回、应补充的出资与退回记录' },
      request: { params: byPool },
      responses: answers(200, zCapital, '资本'),
    }),
    async (c) => c.json(await poolCapital(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/capital-orders', tags, summary: '待复核的退回出资与终止' },
      responses: answers(200, zList(zOrder), '待复核的退回出资与终止'),
    }),
    async (c) => {
      const items = await openOrders(c.get('ctx'));
      return c.json({ items, total: items.length, nextCursor: null }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/pools/{id}/returns', tags, summary: '提出退回出资（须由他人复核）' },
      request: { params: byPool, body: jsonBody(zNewReturn) },
      responses: answers(201, zOrder, '已提出'),
    }),
    async (c) =>
      c.json(await proposeReturn(c.get('ctx'), { poolCode: c.req.valid('param').id, ...c.req.valid('json') }), 201),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/pools/{id}/wind-up', tags, summary: '提出终止资金池（须由他人复核）' },
      request: { params: byPool, body: jsonBody(zNewWindUp) },
      responses: answers(201, zOrder, '已提出'),
    }),
    async (c) =>
      c.json(await proposeWindUp(c.get('ctx'), { poolCode: c.req.valid('param').id, ...c.req.valid('json') }), 201),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/pools/{id}/returns/{order}/confirm', tags, summary: '复核退回出资或终止，入账' },
      request: { params: byOrder },
      responses: answers(200, zOrder, '已入账'),
    }),
    async (c) => {
      const { id, order } = c.req.valid('param');
      return c.json(await confirmOrder(c.get('ctx'), id, BigInt(order)), 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/pools/{id}/returns/{order}/refuse', tags, summary: '不同意退回出资或终止' },
      request: { params: byOrder, body: jsonBody(z.strictObject({ reason: zText(500) })) },
      responses: answers(200, zOrder, '未入账'),
    }),
    async (c) => {
      const { id, order } = c.req.valid('param');
      return c.json(await refuseOrder(c.get('ctx'), id, BigInt(order), c.req.valid('json').reason), 200);
    },
  );
