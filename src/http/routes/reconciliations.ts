import { createRoute, z } from '@hono/zod-openapi';
import { writeXlsx } from '../../files/write-xlsx.ts';
import { matchByHand, undoMatch } from '../../reconciliation/manual-service.ts';
import { listMatches, MATCH_SORTS } from '../../reconciliation/match-list-service.ts';
import {
  bridgeFile,
  confirmRun,
  findRun,
  listRuns,
  RUN_SORTS,
  type RunView,
  reconcile,
  replayRun,
} from '../../reconciliation/run-service.ts';
import type { ListFile } from '../export-list.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zAccountNo, zCode, zDate, zId, zList, zMoney, zPeriod, zText } from '../schemas/common.ts';
import { answers, jsonBody, PROBLEMS } from './helpers.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const zBinary = z.string().openapi({ format: 'binary' });

/** A field that is called otherwise elsewhere. */
const named = <T extends z.ZodType>(schema: T, description: string): T => schema.openapi({ description }) as T;
const zRun = z
  .object({
    ...{ id: zId, poolCode: z.string(), accountNo: z.string(), period: zPeriod, number: z.number().int() },
    ...{ status: z.enum(['open', 'confirmed']).or(z.string()), bankClosing: zMoney, ledgerClosing: zMoney },
    ...{
      unexplained: zMoney,
      matched: z.number().int(),
      differences: named(z.number().int(), '差异的项数'),
      runOn: zDate,
    },
    ...{ confirmedOn: named(zDate.nullable(), '确认日期'), mine: named(z.boolean(), '是否由本人办理') },
  })
  .openapi('ReconciliationItem');
const zSide = z.enum(['bankReceived', 'bankPaid', 'bookReceived', 'bookPaid']).or(z.string());
const zDetails = zRun
  .extend({
    coveredTo: zDate,
    documentId: z.string().nullable(),
    bridge: z.array(
      z.object({
        ...{ kind: zSide, label: z.string(), on: named(zDate, '日期'), text: z.string(), amount: zMoney },
        ...{
          lineId: zId.nullable(),
          leg: z.string().nullable(),
          settledOn: named(zDate.nullable(), '对方入账日期，未入账为 null'),
        },
      }),
    ),
    proposals: named(
      z.array(
        z.object({
          ...{ rule: z.string(), label: z.string(), confidence: z.number().int(), reason: z.string() },
          ...{ lines: z.array(zId), legs: z.array(z.string()) },
        }),
      ),
      '可能的核对，待人工判断',
    ),
  })
  .openapi('Reconciliation');
const zMatched = z.object({ occurredOn: zDate, amount: zMoney, direction: z.string(), text: z.string() });
const zMatch = z
  .object({
    ...{ id: zId, poolCode: z.string(), accountNo: z.string(), rule: z.string(), ruleLabel: z.string() },
    ...{ reason: z.string(), amount: zMoney, matchedOn: zDate, matchedBy: z.string().nullable() },
    ...{ undoneOn: zDate.nullable(), undoneReason: z.string().nullable() },
    lines: named(z.array(zMatched.extend({ id: zId })), '银行明细'),
    legs: z.array(zMatched.extend({ seq: z.number().int(), lineNo: z.number().int() })),
  })
  .openapi('BankMatch');
const zRunQuery = zListQuery(RUN_SORTS).extend({
  ...{ poolCode: zCode.optional(), accountNo: zAccountNo.optional(), period: zPeriod.optional() },
  status: z.enum(['open', 'confirmed']).optional(),
});
const zMatchQuery = zListQuery(MATCH_SORTS).extend({
  ...{ poolCode: zCode.optional(), accountNo: zAccountNo.optional(), rule: z.string().max(20).optional() },
  ...{ runId: zId.optional(), live: z.stringbool().optional(), period: zPeriod.optional() },
});
const RUNS: ListFile<RunView> = {
  name: '银行对账',
  row: zRun.omit({ mine: true }),
  titles: { differences: '差异的项数', confirmedOn: '确认日期' },
  rowsOf: (run) => [{ ...run, status: run.status === 'confirmed' ? '已确认' : '未确认' }],
};
const zPlace = z.strictObject({
  seq: z
    .number()
    .int()
    .min(1)
    .max(2 ** 40),
  lineNo: z.number().int().min(1).max(32_000),
});
const zReason = z.strictObject({ reason: zText(200) });
const byId = z.object({ id: zId });
const tags = ['银行对账'];
const id = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);

/** 银行对账: an account's lines and the ledger's side by side, month by month, and the bridge between the two balances. */
export const reconciliations = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/reconciliations', tags, summary: '办理对账' },
      request: {
        body: jsonBody(z.strictObject({ poolCode: zCode, period: zPeriod, accountNo: zAccountNo.optional() })),
      },
      responses: { ...answers(201, zDetails, '已对账'), ...answers(200, zDetails, '没有变化，或该月已经确认') },
    }),
    async (c) => {
      const { created, run } = await reconcile(c.get('ctx'), c.req.valid('json'));
      return created ? c.json(run, 201) : c.json(run, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/reconciliations', tags, summary: '各账户各月的对账', request: { query: zRunQuery } },
      responses: answers(200, zList(zRun), '对账'),
    }),
    async (c) => answerList(c, c.req.valid('query'), RUNS, (filter, ask) => listRuns(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{
        method: 'get',
        path: '/reconciliations/{id}',
        tags,
        summary: '对账结果与余额调节表',
        request: { params: byId },
      },
      responses: answers(200, zDetails, '对账'),
    }),
    async (c) => c.json(await findRun(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/reconciliations/{id}/bridge', tags, summary: '下载余额调节表' },
      request: { params: byId },
      responses: { 200: { description: 'XLSX', content: { [XLSX]: { schema: zBinary } } }, ...PROBLEMS },
    }),
    async (c) => {
      const sheet = await bridgeFile(c.get('ctx'), id(c));
      const name = encodeURIComponent(`${sheet.name}.xlsx`);
      const headers = { 'content-type': XLSX, 'content-disposition': `attachment; filename*=UTF-8''${name}` };
      return new Response((await writeXlsx(sheet)) as Uint8Array<ArrayBuffer>, { headers }) as never;
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/reconciliations/{id}/confirm', tags, summary: '确认对账（须由他人办理）' },
      request: { params: byId },
      responses: answers(200, zDetails, '已确认，不再变化'),
    }),
    async (c) => c.json(await confirmRun(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{
        method: 'get',
        path: '/reconciliations/{id}/replay',
        tags,
        summary: '以当时所见重新对账，看结果是否逐字节相同',
      },
      request: { params: byId },
      responses: answers(200, z.object({ same: z.boolean(), bytes: z.number().int() }), '结果'),
    }),
    async (c) => c.json(await replayRun(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/bank-matches', tags, summary: '已核对的明细与分录', request: { query: zMatchQuery } },
      responses: answers(200, zList(zMatch), '核对'),
    }),
    async (c) =>
      answerList(
        c,
        c.req.valid('query'),
        { name: '核对结果', row: zMatch.omit({ lines: true, legs: true }) },
        (filter, ask) => listMatches(c.get('ctx'), filter, ask),
      ),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/bank-matches', tags, summary: '人工核对：写明理由，两边合计须相等' },
      request: {
        body: jsonBody(
          z.strictObject({
            ...{ poolCode: zCode, accountNo: zAccountNo, reason: zText(200) },
            lineIds: z.array(zId).max(500),
            legs: z.array(zPlace).max(500),
          }),
        ),
      },
      responses: answers(201, zMatch, '已核对'),
    }),
    async (c) => c.json(await matchByHand(c.get('ctx'), c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/bank-matches/{id}/undo', tags, summary: '取消核对' },
      request: { params: byId, body: jsonBody(zReason) },
      responses: answers(200, zMatch, '已取消'),
    }),
    async (c) => c.json(await undoMatch(c.get('ctx'), id(c), c.req.valid('json').reason), 200),
  );
