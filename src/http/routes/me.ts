import { createRoute, z } from '@hono/zod-openapi';
import { bindEnterprise } from '../../access/binding-service.ts';
import { readMe } from '../../access/me.ts';
import { newRouter } from '../router.ts';
import { zDate, zText } from '../schemas/common.ts';
import { zNamed, zRole } from '../schemas/people.ts';
import { answers, jsonBody } from './helpers.ts';

const zMe = z
  .object({
    ...{ id: z.string(), name: z.string(), username: z.string().nullable(), email: z.string().nullable() },
    ...{ role: zRole, roleName: z.string(), institution: zNamed.nullable() },
    enterprise: z.object({ uscc: z.string(), name: z.string() }).nullable(),
    pools: z.array(zNamed),
    permissions: z.array(z.string()),
    secondFactor: z.object({ required: z.boolean(), enabled: z.boolean() }),
    registration: z
      .object({
        ...{ uscc: z.string(), enterpriseName: z.string(), reason: z.string().nullable() },
        status: z.enum(['submitted', 'approved', 'refused']),
      })
      .nullable(),
    ...{ today: zDate, demonstration: z.boolean(), notice: z.string().nullable() },
  })
  .openapi('Me');

const tags = ['本人'];

/** 本人: who asks, for whom, and what they may do; and how a registered enterprise binds itself by its county's code. */
export const me = newRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/me',
      tags,
      summary: '我是谁、能做什么',
      responses: answers(200, zMe, '本人'),
    }),
    async (c) => c.json(await readMe(c.get('ctx')), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/me/binding', tags, summary: '凭绑定码绑定企业' },
      request: { body: jsonBody(z.strictObject({ code: zText(40) })) },
      responses: answers(200, z.object({ uscc: z.string() }), '已绑定的企业'),
    }),
    async (c) => c.json(await bindEnterprise(c.get('ctx'), c.req.valid('json').code), 200),
  );
