import type { Application, LineRequest, SubsidyRequest, VoucherRequest } from '../../parts/subsidy/types.ts';
import { SHORT } from './fields.ts';
import type { Given, GivenLine, GivenVoucher } from './types.ts';

/** The name under which a cost stands: its own, or who was paid for what. */
export const nameOf = ({ kind, name, counterparty }: GivenLine): string =>
  name || `${counterparty ?? ''}${SHORT[kind]}`;

/** A line as it is sent; undefined while it does not say whom was paid. Without what is empty. */
export function lineOf({ known: _, vouchers, ...line }: GivenLine): LineRequest | undefined {
  if (!line.counterparty?.trim()) return undefined;
  const rows = (vouchers ?? []).filter(isBegun) as VoucherRequest[];
  return filled({ ...line, name: nameOf(line), vouchers: rows.length > 0 ? rows : undefined }) as LineRequest;
}

/** A row of which something was typed. */
export const isBegun = (row: GivenVoucher): boolean =>
  Object.entries(row).some(([field, value]) => field !== 'kind' && value !== undefined && value !== '');
/** A row that can be counted. */
export const isWhole = ({ voucherNo, paidOn, from, to, kind, amount }: GivenVoucher): boolean =>
  [voucherNo, paidOn, from, to, kind, amount].every(Boolean);

/** What is sent to be kept. */
export function requestOf(scheme: string, { lines = [], payee, ...given }: Given): SubsidyRequest {
  const account = payee?.accountNo?.replaceAll(/\s/g, '');
  return {
    ...(filled(given) as Omit<SubsidyRequest, 'scheme' | 'lines' | 'payee' | 'pledged'>),
    scheme,
    pledged: given.pledged ?? false,
    lines: lines.flatMap((line) => lineOf(line) ?? []),
    payee: { accountName: payee?.accountName ?? '', bankName: payee?.bankName ?? '', accountNo: account ?? '' },
  };
}

/**
 * What is sent to be looked at while it is typed: the lines that are whole enough, with the place each has in the form. The account plays no part in what
 * one may get: where it is not told yet, that does not stand in the way. Null while there is no line.
 */
export function lookOf(scheme: string, given: Given): { request: SubsidyRequest; places: number[] } | null {
  const lines = (given.lines ?? []).map((line) => lineOf({ ...line, vouchers: line.vouchers?.filter(isWhole) }));
  const places = lines.flatMap((line, i) => (line ? [i] : []));
  if (places.length === 0) return null;
  const none = '—';
  const { accountName, bankName, accountNo } = given.payee ?? {};
  const payee = { accountName: accountName || none, bankName: bankName || none, accountNo: accountNo || none };
  return { request: { ...requestOf(scheme, { ...given, payee }), lines: lines.flatMap((line) => line ?? []) }, places };
}

/** What a kept application begins with in the form. A line of a loan of the programme has no terms of its own. */
export function startOf({ request }: Application): Given {
  const { lines, ...given } = request as unknown as SubsidyRequest;
  return {
    ...given,
    lines: lines.map((line) => ({ ...line, known: line.kind === 'interest' && line.principal === undefined })),
  };
}

function filled(value: object): object {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, one]) => one !== undefined && one !== null && one !== '' && !(Array.isArray(one) && one.length === 0),
    ),
  );
}
