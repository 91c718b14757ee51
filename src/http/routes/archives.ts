import { createRoute, z } from '@hono/zod-openapi';
import { ARCHIVE_SORTS, downloadArchive, findArchive, listArchives, makeArchive } from '../../archive/service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zCode, zDate, zId, zList } from '../schemas/common.ts';
import { answers, jsonBody, PROBLEMS } from './helpers.ts';

const zYear = z.coerce.number().int().min(2000).max(2999).openapi({ example: 2026 });
const zArchive = z
  .object({
    ...{
      id: zId,
      poolCode: z.string(),
      year: z.number().int(),
      asOf: zDate,
      status: z.enum(['making', 'ready']).or(z.string()),
    },
    ...{ jobId: z.string().nullable(), bytes: z.string().nullable(), sha256: z.string().nullable() },
    publicKey: z.string().nullable(),
    entries: z.number().int().openapi({ description: '凭证张数' }),
    links: z.number().int(),
    ...{ madeOn: zDate, madeBy: z.string(), madeByName: z.string().nullable() },
  })
  .openapi('Archive');
const zAsk = z.strictObject({ poolCode: zCode, year: zYear });
const zQuery = zListQuery(ARCHIVE_SORTS).extend({ poolCode: zCode.optional(), year: zYear.optional() });
const byId = z.object({ id: zId });
const tags = ['审计档案'];

/** 审计档案: a year of a book, signed, that can be verified without us. */
export const archives = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/archives', tags, summary: '制作审计档案', request: { body: jsonBody(zAsk) } },
      description: '由任务制作，进度见 jobs/{id}。内容自上次制作以来没有变化时，应答已有的档案。',
      responses: { ...answers(202, zArchive, '开始制作'), ...answers(200, zArchive, '已有内容相同的档案') },
    }),
    async (c) => {
      const { created, archive } = await makeArchive(c.get('ctx'), c.req.valid('json'));
      return created ? c.json(archive, 202) : c.json(archive, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/archives', tags, summary: '审计档案列表', request: { query: zQuery } },
      responses: answers(200, zList(zArchive), '档案'),
    }),
    async (c) =>
      answerList(
        c,
        c.req.valid('query'),
        { name: '审计档案', row: zArchive, titles: { entries: '凭证张数' } },
        (filter, ask) => listArchives(c.get('ctx'), filter, ask),
      ),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/archives/{id}', tags, summary: '审计档案', request: { params: byId } },
      responses: answers(200, zArchive, '档案'),
    }),
    async (c) => c.json(await findArchive(c.get('ctx'), BigInt(c.req.valid('param').id)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/archives/{id}/file', tags, summary: '下载审计档案', request: { params: byId } },
      responses: {
        200: {
          description: 'ZIP 文件',
          content: { 'application/zip': { schema: z.string().openapi({ format: 'binary' }) } },
        },
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const { name, bytes, parts } = await downloadArchive(c.get('ctx'), BigInt(c.req.valid('param').id));
      const headers = {
        ...{ 'content-type': 'application/zip', 'x-content-type-options': 'nosniff', 'content-length': `${bytes}` },
        'content-disposition': `attachment; filename="${name}"`,
      };
      return new Response(flowing(parts), { headers }) as never;
    },
  );

/** Parts as they are asked for, so that an archive is never held whole. */
function flowing(parts: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await parts.return(undefined);
    },
  });
}
