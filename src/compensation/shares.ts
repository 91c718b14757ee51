import type { LocalDate } from '../calendar/local-date.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { Due } from '../guarantee/dues.ts';
import { type Exact, formatYuan, type Money, money, sum, toWire, ZERO } from '../money/money.ts';
import { type AddedVersion, valueOn } from '../policy/clause.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import { type AppliedCap, applyCaps, type CapFacts, type PartAmount } from '../policy/kinds/loss-caps.ts';
import type { LossFacts } from '../policy/kinds/loss-condition.ts';
import {
  addPart,
  type ResolvedShare,
  type ResolvedShares,
  resolveShares,
  splitLoss,
} from '../policy/kinds/loss-resolve.ts';
import type { Policy } from '../policy/policy.ts';

/** A loss of principal to be shared. Money in 元. */
export interface Loss {
  /** The day of the loss event: it picks the rules. */
  occurredOn: LocalDate;
  /** The day of the claim: it picks what may be claimed for. */
  claimedOn: LocalDate;
  unpaidPrincipal: Money;
  /** What was lent and what of it was filed. */
  principal: Money;
  countedPrincipal: Money;
  facts: LossFacts;
  /** What was paid before, for caps; bases the system can compute itself may be left out. */
  caps?: CapFacts;
}

/** What one bearer bears of a loss. */
export interface BornePart {
  bearer: string;
  label: string;
  /** Out of the pool's deposits, or of its own money outside it. */
  kind: 'pool' | 'own';
  /** Whom it pays. */
  to: string;
  /** Kinds of contributors that stand for it, where the pool pays. */
  contributors: readonly string[] | 'all';
  /** By the clause, e.g. "40"; absent for whoever bears only what was moved to it. */
  percent?: string;
  amount: Money;
  cites: Citation[];
}

export interface SharedLoss {
  /** Unpaid principal × counted ÷ lent. */
  countedUnpaid: Money;
  /** In the clause's order; together exactly the unpaid principal. */
  parts: BornePart[];
  /** What the pool pays: the riskCompensation. */
  compensation: Money;
  applied: AppliedCap[];
  cites: Citation[];
  explanation: Explanation;
}

/**
 * Who bears what of a loss by the rules in force on its day: the counted part by the shares, held under every cap; what
 * was never filed stays with the bank.
 * @throws DomainError POLICY_OUTSIDE_DATES, LOSS_FACT_MISSING, LOSS_SHARES_NO_ROW, AGREED_SHARE_INVALID, CAP_FACT_MISSING
 */
export function shareLoss(policy: Policy, loss: Loss, added?: readonly AddedVersion[]): SharedLoss {
  const base = baseOf(policy, loss, added);
  const shares = valueOn(policy.lossShares, loss.occurredOn, added);
  const resolved = citing(shares.citation, () => resolveShares(shares.value, loss.facts));
  const before = splitLoss(base.amount, resolved);
  const capped = holdUnder(policy, loss, resolved, before, added);
  const amounts = capped.parts;
  const uncounted = loss.unpaidPrincipal.minus(base.amount);
  if (!uncounted.isZero()) addPart(amounts, BANK, uncounted);
  const cites = [shares.citation, ...capped.cites];
  const parts = amounts.map((part) => bornePart(part, resolved, cites));
  const compensation = sum(parts.filter(({ kind }) => kind === 'pool').map(({ amount }) => amount));
  assertWhole(parts, loss.unpaidPrincipal);
  const sharing = explainShares(resolved, before, shares.citation);
  const limits = capped.applied.map((cap) => explainCap(cap, capped.cites));
  return {
    ...{ countedUnpaid: base.amount, parts, compensation, applied: capped.applied },
    cites: [...cites, base.citation],
    explanation: derived('风险补偿金额', yuan(compensation), cites, [base.explanation, sharing, ...limits]),
  };
}

/**
 * Who pays whom: each party pays its own part and what it collects from those behind it (再担保 through the guarantor),
 * so that the bank is paid the whole loss but its own part. Nothing of 0.00.
 */
export function dues(parts: readonly Pick<BornePart, 'bearer' | 'to' | 'amount'>[]): Due[] {
  const by = new Map(parts.map((part) => [part.bearer, part]));
  const passes = (bearer: string, seen: readonly string[]): Money => {
    if (seen.includes(bearer)) throw new RangeError(`parties that pay each other in a circle: ${seen.join(' → ')}`);
    const behind = parts.filter((part) => part.to === bearer && part.bearer !== bearer && part.bearer !== 'bank');
    return sum([by.get(bearer)?.amount ?? ZERO, ...behind.map((part) => passes(part.bearer, [...seen, bearer]))]);
  };
  return parts
    .filter(({ bearer }) => bearer !== 'bank')
    .map(({ bearer, to }) => ({ from: bearer, to: by.has(to) ? to : 'bank', amount: passes(bearer, []) }))
    .filter(({ amount }) => !amount.isZero());
}

const BANK = { code: 'bank', label: '合作银行' };
const yuan = (m: Money): string => `${formatYuan(m)} 元`;
const printable = (p: Exact): string => p.toFixed(Math.min(p.decimalPlaces(), 6));
const percent = (p: Exact): string => `${printable(p)}%`;

function baseOf(policy: Policy, loss: Loss, added?: readonly AddedVersion[]) {
  const { unpaidPrincipal: unpaid, principal: lent, countedPrincipal: counted } = loss;
  if (unpaid.gt(lent) || unpaid.isNegative() || counted.gt(lent) || !counted.gt(0)) {
    throw new DomainError('LOSS_AMOUNTS', '未偿还本金、备案金额均不得高于贷款金额，备案金额应大于零');
  }
  const { base } = policy.claim;
  const { value, citation } = valueOn(base, loss.claimedOn, added);
  const amount = money(base.apply(value, { unpaid: toWire(unpaid), lent: toWire(lent), counted: toWire(counted) }));
  const explanation = derived(
    '补偿基数',
    yuan(amount),
    [citation],
    [given('未偿还本金', yuan(unpaid)), given('贷款金额', yuan(lent)), given('备案金额', yuan(counted))],
  );
  return { amount, citation, explanation };
}

/** The caps know by themselves what the payee bears and how large the loss is. */
function holdUnder(
  policy: Policy,
  { occurredOn, caps = {} }: Loss,
  resolved: ResolvedShares,
  before: PartAmount[],
  added?: readonly AddedVersion[],
): { parts: PartAmount[]; applied: AppliedCap[]; cites: Citation[] } {
  if (!policy.lossCaps) return { parts: before, applied: [], cites: [] };
  const { value, citation } = valueOn(policy.lossCaps, occurredOn, added);
  const to = resolved.shares.find(({ pays }) => pays === 'pool')?.to ?? 'bank';
  const payee = resolved.shares.find(({ bearer }) => bearer === to);
  const liable = sum(
    before.filter(({ bearer }) => bearer === to || payeeOf(resolved, bearer) === to).map((p) => p.amount),
  );
  const facts: CapFacts = {
    ...caps,
    payee: payee ? { code: payee.bearer, label: payee.label } : BANK,
    bases: { loss: toWire(sum(before.map((p) => p.amount))), payeeLiability: toWire(liable), ...caps.bases },
  };
  return { ...citing(citation, () => applyCaps(value, before, facts)), cites: [citation] };
}

function payeeOf({ shares }: ResolvedShares, bearer: string): string | undefined {
  return shares.find((s) => s.bearer === bearer)?.to;
}

function bornePart({ bearer, label, amount }: PartAmount, { shares }: ResolvedShares, cites: Citation[]): BornePart {
  const share: ResolvedShare | undefined = shares.find((s) => s.bearer === bearer);
  // Whoever was only named for what exceeds a cap pays its own money to the bank.
  const { pays: kind, to, contributors } = share ?? { pays: 'own' as const, to: 'bank', contributors: [] };
  return {
    bearer,
    label,
    kind,
    to,
    contributors,
    ...(share ? { percent: printable(share.percent) } : {}),
    amount,
    cites,
  };
}

function explainShares(resolved: ResolvedShares, before: PartAmount[], citation: Citation): Explanation {
  const inputs = resolved.row === null ? [] : [given('适用情形', resolved.row)];
  inputs.push(...resolved.bonuses.map(({ label, points }) => given(label, `提高 ${points.toFixed()} 个百分点`)));
  if (!resolved.counts.eq(100)) inputs.push(given('计入分担的部分', percent(resolved.counts)));
  for (const { bearer, label, amount } of before) {
    const share = resolved.shares.find((s) => s.bearer === bearer);
    inputs.push(derived(label, yuan(amount), [], share ? [given('分担比例', percent(share.percent))] : []));
  }
  const words = resolved.shares.map((s) => `${s.label} ${percent(s.percent)}`).join('、');
  return derived('风险分担', words, [citation], inputs);
}

function explainCap({ label, limit, used, room, asked, excess, fallsOn }: AppliedCap, cites: Citation[]): Explanation {
  const result = excess.isZero() ? '未超过' : `超出 ${yuan(excess)}，由${fallsOn.label}承担`;
  return derived(label, result, cites, [
    given('上限', yuan(limit)),
    given('此前已用', yuan(used)),
    given('尚余', yuan(room)),
    given('本笔', yuan(asked)),
  ]);
}

/** A refusal of a rule names the article it rests on. */
function citing<T>(citation: Citation, rule: () => T): T {
  try {
    return rule();
  } catch (error) {
    if (!(error instanceof DomainError) || error.cites.length > 0) throw error;
    const { status, errors } = error;
    throw new DomainError(error.code, error.message, { status, errors, cites: [citation] });
  }
}

/** Asserted before anything rests on it: nobody bears less than nothing, all of them exactly the loss. */
function assertWhole(parts: readonly BornePart[], loss: Money): void {
  if (parts.some(({ amount }) => amount.isNegative()) || !sum(parts.map(({ amount }) => amount)).eq(loss)) {
    throw new RangeError(`parts ${parts.map((p) => p.amount).join(', ')} do not add up to the loss ${loss}`);
  }
}
