import { createRoute, z } from '@hono/zod-openapi';
import { breakerBoard } from '../../pool/breaker-service.ts';
import {
  confirmLift,
  findSuspension,
  listSuspensions,
  proposeLift,
  refuseLift,
  SUSPENSION_SORTS,
  type SuspensionView,
} from '../../pool/suspension-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zCitation, zCode, zDate, zExplanation, zId, zList, zMoney, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

const zScope = z.enum(['bank', 'cooperatingUnit', 'pool', 'guarantor']);
const zMeasure = z.enum(['nonPerforming', 'compensation', 'payout']);
const zStops = z.enum(['filings', 'claims']);

const zSuspension = z
  .object({
    ...{ id: zId, poolCode: z.string(), poolName: z.string(), scope: zScope, party: z.string(), partyName: z.string() },
    ...{ cause: z.enum(['ratio', 'report']), measure: zMeasure.nullable(), level: z.enum(['warn', 'suspend']) },
    stops: zStops.nullable(),
    ratio: z.string().nullable().openapi({ description: '开始时的比率（%）；缺报月报的为 null' }),
    ...{ numerator: zMoney.nullable(), denominator: zMoney.nullable() },
    ...{ warnLine: z.string().nullable(), suspendLine: z.string().nullable(), message: z.string() },
    ...{ since: zDate, status: z.enum(['active', 'lifted', 'ended']), belowSince: zDate.nullable() },
    ...{ liftedOn: zDate.nullable(), endedOn: zDate.nullable(), trigger: z.string(), reference: z.string() },
    lifts: z.array(
      z.object({
        ...{ id: zId, reason: z.string(), status: z.enum(['proposed', 'confirmed', 'refused']), mine: z.boolean() },
        ...{ proposedBy: z.string().nullable(), proposedOn: zDate, decidedBy: z.string().nullable() },
        ...{ decidedOn: zDate.nullable(), decision: z.string().nullable() },
      }),
    ),
    ...{ cites: z.array(zCitation), explanation: zExplanation, documentId: z.string().nullable() },
  })
  .openapi('Suspension');

const zBoard = z
  .object({
    ...{ poolCode: z.string(), poolName: z.string(), asOf: zDate },
    lines: z.array(
      z.object({
        ...{ scope: zScope, party: z.string(), partyName: z.string(), measure: zMeasure, ratio: z.string().nullable() },
        ...{ numerator: zMoney, denominator: zMoney, warnLine: z.string().nullable(), suspendLine: z.string() },
        distance: z.string().nullable().openapi({ description: '距暂停线的百分点，已超过的为负' }),
        room: zMoney.openapi({ description: '分母不变时，分子再增加多少即达到暂停线（元）' }),
        ...{ tone: z.enum(['within', 'near', 'past']), state: z.enum(['ok', 'warn', 'suspended', 'lifted']) },
        ...{ since: zDate.nullable(), suspensionId: z.string().nullable(), stops: zStops, message: z.string() },
        ...{ cites: z.array(zCitation), explanation: zExplanation },
      }),
    ),
    late: z
      .array(
        z.object({
          ...{ bankCode: z.string(), bankName: z.string(), message: z.string(), cites: z.array(zCitation) },
        }),
      )
      .openapi({ description: '月报逾期未报、因此暂停备案的银行' }),
  })
  .openapi('BreakerBoard');

const zQuery = zListQuery(SUSPENSION_SORTS).extend({
  ...{ poolCode: zCode.optional(), scope: zScope.optional(), party: zCode.optional() },
  ...{ cause: z.enum(['ratio', 'report']).optional(), level: z.enum(['warn', 'suspend']).optional() },
  ...{ status: z.enum(['active', 'lifted', 'ended']).optional(), from: zDate.optional(), to: zDate.optional() },
});
const STATUSES = { active: '执行中', lifted: '已解除', ended: '已结束' };
/** 「正常」 is what other lists call active. */
const FILE = {
  ...{ name: '警示与暂停', row: zSuspension },
  rowsOf: (item: SuspensionView) => [{ ...item, status: STATUSES[item.status] }],
};
const byId = z.object({ id: zId });
const reasoned = jsonBody(z.strictObject({ reason: zText(500) }));
const tags = ['熔断与暂停'];
const idOf = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);

/** 熔断: who stands where, who was warned and suspended, and how a suspension is lifted. */
export const suspensions = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/breaker', tags, summary: '熔断监测：各方比率、警示线和暂停线' },
      request: { query: z.strictObject({ poolCode: zCode.optional() }) },
      responses: answers(200, z.object({ items: z.array(zBoard) }), '熔断监测'),
    }),
    async (c) => c.json({ items: await breakerBoard(c.get('ctx'), c.req.valid('query').poolCode) }, 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/suspensions', tags, summary: '警示与暂停记录', request: { query: zQuery } },
      responses: answers(200, zList(zSuspension), '警示与暂停记录'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listSuspensions(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/suspensions/{id}', tags, summary: '一次警示或暂停', request: { params: byId } },
      responses: answers(200, zSuspension, '警示或暂停'),
    }),
    async (c) => c.json(await findSuspension(c.get('ctx'), idOf(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/suspensions/{id}/lift', tags, summary: '提出解除暂停（须由他人复核）' },
      request: { params: byId, body: reasoned },
      responses: answers(201, zSuspension, '已提出'),
    }),
    async (c) => c.json(await proposeLift(c.get('ctx'), idOf(c), c.req.valid('json').reason), 201),
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/suspensions/{id}/confirm',
        tags,
        summary: '同意解除暂停',
        request: { params: byId },
      },
      responses: answers(200, zSuspension, '已解除'),
    }),
    async (c) => c.json(await confirmLift(c.get('ctx'), idOf(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/suspensions/{id}/refuse', tags, summary: '不同意解除暂停' },
      request: { params: byId, body: reasoned },
      responses: answers(200, zSuspension, '暂停继续'),
    }),
    async (c) => c.json(await refuseLift(c.get('ctx'), idOf(c), c.req.valid('json').reason), 200),
  );
