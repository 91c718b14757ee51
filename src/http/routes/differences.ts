import { createRoute, z } from '@hono/zod-openapi';
import {
  DIFFERENCE_KINDS,
  DIFFERENCE_STATUSES,
  type DifferenceKind,
  RESOLUTIONS,
  type Resolution,
} from '../../reconciliation/difference.ts';
import { DIFFERENCE_SORTS, findDifference, listDifferences } from '../../reconciliation/difference-list-service.ts';
import {
  assignDifference,
  commentDifference,
  confirmDifference,
  type DifferenceView,
  resolveDifference,
  reverseDifference,
  withdrawDifference,
} from '../../reconciliation/difference-service.ts';
import { confirmIdentified, identifyReceipt, withdrawIdentified } from '../../reconciliation/identify-service.ts';
import type { ListFile } from '../export-list.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zAccountNo, zCode, zDate, zId, zList, zMoney, zText } from '../schemas/common.ts';
import { answers, jsonBody, optionalBody } from './helpers.ts';

const keys = <T extends string>(of: Record<T, unknown>) => Object.keys(of) as [T, ...T[]];
const zDifference = z
  .object({
    ...{ id: zId, poolCode: z.string(), accountNo: z.string(), kind: z.enum(keys(DIFFERENCE_KINDS)).or(z.string()) },
    ...{ direction: z.enum(['in', 'out']).or(z.string()), amount: zMoney, occurredOn: zDate, age: z.number().int() },
    ...{
      side: z.enum(['bank', 'ledger']).openapi({ description: '只有哪一方有' }),
      lineId: zId.nullable(),
      seq: z.number().int().nullable(),
      text: z.string(),
    },
    ...{
      status: z.enum(keys(DIFFERENCE_STATUSES)).or(z.string()),
      ownerName: z.string().nullable().openapi({ description: '经办人' }),
    },
    ...{
      resolution: z.string().nullable(),
      note: z.string().nullable(),
      proposedBy: z.string().nullable(),
      mine: z.boolean().openapi({ description: '是否由本人提出' }),
    },
    identified: z
      .object({
        party: z.string(),
        note: z.string().nullable(),
        by: z.string().nullable(),
        mine: z.boolean(),
        confirmedOn: zDate.nullable(),
      })
      .nullable(),
    comments: z.array(z.object({ text: z.string(), writtenBy: z.string().nullable(), writtenOn: zDate })),
  })
  .openapi('Difference');
const zQuery = zListQuery(DIFFERENCE_SORTS).extend({
  ...{ poolCode: zCode.optional(), accountNo: zAccountNo.optional(), kind: z.enum(keys(DIFFERENCE_KINDS)).optional() },
  ...{
    status: z.enum(keys(DIFFERENCE_STATUSES)).optional(),
    live: z.stringbool().optional(),
    mine: z.stringbool().optional(),
    owner: zText(64).optional().openapi({ description: '经办人编号；none 为未指定' }),
  },
});
const FILE: ListFile<DifferenceView> = {
  name: '对账差异',
  row: zDifference.omit({ comments: true, identified: true, mine: true }),
  titles: { ownerName: '经办人', side: '只有哪一方有' },
  rowsOf: (item) => [
    {
      ...item,
      kind: DIFFERENCE_KINDS[item.kind as DifferenceKind],
      status: DIFFERENCE_STATUSES[item.status as keyof typeof DIFFERENCE_STATUSES],
    },
  ],
};
const zReason = z.strictObject({ reason: zText(200) });
const byId = z.object({ id: zId });
const tags = ['银行对账'];
const done = (description: string) => answers(200, zDifference, description);
const id = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);

/** 差异: what one side has and the other has not, from when it is found until it is settled. */
export const differences = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/differences', tags, summary: '对账差异', request: { query: zQuery } },
      responses: answers(200, zList(zDifference), '差异'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listDifferences(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/differences/{id}', tags, summary: '一项差异及其说明', request: { params: byId } },
      responses: done('差异'),
    }),
    async (c) => c.json(await findDifference(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/differences/{id}/assign', tags, summary: '指定经办人' },
      request: { params: byId, body: optionalBody(z.strictObject({ owner: zText(64).optional() })) },
      responses: done('已指定'),
    }),
    async (c) => c.json(await assignDifference(c.get('ctx'), id(c), c.req.valid('json').owner), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/differences/{id}/comments', tags, summary: '填写说明' },
      request: { params: byId, body: jsonBody(z.strictObject({ text: zText(500) })) },
      responses: done('已填写'),
    }),
    async (c) => c.json(await commentDifference(c.get('ctx'), id(c), c.req.valid('json').text), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/differences/{id}/resolve', tags, summary: '提出处理办法' },
      request: {
        params: byId,
        body: jsonBody(z.strictObject({ as: z.enum(keys<Resolution>(RESOLUTIONS)), note: zText(200).optional() })),
      },
      responses: done('已提出，需入账的待另一人复核'),
    }),
    async (c) => c.json(await resolveDifference(c.get('ctx'), id(c), c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/differences/{id}/confirm', tags, summary: '复核并入账（须由他人办理）' },
      request: { params: byId },
      responses: done('已入账'),
    }),
    async (c) => c.json(await confirmDifference(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/differences/{id}/withdraw', tags, summary: '撤回或退回处理办法' },
      request: { params: byId, body: jsonBody(zReason) },
      responses: done('待处理'),
    }),
    async (c) => c.json(await withdrawDifference(c.get('ctx'), id(c), c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/differences/{id}/reverse',
        tags,
        summary: '冲销已入账的处理（如款项已查明，须由他人办理）',
      },
      request: { params: byId, body: jsonBody(zReason) },
      responses: done('待处理'),
    }),
    async (c) => c.json(await reverseDifference(c.get('ctx'), id(c), c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/differences/{id}/identify', tags, summary: '查明待查款项：提出应付给谁' },
      request: {
        params: byId,
        body: jsonBody(
          z.strictObject({ party: zText(64).openapi({ example: 'bank-a' }), note: zText(200).optional() }),
        ),
      },
      responses: done('已提出，待另一人复核'),
    }),
    async (c) => c.json(await identifyReceipt(c.get('ctx'), id(c), c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/differences/{id}/identify/confirm',
        tags,
        summary: '复核待查款项的归属（须由他人办理）',
      },
      request: { params: byId },
      responses: done('已转为应付款'),
    }),
    async (c) => c.json(await confirmIdentified(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/differences/{id}/identify/withdraw', tags, summary: '撤回或退回待查款项的归属' },
      request: { params: byId, body: jsonBody(zReason) },
      responses: done('仍为待查款项'),
    }),
    async (c) => c.json(await withdrawIdentified(c.get('ctx'), id(c), c.req.valid('json').reason), 200),
  );
