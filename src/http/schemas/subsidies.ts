import { z } from '@hono/zod-openapi';
import { SUBSIDY_KINDS, type SubsidyKind } from '../../policy/kinds/subsidy-line.ts';
import { INTEREST_KINDS, type InterestKind } from '../../subsidies/interest.ts';
import { zPanel } from './claims.ts';
import { zAmount, zCitation, zCode, zDate, zExplanation, zId, zMoney, zPlain, zRate, zText } from './common.ts';

const keysOf = <K extends string>(table: Record<K, string>) => Object.keys(table) as [K, ...K[]];
export const zSubsidyKind = z.enum(keysOf<SubsidyKind>(SUBSIDY_KINDS));

const zVoucher = z.strictObject({
  ...{ voucherNo: zText(64), paidOn: zDate, from: zDate, to: zDate },
  ...{ kind: z.enum(keysOf<InterestKind>(INTEREST_KINDS)), amount: zAmount },
});

export const zLine = z.strictObject({
  ...{ kind: zSubsidyKind, name: zText(), counterparty: zText() },
  ...{ contractNo: zText(64).optional(), policyNo: zText(64).optional(), dueBillNo: zText(64).optional() },
  ...{ pledgeNo: zText(64).optional(), invoiceNos: z.array(zText(40)).max(50).optional() },
  ...{ class: zText(40).optional(), product: zText(40).optional() },
  ...{ signedOn: zDate.optional(), startsOn: zDate.optional(), paidOn: zDate.optional() },
  endsOn: zDate.optional().openapi({ description: '到期日' }),
  ...{ paid: zAmount.optional(), otherMoney: zAmount.optional(), insuredSum: zAmount.optional() },
  ...{ principal: zAmount.optional(), annualRate: zRate.optional(), ipShare: zRate.optional() },
  dayCountBasis: z.enum(['actual360', 'actual365']).optional(),
  repaymentMethod: z
    .enum(['monthlyInterest', 'quarterlyInterest', 'equalInstallment', 'equalPrincipal', 'lumpSum'])
    .optional(),
  ...{ firstLoan: z.boolean().optional(), settled: z.boolean().optional().openapi({ description: '本息是否结清' }) },
  ordinal: z.int().min(1).max(99).optional().openapi({ description: '第几份保单或第几笔贷款' }),
  ...{ yearOrdinal: z.int().min(1).max(99).optional() },
  vouchers: z.array(zVoucher).max(200).optional(),
});

export const zPayee = z.strictObject({ accountName: zText(), bankName: zText(), accountNo: zText(40) });

/** What an enterprise sends; which members a line needs depends on its kind, and is told by the check. */
export const zApplicationRequest = z
  .strictObject({
    ...{ scheme: zCode, lines: z.array(zLine).min(1).max(200), payee: zPayee, pledged: z.boolean() },
    ...{ contestYear: z.int().min(2000).max(2999).optional(), profit: zMoney.optional() },
    ...{ previousProfit: zMoney.optional(), netAssets: zMoney.optional() },
    size: z.enum(['micro', 'small', 'medium', 'large']).optional(),
  })
  .openapi('SubsidyRequest', {
    example: {
      scheme: 'ningxia-tech-finance-subsidy',
      pledged: true,
      payee: { accountName: '示例科技有限公司', bankName: '示例银行', accountNo: '6222000000000000' },
      lines: [
        {
          ...{ kind: 'premium', name: '研发责任保险', counterparty: '示例财险分公司', class: 'I' },
          ...{ policyNo: 'PZ20260000000001', invoiceNos: ['26640000000000000001'], paid: '12000.00' },
          ...{ startsOn: '2026-03-01', endsOn: '2027-03-01', paidOn: '2026-03-05' },
        },
      ],
    },
  });

export const zCheck = z
  .object({
    ...{ code: z.string(), verdict: z.enum(['pass', 'fail', 'warn', 'notChecked']), clause: z.string() },
    ...{ field: z.string().optional(), value: z.string().optional(), message: z.string() },
    ...{ cites: z.array(zCitation), explanation: zExplanation.optional() },
  })
  .openapi('SubsidyCheck');

const zFact = z
  .object({
    ...{ field: z.string(), label: z.string(), stated: z.string().nullable(), checked: z.string().nullable() },
    verdict: z.enum(['agrees', 'differs', 'notChecked']),
  })
  .openapi('SubsidyFact');

const zCountedVoucher = z
  .object({
    ...{ voucherNo: z.string(), paidOn: zDate, from: zDate, to: zDate, amount: zMoney },
    counted: zMoney.openapi({ description: '计入补贴的金额（元）；以凭证为准' }),
    kind: z.enum(keysOf<InterestKind>(INTEREST_KINDS)),
    left: z
      .enum(['excludedKind', 'outsideYear', 'beforeLoan', 'overdue', 'tooManyMonths'])
      .nullable()
      .openapi({ description: '不计入或部分计入的类别' }),
    ...{ reason: z.string().nullable(), byContract: zMoney.nullable(), byBalances: zMoney.nullable() },
    ...{ computed: zMoney.nullable(), difference: zMoney.nullable() },
    ...{ cites: z.array(zCitation), explanation: zExplanation },
  })
  .openapi('SubsidyVoucher');

const zPaper = z
  .object({
    ...{ code: z.string(), label: z.string(), kinds: z.array(z.string()), answered: z.string().nullable() },
    attachments: z.array(
      z.object({
        ...{ id: zId, name: z.string(), size: z.number().int(), mediaType: z.string(), uploadedOn: zDate },
      }),
    ),
  })
  .openapi('SubsidyPaper');

const zPledge = z
  .object({
    ...{ title: z.string(), text: z.string(), effectiveFrom: zDate.nullable(), cites: z.array(zCitation) },
    ...{ provisional: z.boolean(), acceptedBy: z.string().nullable(), acceptedOn: zDate.nullable() },
  })
  .openapi('SubsidyPledge');

const judgedLine = {
  ...{ place: z.number().int(), kind: z.string(), class: z.string().nullable(), name: z.string(), base: zMoney },
  ...{ otherMoney: zMoney, asked: zMoney, amount: zMoney, checks: z.array(zCheck), cites: z.array(zCitation) },
  ...{ provisional: z.boolean(), explanation: zExplanation },
  ...{ facts: z.array(zFact), vouchers: z.array(zCountedVoucher) },
};

export const zJudged = z
  .object({
    ...{ eligible: z.boolean(), amount: zMoney, missing: z.array(zCheck), checks: z.array(zCheck) },
    ...{ papers: z.array(zPaper), pledge: zPledge },
    ...{ lines: z.array(z.object(judgedLine)), explanation: zExplanation },
  })
  .openapi('SubsidyCheckResult');

const zTurn = z
  .object({
    ...{ sentence: z.string(), whose: z.string().nullable(), dueOn: zDate.nullable() },
    ...{ provisional: z.boolean(), late: z.boolean() },
  })
  .openapi('SubsidyTurn');

const zClock = z
  .object({
    ...{ step: z.string(), label: z.string(), startedOn: zDate.nullable(), dueOn: zDate.nullable() },
    ...{ provisional: z.boolean(), doneOn: zDate.nullable() },
    state: z.enum(['waiting', 'running', 'late', 'done', 'doneLate']),
  })
  .openapi('SubsidyClock');

const zFinding = z
  .object({
    ...{ code: z.string(), label: z.string(), holds: z.boolean(), source: z.string() },
    ...{ actorName: z.string().nullable(), recordedOn: zDate },
  })
  .openapi('SubsidyFinding');

export const zApplicationItem = z
  .object({
    ...{ id: zId, scheme: z.string(), schemeTitle: z.string(), year: z.number().int(), batchNo: z.number().int() },
    ...{ enterpriseUscc: z.string(), enterpriseName: z.string(), poolCode: z.string().nullable() },
    kinds: z.array(z.string()),
    ...{ imported: z.boolean(), status: z.string(), eligible: z.boolean(), demand: zMoney },
    ...{ decided: zMoney.nullable(), granted: zMoney.nullable(), adjusted: zMoney, appliedOn: zDate.nullable() },
    ...{
      receivedNo: z.string().nullable(),
      continuesId: zId.nullable(),
      reason: z.string().nullable(),
      nextStep: zTurn,
    },
  })
  .openapi('SubsidyItem');

export const zApplication = zApplicationItem
  .extend({
    request: zPlain,
    lines: z.array(
      z.object({
        ...judgedLine,
        ...{ decided: zMoney.nullable(), granted: zMoney.nullable(), adjusted: zMoney },
        ...{ status: z.string(), reason: z.string().nullable() },
      }),
    ),
    ...{ checks: z.array(zCheck), explanation: zExplanation, provisional: z.boolean() },
    barred: z.string().nullable(),
    ...{ papers: z.array(zPaper), missing: z.array(zCheck), pledge: zPledge.nullable() },
    ...{ clocks: z.array(zClock), panel: zPanel.nullable(), findings: z.array(zFinding) },
    steps: z.array(
      z.object({
        ...{ kind: z.string(), recordedOn: zDate, actorName: z.string().nullable() },
        ...{ amount: zMoney.nullable(), details: z.any() },
      }),
    ),
  })
  .openapi('SubsidyApplication');

export const zBudget = z
  .object({
    ...{ code: z.string(), scheme: z.string(), schemeTitle: z.string(), year: z.number().int(), name: z.string() },
    ...{ document: z.string(), amount: zMoney, initial: zMoney, received: zMoney },
    ...{ committed: zMoney, approved: zMoney },
    ...{ paid: zMoney, clawedBack: zMoney, recovered: zMoney, remitted: zMoney },
    ...{ available: zMoney, deposits: zMoney, accountNo: z.string() },
  })
  .openapi('SubsidyBudget');

export const zBatch = z
  .object({
    ...{ id: zId, scheme: z.string(), schemeTitle: z.string(), year: z.number().int(), batchNo: z.number().int() },
    ...{ budgetCode: z.string(), status: z.string(), publishedOn: zDate.nullable(), objectionsTo: zDate.nullable() },
    ...{ provisional: z.boolean(), demand: zMoney.nullable(), available: zMoney.nullable() },
    ...{
      reserved: zMoney.nullable(),
      granted: zMoney.nullable(),
      allocatedOn: zDate.nullable(),
      approvedOn: zDate.nullable(),
    },
    ...{ orderNo: z.string().nullable(), orderedOn: zDate.nullable(), enterprises: z.number().int() },
    ...{ paidEnterprises: z.number().int(), paid: zMoney, sentence: z.string() },
  })
  .openapi('SubsidyBatch');

export const zPublicity = z
  .object({
    ...{ scheme: z.string(), year: z.number().int(), batchNo: z.number().int() },
    ...{ publishedOn: zDate.nullable(), objectionsTo: zDate.nullable(), total: zMoney },
    items: z.array(z.object({ enterpriseName: z.string(), project: z.string(), amount: zMoney })),
  })
  .openapi('SubsidyPublicity');

export const zPayment = z
  .object({
    ...{ id: zId, applicationId: zId, enterpriseUscc: z.string(), supplementId: zId.nullable() },
    ...{ attempt: z.number().int(), amount: zMoney },
    ...{ payeeName: z.string(), payeeBank: z.string(), payeeAccount: z.string(), status: z.string() },
    ...{ voucherNo: z.string().nullable(), orderedOn: zDate, paidOn: zDate.nullable() },
    ...{ returnedOn: zDate.nullable(), returnReason: z.string().nullable() },
  })
  .openapi('SubsidyPayment');
