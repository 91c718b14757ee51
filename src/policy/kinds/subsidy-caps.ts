import { z } from 'zod';
import { DomainError } from '../../errors.ts';
import { largestRemainder } from '../../money/allocate.ts';
import { Exact, formatYuan, type Money, money, sum, toWire, ZERO } from '../../money/money.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { moneyText, percentText } from '../values.ts';
import {
  judgeLine,
  type LineFacts,
  lineConditions,
  lineFactLabel,
  SUBSIDY_KINDS,
  type SubsidyKind,
  subsidyKind,
} from './subsidy-line.ts';

/** Over what a cap adds up, with the words for it. */
export const SUBSIDY_CAP_SCOPES = { line: '每笔', year: '每户每年', lifetime: '每户累计' } as const;
export type SubsidyCapScope = keyof typeof SUBSIDY_CAP_SCOPES;

const cap = z.strictObject({
  label: z.string().min(1),
  per: z.enum(Object.keys(SUBSIDY_CAP_SCOPES) as [SubsidyCapScope, ...SubsidyCapScope[]]),
  /** Only these kinds count together; left out: all of them. */
  kinds: z.array(subsidyKind).min(1).optional(),
  /** Only these classes of theirs. */
  classes: z.array(z.string().min(1)).min(1).optional(),
  amount: moneyText,
  /** Other limits for enterprises or lines that meet a condition; the highest that fits counts. */
  unless: z.array(z.strictObject({ label: z.string().min(1), when: lineConditions, amount: moneyText })).optional(),
});
const schema = z.strictObject({
  caps: z.array(cap),
  /** This subsidy and other public money together at most so many percent of what a line cost. */
  withOtherMoneyPercent: percentText,
});
export type SubsidyCaps = z.infer<typeof schema>;

/** A line before caps, and what other public money it had. Amounts in 元. */
export interface CappedLine {
  kind: SubsidyKind;
  facts: LineFacts;
  cost: Money;
  otherMoney: Money;
  amount: Money;
}
/** What the enterprise had before, of the year of the application (`thisYear`) and of earlier years. */
export interface EarlierAmount {
  kind: SubsidyKind;
  class?: string;
  thisYear: boolean;
  amount: Money;
}
/** One cap as it was applied: `asked` before it, `cut` by it. `room` is what was left under it. */
export interface AppliedSubsidyCap {
  label: string;
  limit: Money;
  used: Money;
  room: Money;
  asked: Money;
  cut: Money;
  /** Places of the lines it looked at. */
  lines: number[];
}

export interface CapsInput {
  lines: { kind: SubsidyKind; cost: string; otherMoney?: string; amount: string; facts?: LineFacts }[];
  earlier?: { kind: SubsidyKind; class?: string; thisYear: boolean; amount: string }[];
}
/** Amounts after all caps, in the order of the lines. */
export type SubsidyCapsClause = Clause<SubsidyCaps, CapsInput, string[]>;

/** How much a line, a class, a kind, a year or a whole life may bring an enterprise, with other public money. */
export function subsidyCaps(spec: ClauseSpec<SubsidyCaps, CapsInput, string[]>): SubsidyCapsClause {
  return {
    ...spec,
    unit: '元',
    resolvedBy: 'askedOn',
    schema,
    describe,
    apply: (value, { lines, earlier = [] }) =>
      holdUnderCaps(
        value,
        lines.map(({ kind, cost, otherMoney, amount, facts }) => {
          const other = money(otherMoney ?? '0.00');
          return { kind, facts: facts ?? {}, cost: money(cost), otherMoney: other, amount: money(amount) };
        }),
        earlier.map((e) => ({ ...e, amount: money(e.amount) })),
      ).amounts.map(toWire),
  };
}

/** By it one multiplies where one would divide by 100, which is exact as well and much faster. */
const HUNDREDTH = new Exact('0.01');

/**
 * Holds lines under every cap, in their order, after the limit on public money of each line. Lines that share a cap are cut in proportion, by largest
 * remainder, so that their order does not matter to the sum.
 * @throws DomainError SUBSIDY_FACT_MISSING when it cannot be told which limit holds
 */
export function holdUnderCaps(
  { caps, withOtherMoneyPercent }: SubsidyCaps,
  lines: readonly CappedLine[],
  earlier: readonly EarlierAmount[],
): { amounts: Money[]; applied: AppliedSubsidyCap[] } {
  const amounts = lines.map(({ amount }) => amount);
  const applied: AppliedSubsidyCap[] = [];
  const hold = (label: string, limit: Money, used: Money, at: number[]) => {
    const asked = sum(at.map((i) => amounts[i]!));
    const left = used.isZero() ? limit : limit.minus(used);
    const room = left.isNegative() ? ZERO : left;
    if (asked.lte(room)) {
      applied.push({ label, limit, used, room, asked, cut: ZERO, lines: at });
      return;
    }
    const parts = largestRemainder(
      room,
      at.map((i) => amounts[i]!),
    );
    for (const [place, i] of at.entries()) amounts[i] = parts[place]!;
    applied.push({ label, limit, used, room, asked, cut: asked.minus(sum(parts)), lines: at });
  };
  const share = new Exact(withOtherMoneyPercent).times(HUNDREDTH);
  const words = `本补贴与其他财政资金合计不超过支出的 ${withOtherMoneyPercent}%`;
  for (const [i, line] of lines.entries()) {
    hold(words, line.cost.times(share).toDecimalPlaces(2, Exact.ROUND_DOWN), line.otherMoney, [i]);
  }
  for (const c of caps) {
    const at = [...lines.keys()].filter((i) => counts(c, lines[i]!.kind, lines[i]!.facts.class));
    if (at.length === 0) continue;
    if (c.per === 'line') for (const i of at) hold(c.label, limitOf(c, [lines[i]!]), ZERO, [i]);
    else {
      const before = earlier.filter((e) => counts(c, e.kind, e.class) && (c.per === 'lifetime' || e.thisYear));
      hold(
        c.label,
        limitOf(
          c,
          at.map((i) => lines[i]!),
        ),
        sum(before.map(({ amount }) => amount)),
        at,
      );
    }
  }
  return { amounts, applied };
}

type Cap = SubsidyCaps['caps'][number];

function counts({ kinds, classes }: Cap, kind: SubsidyKind, cls: string | undefined): boolean {
  return (kinds?.includes(kind) ?? true) && (classes === undefined || (cls !== undefined && classes.includes(cls)));
}

function limitOf({ label, amount, unless = [] }: Cap, lines: readonly CappedLine[]): Money {
  const fitting = unless.filter(({ when }) =>
    lines.every(({ facts }) => {
      const fits = judgeLine(when, facts);
      if (typeof fits === 'boolean') return fits;
      const names = fits.unknown.map(lineFactLabel).join('、');
      throw new DomainError('SUBSIDY_FACT_MISSING', `未提供${names}，无法确定「${label}」适用的限额`);
    }),
  );
  return fitting.length > 0 ? Exact.max(...fitting.map((u) => money(u.amount))) : money(amount);
}

function describe({ caps, withOtherMoneyPercent }: SubsidyCaps): string {
  const parts = caps.map(({ label, per, kinds, amount, unless = [] }) => {
    const what = kinds ? kinds.map((kind) => SUBSIDY_KINDS[kind]).join('、') : '各类补贴合计';
    const others = unless.map((u) => `${u.label} ${formatYuan(money(u.amount))} 元`).join('，');
    return `${label}：${what}${SUBSIDY_CAP_SCOPES[per]}不超过 ${formatYuan(money(amount))} 元${others ? `（${others}）` : ''}`;
  });
  return [...parts, `与其他财政资金合计不超过支出的 ${withOtherMoneyPercent}%`].join('；');
}
