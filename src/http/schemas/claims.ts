import { z } from '@hono/zod-openapi';
import { zAmount, zCitation, zCode, zDate, zExplanation, zFault, zId, zMoney, zPlain, zRate, zText } from './common.ts';

const zClass = z.enum(['normal', 'specialMention', 'substandard', 'doubtful', 'loss']);
const zStatedFacts = {
  firstTimeBorrower: z.boolean().optional(),
  creditShare: zRate.optional(),
  ipShare: zRate.optional(),
  size: z.enum(['micro', 'small', 'medium', 'large']).optional(),
  projectKinds: z.array(zText(40)).max(10).optional(),
  agreed: z.record(zText(40), zRate).optional().openapi({ example: {} }),
};

/** What a bank sends; whatever it leaves out is taken from the loan, its reports and the rules. */
export const zClaimRequest = z
  .strictObject({
    ...{ dueBillNo: zText(64), unpaidPrincipal: zAmount, countedUnpaid: zAmount.optional() },
    requested: zAmount.optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, { error: '币种应为三位大写字母' })
      .optional()
      .openapi({ example: 'CNY' }),
    ...{ poolCode: zCode.optional(), contractNo: zText(64).optional(), enterpriseUscc: zText(18).optional() },
    ...{ enterpriseName: zText().optional(), legalRepresentative: zText(50).optional() },
    ...{ overdueSince: zDate.optional(), classification: zClass.optional(), classifiedOn: zDate.optional() },
    ...{ demandedOn: zDate.optional(), suedOn: zDate.optional() },
    payee: z
      .strictObject({ accountName: zText(), bankName: zText(), accountNo: zText(40) })
      .optional()
      .openapi({ description: '收款账户，不填以所附材料为准' }),
    facts: z.strictObject(zStatedFacts).optional().openapi({ example: {} }),
    capFacts: z
      .strictObject({
        ...{ publicMoney: zAmount.optional(), lastYearBalance: zAmount.optional() },
        guaranteedInYear: zAmount.optional(),
      })
      .optional()
      .openapi({ example: {} }),
    parties: z
      .strictObject({
        ...{ guarantor: zCode.optional(), reguarantor: zCode.optional() },
        ...{ insurer: zCode.optional(), nationalFund: zCode.optional() },
      })
      .optional()
      .openapi({ example: {} }),
  })
  .openapi('ClaimRequest');

export const zPanel = z
  .strictObject({
    decidedOn: zDate,
    members: z.array(zText(50)).min(1).max(50),
    recused: z.array(zText(50)).max(50),
    substitutes: z.array(zText(50)).max(50),
  })
  .openapi('PanelDecision', {
    example: { decidedOn: '2026-10-10', members: ['甲', '乙', '丙'], recused: [], substitutes: [] },
  });

export const zClaimItem = z
  .object({
    ...{ id: zId, poolCode: z.string(), poolName: z.string(), bankCode: z.string(), bankName: z.string() },
    ...{ enterpriseUscc: z.string(), enterpriseName: z.string(), loanId: zId, contractNo: z.string() },
    ...{ dueBillNo: z.string(), unpaidPrincipal: zMoney, countedUnpaid: zMoney, requested: zMoney },
    ...{ recognised: zMoney.nullable(), compensation: zMoney, status: z.string() },
    ...{ occurredOn: zDate.nullable(), claimedOn: zDate.nullable(), submittedOn: zDate.nullable() },
    ...{ verifiedOn: zDate.nullable(), approvedOn: zDate.nullable(), confirmedOn: zDate.nullable() },
    ...{ paidOn: zDate.nullable(), queueNo: z.number().int().nullable(), recovered: zMoney, writtenOff: zMoney },
    ...{
      waitingSince: zDate.nullable(),
      dueOn: zDate.nullable(),
      late: z.boolean(),
      reason: z.string().nullable(),
      mine: z.boolean(),
    },
  })
  .openapi('ClaimItem');

const zPart = z
  .object({
    ...{ bearer: z.string(), label: z.string(), kind: z.enum(['pool', 'own']), amount: zMoney },
    ...{ cites: z.array(zCitation), to: z.string() },
  })
  .openapi('ClaimShare');

const zWaterfall = z
  .object({
    rows: z.array(
      z.object({
        ...{ bearer: z.string(), label: z.string(), party: z.string(), kind: z.enum(['pool', 'own']) },
        ...{ amount: zMoney, recovered: zMoney, writtenOff: zMoney, outstanding: zMoney },
      }),
    ),
    costs: z.object({ paid: zMoney, repaid: zMoney, writtenOff: zMoney }),
    ...{ bankInterest: zMoney, borrower: zMoney },
  })
  .openapi('Waterfall');

const zEvent = z.object({
  reference: z.string(),
  ...{ id: zId, kind: z.string(), occurredOn: zDate, belongsTo: z.string().nullable(), recordedOn: zDate },
  ...{ amount: zMoney.nullable(), cost: zMoney.nullable(), basis: z.string().nullable() },
  ...{ paidBy: z.string().nullable(), receiptNo: z.string().nullable(), details: z.any() },
  ...{ reversed: z.boolean(), recordedBy: z.string().nullable(), mine: z.boolean() },
});

export const zClaimCheck = z.object({
  ...{ code: z.string(), verdict: z.enum(['pass', 'fail', 'warn', 'notChecked']), clause: z.string() },
  ...{ field: z.string().optional(), value: z.string().optional(), message: z.string() },
  ...{ cites: z.array(zCitation), explanation: zExplanation.optional() },
});

export const zProposal = z.object({
  ...{ id: zId, kind: z.string(), status: z.string(), amount: zMoney, details: z.any(), checks: z.array(zClaimCheck) },
  ...{ proposedOn: zDate, proposedBy: z.string().nullable(), decidedOn: zDate.nullable() },
  ...{ reason: z.string().nullable(), mine: z.boolean() },
});

const zClock = z.object({
  ...{ step: z.string(), label: z.string(), startedOn: zDate.nullable(), dueOn: zDate.nullable() },
  ...{ provisional: z.boolean(), doneOn: zDate.nullable() },
  state: z.enum(['waiting', 'running', 'late', 'done', 'doneLate']),
});

const zPaper = z.object({
  ...{ code: z.string(), label: z.string(), required: z.boolean() },
  attachments: z.array(
    z.object({
      ...{ id: zId, name: z.string(), mediaType: z.string(), uploadedOn: zDate },
      size: z.number().int().openapi({ description: '字节' }),
    }),
  ),
});

export const zClaim = zClaimItem
  .extend({
    ...{ checks: z.array(zClaimCheck), shares: z.array(zPart), explanation: zExplanation.nullable() },
    ...{ clocks: z.array(zClock), papers: z.array(zPaper) },
    ...{ request: zPlain.openapi({ description: '申请填报的内容' }), panel: z.any() },
    barred: z.string().nullable(),
    turn: z.object({ now: z.boolean(), pays: zMoney, lacking: zMoney, cites: z.array(zCitation) }).nullable(),
    clockCites: z.array(zCitation),
    ...{
      ahead: z.number().int().nullable(),
      outstanding: zMoney,
      refundable: zMoney,
      writeOffCost: z.array(z.object({ party: z.string(), amount: zMoney })),
      waterfall: zWaterfall.nullable(),
    },
    ...{ events: z.array(zEvent), proposals: z.array(zProposal), provisional: z.boolean() },
  })
  .openapi('Claim');

export const zRecovery = z
  .object({
    ...{ id: zId, claimId: zId, poolCode: z.string(), bankCode: z.string(), bankName: z.string() },
    ...{ enterpriseName: z.string(), dueBillNo: z.string(), amount: zMoney },
    ...{ cost: zMoney, basis: z.string(), costPaidBy: z.string().nullable(), obtainedOn: zDate, receivedOn: zDate },
    ...{ receiptNo: z.string(), accountNo: z.string(), occurredOn: zDate, belongsTo: z.string().nullable() },
    remittance: zClaimCheck,
    distribution: z.array(
      z.object({
        ...{ bearer: z.string(), label: z.string(), party: z.string(), kind: z.string(), amount: zMoney },
      }),
    ),
    reversed: z.boolean(),
  })
  .openapi('Recovery');

const zCaps = z
  .strictObject({
    used: z.record(z.string(), zAmount).optional(),
    bases: z.record(z.string(), zAmount).optional(),
  })
  .openapi({ example: {} });

export const zSimulationRequest = z
  .strictObject({
    loanId: zId.optional(),
    facts: z.strictObject(zStatedFacts).optional().openapi({ example: {} }),
    loan: z
      .strictObject({
        ...{ principal: zAmount, countedPrincipal: zAmount },
        facts: z.strictObject({
          ...{
            guaranteeMode: zText(20).optional(),
            guaranteed: z.boolean().optional(),
            firstLoan: z.boolean().optional(),
          },
          ...{
            revenue: zAmount.optional(),
            titles: z.array(zText(40)).optional(),
            termMonths: z.number().int().optional(),
          },
          ...zStatedFacts,
        }),
      })
      .optional(),
    ...{ unpaidPrincipal: zAmount, recovered: zAmount.optional(), occurredOn: zDate.optional() },
    ...{ policyCode: zText().optional(), versionIds: z.array(z.uuid()).max(20).optional().openapi({ example: [] }) },
    versions: z
      .array(z.strictObject({ clauseId: zText(), value: z.unknown() }))
      .max(20)
      .optional()
      .openapi({ example: [] }),
    caps: zCaps.optional(),
  })
  .openapi('LossSimulationRequest');

const zSimulated = z
  .object({
    ...{ countedUnpaid: zMoney, compensation: zMoney, explanation: zExplanation },
    parts: z.array(
      z.object({
        ...{ bearer: z.string(), label: z.string(), kind: z.enum(['pool', 'own']), amount: zMoney },
        ...{ recovered: zMoney, left: zMoney, cites: z.array(zCitation) },
      }),
    ),
  })
  .openapi('SimulatedLoss');

export const zSimulation = z
  .object({
    ...{ policyCode: z.string(), occurredOn: zDate, now: zSimulated.nullable(), nowProblem: z.string().nullable() },
    ...{ proposed: zSimulated.nullable(), proposedProblem: z.string().nullable() },
    nowErrors: z.array(zFault).openapi({ description: '现行条款还缺少哪些情况' }),
    proposedErrors: z.array(zFault).openapi({ description: '试用条款还缺少哪些情况' }),
  })
  .openapi('LossSimulation');
