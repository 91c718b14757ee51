import { createRoute, z } from '@hono/zod-openapi';
import { DomainError } from '../../errors.ts';
import { COLUMNS_OF, type ImportKind } from '../../files/columns.ts';
import type { Sheet } from '../../files/sheet.ts';
import { importTemplate } from '../../files/template.ts';
import { writeCsv } from '../../files/write-csv.ts';
import { writeXlsx } from '../../files/write-xlsx.ts';
import { receiveImport } from '../../loans/import-service.ts';
import { findImport, IMPORT_SORTS, importFaults, listImports } from '../../loans/import-view-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zCode, zDate, zFault, zList } from '../schemas/common.ts';
import { answers, PROBLEMS } from './helpers.ts';

const zKind = z.enum(Object.keys(COLUMNS_OF) as [ImportKind, ...ImportKind[]]);
const zImport = z
  .object({
    ...{
      id: z.string(),
      kind: z.string(),
      poolCode: z.string().nullable(),
      mode: z.string(),
      fileName: z.string(),
      status: z.enum(['staged', 'done', 'refused']).or(z.string()),
      receivedOn: zDate,
      receivedAt: z.string(),
      corrects: z.string().nullable(),
    },
    ...{
      rowsRead: z.number().int(),
      rowsAccepted: z.number().int(),
      rowsRefused: z.number().int(),
      rowsNew: z.number().int(),
      jobId: z.string().nullable(),
    },
    ...{
      problem: z.object({ code: z.string(), message: z.string() }).nullable(),
      errors: z.array(zFault),
      warnings: z.array(zFault),
    },
  })
  .openapi('Import');
const zUpload = z.strictObject({
  file: z
    .any()
    .openapi({ type: 'string', format: 'binary', description: 'CSV（UTF-8 或 GB18030）或 XLSX，不超过 64 MB' }),
  kind: zKind,
  poolCode: zCode.optional(),
  mode: z.enum(['all', 'good']).default('all').openapi({ description: 'all 全部合格才接收，good 只接收合格的行' }),
});
const zItem = zImport.omit({ errors: true }).openapi('ImportItem');
const zQuery = zListQuery(IMPORT_SORTS).extend({
  ...{ kind: zKind.optional(), status: z.string().max(20).optional(), poolCode: zCode.optional() },
  ...{ from: zDate.optional(), to: zDate.optional() },
});
const FILE = { name: '文件导入', row: zItem.omit({ problem: true, warnings: true }) };
const byId = z.object({ id: z.uuid() });
const zFormat = z.strictObject({ format: z.enum(['xlsx', 'csv']).default('xlsx') });
const tags = ['文件导入'];
const fileAnswer = {
  200: {
    description: '文件',
    content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
  },
};

/** 文件导入: filings, reports and enterprises by file; what is wrong with it, row by row. */
export const imports = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/imports', tags, summary: '上传文件' },
      request: { body: { required: true, content: { 'multipart/form-data': { schema: zUpload } } } },
      responses: { ...answers(200, zImport, '已处理'), ...answers(202, zImport, '处理中，见 Location') },
    }),
    async (c) => {
      const { file, ...form } = c.req.valid('form');
      if (!(file instanceof File)) throw new DomainError('FILE_NEEDED', '请在 file 字段上传文件');
      const done = await receiveImport(c.get('ctx'), {
        ...form,
        fileName: file.name.slice(0, 200),
        file: new Uint8Array(await file.arrayBuffer()),
      });
      return done.status === 'staged'
        ? c.json(done, 202, { location: `/api/v1/jobs/${done.jobId}` })
        : c.json(done, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/imports',
      tags,
      summary: '导入列表',
      request: { query: zQuery },
      responses: answers(200, zList(zItem), '导入'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listImports(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/imports/{id}',
      tags,
      summary: '导入结果',
      request: { params: byId },
      responses: answers(200, zImport, '导入'),
    }),
    async (c) => c.json(await findImport(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/imports/{id}/faults',
      tags,
      summary: '问题清单下载',
      request: { params: byId, query: zFormat },
      responses: { ...fileAnswer, ...PROBLEMS },
    }),
    async (c) =>
      download(await importFaults(c.get('ctx'), c.req.valid('param').id), '问题清单', c.req.valid('query').format),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/import-templates/{kind}',
      tags,
      summary: '填报模板下载',
      request: { params: z.object({ kind: zKind }), query: zFormat },
      responses: { ...fileAnswer, ...PROBLEMS },
    }),
    async (c) =>
      download(importTemplate(COLUMNS_OF[c.req.valid('param').kind]), '填报模板', c.req.valid('query').format),
  );

async function download(sheet: Sheet, name: string, format: 'xlsx' | 'csv'): Promise<never> {
  const bytes = format === 'csv' ? writeCsv(sheet) : await writeXlsx(sheet);
  const type =
    format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.${format}`)}`,
    },
  }) as never;
}
