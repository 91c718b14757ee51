import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPools } from '../../src/pool/breaker-service.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { demoFile, pingluoFilings, upload, writingNothing } from './support.ts';

let t: Demonstration;
let bank: string;
let county: string;
let region: string;
let second: string;
/** Filed on 4 October, the day before the report that suspends. */
let waiting: { id: string };

const aFiling = pingluoFilings();
const october = (change: object = {}) => aFiling({ disbursedOn: '2026-09-10', maturesOn: '2027-09-09', ...change });

beforeAll(async () => {
  t = await startDemonstration('2026-10-04');
  bank = t.key('bank', 'shizuishan-bank');
  county = t.key('countyReviewer', 'pingluo-st');
  region = t.key('regionalReviewer');
  second = t.key('regionalReviewer', undefined, true);
  const { status, body } = await t.post('loan-filings', october(), bank);
  expect([status, body.errors]).toEqual([201, undefined]);
  waiting = body;
}, 60_000);
afterAll(() => t.stop());

interface Episode {
  id: string;
  scope: string;
  party: string;
  level: string;
  status: string;
  message: string;
}
const episodes = async (query = '', key = region): Promise<Episode[]> =>
  (await t.get(`suspensions?poolCode=pingluo&sort=id${query}`, key)).body.items;
const standing = async () => (await episodes('&status=active')).map((s) => `${s.scope} ${s.level}`);
const line = async (scope: string, measure = 'nonPerforming') => {
  const [{ lines }] = (await t.get('breaker?poolCode=pingluo', region)).body.items;
  return lines.find((l: { scope: string; measure: string }) => l.scope === scope && l.measure === measure);
};
const BAD = 'SZSJJ202636414424';
type Reported = { dueBillNo: string; outstandingPrincipal: string; loanClassification?: string; overdueDays?: number };
const report = (period: string, loans: Reported[], more: object = {}) => {
  const lines = loans.map(({ dueBillNo, outstandingPrincipal, loanClassification = 'normal', overdueDays = 0 }) => ({
    ...{ dueBillNo, outstandingPrincipal, loanClassification, overdueDays },
    ...{ principalRepaid: '0.00', interestPaid: '0.00', paidOff: false },
  }));
  return t.post('balance-reports', { period, lines, ...more }, bank);
};
const daily = () => checkPools(t.contextOf());
/** Lifts everything that is suspended: proposed by the county, confirmed by the region. */
async function liftAll(reason: string): Promise<void> {
  for (const { id } of await episodes('&status=active&level=suspend&cause=ratio')) {
    expect((await t.post(`suspensions/${id}/lift`, { reason }, county)).status).toBe(201);
    expect((await t.post(`suspensions/${id}/confirm`, undefined, region)).status).toBe(200);
  }
}

describe('石嘴山银行 passes 8 % with its report of September', () => {
  it('stands near nothing before it, with room for 2,050,944.46 of bad principal', async () => {
    expect(await episodes()).toEqual([]);
    expect(await line('bank')).toMatchObject({
      ...{ party: 'shizuishan-bank', partyName: '石嘴山银行股份有限公司', ratio: '0.00', distance: '8.00' },
      ...{ tone: 'within', state: 'ok', warnLine: '5', suspendLine: '8', stops: 'filings', since: null },
    });
  });

  it('is suspended on the day it comes, with its cooperating unit and the pool, and each has its notice', async () => {
    await t.tell('2026-10-05');
    const found = (await t.get('suspensions?poolCode=pingluo&sort=id', region)).body.items;
    expect(found).toHaveLength(3);
    expect(found[0]).toMatchObject({
      ...{ scope: 'bank', party: 'shizuishan-bank', level: 'suspend', cause: 'ratio', measure: 'nonPerforming' },
      ...{ numerator: '2390000.00', denominator: '25251336.08', ratio: '9.46', warnLine: '5', suspendLine: '8' },
      ...{ stops: 'filings', status: 'active', since: '2026-10-05', trigger: 'report', liftedOn: null, lifts: [] },
      message: '合作银行不良率 9.46%，达到暂停线 8%，暂停受理新备案',
      cites: [{ confirmed: false }],
    });
    expect(found.map((s: Episode) => s.scope)).toEqual(['bank', 'cooperatingUnit', 'pool']);
    for (const { documentId } of found) {
      const { view, title } = (await t.get(`documents/${documentId}`, region)).body;
      expect(title).toBe('暂停业务通知书');
      expect(view.ratios).toMatchObject([{ value: '9.46 %', suspend: '8 %', over: { amount: '2390000.00' } }]);
    }
    expect((await t.get(`documents/${found[0].documentId}`, bank)).body.view.addressee).toBe('石嘴山银行股份有限公司');
    expect((await t.get(`documents/${found[2].documentId}`, bank)).status).toBe(404);
    expect(await line('bank')).toMatchObject({ tone: 'past', state: 'suspended', distance: '-1.46', room: '0.00' });
    expect(await line('pool', 'compensation')).toMatchObject({ ratio: '0.00', state: 'ok' });
  });

  it('is told on its first page', async () => {
    const { todo } = (await t.get('home', bank)).body;
    expect(todo).toContainEqual(expect.objectContaining({ kind: 'suspension', count: 1, late: true }));
    const other = (await t.get('home', t.key('bank', 'ningxia-bank'))).body.todo;
    expect(other.map((x: { kind: string }) => x.kind)).not.toContain('suspension');
  });

  it('looking again every day changes nothing', async () => {
    await writingNothing(t, daily);
  });

  it('is refused a filing with the ratio, the line and the article, and gets the earlier answer for what it filed before', async () => {
    const { status, body } = await writingNothing(t, () => t.post('loan-filings', october(), bank));
    expect([status, body.code]).toEqual([422, 'FILING_REFUSED']);
    expect(body.errors.map((e: { code: string }) => e.code)).toEqual(['SUSPENDED', 'SUSPENDED', 'SUSPENDED']);
    expect(body.errors[0].message).toContain('不良率 9.46%，达到暂停线 8%，暂停受理新备案');
    expect(body.errors[0].cites[0].article).toBeTruthy();
    const again = await writingNothing(t, () =>
      t.post('loan-filings', { ...october(), contractNo: 'HT0001', dueBillNo: 'JJ0001' }, bank),
    );
    expect([again.status, again.body.id]).toEqual([200, waiting.id]);
  });

  it('is refused row by row in a file', async () => {
    const { body } = await upload(t, bank, demoFile('filings-shizuishan-bank.csv'), {
      poolCode: 'pingluo',
      mode: 'all',
    });
    // What was consented before gets its earlier answer; only what is new is stopped.
    expect(body).toMatchObject({ status: 'done', rowsNew: 0, rowsRefused: 0 });
    const text = new TextDecoder('gb18030')
      .decode(demoFile('filings-shizuishan-bank.csv'))
      .replaceAll('SZSJJ2026', 'SZSJJ2027');
    const fresh = (await upload(t, bank, text, { poolCode: 'pingluo', mode: 'all' })).body;
    expect(fresh).toMatchObject({ status: 'refused', rowsAccepted: 0, rowsRefused: 12 });
    expect(fresh.errors.filter((e: { code: string }) => e.code === 'SUSPENDED')).toHaveLength(36);
  });

  it('has its waiting filing wait: consent is refused, and nothing is written', async () => {
    const answer = await writingNothing(t, () => t.post(`loan-filings/${waiting.id}/consent`, undefined, county));
    expect([answer.status, answer.body.code]).toEqual([409, 'SUSPENDED']);
    expect(answer.body.detail).toContain('自 2026-10-05 起');
    expect(answer.body.cites.length).toBeGreaterThan(0);
  });

  it('stops nobody else: another bank files in its own pool, and sees nothing of it', async () => {
    const other = t.key('bank', 'bank-of-china');
    expect((await t.get('suspensions', other)).body).toMatchObject({ items: [], total: 0 });
    expect((await t.get('breaker', other)).body.items.map((b: { poolCode: string }) => b.poolCode)).toEqual([
      'yinchuan',
    ]);
    expect((await t.get('breaker?poolCode=pingluo', other)).status).toBe(404);
    const own = (await t.get('breaker', other)).body.items[0].lines;
    expect(
      new Set(own.filter((l: { scope: string }) => l.scope === 'bank').map((l: { party: string }) => l.party)),
    ).toEqual(new Set(['bank-of-china']));
    expect((await t.get(`suspensions/${(await episodes())[0]!.id}`, other)).status).toBe(404);
    expect((await t.get('suspensions', t.key('countyReviewer', 'yinchuan-st'))).body.total).toBe(0);
  });

  it('sees its own suspension and the pool’s, found by words, in any order, and as a file', async () => {
    expect((await t.get('suspensions', bank)).body.total).toBe(3);
    expect((await t.get('suspensions?q=石嘴山', region)).body.items.map((s: Episode) => s.scope)).toEqual(['bank']);
    expect((await t.get('suspensions?sort=-scope&limit=1', region)).body.items[0].scope).toBe('pool');
    expect((await t.get('suspensions?level=warn', region)).body.total).toBe(0);
    const file = await t.get('suspensions?format=csv', region);
    const text = new TextDecoder().decode(file.body);
    expect(text.split('\n')[0]).toContain('监测范围');
    expect(text).toContain('合作银行');
    expect(text).toContain('执行中');
  });
});

describe('Lifting', () => {
  let id: string;
  it('needs reasons, a suspension that is in force, and the right people; nothing else writes anything', async () => {
    [{ id }] = (await episodes()) as [Episode];
    const refused = async (path: string, body: unknown, key: string) => {
      const answer = await writingNothing(t, () => t.post(path, body, key));
      return [answer.status, answer.body.code];
    };
    expect(await refused(`suspensions/${id}/lift`, { reason: ' ' }, county)).toEqual([422, 'INVALID_INPUT']);
    expect(await refused(`suspensions/${id}/lift`, {}, county)).toEqual([422, 'INVALID_INPUT']);
    expect(await refused(`suspensions/${id}/lift`, { reason: '已整改' }, bank)).toEqual([403, 'FORBIDDEN']);
    expect(await refused(`suspensions/${id}/lift`, { reason: '已整改' }, t.key('finance'))).toEqual([403, 'FORBIDDEN']);
    expect(await refused('suspensions/999999/lift', { reason: '已整改' }, region)).toEqual([404, 'NOT_FOUND']);
    expect(await refused(`suspensions/${id}/confirm`, undefined, region)).toEqual([409, 'NO_LIFT_PROPOSED']);
    expect(await refused(`suspensions/${id}/confirm`, undefined, county)).toEqual([403, 'FORBIDDEN']);
    const elsewhere = t.key('countyReviewer', 'yinchuan-st');
    expect(await refused(`suspensions/${id}/lift`, { reason: '已整改' }, elsewhere)).toEqual([404, 'NOT_FOUND']);
  });

  it('of eight who propose it at once, one does', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => t.post(`suspensions/${id}/lift`, { reason: `理由 ${i}` }, region)),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([201, ...Array(7).fill(409)]);
  });

  it('is refused by another, never decided by who proposed it, and confirmed once by whom it may concern', async () => {
    expect((await t.post(`suspensions/${id}/refuse`, { reason: '尚未见效' }, region)).body.code).toBe('SAME_PERSON');
    const refused = await t.post(`suspensions/${id}/refuse`, { reason: '尚未见效' }, second);
    expect(refused.body).toMatchObject({ status: 'active', lifts: [{ status: 'refused', decision: '尚未见效' }] });
    await t.post(`suspensions/${id}/lift`, { reason: '已清收，不良贷款已移交处置' }, county);
    const answers = await Promise.all(
      [region, second].map((key) => t.post(`suspensions/${id}/confirm`, undefined, key)),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409]);
    const { body } = await t.get(`suspensions/${id}`, region);
    expect(body).toMatchObject({ status: 'lifted', liftedOn: '2026-10-05', endedOn: null });
    expect(body.lifts[1]).toMatchObject({
      status: 'confirmed',
      proposedBy: '平罗县审核员',
      reason: '已清收，不良贷款已移交处置',
    });
    expect((await t.get(`suspensions/${id}`, bank)).body.lifts[1].proposedBy).toBeNull();
    expect(
      (await t.get('documents?kind=breakerNotice', bank)).body.items.map((d: { title: string }) => d.title).sort(),
    ).toEqual(['恢复业务通知书', '暂停业务通知书']);
  });

  it('of the bank alone does not help while unit and pool are suspended; when they are lifted too, it files again', async () => {
    const half = (await t.post('loan-filings', october(), bank)).body.errors;
    expect(half.map((e: { code: string }) => e.code)).toEqual(['SUSPENDED', 'SUSPENDED']);
    await liftAll('整改方案已审定');
    expect(await standing()).toEqual([]);
    expect((await t.post(`loan-filings/${waiting.id}/consent`, undefined, county)).status).toBe(200);
    expect((await t.post('loan-filings', october({ countedPrincipal: '1000.00' }), bank)).status).toBe(201);
  });

  it('holds while the ratio stays above the line, also with the next report', async () => {
    await t.tell('2026-11-10');
    // The loan consented in October is none of the demonstration's reports.
    expect((await report('2026-10', [{ dueBillNo: 'JJ0001', outstandingPrincipal: '500000.00' }])).status).toBe(201);
    expect((await line('bank')).tone).toBe('past');
    expect((await line('bank')).state).toBe('lifted');
    expect(await standing()).toEqual([]);
  });
});

describe('After it has fallen', () => {
  it('a lifted suspension ends, and a ratio between the lines is warned of', async () => {
    t.on('2026-12-05');
    const bad = (outstandingPrincipal: string, more: object = {}) =>
      report(
        '2026-11',
        [{ dueBillNo: BAD, outstandingPrincipal, loanClassification: 'substandard', overdueDays: 171 }],
        more,
      );
    expect((await bad('1300000.00')).status).toBe(201);
    expect(await standing()).toEqual(['bank warn', 'cooperatingUnit warn', 'pool warn']);
    expect((await line('bank')).tone).toBe('near');
    expect((await episodes('&status=ended')).map((s) => s.level)).toEqual(['suspend', 'suspend', 'suspend']);
    expect((await bad('300000.00', { correctionReason: '漏记回款' })).status).toBe(201);
    expect(await standing()).toEqual([]);
  });

  it('crossing again suspends again, and a suspension whose ratio falls stands until people lift it', async () => {
    await t.pool.query(`UPDATE loan SET classification = 'doubtful' WHERE due_bill_no = 'SZSJJ202696055953'`);
    await daily();
    expect(await standing()).toEqual(['bank suspend', 'cooperatingUnit suspend', 'pool suspend']);
    await t.pool.query(`UPDATE loan SET classification = 'normal' WHERE due_bill_no = 'SZSJJ202696055953'`);
    await daily();
    expect(await standing()).toEqual(['bank suspend', 'cooperatingUnit suspend', 'pool suspend']);
    const { body } = await t.post('loan-filings', october(), bank);
    expect(body.errors[0].message).toMatch(/（现为 \d\.\d\d%）/);
    const [one] = (await t.get('suspensions?status=active', region)).body.items;
    expect(one.belowSince).toBe('2026-12-05');
    await liftAll('指标已回落');
    expect((await episodes('&status=lifted')).length).toBe(0);
  });
});

describe('A report that is late', () => {
  it('suspends the bank from the 11th, by itself, and is told with its article', async () => {
    t.on('2026-12-10');
    await daily();
    expect(await standing()).toEqual([]);
    t.on('2026-12-11');
    const { body } = await t.post(
      'loan-filings',
      october({ disbursedOn: '2026-11-20', maturesOn: '2027-11-19' }),
      bank,
    );
    expect(body.errors.filter((e: { code: string }) => e.code === 'SUSPENDED')).toMatchObject([
      { message: expect.stringContaining('自 2026-11 起缺报月报（应于 2026-12-10 前报送），补报前暂停受理新备案') },
    ]);
    await daily();
    await writingNothing(t, daily);
    const [late] = await episodes('&cause=report');
    expect(late).toMatchObject({ scope: 'bank', party: 'shizuishan-bank', level: 'suspend', status: 'active' });
    expect((await t.get('breaker?poolCode=pingluo', region)).body.items[0].late).toMatchObject([
      { bankCode: 'shizuishan-bank', bankName: '石嘴山银行股份有限公司' },
    ]);
    const lift = await writingNothing(t, () => t.post(`suspensions/${late!.id}/lift`, { reason: '催报' }, region));
    expect([lift.status, lift.body.code]).toEqual([409, 'LIFTS_ITSELF']);
  });

  it('ends by itself when the report has come, and filings go on', async () => {
    const all: Reported[] = (await t.get('loans?status=active', bank)).body.items.map(
      ({ dueBillNo, outstandingPrincipal }: Reported) => ({
        ...{ dueBillNo, outstandingPrincipal },
      }),
    );
    const { status, body } = await report(
      '2026-11',
      all.filter(({ dueBillNo }) => dueBillNo !== BAD),
    );
    expect([status, body.errors]).toEqual([201, undefined]);
    const [late] = await episodes('&cause=report');
    expect(late).toMatchObject({ status: 'ended' });
    const filed = await t.post(
      'loan-filings',
      october({ disbursedOn: '2026-11-20', maturesOn: '2027-11-19', countedPrincipal: '1000.00' }),
      bank,
    );
    expect([filed.status, filed.body.errors]).toEqual([201, undefined]);
  });
});

it('Every step left its audit row, no error was logged, and the book stands every test', async () => {
  const { rows } = await t.pool.query(
    `SELECT DISTINCT action FROM audit_log WHERE subject LIKE 'suspension:%' ORDER BY 1`,
  );
  expect(rows.map((r) => r.action)).toEqual([
    ...['breaker.end', 'breaker.suspend', 'breaker.warn', 'suspension.lift', 'suspension.propose', 'suspension.refuse'],
  ]);
  expect(t.log.errors).toEqual([]);
  expect((await t.pool.query(`SELECT * FROM ledger.verify('pingluo')`)).rows).toEqual([]);
});
