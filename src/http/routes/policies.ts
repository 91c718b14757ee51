import { createRoute, z } from '@hono/zod-openapi';
import * as policy from '../../policy/service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zCitation, zCode, zDate, zList, zPlain, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

const zDocument = z
  .object({
    ...{
      code: z.string(),
      title: z.string(),
      number: z.string().nullable(),
      issuers: z.array(z.string()),
      issuedOn: zDate,
      effectiveFrom: zDate,
    },
    ...{
      effectiveFromConfirmed: z.boolean(),
      expiresOn: zDate.nullable(),
      repealedOn: zDate.nullable(),
      predecessor: z.string().nullable(),
      source: z.string(),
    },
  })
  .openapi('PolicyDocument');

const zClause = z
  .object({
    ...{
      id: z.string(),
      policyCode: z.string(),
      title: z.string(),
      unit: z.string().nullable(),
      resolvedBy: z.string(),
      resolvedByText: z.string(),
    },
    ...{
      value: z.any(),
      text: z.string().nullable(),
      effectiveFrom: zDate.nullable(),
      expiresOn: zDate.nullable(),
      citation: zCitation.nullable(),
    },
    ...{
      confirmed: z.boolean(),
      provisional: z.boolean(),
      notice: z.string().nullable(),
      outsideDates: z.string().nullable(),
    },
  })
  .openapi('Clause');

export const zVersion = z
  .object({
    ...{
      id: z.string().nullable(),
      origin: z.enum(['shipped', 'added']),
      effectiveFrom: zDate,
      expiresOn: zDate.nullable(),
      value: z.any(),
    },
    ...{ text: z.string(), citation: zCitation, notice: z.string().nullable(), decidedOn: zDate.nullable() },
  })
  .openapi('ClauseVersion');
const zHistory = zClause
  .extend({ asOf: zDate, versions: z.array(zVersion), cases: z.array(z.any()), valueSchema: zPlain })
  .openapi('ClauseHistory');

const zStatus = z.enum(['proposed', 'approved', 'refused', 'withdrawn']);
const zProposal = zVersion
  .extend({
    ...{ id: z.string(), clauseId: z.string(), title: z.string(), status: z.string(), proposedBy: z.string() },
    ...{ decidedBy: z.string().nullable(), reason: z.string().nullable() },
  })
  .openapi('PolicyVersion');
const FILE = { name: '条款版本', row: zProposal.omit({ value: true, citation: true, origin: true }) };
/** JSON escapes only control characters and halves of characters as \\u…; the database takes neither. */
const isStorable = (value: unknown): boolean => !/(?<!\\)\\u/.test(JSON.stringify(value) ?? '');

const zNewVersion = z
  .strictObject({
    ...{ clauseId: zText(100), effectiveFrom: zDate, expiresOn: zDate.nullish() },
    value: z
      .any()
      .refine(isStorable, { error: '含有不能使用的字符' })
      .openapi({ description: '取值，格式见条款的 valueSchema', example: '8' }),
    citation: z.strictObject({
      ...{
        document: zText(),
        article: zText(),
        confirmed: z.boolean(),
        mark: z.enum(['F', 'T', 'A']),
        source: zText(500).optional(),
      },
    }),
  })
  .openapi('NewPolicyVersion');

const zScheme = z
  .object({
    ...{ code: z.string(), title: z.string(), issuers: z.array(z.string()) },
    ...{ kinds: z.array(z.string()), inForce: z.boolean() },
  })
  .openapi('SubsidyScheme');

const tags = ['政策条款'];
const zAsOf = z.strictObject({ asOf: zDate.optional() });
const byCode = z.object({ code: zCode });
const byId = z.object({ id: z.uuid() });

/** 政策条款: what holds on a day and on which article, and new values that two people put into force. */
export const policies = newRouter()
  .openapi(
    createRoute({
      ...{
        method: 'get',
        path: '/policies',
        tags,
        summary: '某日的条款取值及依据',
        request: { query: zAsOf.extend({ policyCode: zCode.optional() }) },
      },
      responses: answers(200, zList(zClause).extend({ asOf: zDate, documents: z.array(zDocument) }), '条款'),
    }),
    async (c) => {
      const { items, ...head } = await policy.listPolicies(c.get('ctx'), c.req.valid('query'));
      return c.json({ ...head, items, total: items.length, nextCursor: null }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/policies/{code}',
      tags,
      summary: '政策文件',
      request: { params: byCode },
      responses: answers(200, zDocument, '政策文件'),
    }),
    (c) => c.json(policy.findPolicyDocument(c.get('ctx'), c.req.valid('param').code), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/policies/{code}/clauses/{clause}', tags, summary: '条款的各版本与算例' },
      request: { params: byCode.extend({ clause: zText(100) }), query: zAsOf },
      responses: answers(200, zHistory, '条款'),
    }),
    async (c) => {
      const { code, clause } = c.req.valid('param');
      const { cases, valueSchema, ...history } = await policy.findClauseHistory(
        c.get('ctx'),
        code,
        clause,
        c.req.valid('query').asOf,
      );
      return c.json({ ...history, cases: [...cases], valueSchema: { ...valueSchema } }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-schemes', tags, summary: '各项补贴政策' },
      responses: answers(200, zList(zScheme), '补贴政策'),
    }),
    async (c) => {
      const items = await policy.listSchemes(c.get('ctx'));
      return c.json({ items, total: items.length, nextCursor: null }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/policy-versions', tags, summary: '新增的条款版本' },
      request: {
        query: zListQuery(policy.VERSION_SORTS).extend({ clauseId: zText(100).optional(), status: zStatus.optional() }),
      },
      responses: answers(200, zList(zProposal), '条款版本'),
    }),
    async (c) =>
      answerList(c, c.req.valid('query'), FILE, (filter, ask) => policy.listVersions(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/policy-versions',
        tags,
        summary: '提出条款新版本',
        request: { body: jsonBody(zNewVersion) },
      },
      responses: { ...answers(201, zProposal, '已提出'), ...answers(200, zProposal, '此前已提出，内容相同') },
    }),
    async (c) => {
      const { created, version } = await policy.proposeVersion(c.get('ctx'), c.req.valid('json'));
      return created ? c.json(version, 201) : c.json(version, 200);
    },
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/policy-versions/{id}/approve',
        tags,
        summary: '复核通过（须由他人办理）',
        request: { params: byId },
      },
      responses: answers(200, zProposal, '已通过'),
    }),
    async (c) => c.json(await policy.approveVersion(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/policy-versions/{id}/refuse', tags, summary: '退回（须由他人办理）' },
      request: { params: byId, body: jsonBody(z.strictObject({ reason: zText(500) })) },
      responses: answers(200, zProposal, '已退回'),
    }),
    async (c) =>
      c.json(await policy.refuseVersion(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/policy-versions/{id}/withdraw', tags, summary: '撤回本人提出、尚未复核的版本' },
      request: { params: byId },
      responses: answers(200, zProposal, '已撤回'),
    }),
    async (c) => c.json(await policy.withdrawVersion(c.get('ctx'), c.req.valid('param').id), 200),
  );
