import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pingluoFilings } from '../flows/support.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
let bank: string;
let other: string;
beforeAll(async () => {
  t = await startDemonstration();
  t.on('2026-04-10');
  bank = t.key('bank', 'shizuishan-bank');
  other = t.key('bank', 'ningxia-bank');
}, 60_000);
afterAll(() => t.stop());

const put = (key: string, body: unknown, as = bank) => t.call('PUT', `drafts/${key}`, { key: as, body: { body } });
const drop = (key: string, as = bank) => t.call('DELETE', `drafts/${key}`, { key: as });

describe('drafts', () => {
  it('are kept as they were typed, replaced by the next, and gone when they are dropped', async () => {
    expect((await t.get('drafts/loan-filing:new', bank)).body).toEqual({
      ...{ key: 'loan-filing:new', body: null, updatedAt: null },
    });
    const typed = { principal: '1,00', purpose: '研发', lines: [{ row: 3, cells: { 借据号: '"' } }], half: null };
    const first = await put('loan-filing:new', typed);
    expect([first.status, Object.keys(first.body)]).toEqual([200, ['key', 'updatedAt']]);
    expect((await t.get('drafts/loan-filing:new', bank)).body).toMatchObject({ body: typed });
    await put('loan-filing:new', ['另一份']);
    await put('import:1', { mapping: {} });
    expect((await t.get('drafts/loan-filing:new', bank)).body.body).toEqual(['另一份']);
    expect((await t.get('drafts', bank)).body.items.map((d: { key: string }) => d.key)).toEqual([
      'import:1',
      'loan-filing:new',
    ]);
    expect((await t.get('drafts?prefix=import', bank)).body.total).toBe(1);
    expect([(await drop('import:1')).status, (await drop('import:1')).status]).toEqual([204, 204]);
    expect((await t.get('drafts', bank)).body.total).toBe(1);
  });

  it('are one person’s own: whoever else asks, also of the same bank, finds their own or nothing', async () => {
    await put('mine', 'secret');
    const colleague = await t.keyFor({ role: 'bank', institutionCode: 'shizuishan-bank' });
    for (const key of [other, colleague, t.key('auditor'), t.key('operator'), t.key('enterprise')]) {
      expect((await t.get('drafts/mine', key)).body.body).toBeNull();
      expect((await put('mine', 'another', key)).status).toBe(200);
      await drop('mine', key);
    }
    expect((await t.get('drafts/mine', bank)).body.body).toBe('secret');
    const { rows } = await t.pool.query(`SELECT count(*)::int AS n FROM audit_log WHERE action LIKE 'draft%'`);
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('have names, a size and a number that one person can fill', async () => {
    for (const key of ['A', '1a', 'a b', 'a%2Fb', `a${'b'.repeat(81)}`, 'ä'])
      expect([key, (await put(encodeURIComponent(decodeURIComponent(key)), 1)).status]).toEqual([key, 422]);
    for (const body of [null, undefined]) expect((await put('empty', body)).status).toBe(422);
    const large = await put('large', '长'.repeat(90_000));
    expect([large.status, large.body.code]).toEqual([413, 'DRAFT_TOO_LARGE']);
    expect((await put('large', '长'.repeat(80_000))).status).toBe(200);
    expect((await put('nul', 'a\u0000b')).body.code).toBe('DRAFT_TEXT');
    const held = (await t.get('drafts', bank)).body.total;
    for (let i = held; i < 200; i++) expect((await put(`many.${i}`, i)).status).toBe(200);
    const full = await put('one-more', 1);
    expect([full.status, full.body.code]).toEqual([409, 'DRAFTS_FULL']);
    expect((await put('many.199', 'still')).status).toBe(200);
    expect((await put('one-more', 1, other)).status).toBe(200);
  });
});

describe('many filings at once', () => {
  it('are consented one by one; one that may not be stops no other', async () => {
    const paid = { contributor: 'pingluo-st', amount: '3000000.00', receivedOn: '2026-04-08', receiptNo: 'R1' };
    expect((await t.post('pools/pingluo/contributions', paid, t.key('finance'))).status).toBe(201);
    const filing = pingluoFilings();
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push((await t.post('loan-filings', filing(), bank)).body.id);
    await t.post(`loan-filings/${ids[1]}/withdraw`, undefined, bank);
    const county = t.key('countyReviewer', 'pingluo-st');
    const { status, body } = await t.post('loan-filings/consent', { ids: [...ids, '999999', ids[0]] }, county);
    expect(status).toBe(200);
    expect(body.items).toEqual([
      { id: ids[0], status: 'consented', problem: null },
      { id: ids[1], status: null, problem: { code: 'ALREADY_DECIDED', message: '备案已有审核结论或已撤回' } },
      { id: ids[2], status: 'consented', problem: null },
      { id: '999999', status: null, problem: { code: 'NOT_FOUND', message: '没有这笔备案' } },
    ]);
    expect((await t.get(`loans/${ids[2]}`, county)).status).toBe(200);
    const yinchuan = t.key('countyReviewer', 'yinchuan-st');
    expect(
      (await t.post('loan-filings/consent', { ids }, yinchuan)).body.items.map(
        (i: { problem: { code: string } }) => i.problem.code,
      ),
    ).toEqual(Array(3).fill('NOT_FOUND'));
    expect((await t.post('loan-filings/consent', { ids }, bank)).status).toBe(403);
    for (const wrong of [[], Array.from({ length: 201 }, (_, i) => `${i + 1}`), ['x']])
      expect((await t.post('loan-filings/consent', { ids: wrong }, county)).status).toBe(422);
  });
});

describe('a proposal of one’s own', () => {
  it('is taken back by who made it while nobody has decided it, and by nobody else', async () => {
    const [proposer, second] = [t.key('operator'), t.key('regionalReviewer')];
    const proposal = {
      ...{ clauseId: 'ningkedai-2025.leverage', effectiveFrom: '2027-01-01', value: '8' },
      citation: { document: '《示例通知》', article: '第一条', confirmed: true, mark: 'F' },
    };
    const made = await t.post('policy-versions', proposal, proposer);
    expect(made.status).toBe(201);
    const path = `policy-versions/${made.body.id}`;
    expect((await t.post(`${path}/withdraw`, undefined, second)).body.code).toBe('NOT_THE_PROPOSER');
    expect((await t.post(`${path}/withdraw`, undefined, t.key('finance'))).status).toBe(403);
    const taken = await t.post(`${path}/withdraw`, undefined, proposer);
    expect([taken.status, taken.body.status, taken.body.decidedBy]).toEqual([200, 'withdrawn', null]);
    expect((await t.post(`${path}/withdraw`, undefined, proposer)).status).toBe(200);
    const late = await t.post(`${path}/approve`, undefined, second);
    expect([late.status, late.body.detail]).toEqual([409, '该条款版本已撤回，不能再改']);
    // What was taken back may be proposed again, and what was approved may not be taken back.
    const again = await t.post('policy-versions', proposal, proposer);
    expect([again.status, again.body.id === made.body.id]).toEqual([201, false]);
    await t.post(`policy-versions/${again.body.id}/approve`, undefined, second);
    expect((await t.post(`policy-versions/${again.body.id}/withdraw`, undefined, proposer)).body.code).toBe(
      'ALREADY_DECIDED',
    );
    expect(t.log.errors).toEqual([]);
  });
});
