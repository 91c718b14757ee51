import { createRoute, z } from '@hono/zod-openapi';
import { allocateBatch, approveBatch, publishBatch, returnBatch } from '../../subsidies/batch-service.ts';
import { findBatch, listBatches, publicityOf } from '../../subsidies/batch-view-service.ts';
import { listBoards, sharesOf } from '../../subsidies/board-service.ts';
import { createBudget, findBudget, listBudgets, receiveBudgetMoney } from '../../subsidies/budget-service.ts';
import { settleRest } from '../../subsidies/deferral-service.ts';
import { listPayments, orderBatch, payBatch, reissuePayment, returnPayment } from '../../subsidies/payment-service.ts';
import { newRouter } from '../router.ts';
import { zAmount, zCode, zDate, zId, zList, zText } from '../schemas/common.ts';
import { zBatch, zBudget, zPayee, zPayment, zPublicity } from '../schemas/subsidies.ts';
import { zBoard, zShares } from '../schemas/subsidy-boards.ts';
import { zBudgetCode, zRest } from '../schemas/subsidy-life.ts';
import { answers, jsonBody } from './helpers.ts';

const tags = ['补贴拨付'];
const zYear = z.int().min(2000).max(2999);
const zQuery = z.strictObject({
  scheme: zCode.optional(),
  year: z.coerce.number().int().min(2000).max(2999).optional(),
});
const byId = z.object({ id: zId });
const byCode = z.object({ code: zBudgetCode });
const id = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);
const list = <T>(items: T[]) => ({ items, total: items.length, nextCursor: null });

/** 补贴预算 and 批次: what there is, what was published, shared out, approved, ordered and paid. */
export const subsidyBatches = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/budgets', tags, summary: '补贴预算', request: { query: zQuery } },
      responses: answers(200, zList(zBudget), '补贴预算'),
    }),
    async (c) => c.json(list(await listBudgets(c.get('ctx'), c.req.valid('query'))), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/budgets', tags, summary: '登记年度补贴预算，设立账套' },
      request: {
        body: jsonBody(
          z.strictObject({
            ...{ scheme: zCode, year: zYear, name: zText(), document: zText(), amount: zAmount },
            ...{ accountNo: zText(40), accountName: zText(), bankName: zText() },
          }),
        ),
      },
      responses: { ...answers(201, zBudget, '已登记'), ...answers(200, zBudget, '此前已登记，内容相同') },
    }),
    async (c) => {
      const { created, budget } = await createBudget(c.get('ctx'), c.req.valid('json'));
      return created ? c.json(budget, 201) : c.json(budget, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/budgets/{code}', tags, summary: '一项补贴预算', request: { params: byCode } },
      responses: answers(200, zBudget, '补贴预算'),
    }),
    async (c) => c.json(await findBudget(c.get('ctx'), c.req.valid('param').code), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/budgets/{code}/receipts', tags, summary: '登记预算资金到账' },
      request: {
        params: byCode,
        body: jsonBody(z.strictObject({ amount: zAmount, receivedOn: zDate, receiptNo: zText(64) })),
      },
      responses: answers(200, zBudget, '已登记'),
    }),
    async (c) => c.json(await receiveBudgetMoney(c.get('ctx'), c.req.valid('param').code, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-batches', tags, summary: '补贴批次', request: { query: zQuery } },
      responses: answers(200, zList(zBatch), '批次'),
    }),
    async (c) => c.json(list(await listBatches(c.get('ctx'), c.req.valid('query'))), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-boards', tags, summary: '各批次的申请、需求与进度，含尚未公示的' },
      request: { query: zQuery.extend({ batchNo: z.coerce.number().int().min(1).max(99).optional() }) },
      responses: answers(200, zList(zBoard), '批次进度'),
    }),
    async (c) => c.json(list(await listBoards(c.get('ctx'), c.req.valid('query'))), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-batches/{id}/shares', tags, summary: '预算如何分配：公示期内为预算分配试算' },
      ...{ request: { params: byId }, responses: answers(200, zShares, '分配') },
    }),
    async (c) => c.json(await sharesOf(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-batches', tags, summary: '公示一批核定的补贴' },
      request: { body: jsonBody(z.strictObject({ scheme: zCode, year: zYear, batchNo: z.int().min(1).max(99) })) },
      responses: answers(200, zBatch, '已公示'),
    }),
    async (c) => c.json(await publishBatch(c.get('ctx'), c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-batches/{id}', tags, summary: '一个批次', request: { params: byId } },
      responses: answers(200, zBatch, '批次'),
    }),
    async (c) => c.json(await findBatch(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-batches/{id}/publicity', tags, summary: '公示名单：名称、项目、金额' },
      request: { params: byId },
      responses: answers(200, zPublicity, '公示名单'),
    }),
    async (c) => c.json(await publicityOf(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-batches/{id}/allocate', tags, summary: '公示期满后分配预算' },
      ...{ request: { params: byId }, responses: answers(200, zBatch, '已分配') },
    }),
    async (c) => c.json(await allocateBatch(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-batches/{id}/approve', tags, summary: '批准，须由另一人办理' },
      ...{ request: { params: byId }, responses: answers(200, zBatch, '已批准') },
    }),
    async (c) => c.json(await approveBatch(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-batches/{id}/return', tags, summary: '退回重新分配' },
      request: { params: byId, body: jsonBody(z.strictObject({ reason: zText(500) })) },
      responses: answers(200, zBatch, '已退回'),
    }),
    async (c) => c.json(await returnBatch(c.get('ctx'), id(c), c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/subsidy-batches/{id}/rest',
        tags,
        summary: '办理预算未满足的部分：转下一年度或不再结转',
      },
      ...{ request: { params: byId }, responses: answers(200, zRest, '已办理') },
    }),
    async (c) => c.json(await settleRest(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-batches/{id}/order', tags, summary: '下达资金' },
      request: { params: byId, body: jsonBody(z.strictObject({ orderNo: zText(64) })) },
      responses: answers(200, zBatch, '已下达'),
    }),
    async (c) => c.json(await orderBatch(c.get('ctx'), id(c), c.req.valid('json').orderNo), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-batches/{id}/payments', tags, summary: '一个批次的拨付' },
      ...{ request: { params: byId }, responses: answers(200, zList(zPayment), '拨付') },
    }),
    async (c) => c.json(list(await listPayments(c.get('ctx'), id(c))), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-batches/{id}/pay', tags, summary: '登记银行已拨付的补贴，须由另一人办理' },
      request: {
        params: byId,
        body: jsonBody(
          z.strictObject({
            paidOn: zDate,
            payments: z
              .array(z.strictObject({ paymentId: zId, voucherNo: zText(64) }))
              .min(1)
              .max(1000),
          }),
        ),
      },
      responses: answers(200, zBatch, '已拨付'),
    }),
    async (c) => c.json(await payBatch(c.get('ctx'), id(c), c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-payments/{id}/return', tags, summary: '登记银行退票' },
      request: { params: byId, body: jsonBody(z.strictObject({ returnedOn: zDate, reason: zText(500) })) },
      responses: answers(200, zPayment, '已登记'),
    }),
    async (c) => c.json(await returnPayment(c.get('ctx'), id(c), c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-payments/{id}/reissue', tags, summary: '退票后重新下达' },
      request: { params: byId, body: jsonBody(zPayee) },
      responses: answers(200, zPayment, '已重新下达'),
    }),
    async (c) => c.json(await reissuePayment(c.get('ctx'), id(c), c.req.valid('json')), 200),
  );
