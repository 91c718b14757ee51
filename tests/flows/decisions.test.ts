import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { minus, OTHER_FIRM, pingluoFilings, writingNothing } from './support.ts';

let t: Demonstration;
let bank: string;
let reviewer: string;

beforeAll(async () => {
  t = await startDemonstration('2026-01-12');
  t.on('2026-04-10');
  bank = t.key('bank', 'shizuishan-bank');
  reviewer = t.key('countyReviewer', 'pingluo-st');
}, 60_000);
afterAll(() => t.stop());

const aFiling = pingluoFilings();
const file = (change = {}, key = bank) => t.post('loan-filings', aFiling(change), key);
const pool = async () => (await t.get('pools/pingluo', reviewer)).body;
const decide = (id: string, verb: string, key = reviewer, body?: object) =>
  t.post(`loan-filings/${id}/${verb}`, body, key);

it('Consent brings the loan into the pool: headroom down, reserve up, letter and notice to the bank, an audit row', async () => {
  const before = await pool();
  const { id, dueBillNo } = (await file({ enterpriseUscc: OTHER_FIRM, countedPrincipal: '300000.05' })).body;
  const { status, body } = await decide(id, 'consent');
  expect([status, body.status, body.decidedOn]).toEqual([200, 'consented', '2026-04-10']);
  const after = await pool();
  expect(minus(before.headroom, after.headroom)).toBe('300000.05');
  expect(minus(after.reserved, before.reserved)).toBe('30000.01'); // 30,000.005 up to the fen
  expect(after.loanCount).toBe(before.loanCount + 1);
  expect((await t.get(`loans/${id}`, bank)).body).toMatchObject({
    dueBillNo,
    status: 'active',
    outstandingPrincipal: '500000.00',
    countedOutstanding: '300000.05',
    reserve: '30000.01',
    admittedOn: '2026-04-10',
  });
  const papers = (await t.get(`documents?subject=filing:${id}`, bank)).body.items;
  expect(new Set(papers.map((d: { title: string }) => d.title))).toEqual(new Set(['贷款备案通知书', '贷款同意函']));
  const letter = (await t.get(`documents/${papers.find((d: { kind: string }) => d.kind === 'consentLetter').id}`, bank))
    .body.view;
  expect(letter).toMatchObject({
    addressee: '石嘴山银行股份有限公司',
    reserve: '30000.01',
    leverage: '10',
    provisionalFigures: true,
    loan: { dueBillNo, countedPrincipal: '300000.05' },
  });
  const acts = (await t.get(`audit?subject=filing:${id}`, t.key('auditor'))).body.items;
  expect(acts.map((a: { action: string }) => a.action)).toEqual(['filing.consent', 'filing.create']);
  expect(acts[0]).toMatchObject({
    before: { status: 'submitted' },
    after: { status: 'consented', reserve: '30000.01' },
  });
});

it('Consent given twice, or 16 times at once, is one consent', async () => {
  const { id } = (await file({ enterpriseUscc: OTHER_FIRM, countedPrincipal: '1000.00' })).body;
  const answers = await Promise.all(Array.from({ length: 16 }, () => decide(id, 'consent')));
  expect(answers.map((a) => [a.status, a.body.status])).toEqual(Array(16).fill([200, 'consented']));
  const again = await writingNothing(t, () => decide(id, 'consent'));
  expect(again.body.decidedOn).toBe('2026-04-10');
  expect(
    (await t.get(`loans?poolCode=pingluo&enterpriseUscc=${OTHER_FIRM}`, reviewer)).body.items.filter(
      (l: { id: string }) => l.id === id,
    ),
  ).toHaveLength(1);
});

it('Is not for the bank’s own key, nor finance, nor another county', async () => {
  const { id } = (await file({ enterpriseUscc: OTHER_FIRM, countedPrincipal: '1000.00' })).body;
  for (const verb of ['consent', 'refuse']) {
    const by = async (key: string) => (await writingNothing(t, () => decide(id, verb, key, { reason: '不符' }))).status;
    expect([await by(bank), await by(t.key('finance')), await by(t.key('countyReviewer', 'yinchuan-st'))]).toEqual([
      403, 403, 404,
    ]);
  }
  expect((await decide(id, 'consent', t.key('regionalReviewer'))).status).toBe(200);
});

it('A refusal has its reason, goes to the bank, and is the end of that filing', async () => {
  const { id } = (await file({ enterpriseUscc: OTHER_FIRM, countedPrincipal: '1000.00' })).body;
  expect((await writingNothing(t, () => decide(id, 'refuse', reviewer, {}))).status).toBe(422);
  const { status, body } = await decide(id, 'refuse', reviewer, { reason: '用途证明材料不足' });
  expect([status, body.status, body.reason]).toEqual([200, 'refused', '用途证明材料不足']);
  expect((await writingNothing(t, () => decide(id, 'refuse', reviewer, { reason: '用途证明材料不足' }))).status).toBe(
    200,
  );
  for (const [verb, words] of [
    ['consent', {}],
    ['refuse', { reason: '其他' }],
  ] as const)
    expect((await writingNothing(t, () => decide(id, verb, reviewer, words))).body.code).toBe('ALREADY_DECIDED');
  expect((await writingNothing(t, () => decide(id, 'withdraw', bank))).body.code).toBe('ALREADY_DECIDED');
  const { items } = (await t.get(`documents?subject=filing:${id}`, bank)).body;
  expect(items).toMatchObject([{ kind: 'filingNotice' }]);
  expect((await t.get(`documents/${items[0].id}`, bank)).body.view).toMatchObject({
    result: 'refused',
    reasons: ['用途证明材料不足'],
  });
});

it('A refused filing may come again under its number when its content was corrected', async () => {
  const request = aFiling({ enterpriseUscc: OTHER_FIRM, countedPrincipal: '1000.00' });
  const { id } = (await t.post('loan-filings', request, bank)).body;
  await decide(id, 'refuse', reviewer, { reason: '金额有误' });
  const same = await writingNothing(t, () => t.post('loan-filings', request, bank));
  expect([same.status, same.body.id, same.body.status]).toEqual([200, id, 'refused']);
  const corrected = await t.post('loan-filings', { ...request, countedPrincipal: '900.00' }, bank);
  expect([corrected.status, corrected.body.status]).toEqual([201, 'submitted']);
  expect((await decide(corrected.body.id, 'consent')).status).toBe(200);
});

it('The bank takes back what nobody has decided, and may file it again', async () => {
  const request = aFiling({ enterpriseUscc: OTHER_FIRM, countedPrincipal: '1000.00' });
  const { id } = (await t.post('loan-filings', request, bank)).body;
  expect((await decide(id, 'withdraw', t.key('bank', 'ningxia-bank'))).status).toBe(404);
  expect((await decide(id, 'withdraw', bank)).body.status).toBe('withdrawn');
  expect((await writingNothing(t, () => decide(id, 'withdraw', bank))).body.status).toBe('withdrawn');
  expect((await writingNothing(t, () => decide(id, 'consent'))).body.code).toBe('ALREADY_DECIDED');
  const again = await t.post('loan-filings', request, bank);
  expect([again.status, again.body.status]).toEqual([201, 'submitted']);
  expect(again.body.id).not.toBe(id);
  await decide(again.body.id, 'consent');
  expect((await writingNothing(t, () => decide(again.body.id, 'withdraw', bank))).body.code).toBe('ALREADY_DECIDED');
});

it('Withdrawing and consenting at the same moment ends in one of the two', async () => {
  for (let i = 0; i < 8; i++) {
    const { id } = (await file({ enterpriseUscc: OTHER_FIRM, countedPrincipal: '100.00' })).body;
    const answers = await Promise.all([
      decide(id, 'consent'),
      decide(id, 'withdraw', bank),
      decide(id, 'refuse', reviewer, { reason: '撤' }),
    ]);
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409, 409]);
    const { status } = (await t.get(`loan-filings/${id}`, bank)).body;
    expect((await t.get(`loans/${id}`, bank)).status).toBe(status === 'consented' ? 200 : 404);
  }
});

it('Logged no error on the way', () => {
  expect(t.log.errors).toEqual([]);
});
