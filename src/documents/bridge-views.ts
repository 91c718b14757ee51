import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { DocumentHead } from './parts.ts';

/** Something that only one of the two sides has at the month's end. */
export interface BridgeRow {
  on: LocalDate;
  text: string;
  /** 凭证 12 号, or the bank's 流水号; may be empty */
  voucher: string;
  amount: string;
  /** the day on which the other side has it, where that is known */
  settledOn: LocalDate | null;
}

/** 银行存款余额调节表 of an account and a month. */
export interface BankReconciliationView extends DocumentHead {
  poolName: string;
  period: SettlementPeriod;
  /** the month's last day */
  asOf: LocalDate;
  account: { name: string; bank: string; number: string };
  bankClosing: string;
  ledgerClosing: string;
  /** 单位已收、银行未收; 单位已付、银行未付 */
  bookReceived: BridgeRow[];
  bookPaid: BridgeRow[];
  /** 银行已收、单位未收; 银行已付、单位未付 */
  bankReceived: BridgeRow[];
  bankPaid: BridgeRow[];
  /** lines of the month that agree with their entry */
  matched: number;
  /** 制表, 复核 */
  prepared: { by: string; on: LocalDate };
  checked: { by: string; on: LocalDate };
  /** the book's chain when it was confirmed: hash of the last entry (hex) and number of entries */
  ledger: { head: string; entries: number };
  /** the chain of the audit log then; papers issued before there was one have none */
  audit?: { head: string; entries: number };
}
