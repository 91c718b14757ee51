import { type Context, ownFilter, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { dateFromDb } from '../db/decimal.ts';
import { type Condition, chinese, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError, type Fault } from '../errors.ts';
import { COLUMNS_OF, type ImportKind } from '../files/columns.ts';
import { faultReport } from '../files/fault-report.ts';
import type { Mapping } from '../files/headings.ts';
import type { Sheet } from '../files/sheet.ts';
import type { Import } from '../generated/node/client.ts';

/** Of a file's faults so many are answered; the list to download has all. */
const SHOWN_ERRORS = 1_000;

export interface ImportView {
  id: string;
  kind: string;
  poolCode: string | null;
  mode: string;
  fileName: string;
  status: string;
  receivedOn: string;
  receivedAt: string;
  /** the import whose refused rows this one sends again */
  corrects: string | null;
  /** what the sender said of headings */
  mapping: Mapping | null;
  rowsRead: number;
  rowsAccepted: number;
  rowsRefused: number;
  rowsNew: number;
  /** why the file as a whole could not be taken */
  problem: { code: string; message: string } | null;
  errors: Fault[];
  warnings: Fault[];
  jobId: string | null;
}

/** An import of the actor's own, with the faults of its first refused rows. @throws DomainError NOT_FOUND (404) */
export async function findImport(ctx: Context, id: string): Promise<ImportView> {
  permit(ctx, 'filing.read');
  return inTransaction(ctx, async (tx) => {
    const found = await tx.import.findUnique({ where: { id }, omit: { file: true } });
    if (!found) throw new DomainError('NOT_FOUND', '没有这次导入', { status: 404 });
    if (found.kind === 'enterprises') permit(ctx, 'enterprise.read');
    const rows = await tx.importRow.findMany({ where: { importId: id }, orderBy: { row: 'asc' }, take: SHOWN_ERRORS });
    const errors = rows.flatMap((r) => r.errors as unknown as Fault[]);
    return { ...viewOf(found), errors };
  });
}

export type ImportItem = Omit<ImportView, 'errors'>;

function viewOf(found: Omit<Import, 'file'>): ImportItem {
  const { id, kind, poolCode, mode, fileName, status, corrects, rowsRead, rowsAccepted, rowsRefused, rowsNew, jobId } =
    found;
  return {
    ...{ id, kind, poolCode, mode, fileName, status, corrects, jobId },
    ...{ rowsRead, rowsAccepted, rowsRefused, rowsNew },
    receivedAt: found.receivedAt.toISOString(),
    receivedOn: dateFromDb(found.receivedOn),
    mapping: found.mapping as Mapping | null,
    problem: found.problem as ImportView['problem'],
    warnings: found.warnings as unknown as Fault[],
  };
}

const IMPORTS: Listing = {
  from: 'import i',
  key: { sql: 'i.id', type: 'uuid' },
  fields: {
    receivedAt: { sql: 'i.received_at', type: 'timestamptz' },
    receivedOn: { sql: 'i.received_on', type: 'date' },
    kind: { sql: 'i.kind', type: 'text' },
    poolCode: { sql: 'i.pool_code', type: 'text', nullable: true },
    fileName: { sql: chinese('i.file_name'), type: 'text' },
    status: { sql: 'i.status', type: 'text' },
    rowsRead: { sql: 'i.rows_read::bigint', type: 'bigint' },
    rowsAccepted: { sql: 'i.rows_accepted::bigint', type: 'bigint' },
    rowsRefused: { sql: 'i.rows_refused::bigint', type: 'bigint' },
    rowsNew: { sql: 'i.rows_new::bigint', type: 'bigint' },
  },
  search: ['i.file_name'],
  order: '-receivedOn,-receivedAt',
};
/** What imports may be put in order by. */
export const IMPORT_SORTS = Object.keys(IMPORTS.fields);

export interface ImportFilter {
  kind?: string;
  status?: string;
  poolCode?: string;
  /** first and last day of receipt */
  from?: LocalDate;
  to?: LocalDate;
}

/** The imports of the actor's own, newest first when no other order is asked for, without their faults. */
export async function listImports(ctx: Context, filter: ImportFilter, ask: ListAsk): Promise<Listed<ImportItem>> {
  permit(ctx, 'filing.read');
  const { bankCode } = ownFilter(ctx.actor);
  const conditions: Condition[] = [
    ['i.bank_code = ?', bankCode],
    ['i.kind = ?', filter.kind],
    ['i.status = ?', filter.status],
    ['i.pool_code = ?', filter.poolCode],
    ['i.received_on >= ?::date', filter.from],
    ['i.received_on <= ?::date', filter.to],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, IMPORTS, conditions, ask);
    const rows = await tx.import.findMany({ where: { id: { in: ids } }, omit: { file: true } });
    return { ...page, items: inOrder(ids, rows, ({ id }) => id).map(viewOf) };
  });
}

/** 问题清单: every fault of an import as a table to download. */
export async function importFaults(ctx: Context, id: string): Promise<Sheet> {
  permit(ctx, 'filing.read');
  return inTransaction(ctx, async (tx) => {
    const found = await tx.import.findUnique({ where: { id }, select: { kind: true } });
    if (!found) throw new DomainError('NOT_FOUND', '没有这次导入', { status: 404 });
    const rows = await tx.importRow.findMany({ where: { importId: id }, orderBy: { row: 'asc' } });
    return faultReport(
      rows.flatMap((r) => r.errors as unknown as Fault[]),
      COLUMNS_OF[found.kind as ImportKind],
    );
  });
}
