import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '../../src/access/context.ts';
import { periodsBetween } from '../../src/calendar/settlement-period.ts';
import { settle } from '../../src/settlement/service.ts';
import { render } from '../../templates/render.ts';
import { readPdf } from '../documents/read-pdf.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { expectStatus } from './claims-support.ts';
import { plus, writingNothing } from './support.ts';

let t: Demonstration;
let finance: string;
let other: string;
beforeAll(async () => {
  t = await startDemonstration('2026-11-20');
  finance = t.key('finance');
  other = t.key('finance', undefined, true);
}, 120_000);
afterAll(() => t.stop());

interface Section {
  name: string;
  opening: string;
  movements: string;
  closing: string;
  lines: { name: string; amount: string }[];
}
interface Statement {
  kind: string;
  code: string;
  last: string;
  sections: Section[];
  figures: { name: string; amount: string }[];
  months: { period: string; amounts: string[] }[];
  carried: { code: string; owner: string; amount: string }[];
  ratios: { name: string; value: string }[];
  notes: { kind: string; text: string }[];
  documentId: string | null;
}
const yearId = async (year = 2026) =>
  (await t.get(`year-closings?poolCode=pingluo&year=${year}`, finance)).body.items[0]?.id;
const look = async (): Promise<{
  status: string;
  statements: Statement[];
  checklist: { state: string; text: string }[];
}> => (await t.get(`year-closings/${await yearId()}`, finance)).body;
const propose = (year = 2026, key = finance) => t.post('year-closings', { poolCode: 'pingluo', year }, key);
const confirm = async (key = other) => t.post(`year-closings/${await yearId()}/confirm`, undefined, key);
const figure = (of: Statement, name: string) => of.figures.find((f) => f.name === name)?.amount;
const closing = (of: Statement, name: string) => of.sections.find((s) => s.name === name)?.closing;

/** Closes every month that is not closed yet, those that nobody can reconcile for a reason. */
async function closeMonths(exception: string) {
  const { items } = (await t.get('closings?poolCode=pingluo&sort=period&limit=50', finance)).body;
  for (const { id, period, status, accounts, reconciled } of items) {
    if (status === 'closed') continue;
    const reason = reconciled < accounts ? { exception } : {};
    expectStatus(await t.post('closings', { poolCode: 'pingluo', period, ...reason }, finance), 201);
    expectStatus(await t.post(`closings/${id}/confirm`, undefined, other), 200);
  }
}

describe('a year before it is over', () => {
  it('tells its figures so far, and is not closed before its December', async () => {
    const { status, statements, checklist } = await look();
    const [pool] = statements;
    expect([status, pool!.last, closing(pool!, '专户存款'), pool!.documentId]).toEqual([
      'open',
      '2026-10',
      '4724737.93',
      null,
    ]);
    expect(checklist.filter(({ state }) => state === 'missing').map(({ text }) => text)).toEqual(
      expect.arrayContaining(['2026-11 尚未结束', '2026-12 尚未结束']),
    );
    expect((await propose()).body.code).toBe('YEAR_NOT_OVER');
    expect((await t.get('year-closings?poolCode=pingluo', t.key('countyReviewer', 'yinchuan-st'))).body.items).toEqual(
      [],
    );
  });
});

describe('the year 2026 of a pool', () => {
  it('closes when its twelve months are, by two people, once', async () => {
    t.on('2027-01-15');
    expect((await propose()).body.code).toBe('YEAR_INCOMPLETE');
    for (const period of ['2026-11', '2026-12'])
      await settle({ ...t.contextOf(SYSTEM), today: '2027-01-15' }, 'pingluo', period);
    await closeMonths('开户行系统切换，未出具对账单');
    expect((await propose(2027)).body.code).toBe('YEAR_NOT_OVER');
    expectStatus(await propose(), 201);
    expect((await propose(2026, other)).body.code).toBe('ALREADY_PROPOSED');
    expect((await confirm(finance)).body.code).toBe('SAME_PERSON');
    expectStatus(await t.post(`year-closings/${await yearId()}/withdraw`, { reason: '再核' }, other), 200);
    expect((await confirm()).body.code).toBe('CLOSING_NOT_PROPOSED');
    expectStatus(await propose(), 201);
    const third = await t.keyFor({ role: 'finance', name: '财务丙' });
    const both = await Promise.all([confirm(), confirm(third)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await propose()).body.code).toBe('CLOSED');
  });

  it('adds up in every statement, and its months end where the year does', async () => {
    const { statements } = await look();
    expect(statements.map(({ kind, code }) => `${kind} ${code}`)).toEqual([
      'pool pingluo',
      'contributor ningxia-st',
      'contributor pingluo-st',
    ]);
    for (const { sections, months, last } of statements) {
      expect([last, months.map(({ period }) => period)]).toEqual(['2026-12', periodsBetween('2026-01', '2026-12')]);
      for (const { opening, movements, closing: end, lines } of sections) {
        expect(plus(opening, movements)).toBe(end);
        expect(plus('0.00', ...lines.map(({ amount }) => amount))).toBe(movements);
      }
      expect(months.at(-1)!.amounts[0]).toBe(sections[0]!.closing);
    }
    const [pool, region, county] = statements as [Statement, Statement, Statement];
    expect(pool.carried.filter(({ owner }) => owner.includes(':'))).toEqual([]);
    for (const name of ['各方出资', '应收追偿款'])
      expect(plus(closing(county, name)!, closing(region, name)!)).toBe(closing(pool, name));
    for (const [name, own] of [
      ['拨付风险补偿', '分担风险补偿'],
      ['存款利息', '分得存款利息'],
      ['银行手续费', '分担银行手续费'],
      ['出资到账', '出资到账'],
    ] as const)
      expect(plus(figure(county, own)!, figure(region, own)!)).toBe(figure(pool, name));
  });

  it('is what the entries themselves add up to', async () => {
    const [pool] = (await look()).statements;
    const { rows } = await t.pool.query<{ code: string; kind: string; amount: string }>(
      `SELECT a.code, e.kind, sum(CASE WHEN l.side = c.normal_side THEN l.amount ELSE -l.amount END)::text AS amount FROM ledger.line l JOIN ledger.account a ON a.id = l.account_id
         JOIN ledger.chart c USING (code) JOIN ledger.entry e ON e.book_id = l.book_id AND e.seq = l.seq WHERE l.book_id = 'pingluo' AND l.occurred_on BETWEEN '2026-01-01' AND '2026-12-31' GROUP BY 1, 2`,
    );
    const of = (code: string, kind?: string) =>
      plus('0.00', ...rows.filter((r) => r.code === code && (!kind || r.kind === kind)).map((r) => r.amount));
    const minus = (amount: string) => plus('0.00', amount.startsWith('-') ? amount.slice(1) : `-${amount}`);
    for (const [name, code] of [
      ['专户存款', '1002'],
      ['各方出资', '2901'],
      ['应收追偿款', '1218'],
      ['待查及应付款', '2307'],
      ['准备金占用额', '9101'],
    ] as const)
      expect([name, closing(pool!, name)]).toEqual([name, of(code)]);
    expect(pool!.figures.map(({ name, amount }) => [name, amount])).toEqual([
      ['出资到账', of('2901', 'contribution')],
      ['退回出资', '0.00'],
      ['拨付风险补偿', minus(of('1002', 'compensation'))],
      ['退回补偿', '0.00'],
      ['追偿回款', of('1002', 'recovery')],
      ['垫付追偿费用', '0.00'],
      ['核销', '0.00'],
      ['存款利息', of('1002', 'interest')],
      ['银行手续费', minus(of('1002', 'bankFee'))],
      ['拨付应付各方', '0.00'],
    ]);
    expect([figure(pool!, '存款利息'), figure(pool!, '银行手续费')]).toEqual(['4512.33', '120.00']);
    const carried = await t.pool.query<{ code: string; total: string }>(
      `SELECT code, sum(balance)::text AS total FROM ledger.account WHERE book_id = 'pingluo' AND balance <> 0 GROUP BY 1 ORDER BY 1`,
    );
    for (const { code, total } of carried.rows)
      expect([code, plus('0.00', ...pool!.carried.filter((c) => c.code === code).map((c) => c.amount))]).toEqual([
        code,
        total,
      ]);
    expect(pool!.carried.find(({ owner }) => owner === '待查款项')?.amount).toBe('12345.60');
  });

  it('goes out as papers: the pool’s, and one to each contributor, with the head of the book', async () => {
    const { ledger } = (await t.get(`year-closings/${await yearId()}`, finance)).body;
    for (const { documentId, kind } of (await look()).statements) {
      const paper = (await t.get(`documents/${documentId}`, finance)).body;
      expect([paper.kind, paper.view.ledger]).toEqual([kind === 'pool' ? 'annualPool' : 'annualContributor', ledger]);
      const pdf = await readPdf(await render(paper.kind, paper.view));
      for (const text of [paper.title, '2026年1月至2026年12月', paper.view.partyName]) expect(pdf.text).toContain(text);
    }
  });

  it('says which months were provisional and which closed by exception', async () => {
    const [pool] = (await look()).statements;
    expect(pool!.notes.map(({ kind, text }) => `${kind} ${text.slice(0, 13)}`)).toEqual(
      expect.arrayContaining(['provisional 有银行未报送月报，按暂定数', 'remark 2026-11 未经银行对']),
    );
  });

  it('stays as it was closed, whatever comes later and whoever asks', async () => {
    const before = JSON.stringify((await look()).statements);
    const late = { contributor: 'pingluo-st', amount: '500.00', receivedOn: '2026-12-30', receiptNo: 'LATE-1230' };
    expectStatus(await t.post('pools/pingluo/contributions', late, finance), 201);
    expect(JSON.stringify((await writingNothing(t, look)).statements)).toBe(before);
    const refused = (sql: string) => expect(t.pool.query(sql)).rejects.toThrow(/CLOSED|只增不改/);
    await refused(`UPDATE year_closing SET status = 'withdrawn' WHERE year = 2026`);
    await refused('DELETE FROM year_closing');
    await refused(`UPDATE annual_statement SET statement = '{}'`);
    await refused('DELETE FROM annual_statement');
    const forged = t.pool.query(
      `INSERT INTO year_closing (id, pool_code, year, status, proposed_by, proposed_on) VALUES (gen_random_uuid(), 'yinchuan', 2026, 'proposed', 'a', '2027-01-15');
       UPDATE year_closing SET status = 'closed', closed_by = 'b', closed_on = '2027-01-15', ledger_head = 'x', ledger_entries = 1, carried = '[]' WHERE pool_code = 'yinchuan'`,
    );
    await expect(forged).rejects.toThrow('YEAR_INCOMPLETE');
  });
});

describe('a pool that begins late in a year', () => {
  it('closes that year with the months since, and the next year opens with what it carried over', async () => {
    const pool = {
      code: 'late',
      name: '迟设资金池',
      programme: '试点',
      policyCode: 'ningkedai-2025',
      regions: ['石嘴山市惠农区'],
    };
    const own = { cooperatingUnit: 'pingluo-st', matchingUnit: 'ningxia-st' };
    const accounts = [{ accountNo: '6402200155550077', accountName: '惠农区', bankName: '石嘴山银行股份有限公司' }];
    t.on('2026-11-03');
    expectStatus(await t.post('pools', { ...pool, ...own, accounts }, t.key('operator')), 201);
    const paid = { contributor: 'pingluo-st', amount: '1000000.00', receivedOn: '2026-11-03', receiptNo: 'HN-1' };
    expectStatus(await t.post('pools/late/contributions', paid, finance), 201);
    t.on('2027-02-15');
    for (const period of ['2026-11', '2026-12', '2027-01'])
      await settle({ ...t.contextOf(SYSTEM), today: '2027-02-15' }, 'late', period);
    const months = async () => (await t.get('closings?poolCode=late&sort=period', finance)).body.items;
    for (const { id, period } of await months()) {
      expectStatus(await t.post('closings', { poolCode: 'late', period, exception: '未开通对账' }, finance), 201);
      expectStatus(await t.post(`closings/${id}/confirm`, undefined, other), 200);
    }
    const { id } = expectStatus(await t.post('year-closings', { poolCode: 'late', year: 2026 }, finance), 201);
    const { statements } = expectStatus(await t.post(`year-closings/${id}/confirm`, undefined, other), 200);
    expect(statements[0].months.map(({ period }: { period: string }) => period)).toEqual(['2026-11', '2026-12']);
    expect(statements[0].carried.map((c: { code: string; amount: string }) => [c.code, c.amount])).toEqual([
      ['1002', '1000000.00'],
      ['2901', '1000000.00'],
    ]);
    const next = (await t.get('year-closings?poolCode=late&year=2027', finance)).body.items[0];
    const running = (await t.get(`year-closings/${next.id}`, finance)).body.statements[0];
    expect(running.sections[0]).toMatchObject({ opening: '1000000.00', movements: '0.00', closing: '1000000.00' });
  });
});
