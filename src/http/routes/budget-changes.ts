import { createRoute, z } from '@hono/zod-openapi';
import { BUDGET_CHANGES, type BudgetChangeKind } from '../../subsidies/budget-change.ts';
import { decideChange, listChanges, openChanges, proposeChange } from '../../subsidies/budget-change-service.ts';
import { newRouter } from '../router.ts';
import { zAmount, zId, zList, zText } from '../schemas/common.ts';
import { zBudgetChange, zBudgetCode } from '../schemas/subsidy-life.ts';
import { answers, jsonBody, optionalBody } from './helpers.ts';

const tags = ['补贴拨付'];
const byCode = z.object({ code: zBudgetCode });
const byId = z.object({ id: zId });
const id = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);

/** 预算调整: 追加, 核减 and 结转, proposed by one and decided by another. */
export const budgetChanges = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/budgets/{code}/changes', tags, summary: '一项补贴预算的调整' },
      ...{ request: { params: byCode }, responses: answers(200, zList(zBudgetChange), '预算调整') },
    }),
    async (c) => {
      const items = await listChanges(c.get('ctx'), c.req.valid('param').code);
      return c.json({ items, total: items.length, nextCursor: null }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/budget-changes', tags, summary: '待复核的预算调整' },
      responses: answers(200, zList(zBudgetChange), '待复核的预算调整'),
    }),
    async (c) => {
      const items = await openChanges(c.get('ctx'));
      return c.json({ items, total: items.length, nextCursor: null }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/budgets/{code}/changes', tags, summary: '提出预算追加、核减收回或结转下年' },
      request: {
        params: byCode,
        body: jsonBody(
          z.strictObject({
            kind: z.enum(Object.keys(BUDGET_CHANGES) as [BudgetChangeKind]),
            ...{ amount: zAmount, document: zText(), reason: zText(500) },
          }),
        ),
      },
      responses: answers(200, zBudgetChange, '已提出'),
    }),
    async (c) => c.json(await proposeChange(c.get('ctx'), c.req.valid('param').code, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/budget-changes/{id}/approve', tags, summary: '同意预算调整，须由另一人办理' },
      description: '已到账而不再安排的资金随即转出：核减的收回财政，结转的转入下一年度账套，须填写银行凭证号。',
      request: {
        params: byId,
        body: optionalBody(z.strictObject({ voucherNo: zText(64).optional(), opinion: zText(500).optional() })),
      },
      responses: answers(200, zBudgetChange, '已调整'),
    }),
    async (c) => {
      const { voucherNo, opinion = null } = c.req.valid('json');
      return c.json(await decideChange(c.get('ctx'), id(c), { agreed: true, opinion, voucherNo }), 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/budget-changes/{id}/refuse', tags, summary: '不同意预算调整，须由另一人办理' },
      request: { params: byId, body: jsonBody(z.strictObject({ reason: zText(500) })) },
      responses: answers(200, zBudgetChange, '未予调整'),
    }),
    async (c) => {
      const opinion = c.req.valid('json').reason;
      return c.json(await decideChange(c.get('ctx'), id(c), { agreed: false, opinion }), 200);
    },
  );
