import { createRoute, z } from '@hono/zod-openapi';
import {
  findObjection,
  listObjections,
  OBJECTION_SORTS,
  type ObjectionView,
  revealObjector,
} from '../../subsidies/objection-view-service.ts';
import { OBJECTION_STATUSES, OBJECTORS, type ObjectionStatus } from '../../subsidies/steps.ts';
import {
  approveSupplement,
  listSupplements,
  orderSupplement,
  proposeSupplements,
  returnSupplement,
} from '../../subsidies/supplement-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zCode, zId, zList, zText } from '../schemas/common.ts';
import { zObjection, zSupplement } from '../schemas/subsidy-life.ts';
import { answers, jsonBody } from './helpers.ts';

const tags = ['补贴异议与补充分配'];
const zQuery = zListQuery(OBJECTION_SORTS).extend({
  ...{ scheme: zCode.optional(), year: z.coerce.number().int().min(2000).max(2999).optional() },
  ...{ batchNo: z.coerce.number().int().min(1).max(99).optional(), applicationId: zId.optional() },
  enterpriseUscc: zText(18).optional(),
  status: z.enum(Object.keys(OBJECTION_STATUSES) as [ObjectionStatus]).optional(),
});
const FILE = {
  name: '补贴异议',
  row: zObjection,
  rowsOf: (item: ObjectionView) => [
    {
      ...{ ...item, status: OBJECTION_STATUSES[item.status as ObjectionStatus] },
      objectorKind: item.objectorKind && OBJECTORS[item.objectorKind as keyof typeof OBJECTORS],
    },
  ],
};
const byId = z.object({ id: zId });
const id = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);
const list = <T>(items: T[]) => ({ items, total: items.length, nextCursor: null });

/** 异议 as the department sees them, and 补充分配: what lines get whose objection was dismissed after their batch was shared out. */
export const subsidyObjections = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-objections', tags, summary: '公示异议列表', request: { query: zQuery } },
      responses: answers(200, zList(zObjection), '异议'),
    }),
    async (c) =>
      answerList(c, c.req.valid('query'), FILE, ({ applicationId, ...filter }, ask) => {
        const of = applicationId ? BigInt(applicationId) : undefined;
        return listObjections(c.get('ctx'), { ...filter, applicationId: of }, ask);
      }),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-objections/{id}', tags, summary: '一项异议' },
      ...{ request: { params: byId }, responses: answers(200, zObjection, '异议') },
    }),
    async (c) => c.json(await findObjection(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-objections/{id}/reveal', tags, summary: '查看异议人的姓名和联系方式原文' },
      description: '查看原文须写明理由，何人何时因何查看记入审计日志。异议人的信息不对外提供。',
      request: { params: byId, body: jsonBody(z.strictObject({ reason: zText(200) })) },
      responses: answers(200, z.object({ objectorName: z.string(), objectorContact: z.string() }), '原文'),
    }),
    async (c) => c.json(await revealObjector(c.get('ctx'), id(c), c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-batches/{id}/supplements', tags, summary: '一个批次的补充分配' },
      ...{ request: { params: byId }, responses: answers(200, zList(zSupplement), '补充分配') },
    }),
    async (c) => c.json(list(await listSupplements(c.get('ctx'), id(c))), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-batches/{id}/supplements', tags, summary: '对异议不成立的项目补充分配' },
      ...{ request: { params: byId }, responses: answers(200, zList(zSupplement), '补充分配') },
    }),
    async (c) => c.json(list(await proposeSupplements(c.get('ctx'), id(c))), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-supplements/{id}/approve', tags, summary: '批准补充分配，须由另一人办理' },
      ...{ request: { params: byId }, responses: answers(200, zSupplement, '已批准') },
    }),
    async (c) => c.json(await approveSupplement(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-supplements/{id}/return', tags, summary: '退回补充分配，须由另一人办理' },
      request: { params: byId, body: jsonBody(z.strictObject({ reason: zText(500) })) },
      responses: answers(200, zSupplement, '已退回'),
    }),
    async (c) => c.json(await returnSupplement(c.get('ctx'), id(c), c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-supplements/{id}/order', tags, summary: '下达补充分配的资金' },
      request: { params: byId, body: jsonBody(z.strictObject({ orderNo: zText(64) })) },
      responses: answers(200, zSupplement, '已下达'),
    }),
    async (c) => c.json(await orderSupplement(c.get('ctx'), id(c), c.req.valid('json').orderNo), 200),
  );
