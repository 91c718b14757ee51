import type { Context } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { Claim, ClaimEvent as EventRow } from '../generated/node/client.ts';
import { ACCOUNTS, type Line, placeInOpenMonth } from '../ledger/journal-entry.ts';
import { post } from '../ledger/store.ts';
import { fromFen } from '../money/fen.ts';
import { formatYuan, type Money, toWire } from '../money/money.ts';
import { capitalMoved } from '../pool/capital.ts';
import { lockPool } from '../pool/service.ts';
import { type LockedPool, moveCapital } from '../pool/store.ts';
import { type ClaimEvent, type ClaimLife, happen, type Posting, type Step } from './claim-life.ts';
import { insertEvent, type NewClaimEvent, readLife } from './claim-store.ts';
import { linesOf } from './entries.ts';
import { balanceOf, returnedContributors } from './facts-store.ts';
import { writtenOffCosts } from './standing.ts';

/** A claim with its pool locked: whoever decides, pays or records comes one after the other. @throws DomainError NOT_FOUND (404) */
export async function lockClaim(tx: Tx, id: bigint): Promise<{ pool: LockedPool; claim: Claim }> {
  const seen = await tx.claim.findUnique({ where: { id }, select: { poolCode: true } });
  if (!seen) throw new DomainError('NOT_FOUND', '没有这份补偿申请', { status: 404 });
  const pool = await lockPool(tx, seen.poolCode);
  return { pool, claim: await tx.claim.findUniqueOrThrow({ where: { id } }) };
}

/** The pool's deposit account that money moves on. @throws DomainError ACCOUNT_UNKNOWN, ACCOUNT_NEEDED */
export async function depositAccount(tx: Tx, poolCode: string, accountNo?: string): Promise<string> {
  const found = await tx.bankAccount.findMany({ where: { poolCode, ...(accountNo ? { accountNo } : {}) } });
  if (found.length === 1) return found[0]!.accountNo;
  throw found.length === 0
    ? new DomainError('ACCOUNT_UNKNOWN', `资金池没有专户「${accountNo ?? ''}」`)
    : new DomainError('ACCOUNT_NEEDED', '资金池有多个专户，请写明账号（accountNo）');
}

/** @throws DomainError DEPOSIT_SHORT (409) when an account holds less */
export async function assertDeposit(tx: Tx, poolCode: string, accountNo: string, amount: Money): Promise<void> {
  const balance = await balanceOf(tx, poolCode, ACCOUNTS.deposit, accountNo);
  if (balance.gte(amount)) return;
  const message = `专户 ${accountNo} 余额 ${formatYuan(balance)} 元，不足支付 ${formatYuan(amount)} 元`;
  throw new DomainError('DEPOSIT_SHORT', message, { status: 409 });
}

/** @throws DomainError DATE_OUT_OF_RANGE for a day that has not come, or lies before what it follows */
export function assertDay(today: LocalDate, day: LocalDate, notBefore: LocalDate | null, what: string): void {
  if (day <= today && (notBefore === null || day >= notBefore)) return;
  const from = notBefore === null ? '' : `在 ${notBefore} 与`;
  throw new DomainError('DATE_OUT_OF_RANGE', `${what} ${day} 应${from}今天 ${today} ${from ? '之间' : '或以前'}`);
}

/** What is recorded of something that happened to a compensated loss. */
export interface Recording {
  event: Omit<NewClaimEvent, 'occurredOn' | 'belongsTo'>;
  /** the day of the fact; it is booked in its month while that is open */
  on: LocalDate;
  /** how the ledger calls it, and what it says of it */
  kind: string;
  memo: string;
  cites: Citation[];
  accountNo?: string;
  reverses?: string;
  /** of an event that is taken back: to whom it had paid what contributors got after a write-off */
  paidTo?: PaidTo;
}

/** By contributor: whether what came back after a write-off was owed to it (2307), its contribution having been returned, or went to its share (2901). */
export type PaidTo = ReadonlyMap<string, boolean>;

/**
 * Takes a loss one step further: the step's postings go to the ledger in one entry, the pool's capital and the claim's sums follow, the event is kept with
 * what was posted. A fact that moves no account (interest proven, a cost of a party's own) is kept without an entry.
 */
export async function record(
  tx: Tx,
  ctx: Context,
  { pool, claim }: { pool: LockedPool; claim: Claim },
  { life, postings }: Step,
  { event, on, kind, memo, cites, accountNo, reverses, paidTo }: Recording,
): Promise<EventRow> {
  const place = placeInOpenMonth(on, ctx.today, pool.lockedThrough);
  const returned = await returnedNow(tx, claim, life, paidTo);
  const lines = linesFor(claim, life, postings, returned, accountNo);
  if (lines.length > 0) {
    const { reference } = event;
    await post(tx, pool.code, ctx.actor.id, {
      ...{ reference, kind, memo: `${memo} ${claim.dueBillNo}`, cites, lines, ...place },
      ...(reverses ? { reverses } : {}),
    });
    await moveCapital(tx, pool.code, capitalMoved(lines));
  }
  await tx.claim.update({ where: { id: claim.id }, data: sumsOf(life) });
  const posted = postings.map((p) => ({
    ...{ ...p, amount: toWire(p.amount) },
    // Kept with what was posted, so that taking it back is its mirror whatever becomes of the contribution.
    ...(AFTER_WRITE_OFF.has(p.kind) ? { owed: returned.has(p.party) } : {}),
  }));
  return insertEvent(tx, ctx, claim, { ...event, ...place, details: { ...event.details, postings: posted } });
}

const AFTER_WRITE_OFF: ReadonlySet<Posting['kind']> = new Set([
  'recoveryAfterWriteOff',
  'refundAfterWriteOff',
  'costAfterWriteOff',
]);

/** Contributors to whom what comes back after a write-off is owed, because their contribution was returned; as it was posted where that is taken back. */
export async function returnedNow(
  tx: Tx,
  claim: Claim,
  life: ClaimLife,
  paidTo: PaidTo = new Map(),
): Promise<Set<string>> {
  const ofCosts = [...writtenOffCosts(life.standing).keys()];
  const ofLoss = life.borne.flatMap(({ kind, party }) => (kind === 'pool' ? [party] : []));
  const parties = [...new Set([...ofLoss, ...ofCosts])];
  const now =
    ofCosts.length > 0 || life.standing.writtenOff.some((fen) => fen > 0n)
      ? await returnedContributors(tx, claim.poolCode, parties)
      : new Set<string>();
  return new Set(parties.filter((party) => paidTo.get(party) ?? now.has(party)));
}

/** The lines of what happened to a claim. `returned`: contributors to whom what comes back is owed. */
export function linesFor(
  claim: Claim,
  life: ClaimLife,
  postings: readonly Posting[],
  returned: ReadonlySet<string>,
  accountNo?: string,
): Line[] {
  const { dueBillNo: subject, enterpriseUscc: borrower } = claim;
  return linesOf(postings, life, { claimId: `${claim.id}`, subject, borrower, returned, accountNo });
}

/** What of the pool's part was recovered and written off: what came back after a write-off counts as recovered. */
function sumsOf({ borne, standing, weights }: ClaimLife): { recovered: string; writtenOff: string } {
  const pool = <T>(of: (i: number) => T) => borne.flatMap(({ kind }, i) => (kind === 'pool' ? [of(i)] : []));
  const fen = (all: bigint[]) => all.reduce((a, b) => a + b, 0n);
  const got = standing.refunded ? fen(pool((i) => weights[i]!)) : fen(pool((i) => standing.got[i]!));
  return { recovered: toWire(fromFen(got)), writtenOff: toWire(fromFen(fen(pool((i) => standing.writtenOff[i]!)))) };
}

/** The loss of a claim as it stands, and what an event makes of it. @throws DomainError as `happen` */
export async function step(tx: Tx, claim: Claim, event: ClaimEvent): Promise<Step> {
  return happen(await readLife(tx, claim.id), event);
}

export const paidOnOf = (claim: Claim): LocalDate | null => claim.paidOn && dateFromDb(claim.paidOn);
