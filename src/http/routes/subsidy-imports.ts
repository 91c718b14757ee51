import { createRoute, z } from '@hono/zod-openapi';
import { DomainError } from '../../errors.ts';
import { PREMIUM_COLUMNS, VOUCHER_COLUMNS } from '../../files/subsidy-columns.ts';
import { importTemplate } from '../../files/template.ts';
import { importApplications } from '../../subsidies/import-service.ts';
import { newRouter } from '../router.ts';
import { zCode, zFault } from '../schemas/common.ts';
import { zMapping } from '../schemas/mapping.ts';
import { zApplicationItem } from '../schemas/subsidies.ts';
import { answers, PROBLEMS } from './helpers.ts';
import { download, fileAnswer, zFormat } from './sheet-download.ts';

const zImported = z
  .object({
    ...{ rowsRead: z.number().int(), rowsAccepted: z.number().int(), rowsRefused: z.number().int() },
    ...{ errors: z.array(zFault), warnings: z.array(zFault), created: z.number().int() },
    applications: z.array(zApplicationItem.extend({ isNew: z.boolean() }).openapi('ImportedSubsidy')),
  })
  .openapi('ImportedSubsidies');
const zFileKind = z.enum(['premiums', 'interestVouchers']);
const zUpload = z.strictObject({
  file: z.any().openapi({ type: 'string', format: 'binary', description: 'CSV（UTF-8 或 GB18030）或 XLSX' }),
  scheme: zCode,
  kind: zFileKind,
  mapping: zMapping.optional(),
  mode: z
    .enum(['all', 'good'])
    .default('all')
    .openapi({ description: 'all 全部合格才接收；good 只接收各行都合格的企业的申请' }),
});
const TEMPLATES = {
  premiums: ['保费明细', PREMIUM_COLUMNS],
  interestVouchers: ['付息凭证明细', VOUCHER_COLUMNS],
} as const;
const tags = ['补贴申请'];

/** 补贴申请 on paper, brought in by file. */
export const subsidyImports = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-applications/import', tags, summary: '由明细文件导入纸质申请' },
      request: { body: { required: true, content: { 'multipart/form-data': { schema: zUpload } } } },
      responses: answers(200, zImported, '已导入'),
    }),
    async (c) => {
      const { file, ...more } = c.req.valid('form');
      if (!(file instanceof File)) throw new DomainError('FILE_MISSING', '请选择文件（file）');
      const bytes = new Uint8Array(await file.arrayBuffer());
      return c.json(await importApplications(c.get('ctx'), { ...more, file: bytes }), 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-applications/import-templates/{kind}', tags, summary: '明细文件的填报模板' },
      request: {
        params: z.object({ kind: zFileKind }),
        query: zFormat,
      },
      responses: { ...fileAnswer, ...PROBLEMS },
    }),
    async (c) => {
      const { format } = c.req.valid('query');
      const [name, columns] = TEMPLATES[c.req.valid('param').kind];
      return download(importTemplate(columns), `${name}填报模板`, format);
    },
  );
