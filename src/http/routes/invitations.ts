import { createRoute, z } from '@hono/zod-openapi';
import {
  acceptInvitation,
  INVITATION_SORTS,
  invite,
  listInvitations,
  lookInvitation,
  revokeInvitation,
} from '../../access/invitation-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zList } from '../schemas/common.ts';
import { zBelongs, zEmail, zPassword, zPerson, zRole, zToken } from '../schemas/people.ts';
import { answers, jsonBody } from './helpers.ts';

const zState = z.enum(['open', 'accepted', 'revoked', 'expired']);
const zInvitation = z
  .object({
    ...{ id: z.uuid(), name: z.string(), username: z.string(), email: z.string(), role: zRole },
    ...{ institutionCode: z.string().nullable(), enterpriseUscc: z.string().nullable(), invitedBy: z.string() },
    ...{ createdAt: z.string(), expiresAt: z.string(), state: zState },
  })
  .openapi('Invitation');
const zNew = z.strictObject({ ...zPerson, ...zBelongs }).openapi('NewInvitation');
const zLooked = z
  .object({
    ...{ name: z.string(), username: z.string(), email: z.string().nullable(), role: zRole, roleName: z.string() },
    ...{ institutionName: z.string().nullable(), enterpriseName: z.string().nullable(), expiresAt: z.string() },
  })
  .openapi('InvitationLook');
const zAccept = z
  .strictObject({ token: zToken, password: zPassword, email: zEmail.optional() })
  .openapi('AcceptInvitation');
const FILE = { name: '邀请', row: zInvitation };

const tags = ['用户'];
const security: never[] = [];

/** 邀请: how staff and bank officers get their login. Looking at one and accepting it needs no login, only its link. */
export const invitations = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/invitations', tags, summary: '邀请列表' },
      request: { query: zListQuery(INVITATION_SORTS).extend({ state: zState.optional() }) },
      responses: answers(200, zList(zInvitation), '邀请'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listInvitations(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/invitations', tags, summary: '邀请用户' },
      request: { body: jsonBody(zNew) },
      responses: answers(201, zInvitation, '已发出邀请邮件'),
    }),
    async (c) => {
      const { token: _, ...view } = await invite(c.get('ctx'), c.req.valid('json'));
      return c.json(view, 201);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/invitations/{id}/revoke', tags, summary: '撤回邀请' },
      request: { params: z.object({ id: z.uuid() }) },
      responses: answers(200, zInvitation, '已撤回'),
    }),
    async (c) => c.json(await revokeInvitation(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/invitations/look', tags, security, summary: '查看所受的邀请' },
      request: { body: jsonBody(z.strictObject({ token: zToken })) },
      responses: answers(200, zLooked, '邀请的内容'),
    }),
    async (c) => c.json(await lookInvitation(c.get('ctx'), c.req.valid('json').token), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/invitations/accept', tags, security, summary: '接受邀请，设置密码' },
      request: { body: jsonBody(zAccept) },
      responses: answers(201, z.object({ username: z.string() }), '可以登录'),
    }),
    async (c) => c.json(await acceptInvitation(c.get('ctx'), c.req.valid('json')), 201),
  );
