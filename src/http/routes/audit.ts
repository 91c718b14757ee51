import { createRoute, z } from '@hono/zod-openapi';
import { AUDIT_SORTS, listAudit } from '../../access/audit-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zDate, zId, zList, zText } from '../schemas/common.ts';
import { answers } from './helpers.ts';

const zAudit = z
  .object({
    ...{
      id: zId,
      at: z.string(),
      on: zDate,
      actor: z.string(),
      actorName: z.string().nullable(),
      role: z.string(),
      institution: z.string().nullable(),
      keyId: z.string().nullable(),
      keyName: z.string().nullable(),
    },
    ...{
      action: z.string(),
      subject: z.string(),
      subjectName: z.string().nullable(),
      before: z.any(),
      after: z.any(),
      requestId: z.string().nullable(),
    },
  })
  .openapi('AuditRow');
const zQuery = zListQuery(AUDIT_SORTS).extend({
  ...{ subject: zText().optional(), action: zText(100).optional(), actor: zText(100).optional() },
  ...{ from: zDate.optional(), to: zDate.optional() },
});
const FILE = { name: '审计日志', row: zAudit };

/** 审计日志: who did what, newest first. */
export const audit = newRouter().openapi(
  createRoute({
    method: 'get',
    path: '/audit',
    tags: ['审计'],
    summary: '审计日志',
    request: { query: zQuery },
    responses: answers(200, zList(zAudit), '审计日志'),
  }),
  async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listAudit(c.get('ctx'), filter, ask)),
);
