import { createRoute, z } from '@hono/zod-openapi';
import { CLOSING_STATES } from '../../settlement/closing.ts';
import { CLOSING_SORTS, type ClosingView, findClosing, listClosings } from '../../settlement/closing-list-service.ts';
import { confirmClosing, proposeClosing, withdrawClosing } from '../../settlement/closing-service.ts';
import type { ListFile } from '../export-list.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zCode, zDate, zList, zMoney, zPeriod, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

const zState = z.enum(['open', 'ready', 'proposed', 'closed']);
const zHead = z.object({ head: z.string(), entries: z.number().int() }).nullable();
/** A field that is called otherwise elsewhere. */
const named = <T extends z.ZodType>(schema: T, description: string): T => schema.openapi({ description }) as T;
const zClosing = z
  .object({
    ...{ id: z.string(), poolCode: z.string(), poolName: z.string(), period: zPeriod, status: zState.or(z.string()) },
    ...{ settlementId: z.string().nullable(), settlementStatus: z.string().nullable() },
    accounts: named(z.number().int(), '专户数'),
    ...{ reconciled: z.number().int(), exception: z.string().nullable(), mine: named(z.boolean(), '是否由本人提出') },
    ...{ proposedBy: z.string().nullable(), proposedOn: zDate.nullable() },
    ...{ closedBy: z.string().nullable(), closedOn: named(zDate.nullable(), '结账日期') },
    ledger: named(zHead, '结账时的账簿：凭证笔数与末笔散列值'),
  })
  .openapi('ClosingItem');
const zDetails = zClosing
  .extend({
    checklist: z.array(
      z.object({
        ...{ code: z.string(), label: z.string(), state: z.enum(['done', 'missing', 'note']).or(z.string()) },
        ...{ text: z.string(), owner: named(z.string().nullable(), '由谁办理'), href: z.string().nullable() },
        waivable: z.boolean(),
      }),
    ),
    adjustments: z.array(
      z.object({
        ...{ occurredOn: zDate, kind: z.string(), text: z.string(), amount: zMoney },
        seq: named(z.number().int().nullable(), '凭证号；只涉及贷款余额的为 null'),
      }),
    ),
  })
  .openapi('Closing');
const zQuery = zListQuery(CLOSING_SORTS).extend({
  ...{ poolCode: zCode.optional(), period: zPeriod.optional(), status: zState.optional() },
  year: z.coerce.number().int().min(2000).max(2999).optional(),
});
const FILE: ListFile<ClosingView> = {
  name: '结账',
  row: zClosing.omit({ id: true, settlementId: true, mine: true, ledger: true }),
  titles: { accounts: '专户数', closedOn: '结账日期' },
  rowsOf: ({ status, ...row }) => [{ ...row, status: CLOSING_STATES[status as keyof typeof CLOSING_STATES] }],
};
const byId = z.object({ id: z.uuid() });
const tags = ['结账'];

/** 结账: each month of each pool, what its closing lacks, and its closing by two people. */
export const closings = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/closings', tags, summary: '各资金池各月的结账状态', request: { query: zQuery } },
      responses: answers(200, zList(zClosing), '已结束的月份'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listClosings(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/closings/{id}', tags, summary: '一个月的结账检查表与跨期调整' },
      request: { params: byId },
      responses: answers(200, zDetails, '结账'),
    }),
    async (c) => c.json(await findClosing(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/closings', tags, summary: '提出结账' },
      request: {
        body: jsonBody(
          z.strictObject({
            ...{ poolCode: zCode, period: zPeriod },
            exception: named(zText(500).optional(), '专户未对账仍要结账的理由；对账已完成的不填'),
          }),
        ),
      },
      responses: answers(201, zDetails, '已提出，待另一人复核'),
    }),
    async (c) => c.json(await proposeClosing(c.get('ctx'), c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/closings/{id}/confirm', tags, summary: '复核结账（须由他人办理），此后不得重开' },
      request: { params: byId },
      responses: answers(200, zDetails, '已结账'),
    }),
    async (c) => c.json(await confirmClosing(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/closings/{id}/withdraw', tags, summary: '撤回或退回结账' },
      request: { params: byId, body: jsonBody(z.strictObject({ reason: zText(200) })) },
      responses: answers(200, zDetails, '未结账'),
    }),
    async (c) => c.json(await withdrawClosing(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').reason), 200),
  );
