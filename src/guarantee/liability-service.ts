import type { Context } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { ACCOUNTS, type Line } from '../ledger/journal-entry.ts';
import { postMany } from '../ledger/store.ts';
import { Exact, type Money, sum } from '../money/money.ts';
import { liabilities } from './liability.ts';
import { type HeldGuarantee, standingGuarantees, writeLiabilities } from './store.ts';

/** A loan's counted outstanding after something happened to it, and where that stands in the books. */
export interface GuaranteedMove {
  loanId: bigint;
  counted: Money;
  reference: string;
  occurredOn: LocalDate;
  belongsTo: SettlementPeriod | null;
  memo: string;
}

/**
 * 担保责任余额 follows what is outstanding: each party's part of every loan moved, by largest remainder over all of them, posted off the balance sheet by
 * the difference. A party that has paid (代偿) answers for no more than it did then. Loans without guarantees cost one look-up.
 */
export async function moveLiabilities(tx: Tx, ctx: Context, poolCode: string, moves: GuaranteedMove[]): Promise<void> {
  const held = await standingGuarantees(
    tx,
    moves.map((m) => m.loanId),
  );
  if (held.length === 0) return;
  const byLoan = Map.groupBy(held, (g) => g.loanId);
  // A loan moved twice in one go ends where its last move leaves it; each step is posted.
  const now = new Map(held.map((g) => [g.id, g.liability]));
  const entries = moves.flatMap((move) => {
    const parties = byLoan.get(move.loanId) ?? [];
    const targets = targetsOf(move.counted, parties, now);
    return parties.flatMap((g, i) => {
      const delta = targets[i]!.minus(now.get(g.id)!);
      now.set(g.id, targets[i]!);
      return delta.isZero() ? [] : [liabilityEntry(g, delta, move)];
    });
  });
  await writeLiabilities(
    tx,
    held.map((g) => ({ id: g.id, liability: now.get(g.id)! })),
  );
  await postMany(tx, poolCode, ctx.actor.id, 'guarantee', [], entries);
}

/** Everyone's part, the bank's and the pool's among them as what is left. */
function targetsOf(counted: Money, parties: HeldGuarantee[], now: Map<bigint, Money>): Money[] {
  const rest = new Exact(100).minus(sum(parties.map((g) => g.percent)));
  const whole = [...parties, ...(rest.isZero() ? [] : [{ party: '', percent: rest }])];
  const parts = liabilities(counted, whole);
  return parties.map((g, i) => (g.paid.isZero() ? parts[i]! : Exact.min(parts[i]!, now.get(g.id)!)));
}

/** One step of one party's liability: up on its account and mirrored, or down. */
export function liabilityEntry(
  g: Pick<HeldGuarantee, 'id' | 'party' | 'dueBillNo'>,
  delta: Money,
  { reference, occurredOn, belongsTo, memo }: Omit<GuaranteedMove, 'loanId' | 'counted'>,
) {
  const line = { key: g.party, amount: delta.abs(), subject: g.dueBillNo };
  const up = delta.gt(0);
  const lines: Line[] = [
    { ...line, code: up ? ACCOUNTS.guarantee : ACCOUNTS.guaranteeMirror, side: 'D' },
    { ...line, code: up ? ACCOUNTS.guaranteeMirror : ACCOUNTS.guarantee, side: 'C' },
  ];
  return { reference: `guarantee:${g.id}:${reference}`, occurredOn, belongsTo, memo, lines };
}
