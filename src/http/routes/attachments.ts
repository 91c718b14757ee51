import { createRoute, z } from '@hono/zod-openapi';
import { attach, listAttachments, type Owners, readAttachment, withdrawAttachment } from '../../attachments/service.ts';
import { CLAIM_PAPERS } from '../../compensation/papers-service.ts';
import { DomainError } from '../../errors.ts';
import { APPLICATION_PAPERS } from '../../subsidies/materials-service.ts';
import { newRouter } from '../router.ts';
import { zDate, zId } from '../schemas/common.ts';
import { answers, PROBLEMS } from './helpers.ts';

/** What papers may be handed in for. */
const OWNERS: Owners = { claim: CLAIM_PAPERS, subsidyApplication: APPLICATION_PAPERS };

const zSubject = z
  .string()
  .regex(/^[a-zA-Z]+:[\w-]{1,60}$/, { error: '应为事项及其编号，例如 claim:12' })
  .openapi({
    example: 'claim:12',
    description: '附件所属的事项：claim:补偿申请的编号，或 subsidyApplication:补贴申请的编号',
  });
const zPaper = z
  .string()
  .regex(/^[a-zA-Z]{1,40}$/, { error: '应为申请材料的代码' })
  .openapi({ example: 'loanContract', description: '申请材料的代码，见条款「申请材料」' });
const zFile = z.any().openapi({
  ...{ type: 'string', format: 'binary' },
  description: 'PDF、JPEG、PNG、XLSX、DOCX 或 OFD，以内容为准，不超过 20 MB',
});
const zAttachment = z
  .object({
    ...{ id: zId, subject: zSubject, paper: zPaper, name: z.string(), mediaType: z.string() },
    size: z.number().int().openapi({ description: '字节' }),
    sha256: z.string().openapi({ description: '内容的 SHA-256，十六进制' }),
    uploadedOn: zDate,
  })
  .openapi('Attachment');
const byId = z.object({ id: zId });
const tags = ['附件'];

/** 附件: papers handed in, kept by their content, given back only as downloads. */
export const attachments = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/attachments', tags, summary: '上传附件' },
      request: {
        body: {
          required: true,
          content: {
            'multipart/form-data': { schema: z.strictObject({ file: zFile, subject: zSubject, paper: zPaper }) },
          },
        },
      },
      responses: { ...answers(201, zAttachment, '已保存'), ...answers(200, zAttachment, '已有同一份附件') },
    }),
    async (c) => {
      const { file, subject, paper } = c.req.valid('form');
      if (!(file instanceof File)) throw new DomainError('FILE_NEEDED', '请在 file 字段上传文件');
      const bytes = new Uint8Array(await file.arrayBuffer());
      const input = { subject, paper, name: file.name, bytes };
      const { created, attachment } = await attach(c.get('ctx'), OWNERS, c.get('attachments'), input);
      return created ? c.json(attachment, 201) : c.json(attachment, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/attachments', tags, summary: '某事项的附件' },
      request: { query: z.strictObject({ subject: zSubject }) },
      responses: answers(200, z.object({ items: z.array(zAttachment) }), '附件'),
    }),
    async (c) => {
      const { subject } = c.req.valid('query');
      return c.json({ items: await listAttachments(c.get('ctx'), OWNERS, subject) }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/attachments/{id}', tags, summary: '下载附件', request: { params: byId } },
      responses: {
        200: {
          description: '文件',
          content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
        },
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const id = BigInt(c.req.valid('param').id);
      const { name, mediaType, bytes } = await readAttachment(c.get('ctx'), OWNERS, c.get('attachments'), id);
      // Never shown as a page of ours: whatever it holds, it is saved.
      return new Response(bytes, {
        headers: {
          ...{ 'content-type': mediaType, 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' },
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        },
      }) as never;
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'delete', path: '/attachments/{id}', tags, summary: '撤回附件', request: { params: byId } },
      description: '所属事项提交以前可以撤回；撤回的附件不再列出。',
      responses: { 204: { description: '已撤回' }, ...PROBLEMS },
    }),
    async (c) => {
      await withdrawAttachment(c.get('ctx'), OWNERS, BigInt(c.req.valid('param').id));
      return c.body(null, 204);
    },
  );
