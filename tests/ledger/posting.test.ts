import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  balance,
  COUNTY,
  DEPOSIT,
  MIRROR,
  mirrored,
  type Posting,
  paidIn,
  post,
  problems,
  REGION,
  RESERVE,
  startLedger,
  type TestLedger,
} from './support.ts';

let t: TestLedger;
let book: string;

beforeAll(async () => {
  t = await startLedger();
  book = await t.newBook();
  await post(t.owner, paidIn(book, 'first', '100.00'));
});
afterAll(() => t.stop());

/** What the book is, so that a refusal can be seen to have left nothing. */
async function state() {
  const { rows } = await t.owner.query(
    `SELECT entries::int, encode(head, 'hex') AS head, (SELECT count(*)::int FROM ledger.line WHERE book_id = id) AS lines,
            (SELECT json_agg((code, sub_key, balance) ORDER BY a.id) FROM ledger.account a WHERE a.book_id = b.id) AS accounts FROM ledger.book b WHERE id = $1`,
    [book],
  );
  return rows[0];
}

const entry = (change: Partial<Posting>): Posting => ({ ...paidIn(book, 'refused', '10.00'), ...change });
const lines = (...all: Posting['lines']): Partial<Posting> => ({ lines: all });

describe('a posting', () => {
  const REFUSED: [string, () => Partial<Posting>, string][] = [
    ['whose sides differ', () => lines(['D', DEPOSIT, '10.00'], ['C', COUNTY, '9.99']), 'LEDGER_UNBALANCED'],
    ['of one line', () => lines(['D', DEPOSIT, '10.00']), 'LEDGER_UNBALANCED'],
    ['of no line', () => lines(), 'LEDGER_BROKEN_LINES'],
    [
      'that sets what is on the balance sheet against what is off it',
      () => lines(['D', RESERVE, '10.00'], ['C', COUNTY, '10.00']),
      'LEDGER_UNBALANCED',
    ],
    [
      'that balances over all but on neither sheet',
      () => lines(['D', RESERVE, '10.00'], ['C', MIRROR, '9.00'], ['D', DEPOSIT, '9.00'], ['C', COUNTY, '10.00']),
      'LEDGER_UNBALANCED',
    ],
    ['of an amount of zero', () => lines(['D', DEPOSIT, '0.00'], ['C', COUNTY, '0.00']), 'LEDGER_AMOUNT'],
    [
      'of a negative amount',
      () => lines(['D', DEPOSIT, '-1.00'], ['C', COUNTY, '-1.00']),
      'LEDGER_AMOUNT: 分录金额 -1.00',
    ],
    [
      'of parts of a fen, though they would balance rounded',
      () => lines(['D', DEPOSIT, '0.005'], ['D', DEPOSIT, '0.005'], ['C', COUNTY, '0.01']),
      'LEDGER_AMOUNT: 分录金额 0.005',
    ],
    ['of no number', () => lines(['D', DEPOSIT, 'NaN'], ['C', COUNTY, 'NaN']), 'LEDGER_AMOUNT'],
    ['of infinity', () => lines(['D', DEPOSIT, 'Infinity'], ['C', COUNTY, 'Infinity']), 'LEDGER_AMOUNT'],
    ['of more than a numeric(18,2) holds', () => lines(['D', DEPOSIT, '1e16'], ['C', COUNTY, '1e16']), 'LEDGER_AMOUNT'],
    [
      'with an amount missing',
      () => lines(['D', DEPOSIT, null as never], ['C', COUNTY, '1.00']),
      'LEDGER_AMOUNT: 分录金额 空',
    ],
    ['on a side that is none', () => lines(['X', DEPOSIT, '1.00'], ['C', COUNTY, '1.00']), 'LEDGER_BROKEN_LINES'],
    [
      'with a side missing',
      () => lines([null as never, DEPOSIT, '1.00'], ['C', COUNTY, '1.00']),
      'LEDGER_BROKEN_LINES',
    ],
    ['to nobody’s account', () => lines(['D', ['1002', ''], '1.00'], ['C', COUNTY, '1.00']), 'LEDGER_BROKEN_LINES'],
    [
      'to an account of no key',
      () => lines(['D', ['1002', null as never], '1.00'], ['C', COUNTY, '1.00']),
      'LEDGER_BROKEN_LINES',
    ],
    [
      'to an account that is not in the chart',
      () => lines(['D', ['1003', 'x'], '1.00'], ['C', COUNTY, '1.00']),
      'LEDGER_NO_ACCOUNT: 会计科目表中没有 1003',
    ],
    ['in a book that is not there', () => ({ book: 'nowhere' }), 'LEDGER_NO_BOOK'],
    [
      'that takes a deposit below zero',
      () => lines(['D', COUNTY, '10.00'], ['C', ['1002', 'empty'], '10.00']),
      'account_not_below_zero',
    ],
    ['that says it belongs to its own month', () => ({ belongsTo: '2026-01' }), 'LEDGER_BELONGS_LATER'],
    ['that belongs to no month there is', () => ({ belongsTo: '2025-13' }), 'month_check'],
    ['without a reference', () => ({ reference: '' }), 'LEDGER_NO_REFERENCE'],
    ['on no day', () => ({ on: 'infinity' }), 'infinite'],
  ];

  it.each(REFUSED)('%s is refused and leaves nothing', async (_, change, message) => {
    const before = await state();
    await expect(post(t.owner, entry(change()))).rejects.toThrow(message);
    expect(await state()).toEqual(before);
  });

  it.each([
    ["'{1002}', '{a,b}', '{D,C}', '{1,1}', '{NULL,NULL}'"],
    ["'{1002,2901}', '{a}', '{D,C}', '{1,1}', '{NULL,NULL}'"],
    ["'{1002,2901}', '{a,b}', '{D,C}', '{1}', '{NULL,NULL}'"],
    ["'{1002,2901}', '{a,b}', '{D,C}', '{1,1}', '{NULL}'"],
    ["'{{1002,2901}}', '{{a,b}}', '{{D,C}}', '{{1,1}}', '{{NULL,NULL}}'"],
    ["'[2:3]={1002,2901}', '[2:3]={a,b}', '[2:3]={D,C}', '[2:3]={1,1}', '[2:3]={NULL,NULL}'"],
    ['NULL, NULL, NULL, NULL, NULL'],
    ["'{1002,2901}', '{a,b}', '{D,C}', NULL, '{NULL,NULL}'"],
  ])('whose arrays are %s is refused', async (arrays) => {
    const sql = `SELECT ledger.post($1, 'jagged', '2026-01-05', 'k', 'm', '[]', ${arrays}, 'tester')`;
    await expect(t.owner.query(sql, [book])).rejects.toThrow(/LEDGER_BROKEN_LINES|LEDGER_AMOUNT/);
  });

  it('is refused at commit when the owner inserts it unbalanced past the function', async () => {
    const insert = (amount: string, lineNo = 2) =>
      t.inOne((client) =>
        client.query(`
          INSERT INTO ledger.entry VALUES ('${book}', 99, 'raw', '2026-01-05', now(), 'k', 'm', '[]', NULL, NULL, 'owner', '\\x00');
          INSERT INTO ledger.line SELECT '${book}', 99, 1, min(id), 'D', 10.00, '2026-01-05' FROM ledger.account WHERE book_id = '${book}';
          INSERT INTO ledger.line SELECT '${book}', 99, ${lineNo}, max(id), 'C', ${amount}, '2026-01-05' FROM ledger.account WHERE book_id = '${book}'`),
      );
    await expect(insert('9.00')).rejects.toThrow('LEDGER_UNBALANCED: 凭证 book1 第 99 号借贷不平（表内差 1.00');
    await expect(insert('10.00', 3)).rejects.toThrow('LEDGER_UNBALANCED');
  });

  it('takes no further line once it is committed', async () => {
    const third = `INSERT INTO ledger.line SELECT '${book}', 1, 3, min(id), 'D', 10.00, '2026-01-05' FROM ledger.account WHERE book_id = '${book}'`;
    await expect(t.owner.query(third)).rejects.toThrow('LEDGER_UNBALANCED');
  });

  it('does not touch accounts of another book', async () => {
    const other = await t.newBook();
    await post(t.owner, paidIn(other, 'a', '1.00'));
    const stranger = t.inOne((client) =>
      client.query(`
        INSERT INTO ledger.entry VALUES ('${book}', 98, 'stranger', '2026-01-05', now(), 'k', 'm', '[]', NULL, NULL, 'owner', '\\x00');
        INSERT INTO ledger.line SELECT '${book}', 98, row_number() OVER (ORDER BY id), id, normal_side, 1, '2026-01-05' FROM ledger.account WHERE book_id = '${other}'`),
    );
    await expect(stranger).rejects.toThrow('LEDGER_UNBALANCED');
  });

  it('may name one account many times, in and out, and counts what is left', async () => {
    const other = await t.newBook();
    await post(t.owner, {
      ...paidIn(other, 'many', '1.00'),
      lines: [
        ['C', DEPOSIT, '3.00'],
        ['D', DEPOSIT, '10.00'],
        ['C', COUNTY, '4.00', '甲'],
        ['C', COUNTY, '3.00', '乙'],
      ],
    });
    expect([await balance(t.owner, other, DEPOSIT), await balance(t.owner, other, COUNTY)]).toEqual(['7.00', '7.00']);
    expect(await problems(t.owner, other)).toEqual([]);
  });

  it('of whole yuan, written short, is verified as the same', async () => {
    const other = await t.newBook();
    await post(t.owner, {
      ...paidIn(other, 'short', '0'),
      lines: [
        ['D', DEPOSIT, '3e2'],
        ['C', COUNTY, '300.000'],
      ],
    });
    expect(await balance(t.owner, other, DEPOSIT)).toBe('300.00');
    expect(await problems(t.owner, other)).toEqual([]);
    expect(await post(t.owner, { ...paidIn(other, 'short', '300.00') })).toBe(1);
  });

  it('of the largest amounts is added up beyond one amount’s width', async () => {
    const other = await t.newBook();
    for (const reference of ['a', 'b', 'c']) await post(t.owner, paidIn(other, reference, '9999999999999999.99'));
    expect(await balance(t.owner, other, DEPOSIT)).toBe('29999999999999999.97');
  });
});

describe('a reference', () => {
  it('is posted once: the same content answers the first number, whoever sends it', async () => {
    const before = await state();
    expect(await post(t.owner, { ...paidIn(book, 'first', '100.00'), actor: 'somebody else' })).toBe(1);
    expect(await state()).toEqual(before);
  });

  it.each<[string, () => Partial<Posting>]>([
    ['amount', () => paidIn(book, 'first', '100.01')],
    ['day', () => ({ on: '2026-01-06' })],
    ['kind', () => ({ kind: 'other' })],
    ['memo', () => ({ memo: '别的' })],
    ['article', () => ({ cites: [{ document: 'x', article: 'y', confirmed: true }] })],
    ['account', () => lines(['D', DEPOSIT, '100.00'], ['C', REGION, '100.00'])],
    ['order of lines', () => lines(['C', COUNTY, '100.00'], ['D', DEPOSIT, '100.00'])],
    ['subject', () => lines(['D', DEPOSIT, '100.00', '某'], ['C', COUNTY, '100.00'])],
    ['month it belongs to', () => ({ belongsTo: '2025-12' })],
    ['entry it reverses', () => ({ reverses: 'x' })],
  ])('with another %s is refused', async (_, change) => {
    await expect(post(t.owner, { ...paidIn(book, 'first', '100.00'), ...change() })).rejects.toThrow(
      'LEDGER_REFERENCE_TAKEN',
    );
  });

  it('answers also after its month is closed', async () => {
    const other = await t.newBook();
    await post(t.owner, paidIn(other, 'a', '1.00'));
    await t.owner.query(`SELECT ledger.lock_period($1, '2026-01')`, [other]);
    expect(await post(t.owner, paidIn(other, 'a', '1.00'))).toBe(1);
  });
});

describe('a reversal', () => {
  const original = (name: string) => paidIn(name, 'wrong', '30.00', '2026-02-10');
  const reversal = (name: string): Posting => ({
    ...original(name),
    reference: 'wrong:reversal',
    reverses: 'wrong',
    on: '2026-02-11',
    lines: mirrored(original(name)),
  });

  it('takes back what it cites, once', async () => {
    const other = await t.newBook();
    await post(t.owner, original(other));
    expect(await post(t.owner, reversal(other))).toBe(2);
    expect(await balance(t.owner, other, DEPOSIT)).toBe('0.00');
    expect(await post(t.owner, reversal(other))).toBe(2);
    await expect(post(t.owner, { ...reversal(other), reference: 'again' })).rejects.toThrow('LEDGER_REVERSED_ALREADY');
    await expect(
      post(t.owner, { ...original(other), reference: 'back', reverses: 'wrong:reversal', on: '2026-02-12' }),
    ).rejects.toThrow('LEDGER_REVERSES_REVERSAL');
    expect(await problems(t.owner, other)).toEqual([]);
  });

  it.each<[string, (name: string) => Partial<Posting>, string]>([
    ['an entry that is not there', () => ({ reverses: 'nothing' }), 'LEDGER_NOTHING_TO_REVERSE'],
    ['itself', () => ({ reference: 'self', reverses: 'self' }), 'LEDGER_NOTHING_TO_REVERSE'],
    [
      'an entry with part of its amount',
      (name) => lines(...mirrored(paidIn(name, '', '29.99'))),
      'LEDGER_REVERSAL_DIFFERS',
    ],
    ['an entry on its own sides', (name) => ({ lines: original(name).lines }), 'LEDGER_REVERSAL_DIFFERS'],
    [
      'an entry with another account',
      () => lines(['C', DEPOSIT, '30.00'], ['D', REGION, '30.00']),
      'LEDGER_REVERSAL_DIFFERS',
    ],
    [
      'an entry about another subject',
      () => lines(['C', DEPOSIT, '30.00'], ['D', COUNTY, '30.00', '某']),
      'LEDGER_REVERSAL_DIFFERS',
    ],
    ['an entry before it happened', () => ({ on: '2026-02-09' }), 'LEDGER_REVERSAL_TOO_EARLY'],
  ])('of %s is refused', async (_, change, message) => {
    const other = await t.newBook();
    await post(t.owner, original(other));
    await expect(post(t.owner, { ...reversal(other), ...change(other) })).rejects.toThrow(message);
  });

  it('of an entry in another book is refused', async () => {
    const other = await t.newBook();
    await post(t.owner, original(other));
    await expect(post(t.owner, { ...reversal(other), book: await t.newBook() })).rejects.toThrow(
      'LEDGER_NOTHING_TO_REVERSE',
    );
  });
});

describe('a closed month', () => {
  it('takes no more postings; the next does, and says what month they belong to', async () => {
    const other = await t.newBook();
    await t.owner.query(`SELECT ledger.lock_period($1, '2026-03')`, [other]);
    await expect(post(t.owner, paidIn(other, 'late', '1.00', '2026-03-31'))).rejects.toThrow(
      'LEDGER_PERIOD_LOCKED: 2026-03 已结账（至 2026-03）',
    );
    await post(t.owner, { ...paidIn(other, 'late', '1.00', '2026-04-01'), belongsTo: '2026-03' });
    await t.owner.query(`SELECT ledger.lock_period($1, '2026-01')`, [other]);
    await expect(post(t.owner, paidIn(other, 'late 2', '1.00', '2026-03-31'))).rejects.toThrow('LEDGER_PERIOD_LOCKED');
  });

  it('is a month and nothing else, of a book that is there', async () => {
    await expect(t.owner.query(`SELECT ledger.lock_period($1, '9999')`, [book])).rejects.toThrow('month_check');
    await expect(t.owner.query(`SELECT ledger.lock_period('nowhere', '2026-01')`)).rejects.toThrow('LEDGER_NO_BOOK');
  });

  it('waits for a posting under way, or the posting for it', async () => {
    const other = await t.newBook();
    let locking: Promise<unknown> = Promise.resolve();
    await t.inOne(async (client) => {
      await post(client, paidIn(other, 'under way', '1.00'));
      locking = t.owner.query(`SELECT ledger.lock_period($1, '2026-01')`, [other]);
    });
    await locking;
    await expect(post(t.owner, paidIn(other, 'after', '1.00'))).rejects.toThrow('LEDGER_PERIOD_LOCKED');
  });
});
