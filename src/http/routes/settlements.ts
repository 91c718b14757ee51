import { createRoute, z } from '@hono/zod-openapi';
import { findJob } from '../../access/progress.ts';
import { settle } from '../../settlement/service.ts';
import {
  findSettlement,
  listSettlements,
  SETTLEMENT_SORTS,
  type SettlementView,
} from '../../settlement/view-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zCitation, zCode, zDate, zExplanation, zList, zMoney, zPeriod } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

const zSection = z
  .object({
    name: z.string(),
    opening: zMoney,
    movements: zMoney,
    closing: zMoney,
    lines: z.array(z.object({ name: z.string(), amount: zMoney, cites: z.array(zCitation) })),
    explanation: zExplanation,
  })
  .openapi('StatementSection');
const zSettlement = z
  .object({
    ...{
      id: z.string(),
      poolCode: z.string(),
      poolName: z.string(),
      period: zPeriod,
      status: z.string(),
      settledOn: zDate,
      jobId: z.string().nullable(),
      documentId: z.string().nullable(),
    },
    ...{
      sections: z.array(zSection),
      ratios: z.array(z.object({ name: z.string(), value: z.string(), note: z.string(), explanation: zExplanation })),
    },
    watchList: z.array(
      z.object({
        dueBillNo: z.string(),
        enterprise: z.string(),
        outstanding: zMoney,
        overdueDays: z.number().int(),
        classification: z.string(),
      }),
    ),
    notes: z.array(z.object({ kind: z.string(), text: z.string(), belongsTo: z.string().optional() })),
    ledger: z.object({ head: z.string(), entries: z.number().int() }),
    statements: z.array(
      z.object({
        partyKind: z.string(),
        partyCode: z.string(),
        partyName: z.string(),
        documentId: z.string().nullable(),
        sections: z.array(zSection),
      }),
    ),
  })
  .openapi('Settlement');
const zJob = z
  .object({
    ...{
      id: z.string(),
      queue: z.string(),
      state: z.string(),
      label: z.string().nullable(),
      done: z.number().int(),
      total: z.number().int(),
    },
    createdOn: z.string(),
    completedOn: z.string().nullable(),
  })
  .openapi('Job');
const zQuery = zListQuery(SETTLEMENT_SORTS).extend({
  ...{ poolCode: zCode.optional(), period: zPeriod.optional(), from: zPeriod.optional(), to: zPeriod.optional() },
  status: z.enum(['running', 'settled', 'provisional']).optional(),
});
/** As a file, a row is one balance of one party over the month. */
const FILE = {
  name: '结算单',
  row: z.object({
    ...{ period: zPeriod, poolName: z.string(), status: z.string(), settledOn: zDate, partyKind: z.string() },
    ...{ partyName: z.string(), sectionName: z.string(), opening: zMoney, movements: zMoney, closing: zMoney },
  }),
  rowsOf: ({ statements, ...settlement }: SettlementView) =>
    statements.flatMap(({ partyKind, partyName, sections }) =>
      sections.map(({ name, ...figures }) => ({ ...settlement, partyKind, partyName, sectionName: name, ...figures })),
    ),
  batch: 50,
};
const byId = z.object({ id: z.uuid() });
const tags = ['结算'];

/** 结算: a month settled, looked at; the job that does it. */
export const settlements = newRouter()
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/settlements',
        tags,
        summary: '办理一个月的结算',
        request: { body: jsonBody(z.strictObject({ poolCode: zCode, period: zPeriod })) },
      },
      responses: { ...answers(201, zSettlement, '已结算'), ...answers(202, zSettlement, '结算中，见 Location') },
    }),
    async (c) => {
      const { poolCode, period } = c.req.valid('json');
      const { id, jobId, done } = await settle(c.get('ctx'), poolCode, period);
      const view = await findSettlement(c.get('ctx'), id);
      return done ? c.json(view, 201) : c.json(view, 202, { location: `/api/v1/jobs/${jobId}` });
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/settlements', tags, summary: '结算列表' },
      request: { query: zQuery },
      responses: answers(200, zList(zSettlement), '结算'),
    }),
    async (c) => {
      const query = c.req.valid('query');
      // A settlement carries all its statements: a page of them is short.
      const short = { ...query, limit: Math.min(query.limit, 50) };
      return answerList(c, short, FILE, (filter, ask) => listSettlements(c.get('ctx'), filter, ask));
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/settlements/{id}',
      tags,
      summary: '结算结果',
      request: { params: byId },
      responses: answers(200, zSettlement, '结算'),
    }),
    async (c) => c.json(await findSettlement(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/jobs/{id}',
      tags: ['任务'],
      summary: '任务进度',
      request: { params: byId },
      responses: answers(200, zJob, '任务'),
    }),
    async (c) => c.json(await findJob(c.get('ctx'), c.req.valid('param').id), 200),
  );
