import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '../../access/context.ts';
import {
  issueKey,
  issueOwnKey,
  type KeyView,
  listKeys,
  listOwnKeys,
  requireSignature,
  revokeKey,
  revokeOwnKey,
} from '../../access/key-service.ts';
import { PERMISSIONS, type Permission, ROLES, type Role } from '../../access/roles.ts';
import { newRouter } from '../router.ts';
import { zCode, zDate, zList, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

const zRole = z.enum(Object.keys(ROLES) as [Role, ...Role[]]);
const zScope = z.enum(Object.keys(PERMISSIONS) as [Permission, ...Permission[]]);

const zKey = z
  .object({
    ...{
      id: z.string(),
      name: z.string(),
      role: z.string(),
      institutionCode: z.string().nullable(),
      enterpriseUscc: z.string().nullable(),
    },
    ...{
      scopes: z.array(z.string()),
      createdAt: z.string(),
      createdBy: z.string().nullable(),
      ownerName: z.string().nullable(),
      expiresOn: zDate.nullable(),
      lastUsedAt: z.string().nullable(),
      revokedAt: z.string().nullable(),
    },
    signed: z.boolean(),
  })
  .openapi('ApiKey');
const zNewKey = z
  .strictObject({
    ...{ name: zText(100), role: zRole, institutionCode: zCode.optional(), enterpriseUscc: zText(18).optional() },
    ...{ scopes: z.array(zScope).max(100).optional(), signed: z.boolean().optional() },
    expiresOn: zDate.optional().openapi({ description: '有效期至；不填为一年，最长两年' }),
  })
  .openapi('NewApiKey');
const zOwnKey = zNewKey
  .pick({ name: true, scopes: true, signed: true, expiresOn: true })
  .extend({ code: z.string().max(12).openapi({ description: '本人当前的动态口令', example: '123456' }) })
  .openapi('NewOwnApiKey');
const zIssued = z
  .object({ id: z.string(), key: z.string().openapi({ description: '完整密钥，仅此一次显示' }) })
  .openapi('IssuedApiKey');

const asKey = ({ createdAt, expiresOn, lastUsedAt, revokedAt, ...key }: KeyView) => ({
  ...key,
  createdAt: createdAt.toISOString(),
  expiresOn: expiresOn?.toISOString().slice(0, 10) ?? null,
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  revokedAt: revokedAt?.toISOString() ?? null,
});
const byId = z.object({
  id: z
    .string()
    .regex(/^[0-9a-f]{16}$/, { error: '密钥编号为 16 位' })
    .openapi({ example: '0000000000000000' }),
});

const tags = ['API 密钥'];

/** API 密钥: issued once in clear, listed without their secrets, made to sign, revoked at once; those of systems by the operator, those of people by themselves. */
export const apiKeys = newRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/api-keys',
      tags,
      summary: '密钥列表',
      responses: answers(200, zList(zKey), '密钥'),
    }),
    async (c) => {
      const items = (await listKeys(c.get('ctx'))).map(asKey);
      return c.json({ items, total: items.length, nextCursor: null }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/api-keys',
      tags,
      summary: '签发密钥',
      request: { body: jsonBody(zNewKey) },
      responses: answers(201, zIssued, '已签发'),
    }),
    async (c) => c.json(await issueKey(c.get('ctx'), c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/api-keys/{id}/require-signature', tags, summary: '要求密钥以签名方式使用' },
      request: { params: byId },
      responses: answers(200, zKey, '此后未签名的请求一律退回'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      await requireSignature(c.get('ctx'), id);
      return c.json(asKey((await listKeys(c.get('ctx'), id))[0]!), 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/api-keys/{id}/revoke', tags, summary: '撤销密钥' },
      request: { params: byId },
      responses: answers(200, zKey, '已撤销'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      await revokeKey(c.get('ctx'), id);
      return c.json(asKey((await listKeys(c.get('ctx'), id))[0]!), 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/me/api-keys', tags, summary: '我的密钥' },
      responses: answers(200, zList(zKey), '本人的密钥'),
    }),
    async (c) => c.json(await ownKeys(c.get('ctx')), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/me/api-keys', tags, summary: '签发自己的密钥' },
      request: { body: jsonBody(zOwnKey) },
      responses: answers(201, zIssued, '已签发，以本人的身份、角色和范围办理'),
    }),
    async (c) => c.json(await issueOwnKey(c.get('ctx'), c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/me/api-keys/{id}/revoke', tags, summary: '撤销自己的密钥' },
      request: { params: byId },
      responses: answers(200, zList(zKey), '已撤销；本人的密钥'),
    }),
    async (c) => {
      await revokeOwnKey(c.get('ctx'), c.req.valid('param').id);
      return c.json(await ownKeys(c.get('ctx')), 200);
    },
  );

async function ownKeys(ctx: Context) {
  const items = (await listOwnKeys(ctx)).map(asKey);
  return { items, total: items.length, nextCursor: null };
}
