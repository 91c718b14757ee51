import { createRoute, z } from '@hono/zod-openapi';
import { CLOSING_STATES } from '../../settlement/closing.ts';
import { findYear, listYears, YEAR_SORTS, type YearView } from '../../settlement/year-list-service.ts';
import { confirmYear, proposeYear, withdrawYear } from '../../settlement/year-service.ts';
import type { ListFile } from '../export-list.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zCitation, zCode, zDate, zExplanation, zList, zMoney, zPeriod, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

const zState = z.enum(['open', 'ready', 'proposed', 'closed']);
const zYear = z.number().int().min(2000).max(2999);
/** A field that is called otherwise elsewhere. */
const named = <T extends z.ZodType>(schema: T, description: string): T => schema.openapi({ description }) as T;
const zItem = z
  .object({
    ...{ id: z.string(), poolCode: z.string(), poolName: z.string(), year: zYear, status: zState.or(z.string()) },
    months: named(z.number().int(), '本年应结账的月份数'),
    closed: named(z.number().int(), '其中已结账的月份数'),
    ...{ mine: named(z.boolean(), '是否由本人提出'), proposedBy: z.string().nullable() },
    ...{ proposedOn: zDate.nullable(), closedBy: z.string().nullable() },
    closedOn: named(zDate.nullable(), '年终结账日期'),
    ledger: named(
      z.object({ head: z.string(), entries: z.number().int() }).nullable(),
      '年终结账时的账簿：凭证笔数与末笔散列值',
    ),
  })
  .openapi('YearClosingItem');
const zNamed = z.object({ name: z.string(), amount: zMoney });
const zStatement = z
  .object({
    ...{ kind: z.enum(['pool', 'contributor']).or(z.string()), code: z.string(), partyName: z.string() },
    ...{ partyKind: z.string(), year: zYear, first: named(zPeriod, '所含的第一个月') },
    last: named(zPeriod, '所含的最后一个月；年终结账以前为最后结算的月份'),
    sections: z.array(
      z.object({
        ...{ name: z.string(), opening: zMoney, movements: zMoney, closing: zMoney },
        lines: z.array(z.object({ name: z.string(), amount: zMoney, cites: z.array(zCitation) })),
        explanation: zExplanation,
      }),
    ),
    figures: named(z.array(zNamed), '全年要项'),
    monthNames: z.array(z.string()),
    months: named(z.array(z.object({ period: zPeriod, amounts: z.array(zMoney) })), '各月末余额，次序同 monthNames'),
    carried: z.array(
      z.object({ code: z.string(), name: z.string(), owner: named(z.string(), '明细'), amount: zMoney }),
    ),
    ratios: z.array(z.object({ name: z.string(), value: z.string(), note: z.string(), explanation: zExplanation })),
    notes: z.array(z.object({ kind: z.string(), text: z.string(), belongsTo: z.string().optional() })),
    totalInWords: z.array(zNamed),
    documentId: z.string().nullable(),
  })
  .openapi('AnnualStatement');
const zDetails = zItem
  .extend({
    checklist: named(
      z.array(
        z.object({
          ...{ code: z.string(), label: z.string(), state: z.enum(['done', 'missing']).or(z.string()) },
          ...{ text: z.string(), owner: named(z.string().nullable(), '由谁办理'), href: z.string().nullable() },
          waivable: z.boolean(),
        }),
      ),
      '年终结账检查表',
    ),
    monthsOfYear: z.array(
      z.object({
        period: zPeriod,
        status: zState.or(z.literal('future')).or(z.string()),
        closingId: z.string().nullable(),
      }),
    ),
    statements: named(z.array(zStatement), '年度报表：资金池和各出资方'),
  })
  .openapi('YearClosing');
const zQuery = zListQuery(YEAR_SORTS).extend({
  ...{ poolCode: zCode.optional(), status: zState.optional() },
  year: z.coerce.number().int().min(2000).max(2999).optional(),
});
const FILE: ListFile<YearView> = {
  name: '年终结账',
  row: zItem.omit({ id: true, mine: true, ledger: true }),
  titles: { months: '应结账的月份数', closed: '已结账的月份数', closedOn: '年终结账日期' },
  rowsOf: ({ status, ...row }) => [{ ...row, status: CLOSING_STATES[status as keyof typeof CLOSING_STATES] }],
};
const byId = z.object({ id: z.uuid() });
const tags = ['结账'];

/** 年终结账: each year of each pool, what it lacks, its statements, and its closing by two people. */
export const yearClosings = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/year-closings', tags, summary: '各资金池各年的年终结账状态' },
      request: { query: zQuery },
      responses: answers(200, zList(zItem), '年度'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listYears(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/year-closings/{id}', tags, summary: '一年的检查表与年度报表' },
      request: { params: byId },
      responses: answers(200, zDetails, '年终结账；以前为截至最后结算月份的累计'),
    }),
    async (c) => c.json(await findYear(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/year-closings', tags, summary: '提出年终结账' },
      request: { body: jsonBody(z.strictObject({ poolCode: zCode, year: zYear })) },
      responses: answers(201, zDetails, '已提出，待另一人复核'),
    }),
    async (c) => c.json(await proposeYear(c.get('ctx'), c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/year-closings/{id}/confirm',
        tags,
        summary: '复核年终结账（须由他人办理），出具年度报表',
      },
      request: { params: byId },
      responses: answers(200, zDetails, '已年终结账'),
    }),
    async (c) => c.json(await confirmYear(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/year-closings/{id}/withdraw', tags, summary: '撤回或退回年终结账' },
      request: { params: byId, body: jsonBody(z.strictObject({ reason: zText(200) })) },
      responses: answers(200, zDetails, '未年终结账'),
    }),
    async (c) => c.json(await withdrawYear(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').reason), 200),
  );
