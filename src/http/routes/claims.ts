import { createRoute, z } from '@hono/zod-openapi';
import { changeClaim, draftClaim, submitClaim, withdrawClaim } from '../../compensation/claim-service.ts';
import { CLAIM_STATUSES } from '../../compensation/claim-steps.ts';
import { CLAIM_SORTS, listClaims } from '../../compensation/list-service.ts';
import { payClaim } from '../../compensation/payment-service.ts';
import {
  approveClaim,
  confirmClaim,
  refuseClaim,
  returnClaim,
  verifyClaim,
} from '../../compensation/review-service.ts';
import { simulate } from '../../compensation/simulate-service.ts';
import { type ClaimItem, findClaim, whoseFen } from '../../compensation/view-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zClaim, zClaimItem, zClaimRequest, zPanel, zSimulation, zSimulationRequest } from '../schemas/claims.ts';
import { zAmount, zCode, zDate, zId, zList, zText } from '../schemas/common.ts';
import { answers, jsonBody, optionalBody } from './helpers.ts';

const STATUSES = Object.keys(CLAIM_STATUSES) as [keyof typeof CLAIM_STATUSES, ...(keyof typeof CLAIM_STATUSES)[]];
const zQuery = zListQuery(CLAIM_SORTS).extend({
  ...{ poolCode: zCode.optional(), bankCode: zCode.optional(), enterpriseUscc: zText(18).optional() },
  ...{ dueBillNo: zText(64).optional(), status: z.enum(STATUSES).optional(), loanId: zId.optional() },
  from: zDate.optional().openapi({ description: '申请日期起' }),
  to: zDate.optional().openapi({ description: '申请日期止' }),
  todo: z.literal('mine').optional().openapi({ description: 'mine：只列待本人办理的' }),
});
const FILE = {
  name: '风险补偿申请',
  row: zClaimItem,
  rowsOf: (item: ClaimItem) => [{ ...item, status: CLAIM_STATUSES[item.status as keyof typeof CLAIM_STATUSES] }],
};
const byId = z.object({ id: zId });
const tags = ['风险补偿'];
const zReason = z.strictObject({ reason: zText(500) });
const zNote = z.strictObject({ note: zText(500).optional() });
const zFen = z
  .object({
    ...{ no: z.number().int(), bearer: z.string(), label: z.string(), party: z.string() },
    ...{ kind: z.enum(['pool', 'own']), state: z.enum(['outstanding', 'recovered', 'writtenOff', 'refunded']) },
  })
  .openapi('FenOwner');

const act = <V extends string>(verb: V, summary: string) => ({
  method: 'post' as const,
  path: `/claims/{id}/${verb}` as const,
  tags,
  summary,
});
const id = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);

/** 风险补偿申请: drafted, submitted, reviewed, approved by two, paid; whose fen it was; what a loss would be. */
export const claims = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/claims', tags, summary: '起草补偿申请', request: { body: jsonBody(zClaimRequest) } },
      responses: { ...answers(201, zClaim, '已起草'), ...answers(200, zClaim, '此前已起草，内容相同') },
    }),
    async (c) => {
      const { created, claim } = await draftClaim(c.get('ctx'), c.req.valid('json'));
      return created ? c.json(claim, 201) : c.json(claim, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/claims', tags, summary: '补偿申请列表', request: { query: zQuery } },
      responses: answers(200, zList(zClaimItem), '补偿申请'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listClaims(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...{ method: 'post', path: '/claims/simulate', tags, summary: '测算一笔损失由谁承担，不作任何登记' },
      request: { body: jsonBody(zSimulationRequest) },
      responses: answers(200, zSimulation, '测算结果'),
    }),
    async (c) => c.json(await simulate(c.get('ctx'), c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/claims/{id}', tags, summary: '补偿申请及其依据', request: { params: byId } },
      responses: answers(200, zClaim, '补偿申请'),
    }),
    async (c) => c.json(await findClaim(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'put', path: '/claims/{id}', tags, summary: '修改草稿或退回补正的申请' },
      request: { params: byId, body: jsonBody(zClaimRequest) },
      responses: answers(200, zClaim, '已修改'),
    }),
    async (c) => c.json(await changeClaim(c.get('ctx'), id(c), c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/claims/{id}/fen', tags, summary: '补偿的某一分钱由谁承担、现在何处' },
      request: {
        params: byId,
        query: z.strictObject({ no: z.coerce.number().int().min(1).openapi({ description: '第几分，从 1 起' }) }),
      },
      responses: answers(200, zFen, '该分的承担方'),
    }),
    async (c) => c.json(await whoseFen(c.get('ctx'), id(c), c.req.valid('query').no), 200),
  )
  .openapi(
    createRoute({
      ...act('submit', '提交补偿申请'),
      request: { params: byId },
      responses: answers(200, zClaim, '已提交'),
    }),
    async (c) => c.json(await submitClaim(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...act('withdraw', '撤回补偿申请'),
      request: { params: byId, body: optionalBody(z.strictObject({ reason: zText(500).optional() })) },
      responses: answers(200, zClaim, '已撤回'),
    }),
    async (c) => c.json(await withdrawClaim(c.get('ctx'), id(c), c.req.valid('json').reason ?? null), 200),
  )
  .openapi(
    createRoute({
      ...act('verify', '合作单位审核'),
      request: { params: byId, body: optionalBody(zNote) },
      responses: answers(200, zClaim, '已审核'),
    }),
    async (c) => c.json(await verifyClaim(c.get('ctx'), id(c), c.req.valid('json').note ?? null), 200),
  )
  .openapi(
    createRoute({
      ...act('return', '退回补正'),
      request: { params: byId, body: jsonBody(zReason) },
      responses: answers(200, zClaim, '已退回'),
    }),
    async (c) => c.json(await returnClaim(c.get('ctx'), id(c), c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      ...act('approve', '自治区审批，可部分核定'),
      request: {
        params: byId,
        body: optionalBody(
          z.strictObject({ recognised: zAmount.optional(), note: zText(500).optional(), panel: zPanel.optional() }),
        ),
      },
      responses: answers(200, zClaim, '已审批'),
    }),
    async (c) => c.json(await approveClaim(c.get('ctx'), id(c), c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...act('confirm', '自治区复核，须由另一人办理'),
      request: { params: byId },
      responses: answers(200, zClaim, '已复核'),
    }),
    async (c) => c.json(await confirmClaim(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...act('refuse', '不予补偿'),
      request: { params: byId, body: jsonBody(zReason) },
      responses: answers(200, zClaim, '不予补偿'),
    }),
    async (c) => c.json(await refuseClaim(c.get('ctx'), id(c), c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      ...act('pay', '拨付补偿资金'),
      request: {
        params: byId,
        body: optionalBody(
          z.strictObject({
            paidOn: zDate.optional(),
            accountNo: zText(40).optional(),
            voucherNo: zText(100).optional(),
          }),
        ),
      },
      responses: answers(200, zClaim, '已拨付'),
    }),
    async (c) => c.json(await payClaim(c.get('ctx'), id(c), c.req.valid('json')), 200),
  );
