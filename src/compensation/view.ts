import type { LocalDate } from '../calendar/local-date.ts';
import { fromFen, toFen } from '../money/fen.ts';
import { type Money, sum, toWire } from '../money/money.ts';
import type { Clock } from '../policy/kinds/review-clocks.ts';
import { type ClaimLife, outstanding } from './claim-life.ts';
import { costOutOfPool, writtenOffCosts } from './standing.ts';

/** One bearer's part of a compensated loss and what has become of it. Wire amounts. */
export interface WaterfallRow {
  bearer: string;
  label: string;
  party: string;
  kind: 'pool' | 'own';
  amount: string;
  recovered: string;
  writtenOff: string;
  /** still to come back, whether written off or not */
  outstanding: string;
}

/** What of a compensated loss came back to whom; `free`: what receipts brought beyond every bearer. */
export interface Waterfall {
  rows: WaterfallRow[];
  /** `writtenOff`: what of the pool's was ever written off */
  costs: { paid: string; repaid: string; writtenOff: string };
  bankInterest: string;
  borrower: string;
}

/** The standing of a loss as a table. `labels` by bearer. */
export function waterfallOf(life: ClaimLife, labels: Readonly<Record<string, string>>): Waterfall {
  const { borne, standing, weights } = life;
  const left = outstanding(life);
  const rows = borne.map(
    ({ bearer, party, kind, amount }, i): WaterfallRow => ({
      ...{ bearer, label: labels[bearer] ?? bearer, party, kind, amount: toWire(amount) },
      recovered: toWire(fromFen(standing.got[i]!)),
      writtenOff: toWire(fromFen(standing.writtenOff[i]!)),
      outstanding: toWire(left[i]!),
    }),
  );
  const borneFen = weights.reduce((a, b) => a + b, 0n);
  const shared = standing.net < borneFen ? standing.net : borneFen;
  const met = [...standing.met.values()].reduce((a, b) => a + b, 0n);
  const down = [...writtenOffCosts(standing).values()].reduce((all, { writtenOff }) => all + writtenOff, 0n);
  const advanced = standing.advances.reduce((total, { fen }) => total + fen, 0n);
  return {
    rows,
    costs: {
      ...{ paid: toWire(fromFen(met + advanced)), repaid: toWire(fromFen(met + standing.free - standing.net)) },
      writtenOff: toWire(fromFen(down)),
    },
    bankInterest: toWire(fromFen(standing.net - shared - standing.borrower)),
    borrower: toWire(fromFen(standing.borrower)),
  };
}

/** Whose fen it was, and what has become of it. */
export interface FenOwner {
  /** 1-based, in the order of the parts */
  no: number;
  bearer: string;
  label: string;
  party: string;
  kind: 'pool' | 'own';
  state: 'outstanding' | 'recovered' | 'writtenOff' | 'refunded';
}

/** Whose one fen of a compensated loss was: parts stand one after the other, and of each the first fen come back first. */
export function ownerOfFen(
  life: ClaimLife,
  no: number,
  labels: Readonly<Record<string, string>>,
): FenOwner | undefined {
  let before = 0n;
  for (const [i, { bearer, party, kind }] of life.borne.entries()) {
    const own = life.weights[i]!;
    const at = BigInt(no) - before;
    before += own;
    if (at < 1n || at > own) continue;
    return { no, bearer, label: labels[bearer] ?? bearer, party, kind, state: stateOf(life, i, at) };
  }
  return undefined;
}

function stateOf({ standing, borne }: ClaimLife, i: number, at: bigint): FenOwner['state'] {
  if (at <= standing.got[i]!) return 'recovered';
  if (standing.refunded && borne[i]!.kind === 'pool') return 'refunded';
  const weight = toFen(borne[i]!.amount);
  return at > weight - standing.writtenOff[i]! ? 'writtenOff' : 'outstanding';
}

/** The clock that runs: what is due next, and whether it is late. */
export function runningClock(
  clocks: readonly Clock[],
): Pick<Clock, 'startedOn' | 'dueOn' | 'provisional'> & { late: boolean } {
  const found = clocks.find(({ state }) => state === 'running' || state === 'late');
  return {
    ...{ startedOn: found?.startedOn ?? null, dueOn: found?.dueOn ?? null, provisional: found?.provisional ?? false },
    late: found?.state === 'late',
  };
}

/** What may still be recovered for the pool, written off or not. */
export function leftForPool(life: ClaimLife): Money {
  return sum(outstanding(life).filter((_, i) => life.borne[i]!.kind === 'pool'));
}

/** What a refund has to bring: what is still to be recovered for the pool, and what it paid for the pursuit and has not got back. */
export const refundOf = (life: ClaimLife): Money => leftForPool(life).plus(fromFen(costOutOfPool(life.standing)));

/** Days on which the steps of a claim were done, by the codes of the clause. */
export function doneSteps(days: {
  verifiedOn: LocalDate | null;
  confirmedOn: LocalDate | null;
  paidOn: LocalDate | null;
}): Record<string, LocalDate> {
  const { verifiedOn, confirmedOn, paidOn } = days;
  const done = { countyReview: verifiedOn, regionalReview: confirmedOn, payment: paidOn };
  return Object.fromEntries(Object.entries(done).filter((entry): entry is [string, LocalDate] => entry[1] !== null));
}
