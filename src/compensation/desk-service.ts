import type { Context } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, fromDb } from '../db/decimal.ts';
import type { Citation } from '../errors.ts';
import type { Claim } from '../generated/node/client.ts';
import { toWire } from '../money/money.ts';
import { valueOn } from '../policy/clause.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { barredFrom } from './claim-steps.ts';
import { turnOf } from './turn-service.ts';

/** What whoever looks at a claim needs beside it to act on it. */
export interface Desk {
  /** why the person may not take the next step because of what they did before; null when nothing of the kind stands against it */
  barred: string | null;
  /** how many approved claims the pool pays before this one; null unless it waits */
  ahead: number | null;
  /** whether the pool can pay it now, how much of it and what it lacks; null unless it waits, and for banks, who do not see what contributors hold */
  turn: { now: boolean; pays: string; lacking: string; cites: Citation[] } | null;
  /** the clause that the clocks rest on */
  clockCites: Citation[];
}

/** Of a claim that the actor sees; `policyCode`: its pool's. */
export async function deskOf(tx: Tx, ctx: Context, claim: Claim, policyCode: string): Promise<Desk> {
  const waits = claim.status === 'confirmed';
  const { added } = await rulebook(tx);
  const claimedOn = claim.claimedOn ? dateFromDb(claim.claimedOn) : ctx.today;
  return {
    barred: barredFrom(ctx.actor.id, claim),
    ahead: waits ? await aheadOf(tx, claim.id) : null,
    turn: waits && ctx.actor.role !== 'bank' ? await turnToday(tx, ctx, claim, policyCode) : null,
    clockCites: [valueOn(policyByCode(policyCode).claim.clocks, claimedOn, added).citation],
  };
}

async function aheadOf(tx: Tx, id: bigint): Promise<number> {
  const [row] = await tx.$queryRaw<{ ahead: number }[]>`SELECT claims_ahead(${id})::int AS ahead`;
  return row!.ahead;
}

async function turnToday(tx: Tx, ctx: Context, claim: Claim, policyCode: string): Promise<Desk['turn']> {
  const { capital } = await tx.poolPosition.findUniqueOrThrow({ where: { poolCode: claim.poolCode } });
  const pool = { code: claim.poolCode, policyCode, capital: fromDb(capital) };
  const { now, payment, citation } = await turnOf(tx, pool, claim, ctx.today);
  return { now, pays: toWire(payment.pays), lacking: toWire(payment.lacking), cites: [citation] };
}
