import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import { type Money, money, sum, toWire } from '../money/money.ts';

export const LOAN_DIFFERENCE_KINDS = {
  reportMissing: '银行缺报',
  loanUnknown: '台账无此借据',
  outstandingDiffers: '贷款余额不一致',
  reserveDiffers: '准备金账面与台账不一致',
} as const;
export type LoanDifferenceKind = keyof typeof LOAN_DIFFERENCE_KINDS;

export const LOAN_DIFFERENCE_STATUSES = { open: '待处理', explained: '已说明', agreed: '已一致' } as const;

/** A loan at a month's end as the three have it; wire amounts, null where a side does not have it. */
export interface ThreeSides {
  bankCode: string;
  dueBillNo: string;
  enterprise: string | null;
  /** whether its bank owed a report of it: lent by then and neither revoked nor paid off before the month */
  due: boolean;
  /** 银行: the outstanding principal that its report of the month says */
  reported: string | null;
  /** 主管部门: outstanding principal and reserve by the register's events that belong to the month or to one before */
  registered: string | null;
  reserve: string | null;
  /** 资金池: the reserve that the ledger holds for it (9101) by the same events */
  ledgerReserve: string | null;
}

/** Everything a look saw. Kept with it, so that it can be taken again. */
export interface ThreeWayInputs {
  poolCode: string;
  period: SettlementPeriod;
  loans: ThreeSides[];
}

export interface LoanDifferenceFound extends ThreeSides {
  kind: LoanDifferenceKind;
  amount: string | null;
}

/** A bank's loans together; wire amounts. */
export interface BankSums {
  bankCode: string;
  loans: number;
  reportedLoans: number;
  reported: string;
  registered: string;
  reserve: string;
  ledgerReserve: string;
  differences: number;
}

export interface ThreeWayResult {
  agreed: number;
  banks: BankSums[];
  differences: LoanDifferenceFound[];
}

/**
 * 三方对账: the bank's report against the register, and the register against the pool's reserve, loan by loan and to the fen. A loan may differ in more than
 * one way; each is said. The loans' order says nothing.
 */
export function compareThree({ loans }: ThreeWayInputs): ThreeWayResult {
  const ordered = loans.toSorted((a, b) => compare(a.bankCode, b.bankCode) || compare(a.dueBillNo, b.dueBillNo));
  const differences = ordered.flatMap(differencesOf);
  const differing = new Set(differences.map(keyOf));
  const banks = [...Map.groupBy(ordered, ({ bankCode }) => bankCode)].map(
    ([bankCode, own]): BankSums => ({
      ...{ bankCode, loans: own.filter(({ registered }) => registered !== null).length },
      reportedLoans: own.filter(({ reported }) => reported !== null).length,
      ...{ reported: total(own, 'reported'), registered: total(own, 'registered') },
      ...{ reserve: total(own, 'reserve'), ledgerReserve: total(own, 'ledgerReserve') },
      differences: differences.filter((d) => d.bankCode === bankCode).length,
    }),
  );
  return { agreed: ordered.filter((loan) => !differing.has(keyOf(loan))).length, banks, differences };
}

function differencesOf(loan: ThreeSides): LoanDifferenceFound[] {
  const { due, reported, registered, reserve, ledgerReserve } = loan;
  const found = (kind: LoanDifferenceKind, amount: string | null): LoanDifferenceFound => ({ ...loan, kind, amount });
  if (registered === null) return [found('loanUnknown', null)];
  const apart = (one: string, other: string): Money => money(one).minus(money(other));
  const all: LoanDifferenceFound[] = [];
  if (reported === null) {
    if (due) all.push(found('reportMissing', null));
  } else if (!apart(reported, registered).isZero())
    all.push(found('outstandingDiffers', toWire(apart(reported, registered))));
  const held = apart(ledgerReserve ?? '0.00', reserve ?? '0.00');
  if (!held.isZero()) all.push(found('reserveDiffers', toWire(held)));
  return all;
}

const keyOf = ({ bankCode, dueBillNo }: ThreeSides): string => JSON.stringify([bankCode, dueBillNo]);
const total = (loans: readonly ThreeSides[], field: 'reported' | 'registered' | 'reserve' | 'ledgerReserve'): string =>
  toWire(sum(loans.map((loan) => money(loan[field] ?? '0.00'))));
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
