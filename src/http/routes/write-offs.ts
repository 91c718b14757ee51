import { createRoute, z } from '@hono/zod-openapi';
import { endProposal, listProposals, PROPOSAL_SORTS, type ProposalItem } from '../../compensation/proposal-service.ts';
import { confirmRefund, proposeRefund, receiveRefund } from '../../compensation/refund-service.ts';
import { confirmWriteOff, proposeWriteOff } from '../../compensation/write-off-service.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zClaim, zPanel, zProposal } from '../schemas/claims.ts';
import { zAmount, zCode, zDate, zId, zList, zText } from '../schemas/common.ts';
import { answers, jsonBody } from './helpers.ts';

const zProposalItem = zProposal
  .extend({
    ...{ claimId: zId, poolCode: z.string(), bankCode: z.string(), dueBillNo: z.string() },
    ...{ enterpriseUscc: z.string(), enterpriseName: z.string() },
  })
  .openapi('ClaimProposal');
const zQuery = zListQuery(PROPOSAL_SORTS).extend({
  ...{ poolCode: zCode.optional(), kind: z.enum(['writeOff', 'refund', 'cost']).optional() },
  status: z.enum(['proposed', 'confirmed', 'refused', 'withdrawn']).optional(),
});
const KINDS: Record<string, string> = { writeOff: '核销', refund: '退回补偿', cost: '垫付追偿费用' };
const STATUSES: Record<string, string> = {
  ...{ proposed: '待复核', confirmed: '已同意', refused: '未同意', withdrawn: '已撤回' },
};
const FILE = {
  ...{ name: '待复核事项', row: zProposalItem },
  titles: { kind: '事项', amount: '金额', proposedBy: '提出人' },
  rowsOf: (item: ProposalItem) => [{ ...item, kind: KINDS[item.kind], status: STATUSES[item.status] }],
};
const byId = z.object({ id: zId });
const tags = ['追偿与核销'];
const zReason = z.strictObject({ reason: zText(500) });
const act = <V extends string>(verb: V, summary: string) => ({
  method: 'post' as const,
  path: `/claims/{id}/${verb}` as const,
  tags,
  summary,
});
const id = (c: { req: { valid(of: 'param'): { id: string } } }) => BigInt(c.req.valid('param').id);

/** 核销 and 退回补偿: proposed by one, confirmed by another. */
export const writeOffs = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/claim-proposals', tags, summary: '核销、退回补偿与垫付追偿费用的提出和复核' },
      request: { query: zQuery },
      responses: answers(200, zList(zProposalItem), '核销与退回补偿'),
    }),
    async (c) => answerList(c, c.req.valid('query'), FILE, (filter, ask) => listProposals(c.get('ctx'), filter, ask)),
  )
  .openapi(
    createRoute({
      ...act('write-off', '提出核销'),
      request: {
        params: byId,
        body: jsonBody(zReason.extend({ courtOrderOn: zDate.optional(), panel: zPanel.optional() })),
      },
      responses: answers(200, zClaim, '已提出，待另一人复核'),
    }),
    async (c) => c.json(await proposeWriteOff(c.get('ctx'), id(c), c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...act('write-off/confirm', '复核核销（须由他人办理）'),
      request: { params: byId },
      responses: answers(200, zClaim, '已核销'),
    }),
    async (c) => c.json(await confirmWriteOff(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...act('write-off/refuse', '不同意核销，或撤回自己的提出'),
      request: { params: byId, body: jsonBody(zReason) },
      responses: answers(200, zClaim, '已终止'),
    }),
    async (c) => c.json(await endProposal(c.get('ctx'), id(c), 'writeOff', c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      ...act('refund', '提出退回补偿'),
      request: { params: byId, body: jsonBody(zReason.extend({ ground: zText(40) })) },
      responses: answers(200, zClaim, '已提出，待另一人复核'),
    }),
    async (c) => c.json(await proposeRefund(c.get('ctx'), id(c), c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...act('refund/confirm', '复核退回补偿，银行自此禁入（须由他人办理）'),
      request: { params: byId },
      responses: answers(200, zClaim, '已决定退回'),
    }),
    async (c) => c.json(await confirmRefund(c.get('ctx'), id(c)), 200),
  )
  .openapi(
    createRoute({
      ...act('refund/refuse', '不同意退回补偿，或撤回自己的提出'),
      request: { params: byId, body: jsonBody(zReason) },
      responses: answers(200, zClaim, '已终止'),
    }),
    async (c) => c.json(await endProposal(c.get('ctx'), id(c), 'refund', c.req.valid('json').reason), 200),
  )
  .openapi(
    createRoute({
      ...act('refund/receive', '登记退回的补偿资金到账'),
      request: {
        params: byId,
        body: jsonBody(
          z.strictObject({
            amount: zAmount,
            receivedOn: zDate,
            receiptNo: zText(100),
            accountNo: zText(40).optional(),
          }),
        ),
      },
      responses: answers(200, zClaim, '已登记'),
    }),
    async (c) => c.json(await receiveRefund(c.get('ctx'), id(c), c.req.valid('json')), 200),
  );
