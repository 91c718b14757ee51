import type { LocalDate } from '../calendar/local-date.ts';
import type { Citation } from '../errors.ts';

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

/** A bank account money goes to or comes from. */
export interface PrintedAccount {
  /** 户名 */
  name: string;
  /** 开户银行 */
  bank: string;
  /** 账号 */
  number: string;
}

/** One thing that was examined. */
export interface PrintedCheck {
  /** What was examined, e.g. 企业资质. */
  name: string;
  verdict: 'pass' | 'warning' | 'fail';
  /** The value examined as printed; may be empty. */
  value: string;
  message: string;
  cites: Citation[];
}

/** What one reviewer said, in the order of the steps; a form has a box to sign and seal for each. */
export interface PrintedOpinion {
  /** e.g. 合作单位审核 */
  step: string;
  /** The reviewer's institution, and who of it. */
  unit: string;
  by: string;
  on: LocalDate;
  /** As printed: 同意, 退回补正, 不同意. */
  verdict: string;
  /** Full sentences; may be empty. */
  text: string;
}
