import { createRoute, z } from '@hono/zod-openapi';
import { DomainError } from '../../errors.ts';
import { COLUMNS_OF, type ImportKind } from '../../files/columns.ts';
import { importTemplate } from '../../files/template.ts';
import { correctImport, importRows, lookAtHeadings } from '../../loans/import-correction-service.ts';
import { receiveImport } from '../../loans/import-service.ts';
import { findImport, IMPORT_SORTS, importFaults, listImports } from '../../loans/import-view-service.ts';
import { prefilledReport } from '../../loans/prefill-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zCode, zDate, zFault, zList, zPage, zPeriod } from '../schemas/common.ts';
import { zMapping } from '../schemas/mapping.ts';
import { answers, jsonBody, offsetCursor, PROBLEMS } from './helpers.ts';
import { download, fileAnswer, zFormat } from './sheet-download.ts';

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
      mapping: z.record(z.string(), z.string().nullable()).nullable(),
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
const zFile = z
  .any()
  .openapi({ type: 'string', format: 'binary', description: 'CSV（UTF-8 或 GB18030）或 XLSX，不超过 64 MB' });
const zUpload = z.strictObject({
  file: zFile,
  kind: zKind,
  mapping: zMapping.optional(),
  poolCode: zCode.optional(),
  mode: z.enum(['all', 'good']).default('all').openapi({ description: 'all 全部合格才接收，good 只接收合格的行' }),
});
const zInspection = z
  .object({
    headingLine: z.number().int().nullable(),
    headings: z.array(z.object({ index: z.number().int(), title: z.string(), field: z.string().nullable() })),
    columns: z.array(z.object({ field: z.string(), title: z.string(), required: z.boolean(), kind: z.string() })),
    missing: z.array(z.string()).openapi({ description: '必须有而没有的字段' }),
    faults: z.array(zFault),
    sample: z.array(z.array(z.string())),
  })
  .openapi('ImportHeadings');
const zCells = z.record(z.string(), z.string()).openapi({ description: '各字段在文件中的原文' });
const zRows = z
  .object({
    headings: z.array(z.object({ index: z.number().int(), title: z.string(), field: z.string() })),
    items: z.array(
      z.object({ row: z.number().int(), seq: z.string().nullable(), cells: zCells, errors: z.array(zFault) }),
    ),
    ...{ total: z.number().int(), nextCursor: z.string().nullable() },
  })
  .openapi('ImportRows');
const zRowsQuery = zPage.extend({
  only: z.enum(['faulty', 'all']).default('faulty').openapi({ description: 'faulty 只列有问题的行，all 列全部行' }),
});
const zLine = z.number().int().min(1).max(10_000_000);
const zCell = z
  .string()
  .max(2_000)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), { error: '含有不能使用的字符' });
const zCorrections = z
  .strictObject({
    mode: z.enum(['all', 'good']).default('all').openapi({ description: 'all 全部合格才接收，good 只接收合格的行' }),
    rows: z
      .array(z.strictObject({ row: zLine, cells: z.record(z.string().max(60), zCell) }))
      .max(10_000)
      .default([])
      .openapi({
        description: '更正的行：原文件的行号，和要更正的字段',
        example: [{ row: 9, cells: { principal: '500,000.00' } }],
      }),
    drop: z
      .array(zLine)
      .max(100_000)
      .default([])
      .openapi({ description: '不再报送的行：原文件的行号', example: [10] }),
  })
  .openapi('ImportCorrections');
const zItem = zImport.omit({ errors: true }).openapi('ImportItem');
const zQuery = zListQuery(IMPORT_SORTS).extend({
  ...{ kind: zKind.optional(), status: z.string().max(20).optional(), poolCode: zCode.optional() },
  ...{ from: zDate.optional(), to: zDate.optional() },
});
const FILE = {
  name: '文件导入',
  row: zItem.omit({ problem: true, warnings: true, mapping: true, corrects: true, jobId: true }),
};
const byId = z.object({ id: z.uuid() });
const tags = ['文件导入'];

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
      const bytes = await bytesOf(file);
      const fileName = (file as File).name.slice(0, 200);
      const done = await receiveImport(c.get('ctx'), { ...form, fileName, file: bytes });
      return done.status === 'staged'
        ? c.json(done, 202, { location: `/api/v1/jobs/${done.jobId}` })
        : c.json(done, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/import-headings', tags, summary: '上传前查看文件的表头，以便说明各列的对应' },
      request: { body: { required: true, content: { 'multipart/form-data': { schema: zUpload } } } },
      responses: answers(200, zInspection, '表头'),
    }),
    async (c) => {
      const { file, kind, mapping } = c.req.valid('form');
      return c.json(await lookAtHeadings(c.get('ctx'), { kind, mapping, file: await bytesOf(file) }), 200);
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
      ...{ method: 'get', path: '/imports/{id}/rows', tags, summary: '文件原有的行及其问题' },
      request: { params: byId, query: zRowsQuery },
      responses: answers(200, zRows, '行'),
    }),
    async (c) => {
      const { only, limit, cursor } = c.req.valid('query');
      const ask = { only, after: offsetCursor(cursor), take: limit };
      return c.json(await importRows(c.get('ctx'), c.req.valid('param').id, ask), 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/imports/{id}/corrections', tags, summary: '更正退回的行，整份重新报送' },
      request: { params: byId, body: jsonBody(zCorrections) },
      responses: { ...answers(200, zImport, '已处理'), ...answers(202, zImport, '处理中，见 Location') },
    }),
    async (c) => {
      const done = await correctImport(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'));
      return done.status === 'staged'
        ? c.json(done, 202, { location: `/api/v1/jobs/${done.jobId}` })
        : c.json(done, 200);
    },
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
  )
  .openapi(
    createRoute({
      ...{
        method: 'get',
        path: '/import-templates/balanceReports/filled',
        tags,
        summary: '余额月报底稿下载：应报的贷款已按合同填好',
      },
      request: { query: zFormat.extend({ period: zPeriod, poolCode: zCode.optional() }) },
      responses: { ...fileAnswer, ...PROBLEMS },
    }),
    async (c) => {
      const { format, ...filter } = c.req.valid('query');
      return download(await prefilledReport(c.get('ctx'), filter), `余额月报底稿 ${filter.period}`, format);
    },
  );

async function bytesOf(file: unknown): Promise<Uint8Array<ArrayBuffer>> {
  if (!(file instanceof File)) throw new DomainError('FILE_NEEDED', '请在 file 字段上传文件');
  return new Uint8Array(await file.arrayBuffer());
}
