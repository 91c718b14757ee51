import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Citation } from '../errors.ts';

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
}
export type DocumentKind = keyof ViewModels;

/** What every document carries in its title, header and footer. */
export interface DocumentHead {
  /** 文件标题, e.g. 风险补偿资金池月度结算单 */
  title: string;
  /** 文号, e.g. 宁科贷结〔2026〕10号 (see `documentNumber`). */
  number: string;
  /** 项目名称, e.g. 宁夏科技型中小企业风险补偿贷款（宁科贷） */
  programme: string;
  /** 出具单位: signs and seals. */
  issuer: string;
  issuedOn: LocalDate;
  /** True when any figure rests on a value nobody confirmed: the document then says so on every page. */
  provisionalFigures: boolean;
  /** The articles the document rests on as a whole; those of single lines are added by the template. */
  cites: Citation[];
  /** XXXX-XXXX-XXXX-XXXX, see `codeFromHash`. */
  verificationCode: string;
  /** Full address that answers for this code; printed and in the QR code. */
  verifyUrl: string;
}

export interface NamedAmount {
  name: string;
  amount: string;
}

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

/** The loan as a letter names it. */
export interface LoanFacts {
  enterprise: string;
  uscc: string;
  contractNo: string;
  dueBillNo: string;
  principal: string;
  countedPrincipal: string;
  annualRate: string;
  disbursedOn: LocalDate;
  maturesOn: LocalDate;
  /** Labels as printed, e.g. 按月付息到期还本, 信用, 研发投入. */
  repaymentMethod: string;
  guaranteeMode: string;
  purpose: string;
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

export interface FilingCheck {
  /** What was examined, e.g. 企业资质. */
  name: string;
  verdict: 'pass' | 'warning' | 'fail';
  /** The value examined as printed; may be empty. */
  value: string;
  message: string;
  cites: Citation[];
}

export interface FilingNoticeView extends DocumentHead {
  addressee: string;
  poolName: string;
  loan: LoanFacts;
  /** 收到备案之日. */
  filedOn: LocalDate;
  result: FilingResult;
  checks: FilingCheck[];
  /** Why it was refused, or what the bank still has to do; full sentences, may be empty. */
  reasons: string[];
}
