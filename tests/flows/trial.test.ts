import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let d: Demonstration;

beforeAll(async () => {
  d = await startDemonstration('2026-11-10');
  d.on('2026-11-20');
}, 60_000);
afterAll(() => d.stop());

/** A filing of the enterprise whose loan in the pool is 次级. */
const NEW_LOAN = {
  ...{
    poolCode: 'pingluo',
    enterpriseUscc: '91640221MA9556271K',
    contractNo: 'SZSJK2026990001',
    dueBillNo: 'SZSJJ202699000001',
  },
  ...{
    principal: '500000.00',
    countedPrincipal: '500000.00',
    annualRate: '3.65',
    disbursedOn: '2026-10-15',
    maturesOn: '2027-10-15',
  },
  ...{
    dayCountBasis: 'actual360',
    repaymentMethod: 'monthlyInterest',
    guaranteeMode: 'credit',
    firstLoan: false,
    purpose: 'rnd',
  },
};

describe('What first users met', () => {
  it('tells a suspended bank why, and takes its filings again when two people have lifted what stops them', async () => {
    const refused = await d.post('loan-filings', NEW_LOAN, d.key('bank', 'shizuishan-bank'));
    expect([refused.status, refused.body.errors[0].code]).toEqual([422, 'SUSPENDED']);
    const { items } = (await d.get('suspensions?poolCode=pingluo&status=active', d.key('regionalReviewer'))).body;
    for (const { id } of items) {
      await d.post(`suspensions/${id}/lift`, { reason: '整改方案已审定' }, d.key('countyReviewer', 'pingluo-st'));
      const lifted = await d.post(`suspensions/${id}/confirm`, undefined, d.key('regionalReviewer'));
      expect(lifted.body.status).toBe('lifted');
    }
  });

  it('warns the reviewer of bad loans that the system itself holds', async () => {
    const filed = await d.post('loan-filings', NEW_LOAN, d.key('bank', 'shizuishan-bank'));
    expect(filed.status).toBe(201);
    expect(filed.body.checks).toContainEqual(expect.objectContaining({ code: 'BAD_LOANS', verdict: 'warn' }));
  });

  it('books a repayment of a day before admission in the month of admission, without a month it belongs to', async () => {
    const filing = (await d.get('loan-filings?dueBillNo=SZSJJ202699000001', d.key('bank', 'shizuishan-bank'))).body
      .items[0];
    await d.post(`loan-filings/${filing.id}/consent`, undefined, d.key('countyReviewer', 'pingluo-st'));
    const body = { amount: '100000.00', paidOn: '2026-11-19', repaymentNo: 'RP-1' };
    const { status } = await d.post(`loans/${filing.id}/repayments`, body, d.key('bank', 'shizuishan-bank'));
    expect(status).toBe(201);
    const loan = (await d.get(`loans/${filing.id}`, d.key('bank', 'shizuishan-bank'))).body;
    expect(loan).toMatchObject({
      outstandingPrincipal: '400000.00',
      reserve: '40000.00',
      explanation: { label: '准备金占用额', value: '40,000.00 元' },
    });
    expect(loan.events.at(-1)).toMatchObject({ kind: 'repayment', occurredOn: '2026-11-20', belongsTo: null });
  });

  it('shows an enterprise what its own loans tie up, and nothing of others', async () => {
    const { items } = (await d.get('loans', d.key('enterprise'))).body;
    expect(items.map((l: { enterpriseUscc: string }) => l.enterpriseUscc)).toEqual(['91640221MA9006026Y']);
    expect(items[0]).toMatchObject({ countedOutstanding: '3140000.00', reserve: '314000.00' });
    const { events } = (await d.get(`loans/${items[0].id}`, d.key('enterprise'))).body;
    expect(events.map((e: { kind: string }) => e.kind)).toEqual(['admission']);
  });

  it('takes no policy value for months that are settled', async () => {
    const citation = { document: '关于调整放大倍数的通知', article: '第一条', confirmed: false, mark: 'A' };
    const version = { clauseId: 'ningkedai-2025.leverage', value: '7', citation };
    const late = await d.post('policy-versions', { ...version, effectiveFrom: '2026-10-31' }, d.key('operator'));
    expect([late.status, late.body.code]).toEqual([409, 'POLICY_BACKDATED']);
    expect(late.body.detail).toContain('2026-11-01');
    expect(
      (await d.post('policy-versions', { ...version, effectiveFrom: '2026-12-01' }, d.key('operator'))).status,
    ).toBe(201);
  });

  it('tells whoever checks a notice what was decided, as data and as a page', async () => {
    const [notice] = (await d.get('documents?kind=filingNotice&limit=1', d.key('finance'))).body.items;
    const data = await d.get(`/verify/${notice.verificationCode}`);
    expect(data.body.facts).toContainEqual({ label: '审查结论', value: '同意备案，纳入资金池' });
    const page = await d.call('GET', `/verify/${notice.verificationCode}`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(new TextDecoder().decode(page.body)).toMatch(/本单据确由本系统出具[\s\S]*\d,\d{3}\.\d\d 元/);
  });

  it('refuses a misspelt query and a day to come, and leads the front door to the console', async () => {
    const finance = d.key('finance');
    expect((await d.get('pools/pingluo?asof=2026-04-13', finance)).body.errors[0]).toMatchObject({
      code: 'UNKNOWN_FIELD',
      field: 'asof',
    });
    expect((await d.get('pools/pingluo?asOf=2030-01-01', finance)).body.code).toBe('DATE_IN_FUTURE');
    expect((await d.get('loans?limit=0', finance)).body.errors[0].message).toBe('不能小于 1');
    expect((await d.get('/')).headers.get('location')).toBe('/console/');
  });
});
