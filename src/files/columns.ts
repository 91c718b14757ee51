import type { DayCountBasis } from '../calendar/day-count.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Money } from '../money/money.ts';
import type { Rate } from '../money/rate.ts';
import { BALANCE_COLUMNS } from './balance-columns.ts';
import { ENTERPRISE_COLUMNS } from './enterprise-columns.ts';
import { FILING_COLUMNS } from './filing-columns.ts';
import type { ClassificationCode, GuaranteeModeCode, Purpose, RepaymentMethodCode, TitleCode } from './labels.ts';

/** What a kind of cell becomes when read. */
export interface KindValues {
  text: string;
  code: string;
  uscc: string;
  account: string;
  money: Money;
  rate: Rate;
  date: LocalDate;
  period: SettlementPeriod;
  integer: number;
  yesNo: boolean;
  guaranteeMode: GuaranteeModeCode;
  repaymentMethod: RepaymentMethodCode;
  dayCountBasis: DayCountBasis;
  purpose: Purpose;
  classification: ClassificationCode;
  title: TitleCode;
}

/** A column that a kind of file may have. Headings are compared with spaces, widths and units folded away. */
export interface Column {
  field: string;
  /** The heading we print; messages use it without its unit. */
  title: string;
  kind: keyof KindValues;
  /** Other headings that mean the same. */
  aliases: readonly string[];
  /** The heading must be there and every row must fill it. */
  required?: boolean;
  /** Tells rows apart: empty where a row is a total or a remark. Exactly one column of a kind of file. */
  identity?: boolean;
  /** No default unit: heading or preamble must say 元 or 万元. */
  unitNeeded?: boolean;
  /** For the template. */
  example: string;
}

/** The values of a row: required columns are there when the row has no faults. */
export type RowValues<C extends readonly Column[]> = {
  [K in C[number] as K extends { required: true } ? K['field'] : never]: KindValues[K['kind']];
} & {
  [K in C[number] as K extends { required: true } ? never : K['field']]?: KindValues[K['kind']];
};

export { BALANCE_COLUMNS, ENTERPRISE_COLUMNS, FILING_COLUMNS };

export type FilingValues = RowValues<typeof FILING_COLUMNS>;
export type BalanceValues = RowValues<typeof BALANCE_COLUMNS>;
export type EnterpriseValues = RowValues<typeof ENTERPRISE_COLUMNS>;

/** The columns of each kind of import, by the name that `POST /imports` gives it. */
export const COLUMNS_OF = {
  loanFilings: FILING_COLUMNS,
  balanceReports: BALANCE_COLUMNS,
  enterprises: ENTERPRISE_COLUMNS,
} as const;
export type ImportKind = keyof typeof COLUMNS_OF;
