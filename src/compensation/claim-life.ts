import { DomainError } from '../errors.ts';
import { fromFen, toFen } from '../money/fen.ts';
import { type Money, sum, ZERO } from '../money/money.ts';
import { type CostPart, unmet } from './advances.ts';
import type { Leaf } from './contributors.ts';
import { POOL } from './payer.ts';
import { advancesOf, fold, postingsBetween, type Standing, standingAtFirst } from './standing.ts';

/**
 * What happens to a compensated loss. `id` is the event's own key. A recovery is what the bank remits; `basis` says
 * whether its cost is still in it (`gross`: met from it first, to `paidBy`) or has been kept back already (`net`).
 */
export type ClaimEvent =
  | { kind: 'paid'; id: string }
  | { kind: 'cost'; id: string; amount: Money; paidBy: string }
  | { kind: 'recovery'; id: string; amount: Money; basis: 'gross' | 'net'; cost: Money; paidBy: string }
  /** The interest the bank has proven in all, up to now. */
  | { kind: 'interestProven'; id: string; amount: Money }
  /** What each contributor's receivable was reduced by, in the order of the leaves, and what the pool had paid for the pursuit by whose part. */
  | { kind: 'writeOff'; id: string; amounts: Money[]; cost: readonly CostPart[] }
  | { kind: 'refund'; id: string };

/** A loss that was shared, and all that has happened to it since. `weights` and `standing` follow from the other two. */
export interface ClaimLife {
  /** Who bore what; the base of every recovery. */
  borne: readonly Leaf[];
  events: readonly ClaimEvent[];
  weights: bigint[];
  standing: Standing;
}

/** What a posting is about. `borne`, `compensation`: what was borne outside and out of the pool. */
export type PostingKind =
  | 'compensation'
  | 'borne'
  | 'costPaid'
  | 'costRepaid'
  | 'costWriteOff'
  | 'costAfterWriteOff'
  | 'recovery'
  | 'borneEnded'
  | 'recoveryAfterWriteOff'
  | 'bankInterest'
  | 'borrower'
  | 'writeOff'
  | 'refund'
  | 'refundAfterWriteOff';

/** One amount to be posted for one party; below zero only where something is taken back. */
export interface Posting {
  kind: PostingKind;
  bearer: string;
  party: string;
  amount: Money;
}

export interface Step {
  life: ClaimLife;
  postings: Posting[];
}

/** A loss as it was shared, with what has happened since, e.g. as it was stored. Events are taken as they are. */
export function lifeOf(borne: readonly Leaf[], events: readonly ClaimEvent[] = []): ClaimLife {
  const weights = borne.map(({ amount }) => toFen(amount));
  if (weights.some((fen) => fen < 0n)) throw new RangeError('a leaf below zero');
  const standing = events.reduce((before, event) => fold(before, event, weights), standingAtFirst(borne.length));
  return { borne, events, weights, standing };
}

/**
 * Adds an event and answers what is to be posted because of it: the difference between what everyone is due after and
 * before. @throws DomainError CLAIM_EVENT_REPEATED (409), NOT_COMPENSATED_YET (409), ALREADY_COMPENSATED (409),
 * ALREADY_REFUNDED (409), AMOUNT_NOT_POSITIVE, COST_ABOVE_PROCEEDS, INTEREST_BELOW_PROVEN, WRITE_OFF_MISMATCH
 */
export function happen(life: ClaimLife, event: ClaimEvent): Step {
  refuse(life, event);
  const standing = fold(life.standing, event, life.weights);
  const postings = postingsBetween(life, life.standing, standing);
  return { life: { ...life, events: [...life.events, event], standing }, postings };
}

/**
 * Writes off what is left of every contributor's receivable, and with it what the pool paid for the pursuit, by contributor.
 * @throws DomainError WRITE_OFF_NOTHING_LEFT and as `happen`
 */
export function writeOffRest(life: ClaimLife, id: string, cost: readonly CostPart[] = []): Step {
  const amounts = receivables(life);
  if (sum([...amounts, ...cost.map(({ amount }) => amount)]).isZero())
    throw new DomainError('WRITE_OFF_NOTHING_LEFT', '已全部收回或已核销，没有可核销的金额');
  return happen(life, { kind: 'writeOff', id, amounts, cost });
}

/**
 * Takes a mistaken event back, as if it had never happened. Its postings are the whole way there: mostly the mirror of
 * what was posted for it, a fen apart where later recoveries were shared on top of it.
 * @throws DomainError NOT_FOUND (404), REVERSAL_OUT_OF_ORDER (409) when what came later rests on it
 */
export function takeBack(life: ClaimLife, id: string): Step {
  const event = life.events.find((e) => e.id === id);
  if (!event) throw new DomainError('NOT_FOUND', `没有编号为「${id}」的记录`, { status: 404 });
  const rest = life.events.filter((e) => e !== event);
  if (rest.some((e) => e.kind === 'refund') || (event.kind === 'paid' && rest.length > 0)) {
    throw new DomainError('REVERSAL_OUT_OF_ORDER', '此后已有以它为依据的记录，请先冲销后面的记录', { status: 409 });
  }
  const after = lifeOf(life.borne, rest);
  return { life: after, postings: postingsBetween(life, life.standing, after.standing) };
}

/** What each leaf still has to get back, in their order: 0.00 for all when everything was recovered, or refunded. */
export function outstanding({ borne, weights, standing }: ClaimLife): Money[] {
  const { got, refunded } = standing;
  return borne.map((_, i) => (refunded ? ZERO : fromFen(weights[i]! - got[i]!)));
}

/** What of it stands as 1218 of the pool's contributors: neither recovered nor written off; 0.00 outside the pool. */
export function receivables({ borne, weights, standing }: ClaimLife): Money[] {
  const { got, writtenOff, refunded, paid } = standing;
  return borne.map(({ kind }, i) => {
    const left = weights[i]! - writtenOff[i]! - got[i]!;
    return kind === 'own' || refunded || !paid || left <= 0n ? ZERO : fromFen(left);
  });
}

/** What the pool paid for the pursuit and neither got back nor wrote off, cost by cost in their order: its 1218 of the claim. */
export function costReceivables({ standing }: ClaimLife): { of: string; amount: Money }[] {
  if (standing.refunded) return [];
  return advancesOf(standing)
    .filter((advance) => advance.paidBy === POOL && unmet(advance) > 0n)
    .map((advance) => ({ of: advance.id, amount: fromFen(unmet(advance)) }));
}

function refuse(life: ClaimLife, event: ClaimEvent): void {
  const before = life.standing;
  const conflict = (code: string, message: string) => new DomainError(code, message, { status: 409 });
  if (life.events.some(({ id }) => id === event.id)) {
    throw conflict('CLAIM_EVENT_REPEATED', `编号为「${event.id}」的记录已经登记`);
  }
  if (event.kind === 'paid') {
    if (before.paid) throw conflict('ALREADY_COMPENSATED', '该笔损失已经补偿，不能重复支付');
    return;
  }
  if (!before.paid) throw conflict('NOT_COMPENSATED_YET', '该笔损失尚未补偿，不能登记追偿、核销或退回');
  if (before.refunded) throw conflict('ALREADY_REFUNDED', '补偿资金已经全额退回，此后收回的归银行');
  if (event.kind === 'refund') return;
  if (event.kind === 'writeOff') {
    const most = receivables(life);
    const fits =
      event.amounts.length === most.length && event.amounts.every((a, i) => a.lte(most[i]!) && !a.isNegative());
    if (!fits || !costFits(life, event.cost))
      throw new DomainError('WRITE_OFF_MISMATCH', '核销金额不得超过各方尚未收回的应收追偿款');
    return;
  }
  if (!event.amount.gt(0) || event.amount.decimalPlaces() > 2) {
    throw new DomainError('AMOUNT_NOT_POSITIVE', '金额应大于零，最多两位小数');
  }
  if (
    event.kind === 'recovery' &&
    (event.cost.isNegative() || (event.basis === 'gross' && event.cost.gt(event.amount)))
  ) {
    throw new DomainError('COST_ABOVE_PROCEEDS', '追偿费用不得超过本次回款，超出部分请另行登记追偿费用');
  }
  if (event.kind === 'interestProven' && toFen(event.amount) < before.interest) {
    throw new DomainError('INTEREST_BELOW_PROVEN', '经证明的利息累计数不得低于此前已登记的累计数');
  }
}

function costFits(life: ClaimLife, parts: readonly CostPart[]): boolean {
  const left = new Map(costReceivables(life).map(({ of, amount }) => [of, amount]));
  const asked = Map.groupBy(parts, ({ of }) => of);
  const notBelow = parts.every(({ amount }) => !amount.isNegative());
  return notBelow && [...asked].every(([of, own]) => sum(own.map(({ amount }) => amount)).lte(left.get(of) ?? ZERO));
}
