import { createRoute, z } from '@hono/zod-openapi';
import {
  assignLoanDifference,
  findLoanDifference,
  LOAN_DIFFERENCE_SORTS,
  type LoanDifferenceView,
  listLoanDifferences,
  noteLoanDifference,
} from '../../reconciliation/loan-difference-service.ts';
import {
  LOAN_DIFFERENCE_KINDS,
  LOAN_DIFFERENCE_STATUSES,
  type LoanDifferenceKind,
} from '../../reconciliation/three-way.ts';
import {
  findThreeWay,
  listThreeWay,
  reconcileLoans,
  replayThreeWay,
  THREE_WAY_SORTS,
} from '../../reconciliation/three-way-service.ts';
import type { ListFile } from '../export-list.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zCode, zDate, zId, zList, zMoney, zPeriod, zText } from '../schemas/common.ts';
import { answers, jsonBody, optionalBody } from './helpers.ts';

const keys = <T extends string>(of: Record<T, unknown>) => Object.keys(of) as [T, ...T[]];
const zRun = z
  .object({
    ...{ id: zId, poolCode: z.string(), period: zPeriod, number: z.number().int().openapi({ description: '第几次' }) },
    agreed: z.number().int(),
    differences: z.number().int().openapi({ description: '差异的项数' }),
    runOn: zDate,
  })
  .openapi('LoanReconciliationItem');
const zBank = z.object({
  ...{ bankCode: z.string(), loans: z.number().int(), reportedLoans: z.number().int() },
  reported: zMoney.openapi({ description: '月报余额合计（银行）' }),
  ...{ registered: zMoney, reserve: zMoney, ledgerReserve: zMoney },
  differences: z.number().int().openapi({ description: '差异的项数' }),
});
const zDetails = zRun
  .extend({ banks: z.array(zBank).openapi({ description: '各银行合计' }) })
  .openapi('LoanReconciliation');
const zDifference = z
  .object({
    ...{ id: zId, runId: zId, poolCode: z.string(), bankCode: z.string(), period: zPeriod, dueBillNo: z.string() },
    ...{ enterprise: z.string().nullable(), kind: z.enum(keys(LOAN_DIFFERENCE_KINDS)).or(z.string()) },
    reported: zMoney.nullable().openapi({ description: '月报余额（银行），缺报为 null' }),
    ...{ registered: zMoney.nullable(), reserve: zMoney.nullable(), ledgerReserve: zMoney.nullable() },
    amount: zMoney.nullable().openapi({ description: '相差的金额，一方没有时为 null' }),
    status: z.enum(keys(LOAN_DIFFERENCE_STATUSES)).or(z.string()),
    ownerName: z.string().nullable().openapi({ description: '经办人' }),
    ...{ foundOn: zDate, closedOn: zDate.nullable(), age: z.number().int(), loanId: zId.nullable() },
    notes: z
      .array(z.object({ kind: z.string(), text: z.string(), writtenBy: z.string().nullable(), writtenOn: zDate }))
      .openapi({ description: '说明' }),
  })
  .openapi('LoanDifference');
const zRunQuery = zListQuery(THREE_WAY_SORTS).extend({ poolCode: zCode.optional(), period: zPeriod.optional() });
const zQuery = zListQuery(LOAN_DIFFERENCE_SORTS).extend({
  ...{ poolCode: zCode.optional(), bankCode: zCode.optional(), period: zPeriod.optional() },
  ...{
    kind: z.enum(keys(LOAN_DIFFERENCE_KINDS)).optional(),
    status: z.enum(keys(LOAN_DIFFERENCE_STATUSES)).optional(),
  },
  ...{ live: z.stringbool().optional(), mine: z.stringbool().optional() },
});
const FILE: ListFile<LoanDifferenceView> = {
  name: '三方对账差异',
  row: zDifference.omit({ notes: true, runId: true, loanId: true }),
  titles: { ownerName: '经办人', reported: '月报余额（银行）', reserve: '准备金台账余额', amount: '相差' },
  rowsOf: (item) => [
    {
      ...item,
      kind: LOAN_DIFFERENCE_KINDS[item.kind as LoanDifferenceKind],
      status: LOAN_DIFFERENCE_STATUSES[item.status as keyof typeof LOAN_DIFFERENCE_STATUSES],
    },
  ],
};
const byId = z.object({ id: zId });
const tags = ['三方对账'];
const id = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);
const one = (description: string) => answers(200, zDifference, description);

/** 三方对账: the bank's report, the register and the pool's reserves side by side, and what they differ in. */
export const loanReconciliations = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/loan-reconciliations', tags, summary: '办理三方对账' },
      request: { body: jsonBody(z.strictObject({ poolCode: zCode, period: zPeriod })) },
      responses: { ...answers(201, zDetails, '已对账'), ...answers(200, zDetails, '没有变化') },
    }),
    async (c) => {
      const { created, run } = await reconcileLoans(c.get('ctx'), c.req.valid('json'));
      return created ? c.json(run, 201) : c.json(run, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/loan-reconciliations', tags, summary: '各资金池各月的三方对账' },
      request: { query: zRunQuery },
      responses: answers(200, zList(zRun), '对账'),
    }),
    async (c) =>
      answerList(c, c.req.valid('query'), { name: '三方对账', row: zRun }, (filter, ask) =>
        listThreeWay(c.get('ctx'), filter, ask),
      ),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/loan-reconciliations/{id}', tags, summary: '一次三方对账，各银行合计' },
      request: { params: byId },
      responses: answers(200, zDetails, '对账'),
    }),
    async (c) => c.json(await findThreeWay(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/loan-reconciliations/{id}/replay', tags },
      ...{ summary: '以当时所见重新对账，看结果是否逐字节相同', request: { params: byId } },
      responses: answers(200, z.object({ same: z.boolean(), bytes: z.number().int() }), '结果'),
    }),
    async (c) => c.json(await replayThreeWay(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/loan-differences', tags, summary: '三方对账差异', request: { query: zQuery } },
      responses: answers(200, zList(zDifference), '差异'),
    }),
    async (c) =>
      answerList(c, c.req.valid('query'), FILE, (filter, ask) => listLoanDifferences(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{
        method: 'get',
        path: '/loan-differences/{id}',
        tags,
        summary: '一项差异及其说明',
        request: { params: byId },
      },
      responses: one('差异'),
    }),
    async (c) => c.json(await findLoanDifference(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/loan-differences/{id}/assign', tags, summary: '指定经办人' },
      request: { params: byId, body: optionalBody(z.strictObject({ owner: zText(64).optional() })) },
      responses: one('已指定'),
    }),
    async (c) => c.json(await assignLoanDifference(c.get('ctx'), id(c), c.req.valid('json').owner), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/loan-differences/{id}/notes', tags, summary: '填写说明、说明原因或撤回说明' },
      request: {
        params: byId,
        body: jsonBody(z.strictObject({ kind: z.enum(['comment', 'explain', 'reopen']), text: zText(500) })),
      },
      responses: one('已填写'),
    }),
    async (c) => c.json(await noteLoanDifference(c.get('ctx'), id(c), c.req.valid('json')), 200),
  );
