import type { LocalDate } from '../calendar/local-date.ts';

/** Which version of the format docs/archive.md describes. */
export const FORMAT = 'ningkedai-archive/2';

/** The kinds of records of a book in an archive, each a file of its own. */
export const BOOK_RECORDS = {
  bankStatement: 'bank/statements',
  reconciliation: 'bank/reconciliations',
  confirmation: 'bank/confirmations',
  match: 'bank/matches',
  matchUndoing: 'bank/undoings',
  difference: 'bank/differences',
  differenceComment: 'bank/comments',
  settlement: 'settlement/settlements',
  settlementStatement: 'settlement/statements',
  closing: 'closing/months',
  yearClosing: 'closing/years',
  annualStatement: 'closing/statements',
  loanReconciliation: 'bank/loans',
  loanDifference: 'bank/loan-differences',
  loanDifferenceNote: 'bank/loan-notes',
  subsidyObjection: 'subsidies/objections',
  subsidyPayment: 'subsidies/payments',
  subsidySupplement: 'subsidies/supplements',
  subsidyCorrection: 'subsidies/corrections',
  subsidyClawback: 'subsidies/clawbacks',
  subsidyClawbackReceipt: 'subsidies/receipts',
  subsidyRemittance: 'subsidies/remittances',
  subsidyBudgetChange: 'subsidies/changes',
  document: 'documents/documents',
  drawing: 'documents/drawings',
  voiding: 'documents/voidings',
} as const;

/** The kinds of records that are of no book. */
export const POLICY_RECORDS = {
  ...{ policyVersion: 'policies/versions', policyDecision: 'policies/decisions' },
  ...{ lprQuote: 'policies/quotes', holidayNotice: 'policies/notices' },
} as const;

/** What manifest.json says: whose year it is, where the chains begin and end, and every other file with its size and hash. The signature is over its bytes. */
export interface Manifest {
  format: typeof FORMAT;
  book: string;
  bookName: string;
  year: number;
  asOf: LocalDate;
  ledger: ChainPart;
  audit: ChainPart;
  files: { path: string; bytes: number; sha256: string }[];
}

/** A run of a chain: its first and last number, and the hashes before the first and of the last (hex). */
export interface ChainPart {
  from: number;
  to: number;
  before: string;
  head: string;
}

/** The part of a chain from one number to another. */
export const chainPart = (from: bigint, to: bigint, before: string, head: string): ChainPart => ({
  from: Number(from),
  to: Number(to),
  before,
  head,
});

/** So many lines, at least, an archive has: entries of the book and links of the audit chain. */
export const linesOf = (extent: { ledgerFrom: bigint; ledgerTo: bigint; auditFrom: bigint; auditTo: bigint }): number =>
  Number(extent.ledgerTo - extent.ledgerFrom + extent.auditTo - extent.auditFrom) + 2;

/** The file's name for people who keep several. */
export const archiveName = (book: string, year: number, asOf: LocalDate): string => `${book}-${year}-${asOf}.zip`;

/** What stands in the archive for whoever opens it without us. */
export function readMe(bookName: string, book: string, year: number, asOf: LocalDate): string {
  return `审计档案：${bookName}（${book}）${year} 年度，截至 ${asOf}

一、怎样核验
  不需要数据库，也不需要本系统在运行。取得本系统的源代码后，在其目录中执行：
    npm run verify -- 本档案.zip --key 公钥 --head 账套:笔数:散列值
  --key  本系统的签名公钥（64 位十六进制），以公布的地址 /archive-key 或纸面留存的为准，不以本档案所附的为准。
  --head 单据所印的账簿校验值，可写多次；审计链的写作 audit:条数:散列值。
  全部相符时退出码为 0，有不符时为 1，并逐条指出所在的文件、行和编号。

二、有什么
  manifest.json、signature.json   目录（各文件的大小与 SHA-256）与对它的 Ed25519 签名
  ledger/entries.jsonl            记账凭证，每行一张，含散列值
  ledger/accounts.jsonl           各科目年初、年末余额
  bank/                           银行对账单、逐笔明细、原件、对账结果、核对关系、差异及其处理
  settlement/                     各月结算与各方结算单
  closing/                        各月结账、年终结账与年度报表
  subsidies/                      补贴的异议、拨付、补充、更正、追回、缴回、预算调整（补贴预算的账套）
  documents/                      出具的单据（内容与 PDF）、作废
  policies/                       有效条款与取值、LPR、节假日，本年与以前年度录入的依据
  audit/chain.jsonl               审计日志与留存摘要的散列链

三、散列值怎样算
  凭证：SHA-256(上一张的散列值 ‖ 本行 entry 字段的原文)；第一张之前为 SHA-256("ningkedai:账套代码")。
  审计链：SHA-256(上一条的散列值 ‖ 本行 item 字段的原文)；第一条之前为 SHA-256("ningkedai:audit")。
  留存资料：SHA-256(本行 record 字段的原文) 应与审计链上同名的摘要相同。
  原文指该字段在本行中的 UTF-8 字节，是每行的最后一个字段，到行末的 } 之前。
`;
}
