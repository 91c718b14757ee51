import { createRoute, z } from '@hono/zod-openapi';
import { anchorOf, verifyAudit } from '../../access/audit-chain-service.ts';
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
  ...{ from: zDate.optional(), to: zDate.optional(), text: zText(100).optional() },
});
const FILE = { name: '审计日志', row: zAudit };

const zAnchor = z.object({
  entries: z.coerce.number().int().min(1).optional().openapi({ description: '单据所印审计链条数，与 head 同用' }),
  head: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: '散列值应为 64 位十六进制' })
    .optional(),
});
const zVerification = z
  .object({
    ...{ valid: z.boolean(), entries: z.number().int(), head: z.string(), waiting: z.number().int() },
    broken: z.array(
      z.object({
        ...{ seq: z.number().int().nullable(), subject: z.string().nullable() },
        ...{ problem: z.string(), detail: z.string() },
      }),
    ),
  })
  .openapi('AuditVerification');

/** 审计日志: who did what, newest first; and whether the log is as it was written. */
export const audit = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/audit', tags: ['审计'], summary: '审计日志', request: { query: zQuery } },
      responses: answers(200, zList(zAudit), '审计日志'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listAudit(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/audit/verify', tags: ['审计'], summary: '核验审计日志与留存资料是否被改动' },
      request: { query: zAnchor },
      responses: answers(200, zVerification, '核验结果'),
    }),
    async (c) => c.json(await verifyAudit(c.get('ctx'), anchorOf(c.req.valid('query'))), 200),
  );
