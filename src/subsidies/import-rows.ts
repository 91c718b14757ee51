import type { Fault } from '../errors.ts';
import type { RowValues } from '../files/columns.ts';
import type { PREMIUM_COLUMNS, VOUCHER_COLUMNS } from '../files/subsidy-columns.ts';
import { toWire } from '../money/money.ts';
import { INTEREST_KINDS, type InterestKind } from './interest.ts';
import { foldUse, type LineRequest } from './request.ts';

/** One row as it was read. */
export interface ReadRow<V> {
  row: number;
  seq?: string;
  values: V;
}
/** What one enterprise asks for by a file, and in which of its rows it stands: all of them with the name they say, and those of each line. */
export interface FromFile {
  uscc: string;
  name: string;
  lines: LineRequest[];
  rows: { row: number; name: string }[];
  lineRows: number[][];
}

const headOf = (uscc: string, own: readonly ReadRow<{ name: string }>[]): Pick<FromFile, 'uscc' | 'name' | 'rows'> => ({
  ...{ uscc, name: own[0]!.values.name },
  rows: own.map(({ row, values }) => ({ row, name: values.name })),
});

/** Premiums by enterprise, a line for each policy, in the order of the file. */
export function premiumsOf(rows: readonly ReadRow<RowValues<typeof PREMIUM_COLUMNS>>[]): FromFile[] {
  const byEnterprise = Map.groupBy(rows, ({ values }) => values.uscc);
  return [...byEnterprise].map(([uscc, own]) => ({
    ...{ ...headOf(uscc, own), lineRows: own.map(({ row }) => [row]) },
    lines: own.map(({ values: v }) => ({
      ...{ kind: 'premium' as const, name: v.insurance, counterparty: v.insurer, class: v.class },
      ...{ policyNo: v.policyNo, invoiceNos: [v.invoiceNo], paid: toWire(v.paid), paidOn: v.paidOn },
      ...{ startsOn: v.startsOn, endsOn: v.endsOn },
    })),
  }));
}

/** Interest by enterprise, a line for each loan with its vouchers; and the rows whose kind of interest is not known. */
export function interestOf(rows: readonly ReadRow<RowValues<typeof VOUCHER_COLUMNS>>[]): {
  items: FromFile[];
  faults: Fault[];
} {
  const kinds = new Map(Object.entries(INTEREST_KINDS).map(([kind, label]) => [label as string, kind as InterestKind]));
  const faults = rows
    .filter(({ values }) => !kinds.has(values.interestKind))
    .map(({ row, seq, values }) => ({
      ...{ code: 'INTEREST_KIND', field: 'interestKind', value: values.interestKind, row, seq },
      message: `利息种类「${values.interestKind}」无法识别，应为${Object.values(INTEREST_KINDS).join('、')}之一`,
    }));
  // Each bank numbers its own loans.
  const loansOf = (own: typeof rows) => [
    ...Map.groupBy(own, ({ values: { bank, dueBillNo } }) => `${foldUse(bank)}|${foldUse(dueBillNo)}`).values(),
  ];
  const items = [...Map.groupBy(rows, ({ values }) => values.uscc)].map(([uscc, own]) => ({
    ...headOf(uscc, own),
    lineRows: loansOf(own).map((ofLoan) => ofLoan.map(({ row }) => row)),
    lines: loansOf(own).map((ofLoan): LineRequest => {
      const { bank, contractNo, dueBillNo } = ofLoan[0]!.values;
      return {
        ...{ kind: 'interest', name: `${bank}贷款利息`, counterparty: bank, contractNo, dueBillNo },
        vouchers: ofLoan.map(({ values: v }) => ({
          ...{ voucherNo: v.voucherNo, paidOn: v.paidOn, from: v.from, to: v.to },
          ...{ kind: kinds.get(v.interestKind) ?? 'normal', amount: toWire(v.amount) },
        })),
      };
    }),
  }));
  return { items, faults };
}
