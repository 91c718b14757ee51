import { createRoute, z } from '@hono/zod-openapi';
import { paymentList } from '../../subsidies/payment-list-service.ts';
import { issueYearSummary, yearSummary, yearSummaryFile } from '../../subsidies/summary-service.ts';
import { newRouter } from '../router.ts';
import { zDate, zId, zMoney } from '../schemas/common.ts';
import { answers, PROBLEMS } from './helpers.ts';

const tags = ['补贴拨付'];
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const byCode = z.object({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,60}$/, { error: '代码应为小写字母、数字和连字符' }),
});
const file = {
  200: { description: 'XLSX', content: { [XLSX]: { schema: z.string().openapi({ format: 'binary' }) } } },
  ...PROBLEMS,
};

const zRow = z.object({
  ...{ name: z.string(), enterprises: z.number().int(), demand: zMoney, granted: zMoney, paid: zMoney },
  clawedBack: zMoney,
});
const zSummary = z
  .object({
    ...{ scheme: z.string(), schemeTitle: z.string(), year: z.number().int(), asOf: zDate, budgetCode: z.string() },
    budgetName: z.string(),
    counts: z.object({
      ...{ applications: z.number().int(), applicants: z.number().int(), refused: z.number().int() },
      ...{ withdrawn: z.number().int(), enterprises: z.number().int(), paidEnterprises: z.number().int() },
    }),
    ...{ budget: zMoney, received: zMoney, demand: zMoney, granted: zMoney, paid: zMoney, unpaid: zMoney },
    ...{ returned: zMoney, clawedBack: zMoney, recovered: zMoney, remitted: zMoney, available: zMoney },
    ...{ byKind: z.array(zRow), byRegion: z.array(zRow), byTitle: z.array(zRow), total: zRow, sentence: z.string() },
  })
  .openapi('SubsidyYear');

/** 支付清单 and 年度汇总: what the treasury pays by, and what a year came to. */
export const subsidyPaperRoutes = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-batches/{id}/payment-list', tags, summary: '下载支付清单（含收款账号全号）' },
      ...{ request: { params: z.object({ id: zId }) }, responses: file },
    }),
    async (c) => download(await paymentList(c.get('ctx'), BigInt(c.req.valid('param').id))) as never,
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/budgets/{code}/summary', tags, summary: '年度汇总' },
      ...{ request: { params: byCode }, responses: answers(200, zSummary, '年度汇总') },
    }),
    async (c) => c.json(await yearSummary(c.get('ctx'), c.req.valid('param').code), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/budgets/{code}/summary/file', tags, summary: '下载年度汇总' },
      ...{ request: { params: byCode }, responses: file },
    }),
    async (c) => download(await yearSummaryFile(c.get('ctx'), c.req.valid('param').code)) as never,
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/budgets/{code}/summary',
        tags,
        summary: '出具年度汇总表；数字没有变化的，仍为上一份',
      },
      request: { params: byCode },
      responses: answers(200, z.object({ documentId: z.uuid() }), '已出具'),
    }),
    async (c) => c.json(await issueYearSummary(c.get('ctx'), c.req.valid('param').code), 200),
  );

function download({ name, file: bytes }: { name: string; file: Uint8Array }): Response {
  const headers = {
    ...{ 'content-type': XLSX, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` },
  };
  return new Response(bytes as Uint8Array<ArrayBuffer>, { headers });
}
