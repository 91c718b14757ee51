import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/calendar/local-date.ts';
import { DomainError } from '../../src/errors.ts';
import type { StatementFile, StatementRow } from '../../src/files/statement.ts';
import { Exact, money, toWire } from '../../src/money/money.ts';
import { type CheckedStatement, checkStatement, signed } from '../../src/reconciliation/statement-check.ts';
import { type KnownAccount, type KnownLine, mergeStatement } from '../../src/reconciliation/statement-merge.ts';

const row = (n: number, on: string, amount: string, more: Partial<StatementRow> = {}): StatementRow => ({
  ...{
    row: n,
    on,
    time: null,
    direction: amount.startsWith('-') ? 'out' : 'in',
    amount: money(amount.replace('-', '')),
  },
  ...{
    balance: null,
    serial: null,
    counterpartyName: null,
    counterpartyAccount: null,
    counterpartyBank: null,
    memo: '',
  },
  ...more,
});
/** A file of these lines with their running balances from an opening. */
const file = (opening: string, rows: StatementRow[], more: Partial<StatementFile> = {}): StatementFile => {
  let running = new Exact(opening);
  const balanced = rows.map((r) => {
    running = running.plus(signed(r));
    return { ...r, balance: running };
  });
  const none = { accountNo: null, from: null, to: null, opening: null, closing: null, totals: [], warnings: [] };
  return { format: 'csv', ...none, rows: balanced, ...more };
};
const refused = (work: () => unknown): DomainError => {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('not refused');
};
const TWO = [row(2, '2026-10-09', '500.00'), row(3, '2026-10-20', '-60.00'), row(4, '2026-10-20', '60.00')];

describe('a statement is held to its own figures', () => {
  it('opens before its first line and closes after its last, in whichever order it is written', () => {
    const forward = checkStatement(file('1000.00', TWO));
    const { rows } = file('1000.00', TWO);
    const backward = checkStatement(file('0.00', [], { rows: rows.toReversed() }));
    for (const s of [forward, backward])
      expect([toWire(s.opening), toWire(s.closing), s.from, s.to]).toEqual([
        '1000.00',
        '1500.00',
        '2026-10-09',
        '2026-10-20',
      ]);
    expect(backward.rows.map((r) => r.row)).toEqual([2, 3, 4]);
  });

  it('whatever single figure is changed, it is refused with that row or the one after', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 20 }),
            fc.integer({ min: -99999, max: 99999 }).filter((n) => n !== 0),
          ),
          { minLength: 2, maxLength: 20 },
        ),
        fc.nat(),
        fc.boolean(),
        fc.integer({ min: 1, max: 5000 }),
        (moves, at, balance, by) => {
          const days = moves.map(([d]) => addDays('2026-10-01', d)).sort();
          const rows = moves.map(([, fen], i) => row(i + 2, days[i]!, new Exact(fen).div(100).toFixed(2)));
          const good = file('5000.00', rows, { opening: { row: 1, amount: money('5000.00') } });
          expect(checkStatement(good).rows).toHaveLength(rows.length);
          const i = at % rows.length;
          const gap = new Exact(by).div(100);
          const spoilt = good.rows.map((r, j) =>
            j !== i ? r : balance ? { ...r, balance: r.balance!.plus(gap) } : { ...r, amount: r.amount.plus(gap) },
          );
          const { code, errors } = refused(() => checkStatement({ ...good, rows: spoilt }));
          expect([code, errors.map((e) => e.row)]).toEqual(['STATEMENT_UNBALANCED', [i + 2]]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('its stated closing, its sums and its days must hold too', () => {
    const closing = { row: 9, amount: money('1.00') };
    expect(refused(() => checkStatement(file('0.00', TWO, { closing }))).errors[0]).toMatchObject({ row: 9 });
    const totals = [{ row: 5, label: '合计', rowsAbove: 3, in: money('560.00'), out: money('61.00') }];
    expect(refused(() => checkStatement(file('0.00', TWO, { totals }))).message).toContain(
      '第5行“合计”的借方 61.00 与各行之和 60.00 不符',
    );
    const pages = [
      { row: 3, label: '小计', rowsAbove: 1, in: money('500.00'), out: null },
      { row: 6, label: '小计', rowsAbove: 3, in: money('60.00'), out: money('60.00') },
    ];
    expect(checkStatement(file('0.00', TWO, { totals: pages })).rows).toHaveLength(3);
    expect(
      refused(() => checkStatement(file('0.00', TWO, { from: '2026-10-10', to: '2026-10-31' }))).errors[0],
    ).toMatchObject({ code: 'STATEMENT_DAYS', row: 2 });
    expect(refused(() => checkStatement({ ...file('0.00', []), rows: TWO })).code).toBe('STATEMENT_NO_BALANCE');
    expect(refused(() => checkStatement(file('0.00', []))).code).toBe('STATEMENT_NO_BALANCE');
    const still = { opening: { row: 1, amount: money('5.00') }, closing: { row: 2, amount: money('5.00') } };
    expect(refused(() => checkStatement(file('0.00', [], still))).code).toBe('STATEMENT_EMPTY');
    expect(checkStatement(file('0.00', [], still), { from: '2026-10-01', to: '2026-10-31' }).rows).toEqual([]);
  });
});

/** An account as a database would keep it, to add statements to. */
function account() {
  const lines: (KnownLine & { row: StatementRow })[] = [];
  const spans: CheckedStatement[] = [];
  const known = ({ from, to }: CheckedStatement): KnownAccount => {
    const first = spans.toSorted((a, b) => (a.from < b.from ? -1 : 1))[0];
    const before = lines
      .filter((l) => l.on < from)
      .reduce((sum, l) => sum.plus(signed(l.row)), first?.opening ?? new Exact(0));
    return {
      ...{
        lines: lines.filter((l) => l.on >= from && l.on <= to),
        spans,
        first: first ? { on: first.from, opening: first.opening } : null,
      },
      before: first && from >= first.from ? before : null,
    };
  };
  const add = (statement: CheckedStatement) => {
    const merged = mergeStatement(statement, known(statement));
    for (const { id, serial } of merged.numbered) lines.find((l) => l.id === id)!.serial = serial;
    for (const { row: r, ordinal } of merged.fresh) {
      const { on, direction, serial } = r;
      lines.push({
        id: BigInt(lines.length + 1),
        on,
        direction,
        amount: toWire(r.amount),
        ordinal,
        serial,
        balance: r.balance && toWire(r.balance),
        row: r,
      });
    }
    spans.push(statement);
    return merged;
  };
  return { add, lines };
}

describe('statements of one account', () => {
  const all = [
    row(2, '2026-10-09', '500.00', { serial: 'A1' }),
    row(3, '2026-10-20', '60.00', { serial: 'A2' }),
    row(4, '2026-10-20', '60.00', { serial: 'A3' }),
    row(5, '2026-10-21', '4.00', { serial: 'A4' }),
  ];
  const bare = all.map((r) => ({ ...r, serial: null }));
  const october = { from: '2026-10-01', to: '2026-10-31' };

  it('know lines again with serials and without, and two equal lines as two', () => {
    for (const [one, other] of [
      [all, bare],
      [bare, all],
      [all, all],
      [bare, bare],
    ] as const) {
      const book = account();
      expect(book.add(checkStatement(file('0.00', [...one], october))).fresh).toHaveLength(4);
      expect(book.add(checkStatement(file('0.00', [...other]))).fresh).toEqual([]);
      expect(book.lines.map((l) => l.ordinal)).toEqual([1, 1, 2, 1]);
      if (one !== bare || other !== bare) expect(book.lines.map((l) => l.serial)).toEqual(['A1', 'A2', 'A3', 'A4']);
    }
  });

  it('cut and overlapping in any way give the same lines as one file, whatever each layout leaves out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.constantFrom('1.00', '2.00', '-1.00')), {
          minLength: 1,
          maxLength: 30,
        }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 6 }), fc.boolean()), {
          maxLength: 8,
        }),
        (moves, cuts) => {
          const days = moves.map(([d]) => addDays('2026-10-01', d)).sort();
          const whole = file(
            '100.00',
            moves.map(([, amount], i) => row(i + 2, days[i]!, amount, { serial: `S${i}` })),
          );
          const opening = (on: string) =>
            whole.rows.filter((r) => r.on < on).reduce((sum, r) => sum.plus(signed(r)), new Exact('100.00'));
          const part = (from: string, to: string, serials: boolean) => {
            const rows = whole.rows
              .filter((r) => r.on >= from && r.on <= to)
              .map((r) => (serials ? r : { ...r, serial: null }));
            return checkStatement({
              ...whole,
              from,
              to,
              rows,
              opening: { row: 1, amount: opening(from) },
              closing: { row: 99, amount: opening(addDays(to, 1)) },
            });
          };
          const book = account();
          let [low, high] = [6, 6];
          book.add(part('2026-10-07', '2026-10-07', false));
          for (const [start, length, serials] of cuts) {
            const from = Math.min(start, high + 1);
            const to = Math.max(from + length, low - 1);
            book.add(part(addDays('2026-10-01', from), addDays('2026-10-01', to), serials));
            [low, high] = [Math.min(low, from), Math.max(high, to)];
          }
          book.add(part('2026-10-01', '2026-10-31', true));
          const key = (l: { on: string; direction: string; amount: string }) => `${l.on} ${l.direction} ${l.amount}`;
          expect(book.lines.map(key).sort()).toEqual(
            whole.rows.map((r) => key({ ...r, amount: toWire(r.amount) })).sort(),
          );
          expect(new Set(book.lines.map((l) => `${key(l)} ${l.ordinal}`)).size).toBe(whole.rows.length);
          expect(book.lines.map((l) => l.serial).sort()).toEqual(whole.rows.map((r) => r.serial).sort());
        },
      ),
      { numRuns: 300 },
    );
  });

  it('must go on from each other', () => {
    const book = account();
    book.add(checkStatement(file('0.00', all, october)));
    const later = (opening: string) => checkStatement(file(opening, [row(2, '2026-11-02', '1.00')]));
    expect(refused(() => book.add(later('600.00')))).toMatchObject({ code: 'STATEMENT_GAP', status: 409 });
    expect(book.add(later('624.00')).fresh).toHaveLength(1);
    expect(refused(() => book.add(checkStatement(file('5.00', [row(2, '2026-09-02', '1.00')])))).code).toBe(
      'STATEMENT_GAP',
    );
    expect(book.add(checkStatement(file('-1.00', [row(2, '2026-09-02', '1.00')]))).fresh).toHaveLength(1);
  });

  it('must not contradict each other, but for what the last day went on to bring', () => {
    const book = account();
    book.add(checkStatement(file('0.00', all.slice(0, 2))));
    expect(book.add(checkStatement(file('0.00', all, october))).fresh).toHaveLength(2);
    const stranger = [all[0]!, row(9, '2026-10-12', '1.00'), ...all.slice(1)];
    expect(refused(() => book.add(checkStatement(file('0.00', stranger))))).toMatchObject({
      code: 'STATEMENT_CONTRADICTS',
      errors: [{ row: 9 }],
    });
    const lacking = checkStatement(file('0.00', all.slice(1), october));
    expect(refused(() => book.add(lacking)).code).toBe('STATEMENT_CONTRADICTS');
    const renumbered = all.map((r, i) => (i === 1 ? { ...r, serial: 'B2' } : r));
    expect(refused(() => book.add(checkStatement(file('0.00', renumbered)))).code).toBe('STATEMENT_CONTRADICTS');
  });
});
