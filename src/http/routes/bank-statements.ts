import { createRoute, z } from '@hono/zod-openapi';
import { DomainError } from '../../errors.ts';
import { BANK_LINE_SORTS, listBankLines } from '../../reconciliation/line-service.ts';
import { addProfile, listProfiles, lookAtStatement, removeProfile } from '../../reconciliation/profile-service.ts';
import { exportStatements } from '../../reconciliation/statement-export-service.ts';
import {
  findStatement,
  importStatement,
  listStatements,
  STATEMENT_SORTS,
  statementFile,
} from '../../reconciliation/statement-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zAccountNo, zCode, zDate, zFault, zId, zList, zMoney, zText } from '../schemas/common.ts';
import { zHeadings, zMapping } from '../schemas/mapping.ts';
import { answers, PROBLEMS } from './helpers.ts';
import { textFile } from './text-file.ts';

const zStatement = z
  .object({
    ...{ id: zId, poolCode: z.string(), accountNo: z.string(), fileName: z.string(), format: z.string() },
    ...{
      from: zDate,
      to: zDate,
      opening: zMoney,
      moneyIn: zMoney.nullable(),
      moneyOut: zMoney.nullable(),
      closing: zMoney,
    },
    ...{
      lines: z.number().int().openapi({ description: '笔数' }),
      newLines: z.number().int(),
      warnings: z.array(zFault),
      importedOn: zDate,
    },
  })
  .openapi('BankStatement');
const zLine = z
  .object({
    ...{ id: zId, statementId: zId, poolCode: z.string(), accountNo: z.string(), occurredOn: zDate },
    ...{ time: z.string().nullable(), direction: z.enum(['in', 'out']).or(z.string()), amount: zMoney },
    ...{ ordinal: z.number().int(), serial: z.string().nullable(), balance: zMoney.nullable() },
    ...{ counterpartyName: z.string().nullable(), counterpartyAccount: z.string().nullable(), memo: z.string() },
  })
  .openapi('BankLine');
const zFile = z.any().openapi({
  ...{ type: 'string', format: 'binary' },
  description: 'CSV（UTF-8 或 GB18030）、XLSX、camt.053 或 MT940，以内容为准，不超过 64 MB',
});
const zUpload = z.strictObject({
  file: zFile,
  poolCode: zCode.optional(),
  accountNo: zAccountNo.optional().openapi({ description: '文件没有写明账号、资金池有多个专户时必填' }),
  from: zDate.optional().openapi({ description: '对账单的起始日期，文件没有写明时可填' }),
  to: zDate.optional().openapi({ description: '对账单的截止日期，文件没有写明时可填' }),
  mapping: zMapping.optional(),
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
  .openapi('StatementHeadings');
const zProfile = z
  .object({ id: zId, name: z.string(), mapping: zHeadings, createdOn: zDate })
  .openapi('StatementProfile');
const zStatementQuery = zListQuery(STATEMENT_SORTS).extend({
  poolCode: zCode.optional(),
  accountNo: zAccountNo.optional(),
});
const zLineQuery = zListQuery(BANK_LINE_SORTS).extend({
  ...{ poolCode: zCode.optional(), accountNo: zAccountNo.optional(), statementId: zId.optional() },
  ...{ direction: z.enum(['in', 'out']).optional(), from: zDate.optional(), to: zDate.optional() },
});
const form = <T extends z.ZodType>(schema: T) => ({ required: true, content: { 'multipart/form-data': { schema } } });
const byId = z.object({ id: zId });
const tags = ['银行对账'];
const id = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);

/** 银行对账单: files in, what they say once each, and how other banks call their columns. */
export const bankStatements = newRouter()
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/bank-statements',
        tags,
        summary: '导入银行对账单',
        request: { body: form(zUpload) },
      },
      description:
        '期初余额加减各行发生额须等于期末余额，逐行余额须相符，并与已导入的对账单衔接；否则整份退回并指出所在的行。',
      responses: { ...answers(201, zStatement, '已导入'), ...answers(200, zStatement, '已导入过同一文件') },
    }),
    async (c) => {
      const { file, ...said } = c.req.valid('form');
      const given = { ...(await fileOf(file)), ...said };
      const { created, statement } = await importStatement(c.get('ctx'), given);
      return created ? c.json(statement, 201) : c.json(statement, 200);
    },
  )
  .openapi(
    createRoute({
      ...{
        method: 'get',
        path: '/bank-statements',
        tags,
        summary: '银行对账单列表',
        request: { query: zStatementQuery },
      },
      responses: answers(200, zList(zStatement), '对账单'),
    }),
    async (c) =>
      answerList(
        c,
        c.req.valid('query'),
        { name: '银行对账单', row: zStatement.omit({ warnings: true }), titles: { lines: '笔数' } },
        (filter, ask) => listStatements(c.get('ctx'), filter, ask),
      ),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/bank-statements/{id}', tags, summary: '银行对账单', request: { params: byId } },
      responses: answers(200, zStatement, '对账单'),
    }),
    async (c) => c.json(await findStatement(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{
        method: 'get',
        path: '/bank-statements/{id}/file',
        tags,
        summary: '下载对账单原件',
        request: { params: byId },
      },
      responses: {
        200: {
          description: '文件',
          content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
        },
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const { name, bytes } = await statementFile(c.get('ctx'), id(c));
      return new Response(bytes, {
        headers: {
          ...{ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' },
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        },
      }) as never;
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/bank-lines', tags, summary: '对账单明细', request: { query: zLineQuery } },
      responses: answers(200, zList(zLine), '明细'),
    }),
    async (c) =>
      answerList(c, c.req.valid('query'), { name: '对账单明细', row: zLine }, (filter, ask) =>
        listBankLines(c.get('ctx'), filter, ask),
      ),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/bank-lines/export', tags },
      summary: '导出账户的对账单明细（hledger、Ledger、beancount），各月末余额由读者自行核对',
      request: {
        query: z.strictObject({
          accountNo: zAccountNo,
          format: z.enum(['hledger', 'ledger', 'beancount']).default('hledger'),
        }),
      },
      responses: { 200: { description: '明细', content: { 'text/plain': { schema: z.string() } } }, ...PROBLEMS },
    }),
    async (c) => {
      const { accountNo, format } = c.req.valid('query');
      const { name, pieces } = await exportStatements(c.get('ctx'), accountNo, format);
      return textFile(name, pieces);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/statement-headings', tags, summary: '查看对账单样张的表头，以便说明各列的对应' },
      request: { body: form(z.strictObject({ file: zFile, mapping: zMapping.optional() })) },
      responses: answers(200, zInspection, '表头'),
    }),
    async (c) => {
      const { file, mapping } = c.req.valid('form');
      return c.json(await lookAtStatement(c.get('ctx'), { ...(await fileOf(file)), mapping }), 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/statement-profiles', tags, summary: '添加对账单格式：以样张验证列的对应' },
      request: { body: form(z.strictObject({ file: zFile, name: zText(60), mapping: zMapping })) },
      responses: answers(201, zProfile, '已添加，今后自动识别'),
    }),
    async (c) => {
      const { file, ...said } = c.req.valid('form');
      return c.json(await addProfile(c.get('ctx'), { ...(await fileOf(file)), ...said }), 201);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/statement-profiles', tags, summary: '自行添加的对账单格式' },
      responses: answers(200, zList(zProfile), '对账单格式'),
    }),
    async (c) => c.json(await listProfiles(c.get('ctx')), 200),
  )
  .openapi(
    createRoute({
      ...{
        method: 'delete',
        path: '/statement-profiles/{id}',
        tags,
        summary: '删除对账单格式，已导入的对账单不受影响',
      },
      request: { params: byId },
      responses: { 204: { description: '已删除' }, ...PROBLEMS },
    }),
    async (c) => {
      await removeProfile(c.get('ctx'), BigInt(c.req.valid('param').id));
      return c.body(null, 204);
    },
  );

async function fileOf(file: unknown): Promise<{ file: Uint8Array<ArrayBuffer>; fileName: string }> {
  if (!(file instanceof File)) throw new DomainError('FILE_NEEDED', '请在 file 字段上传文件');
  return { file: new Uint8Array(await file.arrayBuffer()), fileName: file.name.slice(0, 200) };
}
