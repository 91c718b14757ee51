import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromFen, toFen } from '../../src/money/fen.ts';
import { sum, toWire, ZERO } from '../../src/money/money.ts';
import { type CappedLine, holdUnderCaps, type SubsidyCaps } from '../../src/policy/kinds/subsidy-caps.ts';
import { type Asked, shareBudget } from '../../src/policy/kinds/subsidy-share.ts';

const fen = fc.bigInt({ min: 0n, max: 100_000_000n }).map(fromFen);
const KINDS = ['premium', 'interest', 'valuationFee'] as const;
const line = fc
  .record({ kind: fc.constantFrom(...KINDS), amount: fen, cost: fen, otherMoney: fen })
  .map((l): CappedLine => ({ ...l, facts: { class: l.kind === 'premium' ? 'I' : undefined } }));
const lines = fc.array(line, { maxLength: 8 });
const CAPS: SubsidyCaps = {
  caps: [
    { label: '每笔', per: 'line', kinds: ['valuationFee'], amount: '30000.00' },
    { label: '类', per: 'year', kinds: ['premium'], classes: ['I'], amount: '100000.00' },
    { label: '年', per: 'year', amount: '400000.00' },
    { label: '累计', per: 'lifetime', kinds: ['interest'], amount: '500000.00' },
  ],
  withOtherMoneyPercent: '60',
};
const earlier = fc.array(fc.record({ kind: fc.constantFrom(...KINDS), thisYear: fc.boolean(), amount: fen }), {
  maxLength: 4,
});

describe('caps', () => {
  test('no line rises, none is negative, and no cap is passed, whatever came before', () => {
    fc.assert(
      fc.property(lines, earlier, (all, before) => {
        const { amounts, applied } = holdUnderCaps(CAPS, all, before);
        for (const [i, amount] of amounts.entries()) {
          expect(amount.gte(ZERO) && amount.lte(all[i]!.amount)).toBe(true);
          expect(amount.plus(all[i]!.otherMoney).times(100).lte(all[i]!.cost.times(60)) || amount.isZero()).toBe(true);
        }
        for (const { limit, used, lines: at } of applied) {
          const total = sum(at.map((i) => amounts[i]!));
          expect(total.isZero() || total.plus(used).lte(limit)).toBe(true);
        }
      }),
    );
  });

  test('what each cap cut adds up to the difference', () => {
    fc.assert(
      fc.property(lines, earlier, (all, before) => {
        const { amounts, applied } = holdUnderCaps(CAPS, all, before);
        const cut = sum(applied.map((a) => a.cut));
        expect(toWire(sum(all.map((l) => l.amount)).minus(sum(amounts)))).toBe(toWire(cut));
      }),
    );
  });

  test('where nothing exceeds a cap everything stays', () => {
    const one: CappedLine = {
      ...{
        kind: 'premium' as const,
        facts: { class: 'I' },
        amount: fromFen(1n),
        cost: fromFen(100n),
        otherMoney: ZERO,
      },
    };
    expect(holdUnderCaps(CAPS, [one], []).amounts.map(toWire)).toEqual(['0.01']);
  });
});

const asked = fc.uniqueArray(fc.record({ key: fc.string({ minLength: 1 }), amount: fen, firstTime: fc.boolean() }), {
  selector: ({ key }) => key,
  maxLength: 12,
});
const inOrder = asked.map((all) => all.map((one, i): Asked => ({ ...one, received: i })));
const MODES = ['proRata', 'firstCome', 'firstTimeFirst'] as const;
const budgetOf = (mode: (typeof MODES)[number], partial = true) => ({ mode, partial, rest: 'lapses' as const });

describe('a budget shared', () => {
  test('never passes it, gives nobody more than was asked, and is used up to the fen where parts may be paid', () => {
    fc.assert(
      fc.property(inOrder, fen, fc.constantFrom(...MODES), fc.boolean(), (all, available, mode, partial) => {
        const given = shareBudget(budgetOf(mode, partial), available, all);
        const demand = sum(all.map((a) => a.amount));
        const total = sum(given);
        expect(given.every((part, i) => part.gte(ZERO) && part.lte(all[i]!.amount))).toBe(true);
        expect(total.lte(available)).toBe(true);
        if (mode === 'proRata' || partial) {
          expect(toFen(total)).toBe(toFen(demand.lt(available) ? demand : available));
        }
      }),
    );
  });

  test('pro rata, neither the order of the list nor the time of arrival matters', () => {
    fc.assert(
      fc.property(inOrder, fen, fc.infiniteStream(fc.nat()), (all, available, random) => {
        const shuffled = all
          .map((one) => ({ ...one, received: random.next().value! }))
          .sort((a, b) => a.received - b.received);
        const [one, other] = [all, shuffled].map((list) => {
          const given = shareBudget(budgetOf('proRata'), available, list);
          return new Map(list.map(({ key }, i) => [key, toWire(given[i]!)]));
        });
        for (const [key, amount] of one!) expect(other!.get(key)).toBe(amount);
      }),
    );
  });

  test('first come, first served; the first-time applicants before that', () => {
    const all: Asked[] = [
      { key: 'a', amount: fromFen(600n), received: 1, firstTime: false },
      { key: 'b', amount: fromFen(600n), received: 2, firstTime: true },
      { key: 'c', amount: fromFen(300n), received: 3, firstTime: false },
    ];
    const share = (mode: (typeof MODES)[number], partial: boolean) =>
      shareBudget(budgetOf(mode, partial), fromFen(1000n), all).map(toWire);
    expect(share('firstCome', true)).toEqual(['6.00', '4.00', '0.00']);
    expect(share('firstCome', false)).toEqual(['6.00', '0.00', '3.00']);
    expect(share('firstTimeFirst', true)).toEqual(['4.00', '6.00', '0.00']);
  });
});
