import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minus } from '../flows/support.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
let id: string;
let next: string;
const county = () => t.key('countyReviewer', 'pingluo-st');
const review = async (which: string, key: string) => (await t.get(`loan-filings/${which}/review`, key)).body;

beforeAll(async () => {
  t = await startDemonstration('2026-04-10');
  const { items } = (await t.get('loan-filings?status=submitted&sort=id', county())).body;
  [id, next] = items.map((f: { id: string }) => f.id);
}, 60_000);
afterAll(() => t.stop());

describe('a filing on one page, before it is decided', () => {
  it('holds the filing with its checks, the enterprise with its titles on the day of filing, and who sent it', async () => {
    const page = await review(id, county());
    expect(page.filing).toEqual((await t.get(`loan-filings/${id}`, county())).body);
    expect(page).toMatchObject({ bankName: '石嘴山银行股份有限公司', poolName: '平罗县宁科贷风险补偿资金池' });
    expect(page.enterprise).toMatchObject({ uscc: page.filing.enterpriseUscc, asOf: '2026-04-10' });
    expect(page.enterprise.titles).toMatchObject([{ kind: 'techSme', valid: true, validWhenFiled: true }]);
    expect(page.acts).toMatchObject([
      { action: 'filing.create', role: 'bank', institutionName: '石嘴山银行股份有限公司', on: '2026-04-10' },
    ]);
    expect([page.documents, page.consentLetterId]).toEqual([[], null]);
  });

  it('shows the headroom before a consent and after it, with the reason for each', async () => {
    const { filing, headroom } = await review(id, county());
    expect(headroom).toMatchObject({ before: '60000000.00', enough: true });
    expect(headroom.after).toBe(minus(headroom.before, filing.countedPrincipal));
    const counted = (of: 'before' | 'after') => headroom.explanation[of].inputs.at(-1).value;
    expect([counted('before'), counted('after')]).toEqual(['0.00 元', '3,140,000.00 元']);
  });

  it('runs the clock of whoever looks: ten working days for the unit, fifteen for the region', async () => {
    const own = await review(id, county());
    expect(own.clock).toMatchObject({ receivedOn: '2026-04-10', dueOn: '2026-04-24', late: false, decidedOn: null });
    expect(own.clock.explanation.inputs.map((i: { value: string }) => i.value)).toContain('10 个工作日');
    expect((await review(id, t.key('regionalReviewer'))).clock.dueOn).toBe('2026-05-06');
    t.on('2026-04-27');
    expect((await review(id, county())).clock.late).toBe(true);
    t.on('2026-04-10');
  });

  it('leads on to the next one that waits, and round to the first', async () => {
    expect((await review(id, county())).waiting).toEqual({ count: 12, nextId: next });
    const all = (await t.get('loan-filings?status=submitted&sort=id', county())).body.items;
    expect((await review(all.at(-1).id, county())).waiting.nextId).toBe(id);
  });

  it('tells titles that were valid when it was filed from those valid today', async () => {
    t.on('2027-01-05');
    const { enterprise } = await review(id, county());
    expect(enterprise.titles).toMatchObject([{ valid: false, validWhenFiled: true }]);
    t.on('2026-04-10');
  });
});

describe('a filing on one page, once it is decided', () => {
  it('names the letter and the decision, and has no headroom to lose any more', async () => {
    t.on('2026-04-13');
    expect((await t.post(`loan-filings/${id}/consent`, undefined, county())).status).toBe(200);
    const page = await review(id, county());
    expect(page).toMatchObject({ headroom: null, clock: { decidedOn: '2026-04-13', late: false } });
    expect(page.documents.map((d: { kind: string }) => d.kind).sort()).toEqual(['consentLetter', 'filingNotice']);
    expect(page.documents.map((d: { id: string }) => d.id)).toContain(page.consentLetterId);
    expect(page.acts.map((a: { action: string }) => a.action)).toEqual(['filing.create', 'filing.consent']);
    expect(page.acts[1].actorName).toBe('平罗县审核员');
    expect(page.commitments).toEqual({ counted: '3140000.00', loans: 1, badLoans: 0 });
  });

  it('shows the enterprise’s other filings, those of the reader’s own scope', async () => {
    const filing = (await t.get(`loan-filings/${id}`, county())).body;
    const change = { dueBillNo: 'JJ-2', contractNo: 'HT-2', firstLoan: false, principal: '100000.00' };
    const { checks: _, id: __, status: ___, ...copy } = filing;
    const fields = ['poolCode', 'enterpriseUscc', 'annualRate', 'disbursedOn', 'maturesOn', 'dayCountBasis'];
    const more = ['repaymentMethod', 'guaranteeMode', 'purpose'];
    const body = Object.fromEntries([...fields, ...more].map((name) => [name, copy[name]]));
    const sent = { ...body, ...change, countedPrincipal: '100000.00' };
    const second = await t.post('loan-filings', sent, t.key('bank', 'shizuishan-bank'));
    expect(second.status).toBe(201);
    const { history, commitments } = await review(second.body.id, county());
    expect(history).toMatchObject([
      {
        id,
        status: 'consented',
        loanStatus: 'active',
        outstandingPrincipal: '3140000.00',
        loanClassification: 'normal',
      },
    ]);
    expect(commitments).toMatchObject({ counted: '3240000.00', loans: 1 });
  });

  it('tells the bank and the enterprise what was decided, and no reviewer’s name', async () => {
    for (const key of [t.key('bank', 'shizuishan-bank'), t.key('enterprise')]) {
      const { acts, filing } = await review(id, key);
      expect(filing.status).toBe('consented');
      expect(acts[1]).toMatchObject({ action: 'filing.consent', institutionName: '平罗县科学技术局', actorName: null });
    }
    expect((await review(id, t.key('bank', 'shizuishan-bank'))).acts[0].actorName).toBe('石嘴山银行系统');
    expect((await review(next, t.key('enterprise'))).status).toBe(404);
  });

  it('is not there for another bank or another county', async () => {
    for (const key of [t.key('bank', 'ningxia-bank'), t.key('countyReviewer', 'yinchuan-st')])
      expect((await t.get(`loan-filings/${id}/review`, key)).status).toBe(404);
    expect((await t.get('loan-filings/99999/review', t.key('auditor'))).status).toBe(404);
    expect(t.log.errors).toEqual([]);
  });
});
