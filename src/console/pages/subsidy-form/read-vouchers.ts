import { DomainError, type Fault } from '../../../errors.ts';
import { convertTable } from '../../../files/convert.ts';
import { detectDelimiter, parseCsv } from '../../../files/csv.ts';
import { mapTable } from '../../../files/map-table.ts';
import { readTable } from '../../../files/read-table.ts';
import { VOUCHER_COLUMNS } from '../../../files/subsidy-columns.ts';
import type { Table } from '../../../files/table.ts';
import { toWire } from '../../../money/money.ts';
import { INTEREST_KINDS, type InterestKind } from '../../../subsidies/interest.ts';
import type { GivenVoucher } from './types.ts';

/** What a sheet of vouchers brought: rows, those of other loans that were left, and what is wrong with which row. */
export interface ReadVouchers {
  vouchers: GivenVoucher[];
  others: number;
  faults: Fault[];
}

const OWN = ['voucherNo', 'paidOn', 'from', 'to', 'interestKind', 'amount'] as const;
const COLUMNS = VOUCHER_COLUMNS.filter(({ field }) => (OWN as readonly string[]).includes(field));
const DUE_BILL = VOUCHER_COLUMNS.filter(({ field }) => field === 'dueBillNo').map((column) => ({
  ...column,
  required: false,
}));
const KINDS = new Map(Object.entries(INTEREST_KINDS).map(([kind, label]) => [label as string, kind as InterestKind]));

/** Vouchers out of a file, CSV or XLSX with headings. @throws DomainError where it is no such table */
export async function readVoucherFile(file: File, dueBillNo: string | undefined): Promise<ReadVouchers> {
  return vouchersOf(await readTable(new Uint8Array(await file.arrayBuffer())), dueBillNo);
}

/** Vouchers as they were copied from a sheet; without headings the columns stand in the form's own order. @throws DomainError */
export function readPasted(text: string, dueBillNo: string | undefined): ReadVouchers {
  const rows = parseCsv(text, text.includes('\t') ? '\t' : detectDelimiter(text));
  const headed = rows.some(({ cells }) => cells.some((cell) => /凭证|付息|利息/.test(cell) && !KINDS.has(cell.trim())));
  const heading = { line: 0, cells: OWN.map((field) => COLUMNS.find((column) => column.field === field)!.title) };
  return vouchersOf({ format: 'csv', rows: headed ? rows : [heading, ...rows], notes: [] } as Table, dueBillNo);
}

function vouchersOf(table: Table, dueBillNo: string | undefined): ReadVouchers {
  const { rows } = convertTable(mapTable(table, [...COLUMNS, ...DUE_BILL]));
  const found = rows.map(({ row, values, faults }) => {
    const v = values as Record<string, never> & { interestKind?: string; dueBillNo?: string };
    const kind = KINDS.get(v.interestKind ?? '');
    const unknown: Fault[] =
      v.interestKind && !kind
        ? [
            {
              code: 'INTEREST_KIND',
              row,
              message: `利息种类「${v.interestKind}」应为${[...KINDS.keys()].join('、')}之一`,
            },
          ]
        : [];
    return { v, kind: kind ?? 'normal', faults: [...faults, ...unknown] };
  });
  const own = found.filter(({ v }) => !dueBillNo || !v.dueBillNo || v.dueBillNo === dueBillNo);
  const good = own.filter(({ faults }) => faults.length === 0);
  return {
    vouchers: good.map(({ v, kind }) => ({
      ...{ voucherNo: v.voucherNo, paidOn: v.paidOn, from: v.from, to: v.to, kind, amount: toWire(v.amount!) },
    })),
    others: found.length - own.length,
    faults: own.flatMap(({ faults }) => faults),
  };
}

/** Why a sheet could not be read, in words. */
export const whyUnread = (error: unknown): string => {
  if (error instanceof DomainError) return error.message;
  throw error;
};
