import { createRoute, z } from '@hono/zod-openapi';
import { documentPdf, findDocument, listDocuments } from '../../documents/service.ts';
import { newRouter } from '../router.ts';
import { zCode, zDate, zList, zPage, zText } from '../schemas/common.ts';
import { answers, offsetCursor, offsetPage, PROBLEMS } from './helpers.ts';

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
  })
  .openapi('Document');
const byId = z.object({ id: z.uuid() });
const tags = ['单据'];

/** 单据: what was issued, as data and as PDF. */
export const documents = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/documents', tags, summary: '单据列表' },
      request: {
        query: zPage.extend({ kind: zText(40).optional(), subject: zText(120).optional(), poolCode: zCode.optional() }),
      },
      responses: answers(200, zList(zSummary), '单据'),
    }),
    async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const skip = offsetCursor(cursor);
      return c.json(offsetPage(await listDocuments(c.get('ctx'), filter, { take: limit, skip }), skip), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}',
      tags,
      summary: '单据内容（Accept: application/pdf 时为 PDF）',
      request: { params: byId },
      responses: answers(200, zSummary.extend({ view: z.any() }), '单据'),
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
