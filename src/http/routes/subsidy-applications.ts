import { createRoute, z } from '@hono/zod-openapi';
import { DomainError } from '../../errors.ts';
import { SUBSIDY_KINDS, type SubsidyKind } from '../../policy/kinds/subsidy-line.ts';
import {
  changeApplication,
  checkApplication,
  draftApplication,
  submitApplication,
  withdrawApplication,
} from '../../subsidies/application-service.ts';
import { FINDINGS, type FindingCode } from '../../subsidies/finding.ts';
import { recordFindings } from '../../subsidies/finding-service.ts';
import { tellPayees } from '../../subsidies/import-service.ts';
import { APPLICATION_SORTS, listApplications } from '../../subsidies/list-service.ts';
import { decideObjection, raiseObjection } from '../../subsidies/objection-service.ts';
import {
  auditApplications,
  decideApplications,
  recommendApplications,
  refuseApplications,
  returnApplications,
  reviewApplications,
} from '../../subsidies/review-service.ts';
import { APPLICATION_STATUSES } from '../../subsidies/steps.ts';
import { tryValue } from '../../subsidies/trial-service.ts';
import { type ApplicationItem, findApplication } from '../../subsidies/view-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zPanel } from '../schemas/claims.ts';
import { zAmount, zCode, zId, zList, zText } from '../schemas/common.ts';
import {
  zApplication,
  zApplicationItem,
  zApplicationRequest,
  zJudged,
  zPayee,
  zSubsidyKind,
} from '../schemas/subsidies.ts';
import { zTrial } from '../schemas/subsidy-boards.ts';
import { zNewObjection } from '../schemas/subsidy-life.ts';
import { answers, jsonBody, optionalBody } from './helpers.ts';

const STATUSES = Object.keys(APPLICATION_STATUSES) as [keyof typeof APPLICATION_STATUSES];
const zYear = z.coerce.number().int().min(2000).max(2999);
const zQuery = zListQuery(APPLICATION_SORTS).extend({
  ...{ scheme: zCode.optional(), year: zYear.optional(), batchNo: z.coerce.number().int().min(1).optional() },
  ...{ enterpriseUscc: zText(18).optional(), poolCode: zCode.optional(), status: z.enum(STATUSES).optional() },
  eligible: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .openapi({ type: 'boolean', description: 'false：只列企业自身不符合申报条件的' }),
  kind: zSubsidyKind.optional(),
  todo: z.literal('mine').optional().openapi({ description: 'mine：只列待本人办理的' }),
});
const FILE = {
  name: '补贴申请',
  row: zApplicationItem,
  rowsOf: (item: ApplicationItem) => [
    {
      ...{ ...item, status: APPLICATION_STATUSES[item.status as (typeof STATUSES)[0]] },
      kinds: item.kinds.map((kind) => SUBSIDY_KINDS[kind as SubsidyKind]).join('、'),
    },
  ],
};
const zCheckQuery = z.strictObject({
  applicationId: zId.optional().openapi({ description: '已有的草稿或退回补正的申请：连同已上传的材料一并自查' }),
});
const tags = ['补贴申请'];
const byId = z.object({ id: zId });
const byLine = byId.extend({ place: z.coerce.number().int().min(1) });
const zNote = z.strictObject({ note: zText(500).optional() });
const zReason = z.strictObject({ reason: zText(500) });
const zDecision = z.strictObject({ place: z.int().min(1), amount: zAmount, reason: zText(500).optional() });
const zLookedUp = z.strictObject({
  code: z.enum(Object.keys(FINDINGS) as [FindingCode, ...FindingCode[]]).openapi({ description: '核实的事项' }),
  holds: z.boolean(),
  source: zText(200).openapi({ description: '在何处核实，如「信用中国 2026-09-20 查询」' }),
});
const zLookedUps = z.strictObject({ findings: z.array(zLookedUp).min(1).max(10) }).openapi('SubsidyFindings', {
  example: { findings: [{ code: 'majorBreach', holds: false, source: '信用中国 2026-09-20 查询' }] },
});
const zStep = z
  .strictObject({
    ...{ step: z.enum(['recommend', 'review', 'audit', 'decide', 'return', 'refuse']) },
    ...{ ids: z.array(zId).min(1).max(500), note: zText(500).optional(), panel: zPanel.optional() },
  })
  .openapi('SubsidyStep');

const zTry = z
  .strictObject({
    ...{ clauseId: zText(100), year: z.int().min(2000).max(2999) },
    value: z.any().openapi({ description: '拟议的取值，格式见条款的 valueSchema' }),
  })
  .openapi('SubsidyTrialRequest', {
    example: {
      ...{ clauseId: 'ningxia-tech-finance-subsidy.caps', year: 2026 },
      value: {
        caps: [{ label: '保费限额', per: 'year', kinds: ['premium'], amount: '400000.00' }],
        withOtherMoneyPercent: '100',
      },
    },
  });

const act = <V extends string>(verb: V, summary: string) => ({
  method: 'post' as const,
  path: `/subsidy-applications/{id}/${verb}` as const,
  tags,
  summary,
});
const id = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);

/** 补贴申请: checked, drafted, submitted, recommended, reviewed, audited and decided line by line. */
export const subsidyApplications = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-applications/check', tags, summary: '自查：能得多少、缺什么，不作任何登记' },
      request: { query: zCheckQuery, body: jsonBody(zApplicationRequest) },
      responses: answers(200, zJudged, '自查结果'),
    }),
    async (c) => {
      const { applicationId } = c.req.valid('query');
      const kept = applicationId === undefined ? null : BigInt(applicationId);
      return c.json(await checkApplication(c.get('ctx'), c.req.valid('json'), kept), 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-applications', tags, summary: '起草补贴申请' },
      request: { body: jsonBody(zApplicationRequest) },
      responses: { ...answers(201, zApplication, '已起草'), ...answers(200, zApplication, '此前已起草，内容相同') },
    }),
    async (c) => {
      const { created, application } = await draftApplication(c.get('ctx'), c.req.valid('json'));
      return created ? c.json(plainly(application), 201) : c.json(plainly(application), 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-applications', tags, summary: '补贴申请列表', request: { query: zQuery } },
      responses: answers(200, zList(zApplicationItem), '补贴申请'),
    }),
    async (c) =>
      answerList(c, c.req.valid('query'), FILE, (filter, ask) => listApplications(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{
        method: 'post',
        path: '/subsidy-applications/trial',
        tags,
        summary: '试算：条款换一个取值，一年的申请会怎样，不作任何登记',
      },
      request: { body: jsonBody(zTry) },
      responses: answers(200, zTrial, '试算结果'),
    }),
    async (c) => c.json(await tryValue(c.get('ctx'), c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-applications/payees', tags, summary: '补报收款账户' },
      request: {
        body: jsonBody(
          z.strictObject({
            payees: z
              .array(zPayee.extend({ id: zId }))
              .min(1)
              .max(500),
          }),
        ),
      },
      responses: answers(200, z.object({ count: z.number().int() }), '已补报'),
    }),
    async (c) => {
      const { payees } = c.req.valid('json');
      await tellPayees(
        c.get('ctx'),
        payees.map((payee) => ({ ...payee, id: BigInt(payee.id) })),
      );
      return c.json({ count: payees.length }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/subsidy-applications/steps', tags, summary: '一并办理多项申请的同一步' },
      request: { body: jsonBody(zStep) },
      responses: answers(200, z.object({ items: z.array(zApplicationItem) }), '已办理'),
    }),
    async (c) => {
      const { step, ids, note = null, panel } = c.req.valid('json');
      const [ctx, all] = [c.get('ctx'), ids.map(BigInt)];
      const steps = {
        recommend: () => recommendApplications(ctx, all, note),
        review: () => reviewApplications(ctx, all, note),
        audit: () => auditApplications(ctx, all, note),
        decide: () => decideApplications(ctx, all, [], panel),
        return: () => returnApplications(ctx, all, needed(note)),
        refuse: () => refuseApplications(ctx, all, note),
      };
      return c.json({ items: await steps[step]() }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/subsidy-applications/{id}', tags, summary: '补贴申请及其依据' },
      request: { params: byId },
      responses: answers(200, zApplication, '补贴申请'),
    }),
    async (c) => c.json(plainly(await findApplication(c.get('ctx'), id(c))), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'put', path: '/subsidy-applications/{id}', tags, summary: '修改草稿或退回补正的申请' },
      request: { params: byId, body: jsonBody(zApplicationRequest) },
      responses: answers(200, zApplication, '已修改'),
    }),
    async (c) => c.json(plainly(await changeApplication(c.get('ctx'), id(c), c.req.valid('json'))), 200),
  )
  .openapi(
    createRoute({
      ...act('submit', '提交补贴申请'),
      ...{ request: { params: byId }, responses: answers(200, zApplication, '已提交') },
    }),
    async (c) => c.json(plainly(await submitApplication(c.get('ctx'), id(c))), 200),
  )
  .openapi(
    createRoute({
      ...act('withdraw', '撤回补贴申请'),
      request: { params: byId, body: optionalBody(z.strictObject({ reason: zText(500).optional() })) },
      responses: answers(200, zApplication, '已撤回'),
    }),
    async (c) => {
      const { reason = null } = c.req.valid('json');
      return c.json(plainly(await withdrawApplication(c.get('ctx'), id(c), reason)), 200);
    },
  )
  .openapi(
    createRoute({
      ...act('findings', '登记核实情况：有无不得申报的情形、是否获奖，并据以重新判断'),
      request: {
        params: byId,
        body: jsonBody(zLookedUps),
      },
      responses: answers(200, zApplication, '已登记'),
    }),
    async (c) => c.json(plainly(await recordFindings(c.get('ctx'), id(c), c.req.valid('json').findings)), 200),
  )
  .openapi(
    createRoute({
      ...act('recommend', '县（市、区）审核推荐'),
      ...{ request: { params: byId, body: optionalBody(zNote) }, responses: answers(200, zApplicationItem, '已推荐') },
    }),
    async (c) => c.json(one(await recommendApplications(c.get('ctx'), [id(c)], c.req.valid('json').note ?? null)), 200),
  )
  .openapi(
    createRoute({
      ...act('review', '形式审查'),
      ...{ request: { params: byId, body: optionalBody(zNote) }, responses: answers(200, zApplicationItem, '已审查') },
    }),
    async (c) => c.json(one(await reviewApplications(c.get('ctx'), [id(c)], c.req.valid('json').note ?? null)), 200),
  )
  .openapi(
    createRoute({
      ...act('audit', '登记审计意见'),
      ...{ request: { params: byId, body: optionalBody(zNote) }, responses: answers(200, zApplicationItem, '已出具') },
    }),
    async (c) => c.json(one(await auditApplications(c.get('ctx'), [id(c)], c.req.valid('json').note ?? null)), 200),
  )
  .openapi(
    createRoute({
      ...act('decide', '逐项核定，未列出的按规定核定'),
      request: {
        params: byId,
        body: optionalBody(z.strictObject({ lines: z.array(zDecision).max(200).optional(), panel: zPanel.optional() })),
      },
      responses: answers(200, zApplicationItem, '已核定'),
    }),
    async (c) => {
      const { lines, panel } = c.req.valid('json');
      return c.json(one(await decideApplications(c.get('ctx'), [id(c)], lines, panel)), 200);
    },
  )
  .openapi(
    createRoute({
      ...act('return', '退回补正'),
      ...{ request: { params: byId, body: jsonBody(zReason) }, responses: answers(200, zApplicationItem, '已退回') },
    }),
    async (c) => c.json(one(await returnApplications(c.get('ctx'), [id(c)], c.req.valid('json').reason)), 200),
  )
  .openapi(
    createRoute({
      ...act('refuse', '不予补贴；不写原因的，以核查发现的不符合之处为原因'),
      request: { params: byId, body: optionalBody(z.strictObject({ reason: zText(500).optional() })) },
      responses: answers(200, zApplicationItem, '不予补贴'),
    }),
    async (c) => c.json(one(await refuseApplications(c.get('ctx'), [id(c)], c.req.valid('json').reason ?? null)), 200),
  )
  .openapi(
    createRoute({
      ...act('lines/{place}/object', '登记公示期内书面实名提出的异议，只暂缓该项'),
      request: { params: byLine, body: jsonBody(zNewObjection) },
      responses: answers(200, zApplication, '已登记'),
    }),
    async (c) => {
      const { place } = c.req.valid('param');
      return c.json(plainly(await raiseObjection(c.get('ctx'), id(c), place, c.req.valid('json'))), 200);
    },
  )
  .openapi(
    createRoute({
      ...act('lines/{place}/decide-objection', '处理异议，须由另一人办理'),
      request: { params: byLine, body: jsonBody(z.strictObject({ upheld: z.boolean(), opinion: zText(1000) })) },
      responses: answers(200, zApplication, '已处理'),
    }),
    async (c) => {
      const { place } = c.req.valid('param');
      return c.json(plainly(await decideObjection(c.get('ctx'), id(c), place, c.req.valid('json'))), 200);
    },
  );

const one = ([item]: ApplicationItem[]): ApplicationItem => item!;

/** A request is answered as the JSON it was sent as. */
const plainly = <T extends { request: object }>(view: T) => ({ ...view, request: { ...view.request } });

function needed(reason: string | null): string {
  if (reason === null) throw new DomainError('REASON_NEEDED', '退回补正应写明原因（note）');
  return reason;
}
