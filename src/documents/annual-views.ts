import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { DocumentHead, NamedAmount } from './parts.ts';
import type { StatementNote, StatementRatio, StatementSection } from './view-models.ts';

/** What an account takes over into the next year. */
export interface CarriedBalance {
  /** 科目代码 and 名称 */
  code: string;
  name: string;
  /** whose: an account number, or a party by name */
  owner: string;
  amount: string;
}

/** The balances at the end of each month, in the order of `monthNames`. */
export interface AnnualMonth {
  period: SettlementPeriod;
  amounts: string[];
}

/** 年度报表 of a pool, or of one contributor in it: the year's movements and what stands at its end. */
export interface AnnualStatementView extends DocumentHead {
  poolName: string;
  partyName: string;
  /** 资金池, 出资方 */
  partyKind: string;
  year: number;
  /** the first and last month it covers */
  first: SettlementPeriod;
  last: SettlementPeriod;
  sections: StatementSection[];
  /** 全年要项 */
  figures: NamedAmount[];
  monthNames: string[];
  months: AnnualMonth[];
  /** 结转下年; of the pool only */
  carried: CarriedBalance[];
  ratios: StatementRatio[];
  notes: StatementNote[];
  totalInWords: NamedAmount[];
  /** the book's chain when the year was closed: hash of the last entry (hex) and number of entries */
  ledger: { head: string; entries: number };
}
