import { createRoute, z } from '@hono/zod-openapi';
import { createBindingCode } from '../../access/binding-service.ts';
import {
  approveRegistration,
  listRegistrations,
  REGISTRATION_SORTS,
  refuseRegistration,
  revealRegistration,
  submitRegistration,
} from '../../access/registration-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zDate, zList, zText } from '../schemas/common.ts';
import { zPassword, zPerson, zUscc } from '../schemas/people.ts';
import { answers, jsonBody } from './helpers.ts';

const zStatus = z.enum(['submitted', 'approved', 'refused']);
const zRegistration = z
  .object({
    ...{ id: z.uuid(), uscc: z.string(), enterpriseName: z.string(), status: zStatus, submittedOn: zDate },
    ...{ decidedOn: zDate.nullable(), reason: z.string().nullable(), personName: z.string(), email: z.string() },
    ...{ phone: z.string().nullable(), registeredName: z.string().nullable(), registeredIn: z.string().nullable() },
  })
  .openapi('Registration');
const zNew = z
  .strictObject({
    ...{ uscc: zUscc, enterpriseName: zText(), ...zPerson },
    phone: z
      .string()
      .regex(/^[\d+() -]{5,20}$/, { error: '电话号码不正确' })
      .openapi({ example: '13800000000' })
      .optional(),
    password: zPassword,
  })
  .openapi('NewRegistration');
const FILE = { name: '企业注册', row: zRegistration };

const tags = ['企业注册'];
const security: never[] = [];
const ofOne = { params: z.object({ id: z.uuid() }) };

/** 企业注册: an enterprise's person registers without a login; a reviewer decides, or a code of the county does. */
export const registrations = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/registrations', tags, security, summary: '注册企业用户' },
      request: { body: jsonBody(zNew) },
      responses: answers(
        201,
        z.object({ id: z.uuid(), username: z.string(), status: z.literal('submitted') }),
        '已提交，可以登录查看结果',
      ),
    }),
    async (c) => c.json(await submitRegistration(c.get('ctx'), c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/registrations', tags, summary: '企业注册申请列表' },
      request: { query: zListQuery(REGISTRATION_SORTS).extend({ status: zStatus.optional() }) },
      responses: answers(200, zList(zRegistration), '注册申请'),
    }),
    async (c) =>
      answerList(c, c.req.valid('query'), FILE, (filter, ask) => listRegistrations(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/registrations/{id}/approve', tags, summary: '同意注册' },
      request: ofOne,
      responses: answers(200, zRegistration, '已绑定企业'),
    }),
    async (c) => c.json(await approveRegistration(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/registrations/{id}/refuse', tags, summary: '退回注册' },
      request: { ...ofOne, body: jsonBody(z.strictObject({ reason: zText(500) })) },
      responses: answers(200, zRegistration, '已退回'),
    }),
    async (c) =>
      c.json(await refuseRegistration(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/registrations/{id}/reveal', tags, summary: '查看注册人的个人信息原文' },
      request: { ...ofOne, body: jsonBody(z.strictObject({ reason: zText(200) })) },
      responses: answers(200, zRegistration.pick({ personName: true, email: true, phone: true }), '已记入审计日志'),
    }),
    async (c) =>
      c.json(await revealRegistration(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/enterprises/{uscc}/binding-codes', tags, summary: '发放企业绑定码' },
      request: { params: z.object({ uscc: zText(18) }) },
      responses: answers(
        201,
        z.object({ code: z.string(), expiresAt: z.string() }).openapi('BindingCode'),
        '绑定码，仅此一次显示',
      ),
    }),
    async (c) => c.json(await createBindingCode(c.get('ctx'), c.req.valid('param').uscc), 201),
  );
