import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { balance, PAYABLE, paidIn, post, problems, startLedger, type TestLedger } from './support.ts';

let t: TestLedger;
beforeAll(async () => {
  t = await startLedger();
});
afterAll(() => t.stop());

describe('many postings at once', () => {
  interface Batch {
    references: string[];
    days: string[];
    memos: string[];
    belongsTo: (string | null)[];
    entry: number[];
    codes: string[];
    keys: string[];
    sides: string[];
    amounts: string[];
    subjects: (string | null)[];
  }
  const batch = (n: number, prefix = 'm'): Batch => {
    const each = Array.from({ length: n }, (_, i) => i + 1);
    const both = each.flatMap((i) => [i, i]);
    return {
      references: each.map((i) => `${prefix}${i}`),
      days: each.map(() => '2026-02-01'),
      memos: each.map((i) => `第 ${i} 笔`),
      belongsTo: each.map(() => null),
      entry: both,
      codes: each.flatMap(() => ['1002', '2901']),
      keys: each.flatMap((i) => ['专户', `出资方 ${i % 3}`]),
      sides: each.flatMap(() => ['D', 'C']),
      amounts: both.map((i) => `${i}.10`),
      subjects: both.map(() => null),
    };
  };
  const postMany = (name: string, b: Batch) =>
    t.owner.query(
      `SELECT ledger.post_many($1, 'bulk', '[]', 'tester', $2, $3::date[], $4, $5, $6::int[], $7, $8, $9, $10::numeric[], $11)::int AS last`,
      [name, ...[b.references, b.days, b.memos, b.belongsTo, b.entry, b.codes, b.keys, b.sides, b.amounts, b.subjects]],
    );

  it('chain and balance as one by one', async () => {
    const other = await t.newBook();
    await post(t.owner, paidIn(other, 'before', '1.00'));
    expect((await postMany(other, batch(50))).rows[0].last).toBe(51);
    await post(t.owner, paidIn(other, 'after', '1.00'));
    expect(await problems(t.owner, other)).toEqual([]);
    expect(await balance(t.owner, other, ['1002', '专户'])).toBe('1280.00');
    expect(
      await post(t.owner, {
        ...paidIn(other, 'm1', '1.10', '2026-02-01'),
        kind: 'bulk',
        memo: '第 1 笔',
        lines: [
          ['D', ['1002', '专户'], '1.10'],
          ['C', ['2901', '出资方 1'], '1.10'],
        ],
      }),
    ).toBe(2);
  });

  it('may give their lines in any order', async () => {
    const other = await t.newBook();
    const { entry: places, codes, keys, sides, amounts, subjects, ...rest } = batch(5);
    const reversed = {
      entry: places.reverse(),
      codes: codes.reverse(),
      keys: keys.reverse(),
      sides: sides.reverse(),
      amounts: amounts.reverse(),
      subjects: subjects.reverse(),
    };
    await postMany(other, { ...rest, ...reversed });
    expect(await problems(t.owner, other)).toEqual([]);
  });

  it.each<[string, (b: Batch) => Partial<Batch>, string]>([
    [
      'a reference twice',
      (b) => ({ references: b.references.map(() => 'twin') }),
      'LEDGER_REFERENCE_TAKEN: 业务号 twin',
    ],
    [
      'a reference posted before',
      (b) => ({ references: ['before', ...b.references.slice(1)] }),
      'LEDGER_REFERENCE_TAKEN: 业务号 before',
    ],
    ['a line of an entry before them', (b) => ({ entry: [0, ...b.entry.slice(1)] }), 'LEDGER_BROKEN_LINES'],
    ['a line of an entry beyond them', (b) => ({ entry: [99, ...b.entry.slice(1)] }), 'LEDGER_BROKEN_LINES'],
    ['a line of no entry', (b) => ({ entry: [null as never, ...b.entry.slice(1)] }), 'LEDGER_BROKEN_LINES'],
    ['a day missing', (b) => ({ days: b.days.slice(1) }), 'LEDGER_BROKEN_LINES'],
    ['an amount missing', (b) => ({ amounts: b.amounts.slice(1) }), 'LEDGER_BROKEN_LINES'],
    ['parts of a fen', (b) => ({ amounts: b.amounts.map((a) => `${a}05`) }), 'LEDGER_AMOUNT'],
    ['one entry unbalanced', (b) => ({ amounts: ['2.00', ...b.amounts.slice(1)] }), 'LEDGER_UNBALANCED'],
    ['an entry without lines', (b) => ({ entry: b.entry.map(() => 1) }), 'LEDGER_UNBALANCED'],
    ['an unknown account', (b) => ({ codes: b.codes.map(() => '1003') }), 'LEDGER_NO_ACCOUNT'],
    ['a day in a closed month', (b) => ({ days: ['2026-01-31', ...b.days.slice(1)] }), 'LEDGER_PERIOD_LOCKED: 2026-01'],
    [
      'a month they cannot belong to',
      (b) => ({ belongsTo: ['2026-02', ...b.belongsTo.slice(1)] }),
      'LEDGER_BELONGS_LATER',
    ],
  ])('are all refused for %s', async (_, change, message) => {
    const other = await t.newBook();
    await post(t.owner, paidIn(other, 'before', '1.00'));
    await t.owner.query(`SELECT ledger.lock_period($1, '2026-01')`, [other]);
    const b = batch(5);
    await expect(postMany(other, { ...b, ...change(b) })).rejects.toThrow(message);
    const { rows } = await t.owner.query('SELECT entries::int FROM ledger.book WHERE id = $1', [other]);
    expect(rows[0].entries).toBe(1);
    expect(await balance(t.owner, other, PAYABLE)).toBeUndefined();
  });

  it('of none change nothing', async () => {
    const other = await t.newBook();
    expect((await postMany(other, batch(0))).rows[0].last).toBe(0);
  });
});
