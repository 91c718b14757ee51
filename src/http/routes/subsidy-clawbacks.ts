import { createRoute, z } from '@hono/zod-openapi';
import {
  CLAWBACK_GROUNDS,
  CLAWBACK_STATUSES,
  type ClawbackGround,
  type ClawbackStatus,
} from '../../subsidies/clawback.ts';
import { orderRemittance, payRemittance, receiveClawback } from '../../subsidies/clawback-money-service.ts';
import {
  confirmClawback,
  decideCancel,
  declineClawback,
  proposeCancel,
  proposeClawback,
} from '../../subsidies/clawback-service.ts';
import {
  CLAWBACK_SORTS,
  type ClawbackItem,
  findClawback,
  listClawbacks,
} from '../../subsidies/clawback-view-service.ts';
import { fundsOf } from '../../subsidies/funds-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zAmount, zCode, zDate, zId, zList, zText } from '../schemas/common.ts';
import { zClawback, zClawbackItem, zFunds } from '../schemas/subsidy-life.ts';
import { answers, jsonBody, optionalBody } from './helpers.ts';

const tags = ['补贴追回'];
const STATUSES = Object.keys(CLAWBACK_STATUSES) as [ClawbackStatus];
const GROUNDS = Object.keys(CLAWBACK_GROUNDS) as [ClawbackGround];
const zQuery = zListQuery(CLAWBACK_SORTS).extend({
  ...{ scheme: zCode.optional(), year: z.coerce.number().int().min(2000).max(2999).optional() },
  ...{ applicationId: zId.optional(), enterpriseUscc: zText(18).optional(), poolCode: zCode.optional() },
  ...{ ground: z.enum(GROUNDS).optional(), status: z.enum(STATUSES).optional() },
});
const CREDITS: Record<string, string> = { expense: '冲减当年支出', treasury: '应缴财政' };
const FILE = {
  name: '补贴追回',
  row: zClawbackItem,
  rowsOf: (item: ClawbackItem) => [
    {
      ...{ ...item, ground: CLAWBACK_GROUNDS[item.ground as ClawbackGround] },
      ...{
        status: CLAWBACK_STATUSES[item.status as ClawbackStatus],
        creditedTo: item.creditedTo && CREDITS[item.creditedTo]!,
      },
    },
  ],
};
const zNew = z
  .strictObject({
    ...{ applicationId: zId, place: z.int().min(1), amount: zAmount },
    ...{ ground: z.enum(GROUNDS), reason: zText(500), evidence: zText(500) },
  })
  .openapi('SubsidyClawbackRequest');
const zReason = z.strictObject({ reason: zText(500) });
const byId = z.object({ id: zId });
const byRemittance = byId.extend({ remittance: zId });
const id = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);
const act = <V extends string>(verb: V, summary: string) => ({
  ...{ method: 'post' as const, path: `/subsidy-clawbacks/{id}/${verb}` as const, tags, summary },
  responses: answers(200, zClawback, '追回'),
});

/** 追回: proposed by one, confirmed by another, received in parts, handed over where its year is over, cancelled by two. */
export const subsidyClawbacks = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-clawbacks', tags, summary: '补贴追回列表', request: { query: zQuery } },
      responses: answers(200, zList(zClawbackItem), '追回'),
    }),
    async (c) =>
      answerList(c, c.req.valid('query'), FILE, ({ applicationId, ...filter }, ask) =>
        listClawbacks(
          c.get('ctx'),
          { ...filter, applicationId: applicationId ? BigInt(applicationId) : undefined },
          ask,
        ),
      ),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-clawbacks', tags, summary: '提出追回已拨付的补贴' },
      request: { body: jsonBody(zNew) },
      responses: { ...answers(201, zClawback, '已提出'), ...answers(200, zClawback, '此前已提出，内容相同') },
    }),
    async (c) => {
      const { created, clawback } = await proposeClawback(c.get('ctx'), c.req.valid('json'));
      return created ? c.json(clawback, 201) : c.json(clawback, 200);
    },
  )
  .openapi(
    createRoute({
      ...{
        method: 'get',
        path: '/subsidy-applications/{id}/funds',
        tags,
        summary: '一项申请的资金：逐项的分配、拨付与追回',
      },
      ...{ request: { params: byId }, responses: answers(200, zFunds, '资金') },
    }),
    async (c) => c.json(await fundsOf(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-clawbacks/{id}', tags, summary: '一项追回及其依据' },
      ...{ request: { params: byId }, responses: answers(200, zClawback, '追回') },
    }),
    async (c) => c.json(await findClawback(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...act('confirm', '复核并决定追回，须由另一人办理'),
      request: { params: byId, body: optionalBody(z.strictObject({ opinion: zText(500).optional() })) },
    }),
    async (c) => c.json(await confirmClawback(c.get('ctx'), id(c), c.req.valid('json').opinion ?? null), 200),
  )
  .openapi(
    createRoute({ ...act('decline', '不予追回，须由另一人办理'), request: { params: byId, body: jsonBody(zReason) } }),
    async (c) => c.json(await declineClawback(c.get('ctx'), id(c), c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      ...act('receipts', '登记追回资金到账，可以分次'),
      request: {
        params: byId,
        body: jsonBody(z.strictObject({ amount: zAmount, receivedOn: zDate, receiptNo: zText(64) })),
      },
    }),
    async (c) => c.json(await receiveClawback(c.get('ctx'), id(c), c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({ ...act('remittances', '下达缴回财政：已到账、尚未下达的全部'), request: { params: byId } }),
    async (c) => c.json(await orderRemittance(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...act('remittances/{remittance}/pay', '登记银行已缴回财政，须由另一人办理'),
      request: { params: byRemittance, body: jsonBody(z.strictObject({ paidOn: zDate, voucherNo: zText(64) })) },
    }),
    async (c) => {
      const remittance = BigInt(c.req.valid('param').remittance);
      return c.json(await payRemittance(c.get('ctx'), id(c), remittance, c.req.valid('json')), 200);
    },
  )
  .openapi(
    createRoute({
      ...act('cancel', '提出撤销追回，限尚无资金到账的'),
      request: { params: byId, body: jsonBody(zReason) },
    }),
    async (c) => c.json(await proposeCancel(c.get('ctx'), id(c), c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({ ...act('cancel/confirm', '同意撤销追回，须由另一人办理'), request: { params: byId } }),
    async (c) => c.json(await decideCancel(c.get('ctx'), id(c), true), 200),
  )
  .openapi(
    createRoute({ ...act('cancel/refuse', '不同意撤销追回，须由另一人办理'), request: { params: byId } }),
    async (c) => c.json(await decideCancel(c.get('ctx'), id(c), false), 200),
  );
