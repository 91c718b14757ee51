import { createRoute, z } from '@hono/zod-openapi';
import { listReports, REPORT_SORTS } from '../../loans/report-list-service.ts';
import { findReport, reportBalances } from '../../loans/report-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zAmount, zCode, zDate, zExplanation, zList, zMoney, zPeriod, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

const zLine = z.strictObject({
  ...{
    dueBillNo: zText(64),
    outstandingPrincipal: zAmount,
    principalRepaid: zAmount,
    interestPaid: zAmount,
    overdueDays: z.number().int().min(0).max(36_500),
    paidOff: z.boolean(),
  },
  loanClassification: z.enum(['normal', 'specialMention', 'substandard', 'doubtful', 'loss']),
});
const zRequest = z
  .strictObject({
    ...{ period: zPeriod, poolCode: zCode.optional(), lines: z.array(zLine).min(1).max(3000) },
    correctionReason: zText(500).optional().openapi({ description: '更正最近一期月报时填写原因' }),
  })
  .openapi('BalanceReportRequest');
const zSummary = z
  .object({
    ...{ id: z.string(), bankCode: z.string(), period: zPeriod, receivedOn: zDate, lines: z.number().int() },
    missingTotal: z.number().int().openapi({ description: '应报未报的贷款笔数' }),
  })
  .openapi('BalanceReportSummary');
const zReport = zSummary
  .extend({
    differencesTotal: z.number().int().openapi({ description: '与合同推算不一致的贷款笔数' }),
    missing: z.array(z.object({ dueBillNo: z.string(), enterprise: z.string(), poolCode: z.string() })),
    differences: z.array(
      z.object({
        ...{ dueBillNo: z.string(), field: z.string(), reported: zMoney, expected: zMoney, difference: zMoney },
        explanation: zExplanation,
      }),
    ),
  })
  .openapi('BalanceReport');
const zItem = zSummary.extend({ bankName: z.string() }).openapi('BalanceReportItem');
const zQuery = zListQuery(REPORT_SORTS).extend({
  ...{ bankCode: zCode.optional(), period: zPeriod.optional(), from: zPeriod.optional(), to: zPeriod.optional() },
});
const FILE = { name: '余额月报', row: zItem, batch: 24 };
const tags = ['月报'];

/** 贷款余额月报: received, what is missing in it, and where it differs from the contracts. */
export const balanceReports = newRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/balance-reports',
      tags,
      summary: '报送贷款余额月报',
      request: { body: jsonBody(zRequest) },
      responses: answers(201, zReport, '已收到'),
    }),
    async (c) => c.json(await reportBalances(c.get('ctx'), c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/balance-reports',
      tags,
      summary: '月报列表',
      request: { query: zQuery },
      responses: answers(200, zList(zItem), '月报'),
    }),
    async (c) => {
      const query = c.req.valid('query');
      // What is missing is counted for each report: a page of them is short.
      const short = { ...query, limit: Math.min(query.limit, 24) };
      return answerList(c, short, FILE, (filter, ask) => listReports(c.get('ctx'), filter, ask));
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/balance-reports/{id}',
      tags,
      summary: '月报的缺报与差异',
      request: { params: z.object({ id: z.uuid() }) },
      responses: answers(200, zReport, '月报'),
    }),
    async (c) => c.json(await findReport(c.get('ctx'), c.req.valid('param').id), 200),
  );
