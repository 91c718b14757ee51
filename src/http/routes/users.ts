import { createRoute, z } from '@hono/zod-openapi';
import {
  disableUser,
  enableUser,
  endSessions,
  listUsers,
  resetSecondFactor,
  USER_SORTS,
  unlockUser,
} from '../../access/user-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zCode, zList } from '../schemas/common.ts';
import { zRole } from '../schemas/people.ts';
import { answers } from './helpers.ts';

const zState = z.enum(['active', 'locked', 'disabled']);
const zUser = z
  .object({
    ...{ id: z.string(), name: z.string(), username: z.string(), email: z.string(), role: zRole },
    ...{ institutionCode: z.string().nullable(), institutionName: z.string().nullable() },
    ...{ enterpriseUscc: z.string().nullable(), enterpriseName: z.string().nullable() },
    ...{ secondFactor: z.boolean(), sessions: z.number().int(), state: zState, lockedUntil: z.string().nullable() },
    ...{ lastLoginAt: z.string().nullable(), disabledAt: z.string().nullable(), createdAt: z.string() },
  })
  .openapi('User');
const zQuery = zListQuery(USER_SORTS).extend({
  role: zRole.optional(),
  institutionCode: zCode.optional(),
  state: zState.optional(),
});
const FILE = { name: '用户', row: zUser };

const tags = ['用户'];
const act = <P extends string>(path: P, summary: string) =>
  createRoute({
    ...{ method: 'post', path, tags, summary },
    request: {
      params: z.object({ id: z.string().max(100).openapi({ example: '00000000-0000-4000-8000-000000000000' }) }),
    },
    responses: answers(200, zUser, '办理后的用户'),
  });

/** 用户: who can log in; operators disable, enable and unlock them, end their sessions, and take a lost 动态口令 from them. */
export const users = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/users', tags, summary: '用户列表' },
      request: { query: zQuery },
      responses: answers(200, zList(zUser), '用户'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listUsers(c.get('ctx'), filter, ask)),
  )
  .openapi(act('/users/{id}/disable', '停用用户'), async (c) =>
    c.json(await disableUser(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(act('/users/{id}/enable', '恢复用户'), async (c) =>
    c.json(await enableUser(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(act('/users/{id}/unlock', '解除锁定'), async (c) =>
    c.json(await unlockUser(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(act('/users/{id}/end-sessions', '结束其全部登录'), async (c) =>
    c.json(await endSessions(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(act('/users/{id}/reset-second-factor', '重置动态口令'), async (c) =>
    c.json(await resetSecondFactor(c.get('ctx'), c.req.valid('param').id), 200),
  );
