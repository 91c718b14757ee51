import { createRoute, z } from '@hono/zod-openapi';
import { listAudit } from '../../access/audit-service.ts';
import { newRouter } from '../router.ts';
import { zDate, zId, zList, zPage, zText } from '../schemas/common.ts';
import { answers, idCursor, pageOf } from './helpers.ts';

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
    },
    ...{ action: z.string(), subject: z.string(), before: z.any(), after: z.any(), requestId: z.string().nullable() },
  })
  .openapi('AuditRow');
const zQuery = zPage.extend({
  subject: zText().optional(),
  action: zText(100).optional(),
  actor: zText(100).optional(),
});

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
  async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const before = cursor === undefined ? null : idCursor(cursor);
    return c.json(pageOf(await listAudit(c.get('ctx'), filter, { before, take: limit }), limit), 200);
  },
);
