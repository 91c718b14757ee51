import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Citation } from '../errors.ts';
import type { Explanation } from '../policy/explanation.ts';
import type { AnnualStatementView } from './annual-views.ts';
import type { BankReconciliationView } from './bridge-views.ts';
import type {
  BreakerNoticeView,
  ClaimApprovalView,
  ClaimLetterView,
  PaymentNoticeView,
  RecoveryDistributionView,
  WriteOffSheetView,
} from './compensation-views.ts';
import type { DocumentHead, LoanFacts, NamedAmount, PrintedAccount, PrintedCheck } from './parts.ts';
import type {
  SubsidyApplicationView,
  SubsidyClawbackView,
  SubsidyDecisionView,
  SubsidyOrderView,
  SubsidyPublicityView,
  SubsidyRefusalView,
  SubsidyReviewView,
  SubsidySummaryView,
} from './subsidy-views.ts';

/**
 * What the printed documents show. Everything here is data that is ready to print: amounts are wire strings in 元
 * ("1234567.89"), rates are percent strings ("3.65"), dates and months ISO, names and labels Chinese. The same view
 * model always gives the same bytes, so it can be rendered again at any time.
 */
export interface ViewModels {
  /** 结算单: one party's month in one pool. */
  settlementStatement: SettlementStatementView;
  /** 月度台账: the loans of a pool (and bank) at the end of a month. */
  monthlyLedger: MonthlyLedgerView;
  /** 贷款同意函: the department's consent, addressed to the bank. */
  consentLetter: ConsentLetterView;
  /** 备案通知书: what became of a filing, check by check. */
  filingNotice: FilingNoticeView;
  /** 出资确认书: to the contributor whose money has come. */
  contributionConfirmation: ContributionConfirmationView;
  /** 补偿申请函: the bank's claim. */
  claimLetter: ClaimLetterView;
  /** 补偿审批表: what was examined and decided. */
  claimApproval: ClaimApprovalView;
  /** 拨付通知: the compensation is paid. */
  paymentNotice: PaymentNoticeView;
  /** 追偿分配单: money that came back, bearer by bearer. */
  recoveryDistribution: RecoveryDistributionView;
  /** 核销审核表 */
  writeOffSheet: WriteOffSheetView;
  /** 警示、暂停、恢复业务通知书 */
  breakerNotice: BreakerNoticeView;
  /** 银行存款余额调节表: bank and books of an account at a month's end. */
  bankReconciliation: BankReconciliationView;
  /** 资金池年度报表 */
  annualPool: AnnualStatementView;
  /** 出资方年度报表 */
  annualContributor: AnnualStatementView;
  /** 补贴申请表: what an enterprise asks for, with its promise. */
  subsidyApplication: SubsidyApplicationView;
  /** 补贴审核意见表: who reviewed it, and what was decided of each line. */
  subsidyReview: SubsidyReviewView;
  /** 拟补贴名单公示 */
  subsidyPublicity: SubsidyPublicityView;
  /** 补贴决定书 */
  subsidyDecision: SubsidyDecisionView;
  /** 不予补贴告知书 */
  subsidyRefusal: SubsidyRefusalView;
  /** 补贴资金拨款单 */
  subsidyOrder: SubsidyOrderView;
  /** 补贴追回决定书 */
  subsidyClawback: SubsidyClawbackView;
  /** 补贴年度汇总表 */
  subsidySummary: SubsidySummaryView;
}
export type DocumentKind = keyof ViewModels;

/** One movement inside a section, signed: what happened, how much, by which article. */
export interface StatementLine extends NamedAmount {
  cites: Citation[];
}

/** One balance over the month. `opening + movements = closing` is asserted before anything is printed. */
export interface StatementSection {
  name: string;
  opening: string;
  movements: string;
  closing: string;
  lines: StatementLine[];
}

export interface StatementRatio {
  name: string;
  /** As printed, e.g. "9.59 %". */
  value: string;
  /** How it is computed, or what it triggers; may be empty. */
  note: string;
  /** the same as a tree; statements composed before it was kept have none */
  explanation?: Explanation;
}

/** A loan that the party should look at: overdue or worse than 正常. */
export interface WatchedLoan {
  dueBillNo: string;
  enterprise: string;
  outstanding: string;
  overdueDays: number;
  /** 五级分类 as printed, e.g. 次级. */
  classification: string;
}

export interface StatementNote {
  kind: 'provisional' | 'missingReport' | 'adjustment' | 'remark';
  text: string;
  /** The closed month a late fact belongs to; an adjustment always names it. */
  belongsTo?: SettlementPeriod;
}

export interface SettlementStatementView extends DocumentHead {
  poolName: string;
  partyName: string;
  /** 资金池, 出资方, 合作银行, 担保机构, 保险公司 … */
  partyKind: string;
  period: SettlementPeriod;
  sections: StatementSection[];
  ratios: StatementRatio[];
  watchList: WatchedLoan[];
  notes: StatementNote[];
  /** The amounts that are signed for: printed in figures and in 大写. */
  totalInWords: NamedAmount[];
  /** The book's chain when the statement was made: hash of the last entry (hex) and number of entries. */
  ledger: { head: string; entries: number };
}

export interface MonthlyLedgerRow {
  dueBillNo: string;
  enterprise: string;
  bank: string;
  principal: string;
  countedPrincipal: string;
  /** Percent per year, e.g. "3.65". */
  annualRate: string;
  disbursedOn: LocalDate;
  maturesOn: LocalDate;
  outstandingPrincipal: string;
  countedOutstanding: string;
  reserve: string;
  /** 五级分类 as printed. */
  classification: string;
  overdueDays: number;
}

export interface MonthlyLedgerView extends DocumentHead {
  poolName: string;
  /** Set when the ledger holds one bank's loans only. */
  bankName?: string;
  period: SettlementPeriod;
  /** In the order to be printed; 序号 and the totals are the template's. */
  rows: MonthlyLedgerRow[];
  notes: StatementNote[];
}

export interface ConsentLetterView extends DocumentHead {
  /** The bank, by its registered name. */
  addressee: string;
  poolName: string;
  loan: LoanFacts;
  /** 准备金占用额 of this loan. */
  reserve: string;
  /** 放大倍数 as printed, e.g. "10". */
  leverage: string;
  /** Full sentences; may be empty. */
  conditions: string[];
}

export type FilingResult = 'underReview' | 'consented' | 'refused';

export interface FilingNoticeView extends DocumentHead {
  addressee: string;
  poolName: string;
  loan: LoanFacts;
  /** 收到备案之日. */
  filedOn: LocalDate;
  result: FilingResult;
  checks: PrintedCheck[];
  /** Why it was refused, or what the bank still has to do; full sentences, may be empty. */
  reasons: string[];
}

/** One contributor's balance in a pool (出资余额): before + amount = after, asserted before it is printed. */
export interface ContributorTotal {
  party: string;
  before: string;
  /** Of the receipt that is confirmed; "0.00" for everyone else. */
  amount: string;
  after: string;
}

export interface ContributionConfirmationView extends DocumentHead {
  /** The contributor, by its name. */
  addressee: string;
  poolName: string;
  receivedOn: LocalDate;
  amount: string;
  /** The pool's account that received it. */
  account: PrintedAccount;
  /** 回单号 */
  receiptNo: string;
  /** Every contributor of the pool, in order. */
  contributors: ContributorTotal[];
  /** 配套资金 that this receipt makes due: from whom, how much, until when. */
  match?: { party: string; amount: string; dueOn: LocalDate; cites: Citation[] };
  /** 凭证号: the entry's number in the pool's book, as `post` answers it. */
  voucher: string;
}
