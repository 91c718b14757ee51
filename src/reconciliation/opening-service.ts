import type { Context } from '../access/context.ts';
import { periodOf } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, fromDb } from '../db/decimal.ts';
import { DomainError } from '../errors.ts';
import type { Difference } from '../generated/node/client.ts';
import type { Line } from '../ledger/journal-entry.ts';
import { Exact, type Money } from '../money/money.ts';
import { openingLines } from './resolution.ts';
import { insertMatches, readInputs } from './run-store.ts';

/** What an account's opening stands against: the entries of facts before it that no line of the bank has, and what they leave of it. */
export interface OpeningGap {
  legs: string[];
  gap: Money;
  /** the entry for it; none where nothing is left */
  lines: Line[];
}

/** @throws DomainError STATEMENT_MISSING (409) */
export async function openingGap(tx: Tx, ctx: Pick<Context, 'today'>, row: Difference): Promise<OpeningGap> {
  const inputs = await readInputs(tx, row, periodOf(ctx.today));
  if (!inputs) throw new DomainError('STATEMENT_MISSING', '没有这个账户的对账单', { status: 409 });
  const before = inputs.legs.filter(({ on }) => on < dateFromDb(row.on));
  const gap = before.reduce(
    (left, { direction, amount }) => (direction === 'in' ? left.minus(amount) : left.plus(amount)),
    new Exact(fromDb(row.amount)),
  );
  const lines = openingLines({ id: `${row.id}`, accountNo: row.accountNo }, gap);
  return { legs: before.map(({ id }) => id), gap, lines };
}

/** Matches the opening with the entries before it and, where there is one, the entry for the rest. */
export async function matchOpening(
  tx: Tx,
  ctx: Context,
  row: Difference,
  { legs }: OpeningGap,
  seq: bigint | null,
): Promise<void> {
  const match = { rule: 'opening', lines: [], legs: seq === null ? legs : [...legs, `${seq}:1`] };
  await insertMatches(tx, row, { actor: ctx.actor.id, on: ctx.today, runId: null }, [match]);
}
