import { z } from '@hono/zod-openapi';
import { apiDocument } from '../docs/document.ts';
import { docsPage } from '../docs/page.ts';
import { STYLE } from '../docs/style.ts';
import { newRouter } from '../router.ts';
import { zDate } from '../schemas/common.ts';
import { PAGE_CSP } from '../security-headers.ts';
import { PROBLEMS } from './helpers.ts';

/** Nothing runs in the page, and nothing comes from elsewhere. */
const HEADERS = { 'content-security-policy': PAGE_CSP, 'cache-control': 'public, max-age=300' };

const tags = ['运行状况'];
const security: never[] = [];
const zReady = z.object({
  ...{ status: z.string(), today: zDate.openapi({ description: '业务日期' }) },
  demonstration: z.boolean().openapi({ description: '是否为演示数据' }),
  books: z.number().int().openapi({ description: '账套数' }),
  notice: z.string().nullable(),
});
const zVerified = z.object({
  ...{ verificationCode: z.string(), title: z.string(), number: z.string(), kind: z.string(), issuedOn: zDate },
  ...{ facts: z.array(z.object({ label: z.string(), value: z.string() })), pdfSha256: z.string().nullable() },
});

const ok = (schema: z.ZodType, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
});

/** The API's own description, for programs and for people; no key is needed to read it. `app` is the whole of which it tells. */
export function docs(app: Parameters<typeof apiDocument>[0], publicUrl: string) {
  const { openAPIRegistry } = app;
  const get = (path: string, summary: string, more: object) =>
    openAPIRegistry.registerPath({ method: 'get', path, summary, tags, security, responses: {}, ...more });
  get('/healthz', '服务是否在运行', { responses: ok(z.object({ status: z.string() }), '正在运行') });
  get('/readyz', '服务能否办理业务', { responses: ok(zReady, '可以办理') });
  get('/api/v1/verify/{code}', '核对单据真伪', {
    tags: ['单据'],
    request: {
      params: z.object({ code: z.string().openapi({ description: '单据上的验证码', example: 'KY3D-10C8-9HYP-B6HY' }) }),
    },
    responses: { ...ok(zVerified, '单据的要素'), 404: PROBLEMS[404], 422: PROBLEMS[422] },
  });
  let page: ReturnType<typeof docsPage> | undefined;
  return newRouter()
    .get('/api/v1/openapi.json', (c) =>
      c.json(apiDocument(app), 200, {
        ...{ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' },
        'cache-control': 'public, max-age=300',
      }),
    )
    .get('/api/docs', (c) => {
      page ??= docsPage(apiDocument(app), publicUrl);
      return c.html(page, 200, HEADERS);
    })
    .get('/api/docs/style.css', (c) => c.body(STYLE, 200, { ...HEADERS, 'content-type': 'text/css; charset=utf-8' }));
}
