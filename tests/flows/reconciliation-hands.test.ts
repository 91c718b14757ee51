import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { lockAccount } from '../../src/reconciliation/statement-store.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { expectStatus } from './claims-support.ts';
import { writingNothing } from './support.ts';

const ACCOUNT = '6402200155550001';
let t: Demonstration;
let finance: string;
let other: string;
beforeAll(async () => {
  t = await startDemonstration();
  t.on('2026-03-31');
  finance = t.key('finance');
  other = t.key('finance', undefined, true);
}, 60_000);
afterAll(() => t.stop());

let receipts = 0;
/** Money that came in by the books; its number is ours, so that only party and amount tell the bank's line. */
const booked = async (amount: string, receivedOn: string, receiptNo = `N${++receipts}`) =>
  expectStatus(
    await t.post('pools/pingluo/contributions', { contributor: 'pingluo-st', amount, receivedOn, receiptNo }, finance),
    201,
  );
let balance = 0;
/** A statement of these movements, from where the last one ended. */
const stated = async (from: string, to: string, rows: [day: string, amount: number, name?: string][]) => {
  const lines = rows.map(([day, amount, name = '']) => {
    balance += amount;
    return `${day},${amount.toFixed(2)},${balance.toFixed(2)},${name}`;
  });
  const opening = (balance - rows.reduce((sum, [, amount]) => sum + amount, 0)).toFixed(2);
  const text = [
    `账号：${ACCOUNT} ${from} 至 ${to}`,
    `期初余额：${opening}`,
    '交易日期,交易金额,余额,对方户名',
    ...lines,
  ].join('\n');
  const form = new FormData();
  form.set('file', new File([text], 'x.csv'));
  return expectStatus(await t.post('bank-statements', form, finance), 201);
};
const run = async (period: string) => (await t.post('reconciliations', { poolCode: 'pingluo', period }, finance)).body;
const lines = async () => (await t.get(`bank-lines?poolCode=pingluo`, finance)).body.items;
/** Entry and line on the deposit account of every contribution, in order. */
const legs = async (): Promise<{ seq: number; lineNo: number }[]> => {
  const { rows } = await t.pool.query(
    `SELECT l.seq::int AS seq, l.line_no AS "lineNo" FROM ledger.line l JOIN ledger.account a ON a.id = l.account_id WHERE a.book_id = 'pingluo' AND a.code = '1002' ORDER BY 1`,
  );
  return rows;
};
const byHand = (lineIds: string[], places: object[], reason = '回单一致') =>
  t.post('bank-matches', { poolCode: 'pingluo', accountNo: ACCOUNT, lineIds, legs: places, reason }, finance);

describe('what a person sees that the rules do not', () => {
  it('is left to them: three lines and two entries of one amount are proposed and not matched', async () => {
    for (const on of ['2026-01-06', '2026-01-08']) await booked('100.00', on);
    await stated('2026-01-01', '2026-01-31', [
      ['2026-01-06', 100, '平罗县科学技术局'],
      ['2026-01-07', 100, '平罗县科学技术局'],
      ['2026-01-08', 100, '平罗县科学技术局'],
    ]);
    const january = await run('2026-01');
    expect(january).toMatchObject({
      matched: 0,
      differences: 5,
      unexplained: '0.00',
      bankClosing: '300.00',
      ledgerClosing: '200.00',
    });
    expect(january.proposals).toMatchObject([{ rule: 'ambiguous', confidence: 40 }]);
    expect([january.proposals[0].lines.length, january.proposals[0].legs.length]).toEqual([3, 2]);
    expect(january.bridge.map((b: { amount: string }) => b.amount)).toEqual([
      '-100.00',
      '-100.00',
      '-100.00',
      '100.00',
      '100.00',
    ]);
  });

  it('is matched with a reason, both sides equal, and nothing twice', async () => {
    const [one, two] = (await lines()).map((l: { id: string }) => l.id);
    const [first, second] = await legs();
    expect((await byHand([one, two], [first!])).body.code).toBe('MATCH_UNEQUAL');
    expect((await byHand([one], [])).body.code).toBe('MATCH_EMPTY');
    expect((await byHand([one], [{ ...first!, lineNo: 2 }])).body.code).toBe('MATCH_UNEQUAL');
    const made = expectStatus(await byHand([one, two], [first!, second!]), 201);
    expect(made).toMatchObject({
      rule: 'manual',
      ruleLabel: '人工核对',
      reason: '回单一致',
      amount: '200.00',
      matchedBy: '财务甲',
    });
    expect((await byHand([one], [first!])).body.code).toBe('MATCH_USED');
    const { items } = (await t.get('differences?live=true', finance)).body;
    expect(items).toHaveLength(1);
    expect((await t.get('differences?status=matched', finance)).body.total).toBe(4);
    const undone = expectStatus(await t.post(`bank-matches/${made.id}/undo`, { reason: '看错了' }, finance), 200);
    expect(undone).toMatchObject({ undoneOn: '2026-03-31', undoneReason: '看错了' });
    expect((await t.post(`bank-matches/${made.id}/undo`, { reason: '看错了' }, finance)).body.code).toBe(
      'MATCH_UNDONE',
    );
    expect((await run('2026-01')).differences).toBe(5);
    expectStatus(await byHand([one], [first!]), 201);
  });

  it('cannot be had twice, however many try at once', async () => {
    const [, two] = (await lines()).map((l: { id: string }) => l.id);
    const [, second] = await legs();
    const tried = await Promise.all(Array.from({ length: 100 }, (_, n) => byHand([two], [second!], `第 ${n} 次`)));
    const won = tried.filter(({ status }) => status === 201);
    expect([won.length, new Set(tried.map(({ status }) => status))]).toEqual([1, new Set([201, 409])]);
    await t.post(`bank-matches/${won[0]!.body.id}/undo`, { reason: '再试' }, finance);
    // The same past every service, where nothing takes turns: only the indexes stand in the way.
    const past = `WITH m AS (INSERT INTO bank_match (pool_code, account_no, rule, matched_by, matched_on) VALUES ('pingluo', '${ACCOUNT}', 'number', 'x', '2026-03-31') RETURNING id),
      l AS (INSERT INTO bank_match_line (match_id, line_id) SELECT id, $1 FROM m) INSERT INTO bank_match_leg (match_id, pool_code, seq, line_no) SELECT id, 'pingluo', $2, $3 FROM m`;
    const raw = await Promise.allSettled(
      Array.from({ length: 900 }, () => t.pool.query(past, [two, second!.seq, second!.lineNo])),
    );
    expect(raw.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { rows } = await t.pool.query(
      'SELECT line_id FROM bank_match_line WHERE live GROUP BY line_id HAVING count(*) > 1',
    );
    expect(rows).toEqual([]);
  }, 60_000);

  it('is held by the database, past every service', async () => {
    const insert = `WITH m AS (INSERT INTO bank_match (pool_code, account_no, rule, matched_by, matched_on) VALUES ('pingluo', '${ACCOUNT}', 'number', 'x', '2026-03-31') RETURNING id)`;
    const { rows } = await t.pool.query('SELECT line_id FROM bank_match_line WHERE live LIMIT 1');
    await expect(
      t.pool.query(`${insert} INSERT INTO bank_match_line (match_id, line_id) SELECT id, ${rows[0].line_id} FROM m`),
    ).rejects.toThrow('bank_line_used_once');
    const { rows: used } = await t.pool.query('SELECT seq, line_no FROM bank_match_leg WHERE live LIMIT 1');
    await expect(
      t.pool.query(
        `${insert} INSERT INTO bank_match_leg (match_id, pool_code, seq, line_no) SELECT id, 'pingluo', ${used[0].seq}, ${used[0].line_no} FROM m`,
      ),
    ).rejects.toThrow('ledger_line_used_once');
    const { rows: open } = await t.pool.query(
      `SELECT id FROM bank_line b WHERE NOT EXISTS (SELECT FROM bank_match_line u WHERE u.line_id = b.id AND u.live)`,
    );
    await expect(
      t.pool.query(`${insert} INSERT INTO bank_match_line (match_id, line_id) SELECT id, ${open[0].id} FROM m`),
    ).rejects.toThrow('MATCH_UNEQUAL');
    // Nor does a match that was found equal take another line.
    const join = `INSERT INTO bank_match_line (match_id, line_id) SELECT max(id), ${open[0].id} FROM bank_match WHERE undone_on IS NULL`;
    await expect(t.pool.query(join)).rejects.toThrow('MATCH_MADE');
    for (const change of [
      'UPDATE reconciliation SET matched = 9',
      'DELETE FROM reconciliation',
      'DELETE FROM bank_match',
      'UPDATE bank_match SET undone_by = NULL, undone_on = NULL, undone_reason = NULL WHERE undone_on IS NOT NULL',
    ])
      await expect(t.pool.query(change)).rejects.toThrow(/APPEND_ONLY|MATCH_UNDONE/);
  });
});

describe('what is on its way at the month’s end', () => {
  it('is named in that month, and not a difference of the next', async () => {
    await booked('700.00', '2026-02-27');
    await stated('2026-02-01', '2026-02-28', []);
    const before = await run('2026-02');
    const [item] = before.bridge.filter((b: { amount: string }) => b.amount === '700.00');
    expect(item).toMatchObject({ kind: 'bookReceived', settledOn: null });
    const { items } = (await t.get('differences?live=true&kind=timing', finance)).body;
    expect(items).toMatchObject([{ amount: '700.00', side: 'ledger', kind: 'timing' }]);
    const explained = expectStatus(
      await t.post(`differences/${items[0].id}/resolve`, { as: 'timing', note: '银行次日入账' }, finance),
      200,
    );
    expect(explained).toMatchObject({ status: 'explained', proposedBy: '财务甲' });
    await stated('2026-03-01', '2026-03-20', [['2026-03-02', 700, '平罗县科学技术局']]);
    const march = await run('2026-03');
    expect(march.coveredTo).toBe('2026-03-20');
    expect((await t.get('differences?kind=timing', finance)).body.items).toMatchObject([{ status: 'matched' }]);
    const again = await run('2026-02');
    expect(again.bridge.find((b: { amount: string }) => b.amount === '700.00')).toMatchObject({
      settledOn: '2026-03-02',
    });
    expect([again.unexplained, march.unexplained]).toEqual(['0.00', '0.00']);
  });

  it('keeps a month from being confirmed while a difference is open, statements end before it, or anything is new', async () => {
    const confirm = (id: string) => t.post(`reconciliations/${id}/confirm`, undefined, other);
    const [february, march] = [await run('2026-02'), await run('2026-03')];
    expect((await confirm(february.id)).body.code).toBe('RECONCILIATION_OPEN');
    expect((await confirm(march.id)).body.code).toBe('STATEMENT_MISSING');
    await booked('5.00', '2026-03-30');
    expect((await confirm(march.id)).body.code).toBe('RECONCILIATION_STALE');
  });
});

describe('who', () => {
  it('sees its own pool’s, and banks nothing', async () => {
    const [county, stranger] = [t.key('countyReviewer', 'pingluo-st'), t.key('countyReviewer', 'yinchuan-st')];
    for (const path of ['reconciliations', 'bank-matches', 'differences']) {
      expect((await t.get(path, county)).body.total).toBeGreaterThan(0);
      expect((await t.get(path, stranger)).body.total).toBe(0);
      expect((await t.get(path, t.key('bank', 'shizuishan-bank'))).status).toBe(403);
    }
    const [run1] = (await t.get('reconciliations', finance)).body.items;
    expect((await t.get(`reconciliations/${run1.id}`, stranger)).status).toBe(404);
    expect(
      (await writingNothing(t, () => t.get(`reconciliations/${run1.id}/replay`, t.key('auditor')))).body.same,
    ).toBe(true);
    expect((await t.post('reconciliations', { poolCode: 'nowhere', period: '2026-03' }, finance)).status).toBe(404);
  });
});

describe('a month that is confirmed', () => {
  it('leaves what was on its way at its end to be matched by hand, and nothing that it had matched', async () => {
    t.on('2026-04-02');
    const live = async (): Promise<{ id: string; side: string; occurredOn: string }[]> =>
      (await t.get('differences?live=true', finance)).body.items;
    await stated('2026-03-21', '2026-03-31', []);
    await run('2026-03');
    for (const { id, side } of await live()) {
      expectStatus(
        await t.post(`differences/${id}/resolve`, { as: side === 'bank' ? 'suspense' : 'timing' }, finance),
        200,
      );
      if (side === 'bank') expectStatus(await t.post(`differences/${id}/confirm`, undefined, other), 200);
    }
    const march = await run('2026-03');
    expectStatus(await t.post(`reconciliations/${march.id}/confirm`, undefined, other), 200);
    await stated('2026-04-01', '2026-04-01', [
      ['2026-04-01', 2],
      ['2026-04-01', 3],
    ]);
    const arrived = (await lines()).filter((l: { occurredOn: string }) => l.occurredOn === '2026-04-01');
    const { rows } = await t.pool.query(
      `SELECT l.seq::int AS seq, l.line_no AS "lineNo" FROM ledger.line l JOIN ledger.account a ON a.id = l.account_id WHERE a.book_id = 'pingluo' AND a.code = '1002' AND l.amount = 5`,
    );
    const made = expectStatus(
      await byHand(
        arrived.map((l: { id: string }) => l.id),
        rows,
      ),
      201,
    );
    expect((await t.get(`reconciliations/${march.id}`, finance)).body.bridge).toEqual(march.bridge);
    expectStatus(await t.post(`bank-matches/${made.id}/undo`, { reason: '看错了' }, finance), 200);
    const [within] = (await t.get('bank-matches?limit=100', finance)).body.items.filter(
      (m: { amount: string }) => m.amount === '700.00',
    );
    expect((await t.post(`bank-matches/${within.id}/undo`, { reason: '看错了' }, finance)).body.code).toBe(
      'RECONCILED',
    );
  });

  it('is not told of by a file made before it was over: the rest of it still comes', async () => {
    await stated('2026-04-02', '2026-04-30', [['2026-04-02', 7]]);
    expect((await run('2026-04')).coveredTo).toBe('2026-04-02');
    t.on('2026-05-02');
    balance -= 7;
    await stated('2026-04-02', '2026-04-30', [
      ['2026-04-02', 7],
      ['2026-04-20', 8],
    ]);
    expect((await run('2026-04')).coveredTo).toBe('2026-04-30');
  });

  it('an account that is taken keeps nobody from booking on it: who books has its pool, and waits for no account', async () => {
    await inTransaction(t.contextOf(), async (tx) => {
      await lockAccount(tx, ACCOUNT);
      await booked('9.00', '2026-04-01');
    });
  });
});
