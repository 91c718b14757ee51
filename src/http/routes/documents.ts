import { createRoute, z } from '@hono/zod-openapi';
import { DOCUMENT_SORTS, listDocuments } from '../../documents/list-service.ts';
import { documentPdf, findDocument } from '../../documents/service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zCode, zDate, zList, zPeriod, zText } from '../schemas/common.ts';
import { answers, PROBLEMS } from './helpers.ts';

const zSummary = z
  .object({
    id: z.string(),
    kind: z.string(),
    number: z.string(),
    title: z.string(),
    subject: z.string(),
    issuedOn: zDate,
    verificationCode: z.string(),
    ready: z.boolean(),
    voidedOn: zDate.nullable(),
  })
  .openapi('Document');
const zItem = zSummary
  .extend({
    ...{ poolCode: z.string().nullable(), period: z.string() },
    ...{ enterpriseUscc: z.string().nullable(), enterpriseName: z.string().nullable() },
  })
  .openapi('DocumentItem');
const zQuery = zListQuery(DOCUMENT_SORTS).extend({
  ...{ kind: zText(40).optional(), subject: zText(120).optional(), poolCode: zCode.optional() },
  period: zPeriod.optional().openapi({ description: '所属月份：结算单、台账为结算月份，其他单据为出具月份' }),
  ...{ from: zDate.optional(), to: zDate.optional() },
});
const FILE = { name: '单据', row: zItem };
const byId = z.object({ id: z.uuid() });
const tags = ['单据'];

/** 单据: what was issued, as data and as PDF. */
export const documents = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/documents', tags, summary: '单据列表' },
      request: { query: zQuery },
      responses: answers(200, zList(zItem), '单据'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listDocuments(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}',
      tags,
      summary: '单据内容（Accept: application/pdf 时为 PDF）',
      request: { params: byId },
      responses: answers(200, zSummary.extend({ voidReason: z.string().nullable(), view: z.any() }), '单据'),
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      if (c.req.header('accept')?.includes('application/pdf')) return pdf(await documentPdf(c.get('ctx'), id)) as never;
      return c.json(await findDocument(c.get('ctx'), id), 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/documents/{id}/pdf', tags, summary: '单据 PDF', request: { params: byId } },
      responses: {
        200: {
          description: 'PDF',
          content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
        },
        ...PROBLEMS,
      },
    }),
    async (c) => pdf(await documentPdf(c.get('ctx'), c.req.valid('param').id)) as never,
  );

function pdf({ name, pdf: bytes }: { name: string; pdf: Uint8Array<ArrayBuffer> }): Response {
  return new Response(bytes, {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  });
}
