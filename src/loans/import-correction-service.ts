import { type Context, permit } from '../access/context.ts';
import { maskName } from '../access/mask.ts';
import type { Tx } from '../db/client.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError, type Fault } from '../errors.ts';
import { COLUMNS_OF, type ImportKind } from '../files/columns.ts';
import { type CorrectedRow, correctedFile } from '../files/corrected-file.ts';
import type { Mapping } from '../files/headings.ts';
import { type Inspection, inspectHeadings } from '../files/inspect-headings.ts';
import { type MappedTable, mapTable, records } from '../files/map-table.ts';
import { readTable } from '../files/read-table.ts';
import type { Table } from '../files/table.ts';
import type { Import } from '../generated/node/client.ts';
import { IMPORT_PERMISSIONS, type ImportMode, receiveImport } from './import-service.ts';
import type { ImportView } from './import-view-service.ts';

/** Looks at a file's headings before it is sent, for whoever says what the unknown ones mean. Nothing is kept. */
export async function lookAtHeadings(
  ctx: Context,
  input: { kind: ImportKind; file: Uint8Array; mapping?: Mapping },
): Promise<Inspection> {
  permit(ctx, IMPORT_PERMISSIONS[input.kind]);
  return inspectHeadings({ ...(await readTable(input.file)), mapping: input.mapping }, COLUMNS_OF[input.kind]);
}

/** A file's own row by field, with what is wrong with it. */
export interface ImportedRow {
  row: number;
  seq: string | null;
  cells: Record<string, string>;
  errors: Fault[];
}

export interface ImportedRows {
  headings: { index: number; title: string; field: string }[];
  items: ImportedRow[];
  total: number;
  nextCursor: string | null;
}

/** The rows of a file as it was sent, beside their faults: those that have some, or all; after a line of the file. @throws DomainError NOT_FOUND (404) */
export async function importRows(
  ctx: Context,
  id: string,
  ask: { only: 'faulty' | 'all'; after: number; take: number },
): Promise<ImportedRows> {
  permit(ctx, 'filing.read');
  const found = await readImport(ctx, id);
  if (found.kind === 'enterprises') permit(ctx, 'enterprise.read');
  const { table, mapped } = await readFile(found);
  const faulty = await inTransaction(ctx, (tx) => faultsOf(tx, id));
  const own = isOwn(ctx, found);
  const items: ImportedRow[] = [];
  let [total, left] = [0, 0];
  for (const { row, seq, cells } of records(mapped)) {
    if (ask.only === 'faulty' && !faulty.has(row)) continue;
    total++;
    if (row <= ask.after || left > 0) continue;
    if (items.length === ask.take) left++;
    else items.push({ row, seq: seq ?? null, cells: own ? cells : masked(cells), errors: faulty.get(row) ?? [] });
  }
  const titles = table.rows.find(({ line }) => line === mapped.headingLine)!.cells;
  return {
    headings: mapped.headings.map(({ index, column }) => ({
      index,
      title: titles[index]!.trim(),
      field: column.field,
    })),
    items,
    total,
    nextCursor: left > 0 ? `${items.at(-1)!.row}` : null,
  };
}

/**
 * Sends a file again with some cells corrected and some rows left out, as an import of its own that names the first. Rows that were taken already are
 * known by their keys and stay as they are.
 * @throws DomainError NOT_FOUND (404), NOT_THE_SENDER (403), NOTHING_TO_CORRECT (409), ROW_UNKNOWN, FIELD_UNKNOWN (422)
 */
export async function correctImport(
  ctx: Context,
  id: string,
  input: { mode: ImportMode; rows: CorrectedRow[]; drop: number[] },
): Promise<ImportView> {
  permit(ctx, 'import.correct');
  const found = await readImport(ctx, id);
  const kind = found.kind as ImportKind;
  permit(ctx, IMPORT_PERMISSIONS[kind]);
  if (!isOwn(ctx, found)) throw new DomainError('NOT_THE_SENDER', '只能更正本单位报送的文件', { status: 403 });
  if (found.status === 'staged') throw new DomainError('STILL_RUNNING', '文件正在处理，请稍后再更正', { status: 409 });
  if (found.rowsRefused === 0) throw new DomainError('NOTHING_TO_CORRECT', '该文件没有退回的行', { status: 409 });
  const { mapped } = await readFile(found);
  return receiveImport(ctx, {
    kind,
    poolCode: found.poolCode ?? undefined,
    mode: input.mode,
    fileName: `${found.fileName.replace(/(（更正）)?(\.\w+)?$/, '')}（更正）.csv`,
    file: correctedFile(mapped, input.rows, input.drop),
    corrects: id,
  });
}

async function readImport(ctx: Context, id: string): Promise<Import> {
  const found = await inTransaction(ctx, (tx) => tx.import.findUnique({ where: { id } }));
  if (!found) throw new DomainError('NOT_FOUND', '没有这次导入', { status: 404 });
  return found;
}

async function readFile({ file, kind, mapping }: Import): Promise<{ table: Table; mapped: MappedTable }> {
  const table = { ...(await readTable(file)), mapping: (mapping ?? undefined) as Mapping | undefined };
  return { table, mapped: mapTable(table, COLUMNS_OF[kind as ImportKind]) };
}

async function faultsOf(tx: Tx, importId: string): Promise<Map<number, Fault[]>> {
  const rows = await tx.importRow.findMany({ where: { importId }, select: { row: true, errors: true } });
  return new Map(rows.map(({ row, errors }) => [row, errors as unknown as Fault[]]));
}

/** A bank's files are the bank's, whoever of it sent them; a file of nobody's institution is its sender's. */
function isOwn(ctx: Context, { bankCode, createdBy }: Import): boolean {
  return bankCode === null ? createdBy === ctx.actor.id : bankCode === ctx.actor.institution;
}

/** Others read a file without the names of persons in it. */
function masked(cells: Record<string, string>): Record<string, string> {
  const { legalRepresentative: person, ...open } = cells;
  return person === undefined ? open : { ...open, legalRepresentative: maskName(person) };
}
