import { createRoute, z } from '@hono/zod-openapi';
import { dropDraft, keepDraft, listDrafts, readDraft } from '../../access/draft-service.ts';
import { newRouter } from '../router.ts';
import { zList } from '../schemas/common.ts';
import { answers, jsonBody, PROBLEMS } from './helpers.ts';

const KEY = /^[a-z][a-z0-9:.-]{0,80}$/;
const zKey = z
  .string()
  .regex(KEY, { error: '应为小写字母开头，含小写字母、数字、冒号、点和连字符，最多 81 个字符' })
  .openapi({ example: 'loan-filing:new', description: '草稿名，由使用者自定' });
const zBody = z.any().openapi({ description: '草稿内容，任意 JSON，不超过 256 KB；没有草稿时为 null' });
const zDraft = z.object({ key: zKey, body: zBody, updatedAt: z.string().nullable() }).openapi('Draft');
const zSaved = z.strictObject({
  body: zBody.refine((body) => body !== undefined && body !== null, { error: '缺少必填项' }),
});
const zItem = z.object({ key: zKey, updatedAt: z.string() });
const byKey = z.object({ key: zKey });
const tags = ['草稿'];

/** 草稿: what a person was typing, kept for that person until it is sent. */
export const drafts = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/drafts', tags, summary: '本人的草稿列表' },
      request: { query: z.strictObject({ prefix: zKey.optional() }) },
      responses: answers(200, zList(zItem), '草稿'),
    }),
    async (c) => {
      const items = await listDrafts(c.get('ctx'), c.req.valid('query').prefix);
      return c.json({ items, total: items.length, nextCursor: null }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/drafts/{key}', tags, summary: '本人的一份草稿', request: { params: byKey } },
      responses: answers(200, zDraft, '草稿，没有时 body 为 null'),
    }),
    async (c) => c.json(await readDraft(c.get('ctx'), c.req.valid('param').key), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'put', path: '/drafts/{key}', tags, summary: '保存草稿，替换原有内容' },
      request: { params: byKey, body: jsonBody(zSaved) },
      responses: answers(200, zDraft.omit({ body: true }), '已保存'),
    }),
    async (c) => {
      const { key } = c.req.valid('param');
      const { updatedAt } = await keepDraft(c.get('ctx'), key, c.req.valid('json').body);
      return c.json({ key, updatedAt }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'delete', path: '/drafts/{key}', tags, summary: '删除草稿', request: { params: byKey } },
      responses: { 204: { description: '已删除' }, ...PROBLEMS },
    }),
    async (c) => {
      await dropDraft(c.get('ctx'), c.req.valid('param').key);
      return c.body(null, 204);
    },
  );
