import type { LocalDate } from '../calendar/local-date.ts';
import type { Citation } from '../errors.ts';
import type { DocumentHead, LoanFacts, NamedAmount, PrintedAccount, PrintedCheck, PrintedOpinion } from './parts.ts';

/** A claim as its papers name it. Amounts are wire strings in 元, dates ISO, labels Chinese: as in `ViewModels`. */
export interface PrintedClaim {
  /** 申请编号 */
  claimNo: string;
  /** 申请银行, by its registered name. */
  bank: string;
  poolName: string;
  loan: LoanFacts;
  claimedOn: LocalDate;
  /** 未偿还本金, and what of it was filed. */
  unpaidPrincipal: string;
  countedUnpaid: string;
  /** 申请补偿金额: what the pool is asked to pay. */
  requested: string;
}

/** 风险事件 as it stood on the day of the claim. */
export interface PrintedLossEvent {
  happenedOn: LocalDate;
  overdueSince: LocalDate;
  overdueDays: number;
  /** 五级分类 as printed. */
  classification: string;
  demandedOn?: LocalDate;
  suedOn?: LocalDate;
  /** The last day a claim may be made. */
  claimableUntil: LocalDate;
}

/** What one party bears of a loss. Together exactly the unpaid principal: asserted before anything is printed. */
export interface PrintedShare {
  /** As the clause calls it, e.g. 自治区, 合作单位, 合作银行. */
  bearer: string;
  /** Whose money it is, by name. */
  party: string;
  /** 分担比例 as printed, e.g. "40 %"; empty where no percentage says it, e.g. beyond a cap. */
  percent: string;
  amount: string;
  /** Out of the pool's deposits, or of its own money outside it. */
  from: 'pool' | 'own';
  cites: Citation[];
}

/** 补偿申请函: the bank's letter, as it submitted the claim. */
export interface ClaimLetterView extends DocumentHead {
  /** Whom the bank writes to: the cooperating unit. */
  addressee: string;
  claim: PrintedClaim;
  event: PrintedLossEvent;
  shares: PrintedShare[];
  /** 收款账户 */
  payee: PrintedAccount;
  /** 申请材料: what each is, its file, and the file's SHA-256 in hex. */
  papers: { label: string; name: string; sha256: string }[];
}

/** 补偿审批表: what was examined, who bears what, who decided. */
export interface ClaimApprovalView extends DocumentHead {
  claim: PrintedClaim;
  event: PrintedLossEvent;
  checks: PrintedCheck[];
  shares: PrintedShare[];
  result: 'approved' | 'approvedInPart' | 'refused';
  /** 核定补偿金额; "0.00" when refused. */
  approved: string;
  opinions: PrintedOpinion[];
  /** 集体研究 as a full sentence (day, minutes, who kept away), where the amount needed one. */
  panel?: string;
}

/** 拨付通知: public money goes out, to the payee bank. */
export interface PaymentNoticeView extends DocumentHead {
  addressee: string;
  claim: PrintedClaim;
  /** 文号 of the 补偿审批表. */
  approvalNumber: string;
  approvedOn: LocalDate;
  paidOn: LocalDate;
  amount: string;
  payer: PrintedAccount;
  payee: PrintedAccount;
  /** Whose part of the pool it is, contributor by contributor; adds up to `amount`. */
  parts: { party: string; amount: string; cites: Citation[] }[];
  /** 凭证号: the entry's number in the pool's book, as `post` answers it. */
  voucher: string;
  /** What the bank has to do from now on, full sentences. */
  duties: string[];
}

/** 追偿分配单: money that came back, and where every fen of it goes. */
export interface RecoveryDistributionView extends DocumentHead {
  claim: PrintedClaim;
  compensatedOn: LocalDate;
  compensation: string;
  /** What the bank remitted. `gross`: its cost is still in it. */
  receipts: {
    receivedOn: LocalDate;
    receiptNo: string;
    amount: string;
    basis: 'gross' | 'net';
    /** 追偿费用, and who had paid it; "0.00" and empty when there is none. */
    cost: string;
    paidBy: string;
  }[];
  /** Cost that goes back first: to whom and how much of these receipts. */
  costs: {
    party: string;
    amount: string;
    /** how it is booked where that is not as the pool's payment come back: its cost was written off */
    use?: string;
    cites: Citation[];
  }[];
  /** To the bearers, then to the bank's interest, then to the borrower. Costs and rows add up to the receipts. */
  rows: {
    bearer: string;
    party: string;
    /** What it bore = got back before + of these receipts + `left`: asserted before anything is printed. */
    borne: string;
    before: string;
    amount: string;
    /** Null for who bore nothing: the bank's interest, the borrower. */
    left: string | null;
    /** How it is booked, e.g. 冲减应收追偿款, 应付合作银行. */
    use: string;
    cites: Citation[];
  }[];
  /** 凭证号: the entry's number in the pool's book, as `post` answers it. */
  voucher: string;
}

/** 核销审核表: what cannot be recovered, whose it is, why, and who agreed. */
export interface WriteOffSheetView extends DocumentHead {
  claim: PrintedClaim;
  compensatedOn: LocalDate;
  /** 申请核销之日 */
  askedOn: LocalDate;
  /** Why it may be written off now, full sentences: pursuit, court order. */
  grounds: string[];
  checks: PrintedCheck[];
  /** compensated − recovered − writtenOff before = amount, per contributor: asserted before anything is printed. */
  rows: {
    party: string;
    compensated: string;
    recovered: string;
    writtenOff: string;
    amount: string;
    /** its part of what the pool paid for the pursuit, written off beside it; in no row where nothing was */
    cost?: string;
  }[];
  opinions: PrintedOpinion[];
  panel?: string;
}

/** One ratio of the circuit breaker. */
export interface PrintedRatio {
  /** Whose and what, e.g. 石嘴山银行股份有限公司 不良率. */
  subject: string;
  name: string;
  /** As printed, e.g. "9.59 %". */
  value: string;
  /** Numerator and denominator in words, and in 元. */
  over: NamedAmount;
  under: NamedAmount;
  /** Lines as printed; no warning line where the clause has none. */
  warn?: string;
  suspend: string;
  cites: Citation[];
}

/** 警示通知书, 暂停业务通知书, and 恢复业务通知书 when a suspension is lifted. */
export interface BreakerNoticeView extends DocumentHead {
  addressee: string;
  poolName: string;
  action: 'warn' | 'suspend' | 'lift';
  /** What stops or goes on, as printed: 受理新备案, 受理补偿申请. */
  stops: string;
  /** The day the figures are of, and the day the notice takes effect. */
  asOf: LocalDate;
  effectiveOn: LocalDate;
  ratios: PrintedRatio[];
  /** Full sentences: why it is lifted; may be empty otherwise. */
  reasons: string[];
  /** Full sentences: what the addressee has to do. */
  demands: string[];
}
