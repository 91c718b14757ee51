import { z } from '@hono/zod-openapi';
import { zCitation, zDate, zExplanation, zId, zMoney } from './common.ts';

const name = z.string().nullable();

export const zClawbackItem = z
  .object({
    ...{ id: zId, applicationId: zId, place: z.number().int(), lineKind: z.string(), lineName: z.string() },
    ...{ scheme: z.string(), schemeTitle: z.string(), year: z.number().int(), budgetCode: z.string() },
    ...{ enterpriseUscc: z.string(), enterpriseName: z.string(), poolCode: z.string().nullable() },
    ...{ ground: z.string(), reason: z.string(), amount: zMoney, received: zMoney, outstanding: zMoney },
    ...{ remitted: zMoney, creditedTo: z.string().nullable(), status: z.string(), cancelling: z.boolean() },
    ...{ bannedUntil: zDate.nullable(), proposedOn: zDate, decidedOn: zDate.nullable() },
  })
  .openapi('SubsidyClawbackItem');

export const zClawback = zClawbackItem
  .extend({
    ...{ evidence: name, cites: z.array(zCitation), explanation: zExplanation, provisional: z.boolean() },
    ban: z
      .object({
        ...{ from: zDate, until: zDate, allSchemes: z.boolean(), title: z.string(), citation: zCitation },
      })
      .nullable(),
    ...{ mine: z.boolean(), cancelMine: z.boolean() },
    ...{ proposedByName: name, decidedByName: name, opinion: name, cancelReason: name },
    ...{ cancelProposedOn: zDate.nullable(), cancelProposedByName: name },
    ...{ cancelledOn: zDate.nullable(), cancelledByName: name },
    receipts: z.array(z.object({ id: zId, amount: zMoney, receivedOn: zDate, receiptNo: z.string() })),
    remittances: z.array(
      z.object({
        ...{ id: zId, amount: zMoney, status: z.string(), orderedOn: zDate, orderedByName: name, mine: z.boolean() },
        ...{ paidOn: zDate.nullable(), voucherNo: name },
      }),
    ),
  })
  .openapi('SubsidyClawback');
