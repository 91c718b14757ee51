import { z } from '@hono/zod-openapi';
import { OBJECTORS } from '../../subsidies/steps.ts';
import { zCitation, zDate, zExplanation, zId, zMoney, zText } from './common.ts';
import { zLine } from './subsidies.ts';

const name = z.string().nullable();

export const zBudgetCode = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,60}$/, { error: '代码应为小写字母、数字和连字符' })
  .openapi({ example: 'subsidy-2026-ningxia-tech-finance-subsidy' });

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

export const zObjection = z
  .object({
    ...{ id: zId, applicationId: zId, place: z.number().int(), lineKind: z.string(), lineName: z.string() },
    ...{ decided: zMoney.nullable(), reserved: zMoney.nullable(), scheme: z.string(), schemeTitle: z.string() },
    ...{ year: z.number().int(), batchNo: z.number().int(), enterpriseUscc: z.string(), enterpriseName: z.string() },
    ...{
      ground: z.string(),
      raisedOn: zDate,
      recordedByName: name,
      mine: z.boolean(),
      objectorKind: name,
      objectorName: name,
    },
    ...{ objectorContact: name, status: z.string(), opinion: name, decidedOn: zDate.nullable(), decidedByName: name },
  })
  .openapi('SubsidyObjection');

export const zSupplement = z
  .object({
    ...{ id: zId, batchId: zId, applicationId: zId, enterpriseUscc: z.string(), enterpriseName: z.string() },
    ...{ place: z.number().int(), lineName: z.string(), cause: z.string(), amount: zMoney, status: z.string() },
    ...{ reason: name, cites: z.array(zCitation), explanation: zExplanation, allocatedOn: zDate },
    ...{ decidedOn: zDate.nullable(), orderNo: name, orderedOn: zDate.nullable(), paidOn: zDate.nullable() },
  })
  .openapi('SubsidySupplement');

export const zCorrectedLine = z
  .object({
    ...{ place: z.number().int(), lineName: z.string(), amountBefore: zMoney, amountAfter: zMoney },
    ...{ decidedBefore: zMoney, decidedAfter: zMoney, difference: zMoney, cites: z.array(zCitation) },
    ...{ explanation: zExplanation, provisional: z.boolean() },
  })
  .openapi('SubsidyCorrectedLine');

export const zCorrection = zCorrectedLine
  .extend({
    ...{ id: zId, cause: z.string(), reason: z.string(), evidence: z.string(), stated: zLine.nullable() },
    ...{ supplementId: zId.nullable(), clawbackId: zId.nullable(), recordedOn: zDate },
  })
  .openapi('SubsidyCorrection');

export const zBudgetChange = z
  .object({
    ...{ id: zId, budgetCode: z.string(), budgetName: z.string(), kind: z.string(), amount: zMoney },
    ...{ document: z.string() },
    ...{ reason: z.string(), status: z.string(), toMove: zMoney.nullable(), moved: zMoney.nullable() },
    ...{ voucherNo: name, proposedOn: zDate, proposedByName: name, mine: z.boolean(), decidedOn: zDate.nullable() },
    ...{ decidedByName: name, opinion: name, explanation: zExplanation.nullable() },
  })
  .openapi('SubsidyBudgetChange');

const money = { granted: zMoney, paid: zMoney, clawedBack: zMoney, recovered: zMoney };
export const zFunds = z
  .object({
    ...{ applicationId: zId, ...money },
    lines: z.array(
      z.object({
        ...{ place: z.number().int(), lineKind: z.string(), lineName: z.string(), ...money },
        ...{ adjusted: zMoney, reserved: zMoney, claimable: zMoney, continuedAs: zId.nullable() },
      }),
    ),
    supplements: z.array(
      z.object({
        ...{ id: zId, place: z.number().int(), cause: z.string(), amount: zMoney, status: z.string() },
        allocatedOn: zDate,
      }),
    ),
  })
  .openapi('SubsidyFunds');

const unfunded = { applicationId: zId, enterpriseName: z.string(), amount: zMoney };
export const zRest = z
  .object({
    ...{ batchId: zId, rest: z.string() },
    continued: z.array(z.object({ ...unfunded, continuedAs: zId, year: z.number().int(), batchNo: z.number().int() })),
    lapsed: z.array(z.object(unfunded)),
  })
  .openapi('SubsidyRest');

export const zNewObjection = z
  .strictObject({
    ground: zText(1000),
    objector: z.strictObject({
      kind: z.enum(Object.keys(OBJECTORS) as [keyof typeof OBJECTORS]),
      ...{ name: zText(100), contact: zText(100) },
    }),
    receivedOn: zDate.optional(),
  })
  .openapi('SubsidyObjectionRequest', {
    example: {
      ground: '该保单已于 2026 年 6 月退保',
      objector: { kind: 'person', name: '张三', contact: '13800000000' },
    },
  });
