import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTY, DEPOSIT, MIRROR, paidIn, post, problems, RESERVE, startLedger, type TestLedger } from './support.ts';

let t: TestLedger;
beforeAll(async () => {
  t = await startLedger();
});
afterAll(() => t.stop());

/** A book of six entries, e1 … e6, numbers 1 … 6. */
async function sixEntries(): Promise<string> {
  const book = await t.newBook();
  for (const i of [1, 2, 3, 4, 5]) await post(t.owner, paidIn(book, `e${i}`, `${i}00.00`, `2026-0${i}-15`));
  const lines: Parameters<typeof post>[1]['lines'] = [
    ['D', RESERVE, '7.00', '借据一'],
    ['C', MIRROR, '7.00', '借据一'],
  ];
  await post(t.owner, { ...paidIn(book, 'e6', '7.00', '2026-06-15'), lines });
  return book;
}

const account = ([code, key]: readonly [string, string], book = '$1') =>
  `(SELECT id FROM ledger.account WHERE book_id = ${book} AND code = '${code}' AND sub_key = '${key}')`;

describe('verification', () => {
  it('finds nothing in a book as it was posted, nor in an empty one', async () => {
    expect(await problems(t.owner, await sixEntries())).toEqual([]);
    expect(await problems(t.owner, await t.newBook())).toEqual([]);
  });

  it('names the entry and the line whose amount a superuser changed, by what is on both sides of it', async () => {
    const book = await sixEntries();
    await t.tamper(`UPDATE ledger.line SET amount = 290.00 WHERE book_id = $1 AND seq = 3 AND line_no = 2`, [book]);
    const { rows } = await t.owner.query('SELECT * FROM ledger.verify($1)', [book]);
    expect(rows.map((r) => [r.problem, r.reference, r.line_no, r.detail])).toEqual([
      ['hash', 'e3', null, '凭证内容与其哈希不符：凭证或分录被改动。现为 2026-03-15 出资到账'],
      ['unbalanced', 'e3', null, '借贷不平：表内差 10.00，表外差 0'],
      ['line', 'e3', 2, '分录 贷 2901 pingluo-st 290.00：该科目余额 1500.00 与分录合计 1490.00 不符'],
      ['balance', null, null, '科目 2901 pingluo-st 余额 1500.00 与分录合计 1490.00 不符'],
    ]);
  });

  const TAMPERED: [string, string, string[]][] = [
    [
      'both lines changed alike',
      'UPDATE ledger.line SET amount = 1 WHERE book_id = $1 AND seq = 3',
      ['hash 3', 'line 3 1', 'line 3 2', 'balance', 'balance'],
    ],
    [
      'both lines and both balances changed alike',
      `WITH l AS (UPDATE ledger.line SET amount = 1 WHERE book_id = $1 AND seq = 3) UPDATE ledger.account SET balance = balance - 299 WHERE book_id = $1 AND code IN ('1002', '2901')`,
      ['hash 3'],
    ],
    [
      'a line moved to another account',
      `UPDATE ledger.line SET account_id = ${account(RESERVE)} WHERE book_id = $1 AND seq = 2 AND line_no = 1`,
      ['hash 2', 'unbalanced 2', 'line 2 1', 'balance', 'balance'],
    ],
    [
      'a line turned round',
      `UPDATE ledger.line SET side = 'C' WHERE book_id = $1 AND seq = 2 AND line_no = 1`,
      ['hash 2', 'unbalanced 2', 'line 2 1', 'balance'],
    ],
    [
      'a subject changed',
      `UPDATE ledger.line SET subject = '借据二' WHERE book_id = $1 AND seq = 6 AND line_no = 1`,
      ['hash 6'],
    ],
    [
      'a line re-dated',
      `UPDATE ledger.line SET occurred_on = '2026-01-01' WHERE book_id = $1 AND seq = 4 AND line_no = 2`,
      ['date 4 2'],
    ],
    ['lines renumbered', 'UPDATE ledger.line SET line_no = line_no + 10 WHERE book_id = $1 AND seq = 4', ['lines 4']],
    [
      'a line deleted',
      'DELETE FROM ledger.line WHERE book_id = $1 AND seq = 4 AND line_no = 2',
      ['hash 4', 'unbalanced 4', 'lines 4', 'balance'],
    ],
    [
      'all lines of an entry deleted',
      'DELETE FROM ledger.line WHERE book_id = $1 AND seq = 4',
      ['hash 4', 'lines 4', 'balance', 'balance'],
    ],
    [
      'a pair of lines added',
      `INSERT INTO ledger.line SELECT book_id, seq, line_no + 2, account_id, side, 1, occurred_on FROM ledger.line WHERE book_id = $1 AND seq = 5`,
      ['hash 5', 'line 5 1', 'line 5 2', 'line 5 3', 'line 5 4', 'balance', 'balance'],
    ],
    [
      'an entry re-dated, with its lines',
      `WITH l AS (UPDATE ledger.line SET occurred_on = '2026-07-01' WHERE book_id = $1 AND seq = 2) UPDATE ledger.entry SET occurred_on = '2026-07-01' WHERE book_id = $1 AND seq = 2`,
      ['hash 2'],
    ],
    [
      'an entry re-dated alone',
      `UPDATE ledger.entry SET occurred_on = '2026-07-01' WHERE book_id = $1 AND seq = 2`,
      ['hash 2', 'date 2 1', 'date 2 2'],
    ],
    ['a memo changed', `UPDATE ledger.entry SET memo = '别的' WHERE book_id = $1 AND seq = 1`, ['hash 1']],
    ['an article changed', `UPDATE ledger.entry SET cites = '[{}]' WHERE book_id = $1 AND seq = 1`, ['hash 1']],
    ['who posted it changed', `UPDATE ledger.entry SET actor = '别人' WHERE book_id = $1 AND seq = 1`, ['hash 1']],
    [
      'when it was posted changed',
      `UPDATE ledger.entry SET recorded_at = recorded_at + interval '1 microsecond' WHERE book_id = $1 AND seq = 1`,
      ['hash 1'],
    ],
    [
      'an entry deleted whole',
      `WITH l AS (DELETE FROM ledger.line WHERE book_id = $1 AND seq = 3) DELETE FROM ledger.entry WHERE book_id = $1 AND seq = 3`,
      ['gap 4', 'balance', 'balance', 'head'],
    ],
    [
      'an entry deleted without its lines',
      'DELETE FROM ledger.entry WHERE book_id = $1 AND seq = 3',
      ['orphan 3 1', 'orphan 3 2', 'gap 4', 'head'],
    ],
    [
      'the first entry deleted',
      `WITH l AS (DELETE FROM ledger.line WHERE book_id = $1 AND seq = 1) DELETE FROM ledger.entry WHERE book_id = $1 AND seq = 1`,
      ['gap 2', 'balance', 'balance', 'head'],
    ],
    [
      'the tail cut off',
      `WITH l AS (DELETE FROM ledger.line WHERE book_id = $1 AND seq = 6) DELETE FROM ledger.entry WHERE book_id = $1 AND seq = 6`,
      ['balance', 'balance', 'head'],
    ],
    [
      'the tail cut off and the count with it',
      `WITH l AS (DELETE FROM ledger.line WHERE book_id = $1 AND seq = 6), e AS (DELETE FROM ledger.entry WHERE book_id = $1 AND seq = 6) UPDATE ledger.book SET entries = 5 WHERE id = $1`,
      ['balance', 'balance', 'head'],
    ],
    [
      'two entries’ hashes swapped',
      `UPDATE ledger.entry e SET hash = o.hash FROM ledger.entry o WHERE e.book_id = $1 AND o.book_id = $1 AND e.seq IN (3, 4) AND o.seq = 7 - e.seq`,
      ['hash 3', 'hash 4'],
    ],
    ['a hash overwritten', `UPDATE ledger.entry SET hash = '\\x00' WHERE book_id = $1 AND seq = 2`, ['hash 2']],
    [
      'the last hash overwritten',
      `UPDATE ledger.entry SET hash = '\\x00' WHERE book_id = $1 AND seq = 6`,
      ['hash 6', 'head'],
    ],
    [
      'a running balance changed',
      `UPDATE ledger.account SET balance = balance + 1 WHERE id = ${account(DEPOSIT)}`,
      ['balance'],
    ],
    [
      'an account renamed',
      `UPDATE ledger.account SET sub_key = 'other' WHERE id = ${account(COUNTY)}`,
      ['hash 1', 'hash 2', 'hash 3', 'hash 4', 'hash 5'],
    ],
    [
      'an account freed of its floor',
      `UPDATE ledger.account SET floor_zero = false WHERE id = ${account(DEPOSIT)}`,
      ['account'],
    ],
    ['the head changed', `UPDATE ledger.book SET head = '\\x00' WHERE id = $1`, ['head']],
    ['the count changed', 'UPDATE ledger.book SET entries = 7 WHERE id = $1', ['head']],
  ];

  it.each(TAMPERED)('finds and names %s', async (_, sql, expected) => {
    const book = await sixEntries();
    await t.tamper(sql, [book]);
    expect(await problems(t.owner, book)).toEqual(expected);
  });

  it('finds an entry appended past the function, with a hash of its own making', async () => {
    const book = await sixEntries();
    await t.tamper(
      `WITH e AS (INSERT INTO ledger.entry SELECT book_id, 7, 'forged', occurred_on, recorded_at, kind, memo, cites, NULL, NULL, actor, sha256(hash) FROM ledger.entry WHERE book_id = $1 AND seq = 6)
       INSERT INTO ledger.line SELECT book_id, 7, line_no, account_id, side, amount, occurred_on, subject FROM ledger.line WHERE book_id = $1 AND seq = 6`,
      [book],
    );
    expect(await problems(t.owner, book)).toEqual(['hash 7', 'line 7 1', 'line 7 2', 'balance', 'balance', 'head']);
  });

  it('finds a line that stands in another book’s account', async () => {
    const [book, other] = [await sixEntries(), await sixEntries()];
    await t.tamper(
      `UPDATE ledger.line SET account_id = ${account(DEPOSIT, `'${other}'`)} WHERE book_id = $1 AND seq = 2 AND line_no = 1`,
      [book],
    );
    expect(await problems(t.owner, book)).toEqual(['account 2 1', 'balance']);
  });

  it('finds several at once and names each, not what stands between them', async () => {
    const book = await sixEntries();
    await t.tamper(`UPDATE ledger.entry SET memo = '别的' WHERE book_id = $1 AND seq IN (1, 2, 5)`, [book]);
    await t.tamper(`UPDATE ledger.entry SET hash = '\\x00' WHERE book_id = $1 AND seq = 4`, [book]);
    expect(await problems(t.owner, book)).toEqual(['hash 1', 'hash 2', 'hash 4', 'hash 5']);
  });

  it('finds what was changed with the triggers switched off instead', async () => {
    const book = await sixEntries();
    await t.inOne(async (client) => {
      await client.query('ALTER TABLE ledger.line DISABLE TRIGGER append_only');
      await client.query(`UPDATE ledger.line SET amount = 1 WHERE book_id = $1 AND seq = 6`, [book]);
      await client.query('ALTER TABLE ledger.line ENABLE TRIGGER append_only');
    });
    expect(await problems(t.owner, book)).toContain('hash 6');
  });

  it('reads every text as itself: what one field ends with is not what the next begins with', async () => {
    const book = await t.newBook();
    const lines: Parameters<typeof post>[1]['lines'] = [
      ['D', ['1002', '",\n\\"\u2028'], '1.00', '","'],
      ['C', ['2901', '甲","乙'], '1.00', "'; DROP"],
    ];
    await post(t.owner, { ...paidIn(book, '"reference",', '1.00'), memo: '","', kind: '",1,"', lines });
    expect(await problems(t.owner, book)).toEqual([]);
    await t.tamper(`UPDATE ledger.entry SET memo = '', kind = '",1,"","' WHERE book_id = $1`, [book]);
    expect(await problems(t.owner, book)).toEqual(['hash 1']);
  });
});
