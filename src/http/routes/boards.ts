import { createRoute, z } from '@hono/zod-openapi';
import { poolBoard, poolTrend } from '../../home/board-service.ts';
import { portfolio } from '../../home/portfolio-service.ts';
import { reviewFiling } from '../../home/review-service.ts';
import { newRouter } from '../router.ts';
import { zCitation, zCode, zDate, zExplanation, zId, zMoney, zPeriod } from '../schemas/common.ts';
import { zTopUp } from './capital.ts';
import { answers } from './helpers.ts';
import { zTodo } from './home.ts';
import { zFiling } from './loan-filings.ts';
import { zMatchLine, zPool } from './pools.ts';

const zRatio = z
  .object({ ratio: z.string(), numerator: zMoney, denominator: zMoney, explanation: zExplanation })
  .openapi('Ratio');
const zLine = z
  .object({
    ...{ warn: z.string().nullable(), suspend: z.string(), stops: z.string() },
    ...{ tone: z.enum(['within', 'near', 'past']), cites: z.array(zCitation) },
  })
  .nullable()
  .openapi({ description: '熔断线；没有规定的为 null' });
const zLoanCount = { loans: z.number().int(), badLoans: z.number().int() };
const zBankLoans = z.object({ bankCode: z.string(), bankName: z.string(), loans: z.number().int() });

const zBoard = z
  .object({
    pool: zPool,
    contributors: z.array(
      z.object({
        ...{ code: z.string(), name: z.string(), contributed: zMoney, share: zMoney, receivable: zMoney },
        ...{ capital: zMoney, percent: z.string(), reserve: zMoney, free: zMoney, explanation: zExplanation },
      }),
    ),
    match: z.object({ owed: z.array(zMatchLine), advance: zMoney }),
    leverage: z.object({
      ...{ limit: z.string(), used: z.string(), percent: z.string() },
      ...{ tone: z.enum(['within', 'near', 'past']), explanation: zExplanation },
    }),
    topUp: zTopUp,
    badLoans: zRatio.extend({
      line: zLine,
      banks: z.array(zRatio.extend({ line: zLine, bankCode: z.string(), bankName: z.string(), ...zLoanCount })),
      regions: z.array(zRatio.extend({ region: z.string(), ...zLoanCount })),
    }),
    todo: z.array(zTodo),
    settlement: z.object({ id: z.string(), period: zPeriod, status: z.string() }).nullable(),
    next: z.object({
      ...{ period: zPeriod, endsOn: zDate, dueOn: zDate, over: z.boolean() },
      missing: z.array(zBankLoans).openapi({ description: '尚缺月报的银行及笔数' }),
    }),
  })
  .openapi('PoolBoard');

const zTrendPoint = z
  .object({
    ...{ period: zPeriod, asOf: zDate, status: z.enum(['settled', 'provisional', 'open']) },
    ...{ deposits: zMoney, capital: zMoney, reserved: zMoney, outstandingPrincipal: zMoney },
    ...{ countedOutstanding: zMoney, headroom: zMoney, badRatio: z.string() },
  })
  .openapi('TrendPoint');

const zSums = z.object({
  ...{ loans: z.number().int(), outstanding: zMoney, counted: zMoney, badLoans: z.number().int(), bad: zMoney },
  ...{ badRatio: zRatio, overdueLoans: z.number().int(), overdue: zMoney.openapi({ description: '逾期贷款的余额' }) },
  explanation: zExplanation,
});
const zPortfolio = z
  .object({
    asOf: zDate,
    period: zPeriod.nullable(),
    items: z.array(
      zSums.extend({
        ...{ bankCode: z.string(), bankName: z.string(), poolCode: z.string(), poolName: z.string() },
        ...{ maturing: z.number().int(), undrawn: z.number().int(), lastReportPeriod: zPeriod.nullable() },
        missing: z
          .array(
            z.object({
              ...{ period: zPeriod, loans: z.number().int(), dueOn: zDate, late: z.boolean() },
              cites: z.array(zCitation),
            }),
          )
          .openapi({ description: '尚未报送的月份、笔数和报送期限' }),
      }),
    ),
    sum: zSums,
  })
  .openapi('Portfolio');

const zTitle = z.object({
  ...{ kind: z.string(), label: z.string(), certificateNo: z.string(), validFrom: zDate, validTo: zDate },
  ...{ valid: z.boolean(), validWhenFiled: z.boolean() },
});
const zReview = z
  .object({
    ...{ filing: zFiling, poolName: z.string(), bankName: z.string() },
    enterprise: z.object({
      ...{ uscc: z.string(), name: z.string(), registeredIn: z.string(), industry: z.string().nullable() },
      ...{ staff: z.number().int(), totalAssets: zMoney, revenue: zMoney, previousRevenue: zMoney, rndExpense: zMoney },
      ...{ legalRepresentative: z.string().nullable(), asOf: zDate, titles: z.array(zTitle) },
    }),
    history: z.array(
      z.object({
        ...{ id: zId, poolName: z.string(), bankName: z.string(), dueBillNo: z.string(), contractNo: z.string() },
        ...{ countedPrincipal: zMoney, principal: zMoney, filedOn: zDate, status: z.string(), maturesOn: zDate },
        ...{
          reason: z.string().nullable(),
          outstandingPrincipal: zMoney.nullable(),
          loanStatus: z.string().nullable(),
        },
        ...{ loanClassification: z.string().nullable(), overdueDays: z.number().int().nullable() },
      }),
    ),
    commitments: z
      .object({ counted: zMoney, ...zLoanCount })
      .openapi({ description: '该企业在各银行、各资金池的合计（含本笔）' }),
    acts: z.array(
      z.object({
        ...{ at: z.string(), on: zDate, action: z.string(), role: z.string() },
        ...{ institutionName: z.string().nullable(), actorName: z.string().nullable() },
      }),
    ),
    headroom: z
      .object({
        ...{ before: zMoney, after: zMoney, enough: z.boolean() },
        explanation: z.object({ before: zExplanation, after: zExplanation }),
      })
      .nullable()
      .openapi({ description: '同意前后的可用额度；已有结论的为 null' }),
    clock: z.object({
      ...{ receivedOn: zDate, dueOn: zDate, late: z.boolean(), provisional: z.boolean(), decidedOn: zDate.nullable() },
      ...{ cites: z.array(zCitation), explanation: zExplanation },
    }),
    documents: z.array(
      z.object({
        ...{ id: z.string(), kind: z.string(), title: z.string(), number: z.string() },
        ...{ issuedOn: zDate, ready: z.boolean() },
      }),
    ),
    ...{ consentLetterId: z.string().nullable() },
    waiting: z.object({ count: z.number().int(), nextId: z.string().nullable() }),
  })
  .openapi('FilingReview');

const byCode = z.object({ id: zCode });

/** One thing on one page: a pool, its months, a filing before its decision, the portfolio by bank. */
export const boards = newRouter()
  .openapi(
    createRoute({
      ...{
        method: 'get',
        path: '/pools/{id}/board',
        tags: ['资金池'],
        summary: '资金池一览：各方出资、杠杆、不良、待办',
      },
      request: { params: byCode },
      responses: answers(200, zBoard, '资金池一览'),
    }),
    async (c) => c.json(await poolBoard(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/pools/{id}/trend', tags: ['资金池'], summary: '资金池逐月走势' },
      request: { params: byCode, query: z.strictObject({ from: zPeriod.optional(), to: zPeriod.optional() }) },
      responses: answers(200, z.object({ items: z.array(zTrendPoint) }), '逐月走势'),
    }),
    async (c) => c.json({ items: await poolTrend(c.get('ctx'), c.req.valid('param').id, c.req.valid('query')) }, 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/loan-filings/{id}/review', tags: ['备案'], summary: '审核一笔备案所需的全部内容' },
      request: { params: z.object({ id: zId }) },
      responses: answers(200, zReview, '备案审核'),
    }),
    async (c) => c.json(await reviewFiling(c.get('ctx'), BigInt(c.req.valid('param').id)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/portfolio', tags: ['贷款'], summary: '按银行和资金池汇总的贷款与不良率' },
      request: {
        query: z.strictObject({ period: zPeriod.optional(), poolCode: zCode.optional(), bankCode: zCode.optional() }),
      },
      responses: answers(200, zPortfolio, '贷款汇总'),
    }),
    async (c) => c.json(await portfolio(c.get('ctx'), c.req.valid('query')), 200),
  );
