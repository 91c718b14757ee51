import { DomainError } from '../../errors.ts';
import { largestRemainder } from '../../money/allocate.ts';
import { Exact, type Money, sum, ZERO } from '../../money/money.ts';
import { ratePercent } from '../../money/rate.ts';
import { roundFen } from '../../money/rounding.ts';
import { factLabel, judgeConditions, type LossFact, type LossFacts } from './loss-condition.ts';
import { type LossShares, type Share, stated } from './loss-shares-value.ts';

/** One bearer as it stands for a certain loan. */
export interface ResolvedShare {
  bearer: string;
  label: string;
  percent: Exact;
  pays: 'pool' | 'own';
  /** Kinds of contributors, or all of the pool's. */
  contributors: readonly string[] | 'all';
  to: string;
}

export interface ResolvedShares {
  /** The row's own name, or null where the document has one set of shares for every loan. */
  row: string | null;
  bonuses: { label: string; points: Exact }[];
  /** Percent of the loss that is shared at all. */
  counts: Exact;
  restOn: { code: string; label: string } | null;
  shares: ResolvedShare[];
}

/**
 * The shares that count for a loan. @throws DomainError LOSS_FACT_MISSING where a fact that decides is not known,
 * LOSS_SHARES_NO_ROW where no row fits, AGREED_SHARE_INVALID where a contract departs further than the document lets it
 */
export function resolveShares(value: LossShares, facts: LossFacts): ResolvedShares {
  const row = rowFor(value, facts);
  const { counts, restOn } = countedPart(value, facts);
  const bonuses = bonusesFor(value, facts);
  const found = row.shares.map((s) => ({ ...resolved(s), percent: percentOf(s, facts) }));
  if (bonuses.length > 0) addPoints(value.bonus!, bonuses, found);
  const given = sum(found.map(({ percent }) => percent ?? ZERO));
  const left = new Exact(100).minus(given);
  if (left.isNegative()) throw invalid(`各方比例合计 ${given.toFixed()}%，超过 100%`);
  return {
    row: row.label,
    bonuses,
    counts,
    restOn,
    shares: found.map((s) => ({ ...s, percent: s.percent ?? left })),
  };
}

/** Splits a loss by resolved shares: whole fen, adding up to the loss. A negative loss is a mistake of the caller's. */
export function splitLoss(loss: Money, by: ResolvedShares): { bearer: string; label: string; amount: Money }[] {
  if (loss.isNegative()) throw new RangeError(`a loss below zero: ${loss}`);
  const counted = by.counts.eq(100) ? loss : roundFen(loss.times(by.counts).div(100), 'halfUp');
  const parts = largestRemainder(
    counted,
    by.shares.map(({ percent }) => percent),
  );
  const found = by.shares.map(({ bearer, label }, i) => ({ bearer, label, amount: parts[i]! }));
  const rest = loss.minus(counted);
  if (by.restOn && !rest.isZero()) addPart(found, by.restOn, rest);
  return found;
}

/** Adds an amount to a bearer's part, or as a part of its own at the end. */
export function addPart(
  parts: { bearer: string; label: string; amount: Money }[],
  on: { code: string; label: string },
  amount: Money,
): void {
  const at = parts.find(({ bearer }) => bearer === on.code);
  if (at) at.amount = at.amount.plus(amount);
  else parts.push({ bearer: on.code, label: on.label, amount });
}

const OWN = new Set(['bank', 'guarantor', 'reguarantor', 'insurer', 'valuer']);
function resolved({ bearer, label, pays, contributors, to }: Share): Omit<ResolvedShare, 'percent'> {
  return {
    bearer,
    label,
    pays: pays ?? (OWN.has(bearer) ? 'own' : 'pool'),
    contributors: contributors ?? (bearer === 'pool' ? 'all' : [bearer]),
    to: to ?? 'bank',
  };
}

function rowFor(value: LossShares, facts: LossFacts): { label: string | null; shares: Share[] } {
  let best: { label: string | null; shares: Share[] } | undefined;
  const open: { shares: Share[]; unknown: LossFact[] }[] = [];
  for (const { label, when, shares } of value.rows ?? []) {
    const holds = judgeConditions(when, facts);
    if (typeof holds === 'object') open.push({ shares, ...holds });
    if (holds === true && (!best || fromPool(shares).gt(fromPool(best.shares)))) best = { label, shares };
    if (value.pick !== 'highest' && (best || open.length > 0)) break;
  }
  // A row that may or may not fit is left aside only where it could not change the answer.
  const decisive = open.filter(({ shares }) => !best || fromPool(shares).gt(fromPool(best.shares)));
  if (decisive.length > 0) throw missing([...new Set(decisive.flatMap(({ unknown }) => unknown))]);
  if (best) return best;
  if (value.shares) return { label: value.rows?.length ? '其他贷款' : null, shares: value.shares };
  const rows = (value.rows ?? []).map(({ label }) => `「${label}」`).join('、');
  throw new DomainError('LOSS_SHARES_NO_ROW', `该笔贷款不符合任何一档风险分担比例（${rows}），不予补偿`);
}

function fromPool(shares: readonly Share[]): Exact {
  return stated(shares.filter((s) => resolved(s).pays === 'pool'));
}

function countedPart({ countsOnly }: LossShares, facts: LossFacts): Pick<ResolvedShares, 'counts' | 'restOn'> {
  if (!countsOnly) return { counts: HUNDRED, restOn: null };
  const known = facts[countsOnly.fact];
  if (known === undefined) throw missing([countsOnly.fact]);
  const counts = ratePercent(known).times(100);
  if (counts.gt(100)) throw invalid(`${factLabel(countsOnly.fact)} ${known}% 超过 100%`);
  return { counts, restOn: countsOnly.restOn };
}

const HUNDRED = new Exact(100);

function percentOf({ bearer, label, percent, agreeable }: Share, { agreed }: LossFacts): Exact | null {
  if (percent === 'rest') return null;
  const own = agreed?.[bearer];
  if (own !== undefined && !agreeable && !new Exact(percent).eq(ratePercent(own).times(100))) {
    throw invalid(`${label}的分担比例为 ${percent}%，不得由合同另行约定为 ${own}%`);
  }
  if (own === undefined || !agreeable) {
    if (percent !== 'agreed') return new Exact(percent);
    throw new DomainError('LOSS_FACT_MISSING', `缺少合同约定的${label}分担比例，无法确定风险分担`, {
      errors: [{ code: 'LOSS_FACT_MISSING', field: `agreed.${bearer}`, message: `请填写合同约定的${label}分担比例` }],
    });
  }
  const found = ratePercent(own).times(100);
  const { atLeast, atMost } = agreeable;
  if (atLeast !== undefined && found.lt(atLeast)) throw invalid(`${label}约定承担 ${own}%，不得低于 ${atLeast}%`);
  if (found.gt(atMost ?? 100)) throw invalid(`${label}约定承担 ${own}%，不得高于 ${atMost ?? 100}%`);
  return found;
}

function bonusesFor({ bonus }: LossShares, facts: LossFacts): ResolvedShares['bonuses'] {
  return (bonus?.items ?? []).flatMap(({ label, when, points, each }) => {
    const holds = when ? judgeConditions(when, facts) : true;
    if (typeof holds === 'object') throw missing(holds.unknown);
    if (!holds) return [];
    if (each && facts.termMonths === undefined) throw missing(['termMonths']);
    const times = each ? Math.max(0, Math.floor(facts.termMonths! / 12) - 1) : 1;
    return times > 0 ? [{ label, points: new Exact(points).times(times) }] : [];
  });
}

/** Raises one bearer by the points, up to the ceiling and to what there is; a share above the ceiling keeps its own. */
function addPoints(
  bonus: NonNullable<LossShares['bonus']>,
  bonuses: ResolvedShares['bonuses'],
  found: { bearer: string; percent: Exact | null }[],
): void {
  const at = found.find(({ bearer }) => bearer === bonus.to);
  if (!at?.percent) return;
  const others = sum(found.map(({ bearer, percent }) => (bearer === bonus.to ? ZERO : (percent ?? ZERO))));
  const raised = at.percent.plus(sum(bonuses.map(({ points }) => points)));
  const limit = Exact.min(bonus.ceiling ?? 100, HUNDRED.minus(others));
  at.percent = Exact.max(at.percent, Exact.min(raised, limit));
}

function missing(facts: LossFact[]): DomainError {
  const names = facts.map(factLabel);
  return new DomainError('LOSS_FACT_MISSING', `缺少${names.join('、')}，无法确定风险分担比例`, {
    errors: facts.map((field, i) => ({ code: 'LOSS_FACT_MISSING', field, message: `请补充${names[i]}` })),
  });
}

function invalid(message: string): DomainError {
  return new DomainError('AGREED_SHARE_INVALID', message);
}
