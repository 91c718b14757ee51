import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Mapping } from '../files/headings.ts';
import { type Inspection, inspectHeadings } from '../files/inspect-headings.ts';
import { readStatement } from '../files/read-statement.ts';
import { readTable } from '../files/read-table.ts';
import { STATEMENT_COLUMNS } from '../files/statement-columns.ts';
import { checkStatement } from './statement-check.ts';

export interface ProfileView {
  id: string;
  name: string;
  mapping: Mapping;
  createdOn: LocalDate;
}

/** Looks at the headings of a sample, for whoever says what the unknown ones mean. Nothing is kept. */
export async function lookAtStatement(
  ctx: Context,
  input: { file: Uint8Array; mapping?: Mapping },
): Promise<Inspection> {
  permit(ctx, 'statementProfile.add');
  return inspectHeadings({ ...(await readTable(input.file)), mapping: input.mapping }, STATEMENT_COLUMNS);
}

/**
 * Keeps how a bank calls the columns of its statements (对账单格式), once a sample has been read and found to add up with it.
 * @throws DomainError PROFILE_EXISTS (409), and as `readStatement` and `checkStatement` for the sample
 */
export async function addProfile(
  ctx: Context,
  input: { name: string; mapping: Mapping; file: Uint8Array },
): Promise<ProfileView> {
  permit(ctx, 'statementProfile.add');
  const { name, mapping } = input;
  checkStatement(await readStatement(input.file, mapping));
  return inTransaction(ctx, async (tx) => {
    const made = { name, mapping, createdBy: ctx.actor.id, createdOn: dateToDb(ctx.today) };
    const [row] = await tx.statementProfile.createManyAndReturn({ data: [made], skipDuplicates: true });
    if (!row) throw new DomainError('PROFILE_EXISTS', `已有名为「${name}」的对账单格式`, { status: 409 });
    await audit(tx, ctx, {
      action: 'statementProfile.add',
      subject: `statementProfile:${row.id}`,
      after: { name, mapping },
    });
    return { id: `${row.id}`, name, mapping, createdOn: dateFromDb(row.createdOn) };
  });
}

/**
 * Removes a layout that was told wrongly. Statements read by it stay as they are: each keeps the mapping it was read with.
 * @throws DomainError NOT_FOUND (404)
 */
export async function removeProfile(ctx: Context, id: bigint): Promise<void> {
  permit(ctx, 'statementProfile.add');
  await inTransaction(ctx, async (tx) => {
    const row = await tx.statementProfile.findUnique({ where: { id } });
    const { count } = await tx.statementProfile.deleteMany({ where: { id } });
    if (!row || count === 0) throw new DomainError('NOT_FOUND', '没有这个对账单格式', { status: 404 });
    const before = { name: row.name, mapping: row.mapping };
    await audit(tx, ctx, { action: 'statementProfile.remove', subject: `statementProfile:${id}`, before });
  });
}

/** The layouts that operators have added. */
export async function listProfiles(ctx: Context): Promise<{ items: ProfileView[]; total: number; nextCursor: null }> {
  permit(ctx, 'bankStatement.read');
  const rows = await inTransaction(ctx, (tx) => tx.statementProfile.findMany({ orderBy: { id: 'asc' } }));
  const items = rows.map(({ id, name, mapping, createdOn }) => {
    return { id: `${id}`, name, mapping: mapping as Mapping, createdOn: dateFromDb(createdOn) };
  });
  return { items, total: items.length, nextCursor: null };
}
