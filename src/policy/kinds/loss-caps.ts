import { z } from 'zod';
import { DomainError } from '../../errors.ts';
import { largestRemainder } from '../../money/allocate.ts';
import { Exact, formatYuan, type Money, money, sum, toWire, ZERO } from '../../money/money.ts';
import { roundFen } from '../../money/rounding.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { coded, moneyText, percentText } from '../values.ts';
import { CAP_BASES, CAP_SCOPES, type CapBase, type CapScope } from './cap-words.ts';
import { addPart } from './loss-resolve.ts';

const cap = z
  .strictObject({
    /** The bearers whose parts count together. */
    of: z.array(z.string().min(1)).min(1),
    scope: z.enum(Object.keys(CAP_SCOPES) as [CapScope, ...CapScope[]]),
    amount: moneyText.optional(),
    percent: percentText.optional(),
    base: z.enum(Object.keys(CAP_BASES) as [CapBase, ...CapBase[]]).optional(),
    /** Who bears what exceeds the cap; `payee`: whoever the capped bearer pays. */
    fallsOn: coded,
  })
  .refine((c) => c.amount !== undefined || c.percent !== undefined, { error: '请写明金额或比例上限' })
  .refine((c) => (c.percent === undefined) === (c.base === undefined), { error: '比例上限应写明基数' })
  .refine((c) => !c.of.includes(c.fallsOn.code), { error: '超出部分不得由受限的一方承担' });
type Cap = z.infer<typeof cap>;

const schema = z
  .strictObject({ caps: z.array(cap).min(1) })
  // Caps are applied in their order: nothing may flow back under one that has been applied.
  .refine(({ caps }) => caps.every((c, i) => caps.slice(0, i).every((before) => !before.of.includes(c.fallsOn.code))), {
    error: '超出部分的承担方不得受排在前面的上限约束',
  });
export type LossCaps = z.infer<typeof schema>;

/** What had been paid before, by scope (元), and the bases of caps in percent (元). */
export interface CapFacts {
  used?: Readonly<Partial<Record<CapScope, string>>>;
  bases?: Readonly<Partial<Record<CapBase, string>>>;
  /** Whom the capped bearers pay; left out: the bank. */
  payee?: { code: string; label: string };
}
export interface CapInput extends CapFacts {
  parts: readonly { bearer: string; label?: string; amount: string }[];
}
export type CapAnswer = { bearer: string; amount: string }[];
export type LossCapsClause = Clause<LossCaps, CapInput, CapAnswer>;

/** One cap as it was applied to a loss. */
export interface AppliedCap {
  label: string;
  limit: Money;
  used: Money;
  /** What was left under the cap. */
  room: Money;
  /** What the capped bearers bore before, and what of it went to `fallsOn`. */
  asked: Money;
  excess: Money;
  fallsOn: { code: string; label: string };
}

export interface PartAmount {
  bearer: string;
  label: string;
  amount: Money;
}

/** How much some bearers may bear together, in one loss or over time; what exceeds a cap falls on the bearer named. */
export function lossCaps(spec: ClauseSpec<LossCaps, CapInput, CapAnswer>): LossCapsClause {
  return {
    ...spec,
    unit: '元',
    resolvedBy: 'occurredOn',
    schema,
    describe: ({ caps }) => caps.map((c) => `${labelOf(c)}，超出部分由${c.fallsOn.label}承担`).join('；'),
    apply: (value, { parts, ...facts }) =>
      applyCaps(
        value,
        parts.map(({ bearer, label, amount }) => ({ bearer, label: label ?? bearer, amount: money(amount) })),
        facts,
      ).parts.map(({ bearer, amount }) => ({ bearer, amount: toWire(amount) })),
  };
}

/**
 * Holds the parts of a loss under every cap, in their order. The sum of the parts stays what it was. Where several
 * bearers share a cap they are cut in proportion, by largest remainder.
 * @throws DomainError CAP_FACT_MISSING when an earlier total or a base is not known
 */
export function applyCaps(
  { caps }: LossCaps,
  before: readonly PartAmount[],
  facts: CapFacts,
): { parts: PartAmount[]; applied: AppliedCap[] } {
  const parts = before.map((part) => ({ ...part }));
  const applied = caps.map((c): AppliedCap => {
    const { limit, used } = limitOf(c, facts);
    const room = Exact.max(limit.minus(used), ZERO);
    const capped = parts.filter(({ bearer }) => c.of.includes(bearer));
    const asked = sum(capped.map(({ amount }) => amount));
    const excess = Exact.max(asked.minus(room), ZERO);
    const fallsOn = c.fallsOn.code === 'payee' ? (facts.payee ?? BANK) : c.fallsOn;
    if (!excess.isZero()) {
      const left = largestRemainder(
        room,
        capped.map(({ amount }) => amount),
      );
      for (const [i, part] of capped.entries()) part.amount = left[i]!;
      addPart(parts, fallsOn, excess);
    }
    return { label: labelOf(c), limit, used, room, asked, excess, fallsOn };
  });
  return { parts, applied };
}

const BANK = { code: 'bank', label: '合作银行' };

function limitOf(c: Cap, { used = {}, bases = {} }: CapFacts): { limit: Money; used: Money } {
  const limits: Money[] = c.amount === undefined ? [] : [money(c.amount)];
  if (c.percent !== undefined) {
    const base = bases[c.base!];
    if (base === undefined) throw missing(CAP_BASES[c.base!], `bases.${c.base}`);
    limits.push(roundFen(money(base).times(c.percent).div(100), 'floor'));
  }
  const before = used[c.scope] ?? (c.scope === 'loan' ? '0.00' : undefined);
  if (before === undefined) throw missing(`${CAP_SCOPES[c.scope]}已补偿金额`, `used.${c.scope}`);
  return { limit: Exact.min(...limits), used: money(before) };
}

function missing(what: string, field: string): DomainError {
  return new DomainError('CAP_FACT_MISSING', `缺少${what}，无法核对补偿上限`, {
    errors: [{ code: 'CAP_FACT_MISSING', field, message: `请补充${what}` }],
  });
}

function labelOf({ scope, amount, percent, base }: Cap): string {
  const limits = [
    amount === undefined ? '' : `不超过 ${formatYuan(money(amount))} 元`,
    percent === undefined ? '' : `不超过${CAP_BASES[base!]}的 ${percent}%`,
  ];
  return `${CAP_SCOPES[scope]}补偿${limits.filter(Boolean).join('，且')}`;
}
