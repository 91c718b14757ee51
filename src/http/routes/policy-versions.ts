import { createRoute, z } from '@hono/zod-openapi';
import { previewValue, previewVersion } from '../../home/preview-service.ts';
import { compareVersions } from '../../policy/versions-service.ts';
import { newRouter } from '../router.ts';
import { zCode, zDate, zExplanation, zId, zMoney, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';
import { zVersion } from './policies.ts';

const zCompared = zVersion
  .extend({
    state: z.enum(['inForce', 'coming', 'expired', 'replaced', 'proposed', 'refused']),
    ...{ proposedBy: z.string().nullable(), proposedByName: z.string().nullable() },
    ...{ decidedBy: z.string().nullable(), decidedByName: z.string().nullable() },
    ...{ reason: z.string().nullable(), own: z.boolean() },
  })
  .openapi('ComparedVersion');
const zComparison = z
  .object({
    ...{ clauseId: z.string(), title: z.string(), unit: z.string().nullable(), asOf: zDate },
    items: z.array(zCompared),
  })
  .openapi('ClauseVersions');

const zOutcome = z.object({
  verdict: z.enum(['pass', 'fail']),
  faults: z.array(z.string()).openapi({ description: '不符合之处' }),
});
const zBoth = { before: zExplanation, after: zExplanation };
const zPreview = z
  .object({
    ...{ clauseId: z.string(), title: z.string(), on: zDate, before: z.string(), after: z.string(), note: z.string() },
    pools: z
      .array(
        z.object({
          ...{ poolCode: z.string(), poolName: z.string(), before: zMoney, after: zMoney },
          explanation: z.object(zBoth),
        }),
      )
      .openapi({ description: '各资金池的可用额度，条款为放大倍数时列出' }),
    filings: z
      .object({
        ...{ total: z.number().int(), looked: z.number().int(), changed: z.number().int() },
        items: z.array(
          z.object({
            ...{ id: zId, dueBillNo: z.string(), enterpriseName: z.string(), poolName: z.string() },
            ...{ before: zOutcome, after: zOutcome },
          }),
        ),
      })
      .openapi({ description: '结论会改变的待审核备案' }),
    enterprises: z
      .object({
        looked: z.number().int(),
        over: z
          .object({ before: z.number().int(), after: z.number().int() })
          .openapi({ description: '备案余额超过单户上限的企业数' }),
        items: z.array(
          z.object({ uscc: z.string(), name: z.string(), counted: zMoney, before: zMoney, after: zMoney }),
        ),
      })
      .nullable()
      .openapi({ description: '条款为单户上限时，将超过上限的企业' }),
    dates: z
      .array(z.object({ what: z.string(), before: zDate, after: zDate }))
      .openapi({ description: '条款为每月某日时，当月的日期' }),
  })
  .openapi('PolicyPreview');

const zTrial = z
  .strictObject({
    ...{ clauseId: zText(100), effectiveFrom: zDate },
    value: z.any().openapi({ description: '取值，格式见条款的 valueSchema', example: '8' }),
  })
  .openapi('PolicyTrial');
const tags = ['政策条款'];

/** 条款版本: side by side, and what a new one would change. */
export const policyVersions = newRouter()
  .openapi(
    createRoute({
      ...{
        method: 'get',
        path: '/policies/{code}/clauses/{clause}/versions',
        tags,
        summary: '条款各版本对照，含待复核的',
      },
      request: { params: z.object({ code: zCode, clause: zText(100) }) },
      responses: answers(200, zComparison, '各版本'),
    }),
    async (c) => {
      const { code, clause: name } = c.req.valid('param');
      const { clause, asOf, items } = await compareVersions(c.get('ctx'), code, name);
      return c.json({ clauseId: clause.id, title: clause.title, unit: clause.unit ?? null, asOf, items }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/policy-versions/preview', tags, summary: '预演一个取值的影响，不写入任何数据' },
      request: { body: jsonBody(zTrial) },
      responses: answers(200, zPreview, '影响'),
    }),
    async (c) => c.json(await previewValue(c.get('ctx'), c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/policy-versions/{id}/preview',
        tags,
        summary: '预演已提出版本的影响，不写入任何数据',
      },
      request: { params: z.object({ id: z.uuid() }) },
      responses: answers(200, zPreview, '影响'),
    }),
    async (c) => c.json(await previewVersion(c.get('ctx'), c.req.valid('param').id), 200),
  );
