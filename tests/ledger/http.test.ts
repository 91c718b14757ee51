import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { MIRROR, mirrored, paidIn, post, RESERVE } from './support.ts';

let t: TestApp;
let finance: string;
let county: string;
let bank: string;

const pool = (code: string, unit: string, accountNo: string) => ({
  ...{
    code,
    name: `${unit}资金池`,
    programme: '宁科贷',
    policyCode: 'ningkedai-2025',
    regions: [unit],
    cooperatingUnit: `${code}-st`,
    matchingUnit: 'ningxia-st',
  },
  accounts: [{ accountNo, accountName: '财政局', bankName: '石嘴山银行' }],
});

beforeAll(async () => {
  t = await startTestApp('2026-06-30');
  await t.db.institution.createMany({
    data: [
      { code: 'pingluo-st', name: '平罗县科学技术局', kind: 'cooperatingUnit' },
      { code: 'yinchuan-st', name: '银川市科学技术局', kind: 'cooperatingUnit' },
      { code: 'ningxia-st', name: '自治区科学技术厅', kind: 'regionalAuthority' },
      { code: 'some-bank', name: '某银行', kind: 'partnerBank' },
    ],
  });
  const operator = await t.keyFor({ role: 'operator' });
  await t.post('pools', pool('pingluo', '平罗县', '6402200155550001'), operator);
  await t.post('pools', pool('yinchuan', '银川市', '6402200155550002'), operator);
  finance = await t.keyFor({ role: 'finance' });
  county = await t.keyFor({ role: 'countyReviewer', institutionCode: 'pingluo-st' });
  bank = await t.keyFor({ role: 'bank', institutionCode: 'some-bank' });
  const wrong = paidIn('pingluo', 'wrong', '5.00', '2026-03-01');
  await post(t.pool, paidIn('pingluo', 'first', '3000000.00', '2026-01-05'));
  await post(t.pool, { ...wrong, cites: [{ document: '《办法》', article: '第二条', confirmed: false }] });
  await post(t.pool, {
    ...wrong,
    reference: 'wrong:reversal',
    reverses: 'wrong',
    kind: 'reversal',
    lines: mirrored(wrong),
  });
  await post(t.pool, {
    ...{ book: 'pingluo', reference: 'reserve:1', on: '2026-04-13', kind: 'reserve', belongsTo: '2026-03' },
    lines: [
      ['D', RESERVE, '200000.00', 'JJ1'],
      ['C', MIRROR, '200000.00', 'JJ1'],
    ],
  });
  await post(t.pool, paidIn('yinchuan', 'first', '1650000.00', '2026-02-01'));
});
afterAll(() => t.stop());

const get = async (path: string, key = finance) => (await t.get(`ledger/${path}`, key)).body;
const refused = async (path: string, key = finance) => {
  const { status, body } = await t.get(`ledger/${path}`, key);
  return `${status} ${body.code}`;
};
const references = (body: { items: { poolCode: string; reference: string }[] }) =>
  body.items.map((e) => `${e.poolCode} ${e.reference}`);

describe('ledger/trial-balance', () => {
  it('adds up to the same on both sides, on the balance sheet and off it', async () => {
    expect(await get('trial-balance?poolCode=pingluo')).toMatchObject({
      ...{ asOf: '2026-06-30', totalDebit: '3200000.00', totalCredit: '3200000.00', difference: '0.00' },
      onBalance: { totalDebit: '3000000.00', totalCredit: '3000000.00', difference: '0.00' },
      offBalance: { totalDebit: '200000.00', totalCredit: '200000.00', difference: '0.00' },
      rows: [
        {
          code: '1002',
          key: '6402200155550001',
          name: '银行存款（受托代理）',
          normalSide: 'debit',
          debit: '3000000.00',
          credit: '0.00',
        },
        { code: '2901', key: 'pingluo-st', normalSide: 'credit', debit: '0.00', credit: '3000000.00' },
        { code: '9101', offBalance: true, debit: '200000.00' },
        { code: '9102', offBalance: true, credit: '200000.00' },
      ],
    });
  });

  it('shows any day as it was', async () => {
    expect(await get('trial-balance?poolCode=pingluo&asOf=2026-04-12')).toMatchObject({
      asOf: '2026-04-12',
      totalDebit: '3000000.00',
    });
    expect(await get('trial-balance?poolCode=pingluo&asOf=2026-01-04')).toMatchObject({
      totalDebit: '0.00',
      totalCredit: '0.00',
    });
  });

  it('covers every book the asker may see when none is named', async () => {
    expect((await get('trial-balance')).totalDebit).toBe('4850000.00');
    expect((await get('trial-balance', county)).totalDebit).toBe('3200000.00');
  });
});

describe('ledger/accounts', () => {
  it('lists accounts with their balances on a day', async () => {
    const { items, total } = await get('accounts?poolCode=pingluo&asOf=2026-04-12');
    expect(total).toBe(4);
    expect(items.map((a: { code: string; balance: string }) => `${a.code} ${a.balance}`)).toEqual([
      '1002 3000000.00',
      '2901 3000000.00',
      '9101 0.00',
      '9102 0.00',
    ]);
  });
});

describe('ledger/entries', () => {
  it('shows each entry with its lines, articles and hash', async () => {
    const { items } = await get('entries?poolCode=pingluo&reference=wrong');
    expect(items).toMatchObject([
      {
        ...{
          seq: 2,
          occurredOn: '2026-03-01',
          kind: 'contribution',
          reverses: null,
          reversedBy: 'wrong:reversal',
          belongsTo: null,
          actor: 'tester',
        },
        cites: [{ document: '《办法》', article: '第二条', confirmed: false }],
        lines: [
          { lineNo: 1, code: '1002', key: '6402200155550001', side: 'debit', amount: '5.00', subject: null },
          { lineNo: 2, code: '2901', key: 'pingluo-st', side: 'credit', amount: '5.00' },
        ],
      },
    ]);
    expect(items[0].hash).toMatch(/^[0-9a-f]{64}$/);
    expect(items[0].recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+08:00$/);
  });

  it.each([
    ['kind=reserve', ['pingluo reserve:1']],
    ['subject=JJ1', ['pingluo reserve:1']],
    ['account=9101&subject=JJ2', []],
    ['account=1002&poolCode=yinchuan', ['yinchuan first']],
    ['account=1002&key=pingluo-st', []],
    ['belongsTo=2026-03', ['pingluo reserve:1']],
    ['from=2026-02-01&to=2026-02-28', ['yinchuan first']],
    ['from=2026-04-13', ['pingluo reserve:1']],
    ['sort=-seq&limit=2', ['yinchuan first', 'pingluo reserve:1']],
  ])('finds by %s', async (query, expected) => {
    expect(references(await get(`entries?${query}`))).toEqual(expected);
  });

  it.each(['seq', '-seq'])('comes page by page without gap or repeat, sorted by %s', async (sort) => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await get(`entries?limit=2&sort=${sort}${cursor && `&cursor=${cursor}`}`);
      expect(page.total).toBe(5);
      seen.push(...references(page));
      cursor = page.nextCursor;
    }
    const all = ['pingluo first', 'pingluo wrong', 'pingluo wrong:reversal', 'pingluo reserve:1', 'yinchuan first'];
    expect(seen).toEqual(sort === 'seq' ? all : all.reverse());
  });
});

describe('ledger/export', () => {
  it.each(['hledger', 'ledger', 'beancount'])('sends a %s journal as a file', async (format) => {
    const { status, headers, body } = await t.get(`ledger/export?poolCode=pingluo&format=${format}`, finance);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="pingluo-2026-06-30.${format}"`);
    const journal = new TextDecoder().decode(body);
    expect(journal).toContain('《办法》第二条（示例参数，未经主管部门核实）');
    expect(journal.match(/^2026-\d\d-\d\d \* /gm)).toHaveLength(format === 'beancount' ? 4 : 5);
  });

  it('begins a part of the book with the balances before it', async () => {
    const { body } = await t.get('ledger/export?poolCode=pingluo&from=2026-04-01&to=2026-04-30', finance);
    const journal = new TextDecoder().decode(body);
    expect(journal).toContain(
      '2026-03-31 * (0) 期初余额\n    Assets:1002:6402200155550001  3000000.00 CNY\n    Liabilities:2901:Pingluo-st  -3000000.00 CNY\n',
    );
    expect(journal).not.toContain('(2)');
    expect(journal).toContain('2026-04-30 * (0) 期末余额核对');
  });
});

describe('ledger/verify', () => {
  it('says that the books hold, each with its count and head', async () => {
    const all = await get('verify');
    expect(all).toMatchObject({
      valid: true,
      entries: 5,
      broken: [],
      books: [
        { poolCode: 'pingluo', entries: 4, valid: true },
        { poolCode: 'yinchuan', entries: 1 },
      ],
    });
    const one = await get('verify?poolCode=pingluo');
    expect(one).toMatchObject({ valid: true, entries: 4, head: all.books[0].head, broken: [] });
    expect(all.head).toMatch(/^[0-9a-f]{64}$/);
    expect((await get('verify', county)).books).toHaveLength(1);
  });

  it('tells whether the book still holds what a statement printed', async () => {
    const { head } = await get('verify?poolCode=pingluo');
    await post(t.pool, paidIn('pingluo', 'later', '1.00', '2026-06-01'));
    expect((await get(`verify?poolCode=pingluo&entries=4&head=${head}`)).valid).toBe(true);
    const { valid, broken } = await get(`verify?poolCode=pingluo&entries=3&head=${head}`);
    expect([valid, broken[0].problem, broken[0].seq]).toEqual([false, 'anchor', 3]);
  });

  it('names the entry and line that somebody with every right has changed', async () => {
    const client = await t.pool.connect();
    await client.query(
      `BEGIN; SET LOCAL session_replication_role = replica; UPDATE ledger.line SET amount = 1650001.00 WHERE book_id = 'yinchuan' AND line_no = 1; COMMIT`,
    );
    client.release();
    const { valid, broken, books } = await get('verify');
    expect([valid, books[0].valid, books[1].valid]).toEqual([false, true, false]);
    expect(
      broken.map((f: { poolCode: string; reference: string; lineNo: number; problem: string }) => [
        f.poolCode,
        f.problem,
        f.reference,
        f.lineNo,
      ]),
    ).toEqual([
      ['yinchuan', 'hash', 'first', null],
      ['yinchuan', 'unbalanced', 'first', null],
      ['yinchuan', 'line', 'first', 1],
      ['yinchuan', 'balance', null, null],
    ]);
  });
});

describe('whoever asks', () => {
  const PATHS = ['accounts', 'entries', 'trial-balance', 'verify', 'export'];

  it.each(PATHS)('for %s of a pool that is not theirs, or not there, is told there is none', async (path) => {
    expect(await refused(`${path}?poolCode=yinchuan`, county)).toBe('404 POOL_UNKNOWN');
    expect(await refused(`${path}?poolCode=nowhere`)).toBe('404 POOL_UNKNOWN');
  });

  it.each(PATHS)('for %s without permission is refused', async (path) => {
    expect(await refused(`${path}?poolCode=pingluo`, bank)).toBe('403 FORBIDDEN');
    expect((await t.get(`ledger/${path}?poolCode=pingluo`)).status).toBe(401);
  });

  it.each([
    ['entries?cursor=abc', '422 CURSOR_INVALID'],
    ['entries?limit=0', '422 INVALID_INPUT'],
    ['entries?sort=amount', '422 INVALID_INPUT'],
    ['entries?from=2026-02-30', '422 INVALID_INPUT'],
    ['trial-balance?asOf=yesterday', '422 INVALID_INPUT'],
    ['export', '422 INVALID_INPUT'],
    ['export?poolCode=pingluo&format=csv', '422 INVALID_INPUT'],
    ['export?poolCode=pingluo&from=2026-05-01&to=2026-04-30', '422 DATES_REVERSED'],
    ['verify?poolCode=pingluo&entries=4', '422 ANCHOR_INCOMPLETE'],
    [`verify?entries=4&head=${'0'.repeat(64)}`, '422 POOL_NEEDED'],
    ['verify?poolCode=pingluo&entries=1&head=xyz', '422 INVALID_INPUT'],
  ])('with %s is told what is wrong', async (path, expected) => {
    expect(await refused(path)).toBe(expected);
  });

  it('leaves no error in the log', () => {
    expect(t.log.errors).toEqual([]);
  });
});
