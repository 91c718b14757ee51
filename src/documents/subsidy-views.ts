import type { LocalDate } from '../calendar/local-date.ts';
import type { Citation } from '../errors.ts';
import type { DocumentHead, NamedAmount, PrintedAccount, PrintedOpinion } from './parts.ts';

/** A subsidy application as its papers name it. Amounts are wire strings in 元, dates ISO, labels Chinese: as in `ViewModels`. */
export interface PrintedApplication {
  enterprise: string;
  uscc: string;
  /** 补贴政策, by its title. */
  scheme: string;
  year: number;
  batchNo: number;
  appliedOn: LocalDate;
  /** 受理顺序号 */
  receivedNo: string;
}

/** One cost of an application, with what became of it. */
export interface PrintedSubsidyLine {
  /** 补贴类别 as printed, and what the enterprise calls it. */
  kind: string;
  name: string;
  /** Who was paid and by which papers, in a few words. */
  evidence: string;
  cost: string;
  otherMoney: string;
  /** What the rules give. */
  amount: string;
  /** 核定 and 分配; null while neither was done. */
  decided: string | null;
  granted: string | null;
  /** Why it is less, or nothing; may be empty. */
  reason: string;
  cites: Citation[];
}

/** One line of a bank's receipts of interest, and what of it counts. */
export interface PrintedVoucher {
  voucherNo: string;
  paidOn: LocalDate;
  from: LocalDate;
  to: LocalDate;
  kind: string;
  amount: string;
  counted: string;
}

/** 救济途径: how and until when to object to a decision, with its articles. */
export interface PrintedRemedy {
  text: string;
  cites: Citation[];
}

/** 补贴申请表 with 诚信承诺书: what the enterprise asks for, as it submitted it. */
export interface SubsidyApplicationView extends DocumentHead {
  application: PrintedApplication;
  registeredIn: string;
  /** 资质 on the day of the application, as printed; may be empty. */
  titles: string[];
  /** Last year's figures that the rules look at. */
  figures: NamedAmount[];
  lines: PrintedSubsidyLine[];
  /** The sum of what the rules give: asserted before anything is printed. */
  amount: string;
  vouchers: PrintedVoucher[];
  payee: PrintedAccount;
  /** 申请材料: what each is, its file, and the file's SHA-256 in hex. */
  papers: { label: string; name: string; sha256: string }[];
  /** 诚信承诺书 as it was accepted, its statements numbered. */
  pledge: { title: string; statements: string[] };
}

/** 补贴审核意见表: who looked at it, when, what they said, and what was decided of each line. */
export interface SubsidyReviewView extends DocumentHead {
  application: PrintedApplication;
  lines: PrintedSubsidyLine[];
  /** What the rules give, and what was decided: each the sum of its column. */
  amount: string;
  decided: string;
  result: 'granted' | 'refused';
  /** Why it was refused, full sentences. */
  reasons: string[];
  opinions: PrintedOpinion[];
  /** 集体研究 as a full sentence, where the amount needed one. */
  panel?: string;
}

/** 拟补贴名单公示: name, project and amount; nothing else of anybody. */
export interface SubsidyPublicityView extends DocumentHead {
  scheme: string;
  year: number;
  batchNo: number;
  publishedOn: LocalDate;
  objectionsTo: LocalDate;
  /** How many working days that is. */
  workingDays: number;
  /** The year's holidays are not known yet: the last day may move. */
  provisionalClock: boolean;
  rows: { enterprise: string; project: string; amount: string }[];
  total: string;
}

/** 补贴决定书: what an enterprise is granted, line by line. */
export interface SubsidyDecisionView extends DocumentHead {
  /** The enterprise, by its name. */
  addressee: string;
  application: PrintedApplication;
  lines: PrintedSubsidyLine[];
  decided: string;
  granted: string;
  /** Full sentences: how the budget was shared, what is deferred; may be empty. */
  notes: string[];
  payee: PrintedAccount;
  /** Full sentences: what the enterprise has to do. */
  duties: string[];
  remedy: PrintedRemedy;
  /** 更正: what the rules give of the line before and after, and what of its grant that adds or, negative, takes away. */
  correction?: { before: string; after: string; difference: string; reason: string; decisionNumber?: string };
}

/** 不予补贴告知书: why nothing is granted. */
export interface SubsidyRefusalView extends DocumentHead {
  addressee: string;
  application: PrintedApplication;
  /** What stands against it, each with its articles. */
  reasons: { text: string; cites: Citation[] }[];
  remedy: PrintedRemedy;
}

/** One payment of an order. */
export interface PrintedPayment {
  payee: PrintedAccount;
  amount: string;
}

/** 补贴资金拨款单: the order to pay, signed by two. */
export interface SubsidyOrderView extends DocumentHead {
  scheme: string;
  year: number;
  batchNo: number;
  budgetName: string;
  /** 下达文号 */
  orderNo: string;
  payer: PrintedAccount;
  payments: PrintedPayment[];
  total: string;
  /** 部门预算支出经济分类; together the total. */
  classes: NamedAmount[];
  /** Who shared out, approved and ordered, as the system has it. */
  hands: { step: string; by: string; on: LocalDate }[];
  /** 退票重拨: which payment it takes the place of; left out at the first. */
  insteadOf?: { payeeAccount: string; returnedOn: LocalDate; reason: string };
}

/** One row of a year's summary: what was asked and what became of it. */
export interface PrintedSummaryRow {
  name: string;
  /** Enterprises that were granted something. */
  enterprises: number;
  demand: string;
  granted: string;
  paid: string;
  clawedBack: string;
}

/** 补贴年度汇总表 */
export interface SubsidySummaryView extends DocumentHead {
  scheme: string;
  year: number;
  asOf: LocalDate;
  /** As a bulletin says it. */
  sentence: string;
  /** Counts as printed, e.g. 申请 96 项. */
  counts: { name: string; value: string }[];
  amounts: NamedAmount[];
  /** By kind, region, class of enterprise; each adds up to `total`. */
  groups: { name: string; rows: PrintedSummaryRow[] }[];
  total: PrintedSummaryRow;
  notes: string[];
}

/** 补贴追回决定书: what is claimed back of a subsidy that was paid, and why. */
export interface SubsidyClawbackView extends DocumentHead {
  addressee: string;
  application: PrintedApplication;
  /** 补贴决定书 under which it was paid, by number; left out where there is none. */
  decisionNumber?: string;
  /** The line, and what of it was paid. */
  item: string;
  paid: string;
  amount: string;
  /** 追回事由 as printed, and the facts as full sentences. */
  ground: string;
  facts: string[];
  /** Full sentences: how it is paid back, from when on the enterprise may apply again. */
  demands: string[];
  account: PrintedAccount;
  remedy: PrintedRemedy;
}
