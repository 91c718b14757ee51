import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/calendar/local-date.ts';
import { Exact, money, sum, toWire } from '../../src/money/money.ts';
import type { Match, MatchLine } from '../../src/reconciliation/match.ts';
import { matchSums } from '../../src/reconciliation/match-sums.ts';
import { compose, type OpenLeg, type RunInputs } from '../../src/reconciliation/run.ts';

const side = fc.record({
  day: fc.integer({ min: 0, max: 60 }),
  fen: fc.integer({ min: 1, max: 100_000 }),
  direction: fc.constantFrom('in' as const, 'out' as const),
});
const amountOf = (fen: number) => toWire(new Exact(fen).div(100));
const line = (
  id: number,
  { day, fen, direction }: { day: number; fen: number; direction: 'in' | 'out' },
): MatchLine => ({
  ...{ id: `${id}`, on: addDays('2026-09-15', day), direction, amount: amountOf(fen), serial: null, memo: '' },
  ...{ counterpartyName: null, counterpartyAccount: null },
});
const leg = (
  id: number,
  from: { day: number; fen: number; direction: 'in' | 'out' },
  bookedOn = addDays('2026-09-15', from.day),
): OpenLeg => ({
  ...{
    id: `${id}:1`,
    on: bookedOn,
    bookedOn,
    direction: from.direction,
    amount: amountOf(from.fen),
    number: null,
    subject: null,
  },
  ...{ memo: '', parties: [], reference: `r${id}`, reverses: null },
});
const net = (items: readonly { direction: string; amount: string }[]) =>
  sum(items.map(({ direction, amount }) => (direction === 'in' ? money(amount) : money(amount).neg())));

describe('the bridge', () => {
  it('leads from one balance to the other to the fen, whatever is open, matched before or now, and on whichever side of the month’s end', () => {
    const pair = fc.tuple(side, fc.integer({ min: 0, max: 60 }), fc.boolean());
    fc.assert(
      fc.property(
        fc.array(side, { maxLength: 12 }),
        fc.array(side, { maxLength: 12 }),
        fc.array(pair, { maxLength: 12 }),
        (ours, books, pairs) => {
          const open = { lines: ours.map((s, i) => line(i, s)), legs: books.map((s, i) => leg(i, s)) };
          const both = pairs.map(([s, day, before], i) => ({
            before,
            line: line(100 + i, s),
            leg: leg(100 + i, s, addDays('2026-09-15', day)),
          }));
          const [before, now] = [both.filter((m) => m.before), both.filter((m) => !m.before)];
          const end = '2026-10-31';
          const lines = [...open.lines, ...both.map((m) => m.line)].filter(({ on }) => on <= end);
          const legs = [...open.legs, ...both.map((m) => m.leg)].filter(({ bookedOn }) => bookedOn <= end);
          const inputs: RunInputs = {
            ...{ poolCode: 'p', accountNo: '1', period: '2026-10', entries: 0, coveredTo: end, matchedBefore: 0 },
            ...{ bankClosing: toWire(net(lines)), ledgerClosing: toWire(net(legs)) },
            lines: [...open.lines, ...now.map((m) => m.line)],
            legs: [...open.legs, ...now.map((m) => m.leg)],
            spanning: before.map((m) => ({ lines: [m.line], legs: [m.leg] })),
          };
          const matches = now.map((m): Match => ({ rule: 'number', lines: [m.line.id], legs: [m.leg.id] }));
          const result = compose(inputs, { matches, proposals: [] });
          expect(result.unexplained).toBe('0.00');
          const named =
            open.lines.filter(({ on }) => on <= end).length +
            open.legs.filter(({ bookedOn }) => bookedOn <= end).length;
          expect(result.differences).toHaveLength(named);
          expect(result.bridge.filter(({ settledOn }) => settledOn === null)).toHaveLength(named);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('sums', () => {
  const party = { counterpartyName: '甲' };
  it('found are equal to the fen, use nothing twice, and are the same in whatever order things come', () => {
    const small = fc.record({ day: fc.integer({ min: 0, max: 20 }), fen: fc.integer({ min: 1, max: 30 }) });
    fc.assert(
      fc.property(
        fc.array(small, { maxLength: 10 }),
        fc.array(small, { maxLength: 10 }),
        fc.boolean(),
        (ours, books, turn) => {
          const lines = ours.map((s, i) => ({ ...line(i, { ...s, direction: 'in' }), ...party }));
          const legs = books.map((s, i) => ({ ...leg(i, { ...s, direction: 'in' }), parties: ['甲'] }));
          const found = matchSums(lines, legs);
          expect(matchSums(turn ? lines.toReversed() : lines, legs.toReversed())).toEqual(found);
          for (const match of [...found.matches, ...found.ambiguous]) {
            const [one, other] = [
              lines.filter(({ id }) => match.lines.includes(id)),
              legs.filter(({ id }) => match.legs.includes(id)),
            ];
            expect(toWire(net(one))).toBe(toWire(net(other)));
          }
          const used = found.matches.flatMap((m) => [...m.lines, ...m.legs.map((id) => `g${id}`)]);
          expect(new Set(used).size).toBe(used.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});
