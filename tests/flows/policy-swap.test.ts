import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import {
  type Bad,
  balances,
  claimFor,
  DAYS,
  expectStatus,
  funded,
  handIn,
  lender,
  PAPERS,
  people,
} from './claims-support.ts';
import { minus, writingNothing } from './support.ts';

let t: Demonstration;
let who: ReturnType<typeof people>;
/** Loans of 100,000.00 that are all alike, lent while the pool rested on 宁科贷. */
let loans: Bad[];
/** The same with a guarantor behind it. */
let backed: Bad;

beforeAll(async () => {
  t = await startDemonstration();
  who = people(t);
  await funded(t, '1000000.00', '3000000.00');
  const lend = lender(t);
  loans = [];
  for (let i = 0; i < 5; i++) loans.push(await lend({ principal: '100000.00', countedPrincipal: '100000.00' }));
  backed = await lend({ principal: '100000.00', countedPrincipal: '100000.00', guaranteeMode: 'guarantee' });
  t.on(DAYS.claimed);
  const operator = t.key('operator');
  for (const [code, name, kind] of [
    ['db', '宁夏科技融资担保有限公司', 'guarantor'],
    ['zdb', '宁夏再担保集团', 'reguarantor'],
  ]) {
    expectStatus(await t.post('institutions', { code, name, kind }, operator), 201);
    const partnership = { poolCode: 'pingluo', validFrom: '2026-01-01', document: '合作协议' };
    expectStatus(await t.post(`institutions/${code}/partnerships`, partnership, operator), 201);
  }
}, 60_000);
afterAll(() => t.stop());

/** The one thing that is changed: by which document the pool goes. */
const swap = (code: string) => t.pool.query(`UPDATE pool SET policy_code = $1 WHERE code = 'pingluo'`, [code]);
/** What only the claimant can say, as some documents ask for it; the same to all. */
const STATED = {
  facts: { creditShare: '100', firstTimeBorrower: false, projectKinds: ['other'], size: 'small' },
  capFacts: { publicMoney: '0.00', lastYearBalance: '1000000000.00' },
};
const paid = async (id: string) => {
  expectStatus(await t.post(`claims/${id}/verify`, {}, who.county), 200);
  expectStatus(await t.post(`claims/${id}/approve`, {}, who.first), 200);
  expectStatus(await t.post(`claims/${id}/confirm`, undefined, who.second), 200);
  return expectStatus(await t.post(`claims/${id}/pay`, {}, who.finance), 200);
};

describe('The same loss in the same pool, paid under one document after the other', () => {
  it.each<[code: string, document: string, shares: string[], ofPool: [county: string, region: string]]>([
    [
      ...(['ningkedai-2025', '《宁夏科技型中小企业风险补偿贷款管理办法》'] as const),
      ['region 40000.00', 'cooperatingUnit 40000.00', 'bank 20000.00'],
      ['40000.00', '40000.00'],
    ],
    [
      ...(['xiamen-kexindai', '《厦门市“科信贷”业务管理办法》'] as const),
      ['pool 70000.00', 'bank 30000.00'],
      ['17500.00', '52500.00'],
    ],
    [
      ...(['henan-2025', '《河南省科技金融“科技贷”业务实施方案》'] as const),
      ['pool 30000.00', 'bank 70000.00'],
      ['7500.00', '22500.00'],
    ],
    [
      ...(['zhuhai-2022', '《珠海市科技信贷风险补偿金管理办法》'] as const),
      ['pool 70000.00', 'bank 30000.00'],
      ['17500.00', '52500.00'],
    ],
    [
      ...(['anhui-2022', '《安徽省科技企业贷款风险补偿资金池管理办法》'] as const),
      ['pool 35000.00', 'bank 65000.00'],
      ['8750.00', '26250.00'],
    ],
  ])('%s', async (code, document, expected, [county, region]) => {
    const before = await free();
    await swap(code);
    const { dueBillNo } = loans.pop()!;
    const { id } = expectStatus(
      await t.post('claims', { ...claimFor(dueBillNo, '100000.00'), ...STATED }, who.bank),
      201,
    );
    await handIn(t, id, PAPERS);
    const submitted = expectStatus(await t.post(`claims/${id}/submit`, undefined, who.bank), 200);
    const { shares, compensation } = await paid(id);
    expect(shares.map((s: { bearer: string; amount: string }) => `${s.bearer} ${s.amount}`)).toEqual(expected);
    expect(compensation).toBe(submitted.compensation);
    expect(new Set(shares.flatMap((s: Share) => s.cites.map((c) => c.document)))).toEqual(new Set([document]));
    // Where the document names no contributor it is each one's part of the whole when it is paid: a quarter and three of them.
    const held = await balances(t);
    expect([held[`1218 ${id}:pingluo-st`], held[`1218 ${id}:ningxia-st`]]).toEqual([county, region]);
    expect(minus(before, await free())).toBe(compensation);
  });
});

describe('A guaranteed loss under 4321', () => {
  const guaranteed = { ...STATED, parties: { guarantor: 'zdb' } };
  let id: string;

  it('needs the guarantee’s papers, and names its parties as they are recorded', async () => {
    await swap('anhui-4321');
    for (const [party, role, percent] of [
      ['db', 'guarantor', '40'],
      ['zdb', 'reguarantor', '30'],
    ])
      expectStatus(
        await t.post(
          `loans/${backed.loanId}/guarantees`,
          { party, role, percent, contractNo: `HT-${party}`, signedOn: DAYS.claimed },
          who.bank,
        ),
        201,
      );
    const request = claimFor(backed.dueBillNo, '100000.00');
    const draft = expectStatus(await t.post('claims', { ...request, ...guaranteed }, who.bank), 201);
    id = draft.id;
    expect(draft.papers.every((p: { required: boolean }) => p.required)).toBe(true);
    await handIn(t, id, PAPERS);
    const refused = await writingNothing(t, () => t.post(`claims/${id}/submit`, undefined, who.bank));
    expect(refused.body.errors).toMatchObject([
      { code: 'PARTY_DIFFERS', field: 'parties.guarantor', value: 'zdb' },
      { code: 'PAPERS_MISSING', message: '缺少代偿审批文件、保证合同、委托担保合同、代偿证明或通知' },
    ]);
    expect(refused.body.detail).toContain('应为宁夏科技融资担保有限公司（db）');
    const answer = await t.call('PUT', `claims/${id}`, { key: who.bank, body: { ...request, ...STATED } });
    expect(answer.body.checks.map((c: { code: string }) => c.code)).toContain('PARTIES');
    await handIn(t, id, ['payoutApproval', 'guaranteeContract', 'entrustment', 'payoutProof']);
    expectStatus(await t.post(`claims/${id}/submit`, undefined, who.bank), 200);
  });

  it('is borne 4:3:2:1, outside the pool by those parties', async () => {
    const { shares } = await paid(id);
    expect(shares.map((s: { bearer: string; amount: string }) => `${s.bearer} ${s.amount}`)).toEqual([
      ...['guarantor 40000.00', 'reguarantor 30000.00', 'bank 20000.00', 'pool 10000.00'],
    ]);
    const held = await balances(t);
    expect([held[`9201 ${id}:db`], held[`9201 ${id}:zdb`], held[`9201 ${id}:shizuishan-bank`]]).toEqual([
      ...['40000.00', '30000.00', '20000.00'],
    ]);
    expect([held[`1218 ${id}:pingluo-st`], held[`1218 ${id}:ningxia-st`]]).toEqual(['2500.00', '7500.00']);
    const [letter] = (await t.get(`documents?subject=claim:${id}&kind=claimLetter`, who.bank)).body.items;
    const { view } = (await t.get(`documents/${letter.id}`, who.bank)).body;
    expect(view.shares.map((s: { party: string }) => s.party).slice(0, 2)).toEqual([
      '宁夏科技融资担保有限公司',
      '宁夏再担保集团',
    ]);
  });

  it('of which a recovery goes to each by what it bore', async () => {
    const receipt = { amount: '1000.00', obtainedOn: DAYS.claimed, receivedOn: DAYS.claimed, receiptNo: 'R-4321' };
    const { distribution } = expectStatus(await t.post(`claims/${id}/recoveries`, receipt, who.finance), 201);
    expect(distribution.map((d: { party: string; amount: string }) => `${d.party} ${d.amount}`)).toEqual([
      ...['db 400.00', 'zdb 300.00', 'shizuishan-bank 200.00', 'pingluo-st 25.00', 'ningxia-st 75.00'],
    ]);
    expect(t.log.errors).toEqual([]);
    expect((await t.pool.query("SELECT * FROM ledger.verify('pingluo')")).rows).toEqual([]);
  });
});

interface Share {
  cites: { document: string }[];
}
/** What the pool still has. */
const free = async (): Promise<string> => (await t.get('pools/pingluo', who.finance)).body.capital;
