import type { InferResponseType } from 'hono/client';
import { PREMIUM_COLUMNS, VOUCHER_COLUMNS } from '../../../files/subsidy-columns.ts';
import type { SubsidyKind } from '../../../policy/kinds/subsidy-line.ts';
import type { api, Fault } from '../../api.ts';

/** What a file of applications brought, as the API answers it. */
export type Imported = InferResponseType<(typeof api)['subsidy-applications']['import']['$post'], 200>;
export type ImportedItem = Imported['applications'][number];

export type FileKind = 'premiums' | 'interestVouchers';
export type Mode = 'all' | 'good';

/** Each kind of file: what it is called, the kind of cost it is of, and its columns. */
export const FILES = {
  premiums: { label: '保费明细', cost: 'premium', columns: PREMIUM_COLUMNS },
  interestVouchers: { label: '付息凭证明细', cost: 'interest', columns: VOUCHER_COLUMNS },
} as const satisfies Record<FileKind, { label: string; cost: SubsidyKind; columns: unknown }>;

export const MODES: Record<Mode, string> = { all: '全部合格才接收', good: '只接收各行都合格的企业' };

/** The kinds of file that a scheme with these kinds of cost takes. */
export const filesOf = (kinds: readonly string[]): FileKind[] =>
  (Object.keys(FILES) as FileKind[]).filter((kind) => kinds.includes(FILES[kind].cost));

/** The column in which what may be used once stands. */
const COLUMN_OF: Record<string, string> = {
  ...{ policy: 'policyNo', invoice: 'invoiceNo', loan: 'dueBillNo', voucher: 'voucherNo' },
};

/** Faults with the fields of the file that they lie in. */
export const inColumns = (faults: readonly Fault[]): Fault[] =>
  faults.map((fault) => ({ ...fault, field: COLUMN_OF[fault.field ?? ''] ?? fault.field }));
