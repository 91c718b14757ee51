import { createRoute, z } from '@hono/zod-openapi';
import { toWire } from '../../money/money.ts';
import {
  CONTRIBUTION_SORTS,
  contributions,
  recordContribution,
  reverseContribution,
} from '../../pool/contribution-service.ts';
import { createPool, listPools, poolFigures } from '../../pool/service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zAmount, zCitation, zCode, zDate, zExplanation, zList, zMoney, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

/** A bank account's number as text: a spreadsheet's 6.4E+15 is none. */
export const zAccountNo = z
  .string()
  .regex(/^[0-9A-Za-z-]{6,40}$/, { error: '银行账号应为数字文本' })
  .openapi({ example: '6402200155550001' });

export const zPool = z
  .object({
    ...{
      code: z.string(),
      name: z.string(),
      policyCode: z.string(),
      asOf: zDate,
      leverage: z.string(),
      deposits: zMoney,
      contributed: zMoney,
      capital: zMoney,
      reserved: zMoney,
    },
    ...{
      headroom: zMoney,
      loanCount: z.number().int(),
      principal: zMoney,
      countedPrincipal: zMoney,
      outstandingPrincipal: zMoney,
      countedOutstanding: zMoney,
    },
    accounts: z.array(z.object({ accountNo: z.string(), bankName: z.string(), balance: zMoney })),
    ...{ provisional: z.boolean(), cites: z.array(zCitation), explanation: zExplanation },
  })
  .openapi('Pool');

const zContribution = z
  .object({
    ...{
      id: z.string(),
      poolCode: z.string(),
      contributor: z.string(),
      amount: zMoney,
      receivedOn: zDate,
      accountNo: z.string(),
      receiptNo: z.string(),
    },
    ...{
      matchOwed: zMoney.nullable(),
      matchDueOn: zDate.nullable(),
      reversedOn: zDate.nullable(),
      recordedBy: z.string().nullable(),
      mine: z.boolean(),
      cites: z.array(zCitation),
    },
  })
  .openapi('Contribution');

const FILE = { name: '出资', row: zContribution };
const zNewPool = z.strictObject({
  ...{
    code: zCode,
    name: zText(),
    programme: zText(),
    policyCode: zText(),
    regions: z.array(zText()).min(1).max(50),
    cooperatingUnit: zCode,
    matchingUnit: zCode,
  },
  accounts: z
    .array(
      z.strictObject({ accountNo: zAccountNo, accountName: zText(), bankName: zText(), cnaps: zText(20).optional() }),
    )
    .min(1)
    .max(20),
});
const zNewContribution = z.strictObject({
  contributor: zCode,
  amount: zAmount,
  receivedOn: zDate,
  accountNo: zAccountNo.optional(),
  receiptNo: zText(100),
});
export const zMatchLine = z.object({
  contributionId: z.string(),
  owed: zMoney,
  dueOn: zDate,
  received: zMoney,
  outstanding: zMoney,
  overdue: z.boolean(),
});

const zAsOf = z.strictObject({ asOf: zDate.optional() });
const byCode = z.object({ id: zCode });
const tags = ['资金池'];

/** 资金池: found, look at as of a day, contributions and their match. */
export const pools = newRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/pools',
      tags,
      summary: '资金池列表',
      request: { query: zAsOf },
      responses: answers(200, zList(zPool), '资金池'),
    }),
    async (c) => {
      const items = await listPools(c.get('ctx'), c.req.valid('query').asOf);
      return c.json({ items, total: items.length, nextCursor: null }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/pools',
      tags,
      summary: '设立资金池',
      request: { body: jsonBody(zNewPool) },
      responses: answers(201, zPool, '已设立'),
    }),
    async (c) => c.json(await createPool(c.get('ctx'), c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/pools/{id}',
      tags,
      summary: '资金池某日数据',
      request: { params: byCode, query: zAsOf },
      responses: answers(200, zPool, '资金池'),
    }),
    async (c) => c.json(await poolFigures(c.get('ctx'), c.req.valid('param').id, c.req.valid('query').asOf), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/pools/{id}/contributions', tags, summary: '出资与配套' },
      request: { params: byCode, query: zListQuery(CONTRIBUTION_SORTS) },
      responses: answers(
        200,
        zList(zContribution).extend({ match: z.object({ owed: z.array(zMatchLine), advance: zMoney }) }),
        '出资',
      ),
    }),
    async (c) =>
      answerList(c, c.req.valid('query'), FILE, async (_, ask) => {
        const { match, ...page } = await contributions(c.get('ctx'), c.req.valid('param').id, ask);
        const owed = match.owed.map((m) => ({
          ...m,
          owed: toWire(m.owed),
          received: toWire(m.received),
          outstanding: toWire(m.outstanding),
        }));
        return { ...page, match: { owed, advance: toWire(match.advance) } };
      }),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/pools/{id}/contributions',
      tags,
      summary: '登记出资到账',
      request: { params: byCode, body: jsonBody(zNewContribution) },
      responses: answers(201, zContribution, '已登记'),
    }),
    async (c) =>
      c.json(
        await recordContribution(c.get('ctx'), { poolCode: c.req.valid('param').id, ...c.req.valid('json') }),
        201,
      ),
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/pools/{id}/contributions/{contribution}/reverse',
        tags,
        summary: '冲销误登的出资（须由他人办理）',
      },
      request: {
        params: byCode.extend({ contribution: z.uuid() }),
        body: jsonBody(z.strictObject({ reason: zText(500) })),
      },
      responses: answers(200, zContribution, '已冲销'),
    }),
    async (c) => {
      const { id, contribution } = c.req.valid('param');
      return c.json(await reverseContribution(c.get('ctx'), id, contribution, c.req.valid('json').reason), 200);
    },
  );
