import type { Citation } from '../errors.ts';
import { Exact, type Money, sum, toWire, ZERO } from '../money/money.ts';
import { roundFen, roundTo } from '../money/rounding.ts';
import type { Explanation } from '../policy/explanation.ts';
import type { BreakerMeasure, BreakerScope } from '../policy/kinds/breaker-words.ts';
import type { BreakerVerdict, Measured } from './breaker.ts';

/** What a pool's loans, claims and guarantees add up to now, by bank and by guarantor. */
export interface BreakerSums {
  banks: { code: string; outstanding: Money; bad: Money; compensated: Money; filed: Money }[];
  guarantors: { code: string; paidOut: Money; released: Money }[];
}

/** What is measured of a pool: each bank's loans, and all of them for its cooperating unit and for itself; each guarantor's payouts. */
export function measuresOf(
  pool: { code: string; cooperatingUnit: string },
  { banks, guarantors }: BreakerSums,
): Measured[] {
  const all = (of: (bank: BreakerSums['banks'][0]) => Money) => sum(banks.map(of));
  const whole = {
    ...{ outstanding: all((b) => b.outstanding), bad: all((b) => b.bad) },
    ...{ compensated: all((b) => b.compensated), filed: all((b) => b.filed) },
  };
  const loans = (scope: BreakerScope, key: string, b: typeof whole): Measured[] => [
    { scope, key, measure: 'nonPerforming', over: b.bad, under: b.outstanding },
    { scope, key, measure: 'compensation', over: b.compensated, under: b.filed },
  ];
  return [
    ...banks.flatMap((bank) => loans('bank', bank.code, bank)),
    ...loans('cooperatingUnit', pool.cooperatingUnit, whole),
    ...loans('pool', pool.code, whole),
    ...guarantors.map(({ code, paidOut, released }): Measured => {
      return { scope: 'guarantor', key: code, measure: 'payout', over: paidOut, under: released };
    }),
  ];
}

/** An episode that has not ended: above a line now, or lifted by decision while still above it. */
export interface Standing {
  id: bigint;
  scope: BreakerScope;
  party: string;
  measure: BreakerMeasure | null;
  level: 'warn' | 'suspend';
  status: 'active' | 'lifted';
  belowSince: string | null;
}

export type BreakerStep =
  | { does: 'open'; verdict: BreakerVerdict }
  | { does: 'end'; id: bigint }
  /** the ratio fell below the line, or rose above it again, while the suspension stands */
  | { does: 'below' | 'above'; id: bigint };

/**
 * What follows from where everyone stands. A warning ends by itself. A suspension stands until people lift it, also where the ratio has fallen again; one
 * that was lifted stays lifted until the ratio has been below the line and reaches it anew.
 */
export function breakerSteps(standing: readonly Standing[], verdicts: readonly BreakerVerdict[]): BreakerStep[] {
  const isOf = (s: Standing, v: BreakerVerdict) => s.scope === v.scope && s.party === v.key && s.measure === v.measure;
  const lost = standing.filter((s) => s.measure !== null && !verdicts.some((v) => isOf(s, v)));
  return [
    ...verdicts.flatMap((v) =>
      stepsFor(
        v.level,
        v,
        standing.find((s) => isOf(s, v)),
      ),
    ),
    ...lost.flatMap((s) => stepsFor('ok', null, s)),
  ];
}

function stepsFor(level: BreakerVerdict['level'], verdict: BreakerVerdict | null, now?: Standing): BreakerStep[] {
  const open: BreakerStep[] = verdict && level !== 'ok' ? [{ does: 'open', verdict }] : [];
  if (!now) return open;
  if (level === now.level) return level === 'suspend' && now.belowSince ? [{ does: 'above', id: now.id }] : [];
  if (now.level === 'warn' || now.status === 'lifted') return [{ does: 'end', id: now.id }, ...open];
  return now.belowSince ? [] : [{ does: 'below', id: now.id }];
}

/** A ratio in percent with two decimals, half up; null: something over nothing. */
export function ratioText(over: Money, under: Money): string | null {
  if (under.isZero()) return over.isZero() ? '0.00' : null;
  return roundTo(over.times(100).div(under), 2, 'halfUp').toFixed(2);
}

/** One line of the breaker board: where somebody's ratio stands, and how far it is from where business stops. Wire amounts. */
export interface BoardLine {
  scope: BreakerScope;
  party: string;
  measure: BreakerMeasure;
  /** percent */
  ratio: string | null;
  numerator: string;
  denominator: string;
  warnLine: string | null;
  suspendLine: string;
  /** percentage points up to the suspending line; negative: above it */
  distance: string | null;
  /** by how much the numerator may still rise until business stops, with the denominator as it is */
  room: string;
  tone: 'within' | 'near' | 'past';
  /** as people decided: a ratio past its line may be lifted, one within it still suspended */
  state: 'ok' | 'warn' | 'suspended' | 'lifted';
  suspensionId: string | null;
  stops: 'filings' | 'claims';
  message: string;
  cites: Citation[];
  explanation: Explanation;
}

const TONES = { ok: 'within', warn: 'near', suspend: 'past' } as const;

/** The board's lines of one pool, those nearest to their suspending line first. */
export function boardLines(verdicts: readonly BreakerVerdict[], standing: readonly Standing[]): BoardLine[] {
  const nearness = (v: BreakerVerdict) => v.ratio?.div(v.suspend) ?? null;
  return [...verdicts]
    .sort((a, b) => {
      const [x, y] = [nearness(a), nearness(b)];
      return x === null || y === null ? (x === y ? 0 : x === null ? -1 : 1) : y.comparedTo(x);
    })
    .map((v) => lineOf(v, standing));
}

function lineOf(v: BreakerVerdict, standing: readonly Standing[]): BoardLine {
  const episode = standing.find((s) => s.scope === v.scope && s.party === v.key && s.measure === v.measure);
  const ratio = ratioText(v.over, v.under);
  const room = roundFen(v.under.times(v.suspend).div(100).minus(v.over), 'floor');
  const states = { active: episode?.level === 'suspend' ? 'suspended' : 'warn', lifted: 'lifted' } as const;
  return {
    ...{ scope: v.scope, party: v.key, measure: v.measure, ratio, stops: v.stopsAt, tone: TONES[v.level] },
    ...{ numerator: toWire(v.over), denominator: toWire(v.under), warnLine: v.warn, suspendLine: v.suspend },
    distance: ratio && new Exact(v.suspend).minus(ratio).toFixed(2),
    room: toWire(Exact.max(room, ZERO)),
    state: episode ? states[episode.status] : 'ok',
    suspensionId: episode ? `${episode.id}` : null,
    ...{ message: v.message, cites: v.cites, explanation: v.explanation },
  };
}
