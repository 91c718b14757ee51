import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writingNothing } from '../flows/support.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
let id: string;
beforeAll(async () => {
  t = await startDemonstration('2026-10-20');
  id = (await get('claims', 'finance')).body.items[0].id;
}, 120_000);
afterAll(() => t.stop());

const get = (path: string, ...who: Parameters<Demonstration['key']>) => t.get(path, t.key(...who));

describe('补偿申请', () => {
  it.each<[string, Parameters<Demonstration['key']>, number, number]>([
    ['its own bank', ['bank', 'shizuishan-bank'], 1, 200],
    ['another bank', ['bank', 'ningxia-bank'], 0, 404],
    ['its own county', ['countyReviewer', 'pingluo-st'], 1, 200],
    ['another county', ['countyReviewer', 'yinchuan-st'], 0, 404],
    ['the region', ['regionalReviewer'], 1, 200],
    ['finance', ['finance'], 1, 200],
    ['an auditor', ['auditor'], 1, 200],
  ])('is seen by whom it concerns: %s', async (_, who, total, status) => {
    expect((await get('claims', ...who)).body.total).toBe(total);
    expect((await get(`claims/${id}`, ...who)).status).toBe(status);
    expect((await get('recoveries', ...who)).body.total).toBe(2 * total);
    expect((await get(`claims/${id}/fen?no=1`, ...who)).status).toBe(status);
  });

  it('is not for enterprises', async () => {
    for (const path of ['claims', `claims/${id}`, 'recoveries', 'payouts'])
      expect((await get(path, 'enterprise')).body).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is not acted on by another bank or county, whatever it knows', async () => {
    const act = (verb: string, body: object, ...who: Parameters<Demonstration['key']>) =>
      writingNothing(t, () => t.post(`claims/${id}/${verb}`, body, t.key(...who)));
    expect((await act('withdraw', {}, 'bank', 'ningxia-bank')).status).toBe(404);
    expect((await act('verify', {}, 'countyReviewer', 'yinchuan-st')).status).toBe(404);
    expect((await act('return', { reason: 'x' }, 'countyReviewer', 'yinchuan-st')).status).toBe(404);
  });

  it('tells a bank nobody’s name, and finance who did what', async () => {
    const names = async (...who: Parameters<Demonstration['key']>) =>
      (await get(`claims/${id}`, ...who)).body.events.map((e: { recordedBy: string | null }) => e.recordedBy);
    expect(new Set(await names('bank', 'shizuishan-bank'))).toEqual(new Set([null]));
    expect(await names('finance')).toContain('自治区审核员乙');
  });

  it('is found by number, enterprise, state and day, and leaves as a file with Chinese headings', async () => {
    const total = async (query: string) => (await get(`claims?${query}`, 'finance')).body.total;
    expect(await total('q=636414424')).toBe(1);
    expect(await total(`q=${encodeURIComponent('源微数据')}`)).toBe(1);
    expect([await total('status=paid'), await total('status=draft')]).toEqual([1, 0]);
    expect([await total('from=2026-09-15'), await total('to=2026-09-14&poolCode=pingluo')]).toEqual([0, 1]);
    for (const sort of ['id', '-compensation', 'enterpriseName', 'paidOn,-queueNo', 'dueBillNo'])
      expect((await get(`claims?sort=${sort}`, 'finance')).status).toBe(200);
    const file = await get('claims?format=csv', 'finance');
    const text = new TextDecoder().decode(file.body);
    expect(text.split('\r\n')[0]).toContain('资金池承担的补偿金额(元)');
    expect(text).toContain('已拨付');
    const receipts = new TextDecoder().decode((await get('recoveries?format=csv&sort=amount', 'finance')).body);
    expect(receipts.match(/60,?000\.00/g)).toHaveLength(2);
  });

  it('lists what is one’s own to do: the bank’s drafts, the next step of others, nothing for who only looks', async () => {
    const bank = t.key('bank', 'shizuishan-bank');
    const mine = async (...who: Parameters<Demonstration['key']>) => (await get('claims?todo=mine', ...who)).body.total;
    expect([await mine('bank', 'shizuishan-bank'), await mine('auditor'), await mine('finance')]).toEqual([0, 0, 0]);
    const draft = await t.post('claims', { dueBillNo: 'SZSJJ202696055953', unpaidPrincipal: '3140000.00' }, bank);
    expect([await mine('bank', 'shizuishan-bank'), await mine('bank', 'ningxia-bank')]).toEqual([1, 0]);
    await t.db.claim.update({ where: { id: BigInt(draft.body.id) }, data: { status: 'submitted' } });
    expect(await mine('bank', 'shizuishan-bank')).toBe(0);
    expect([await mine('countyReviewer', 'pingluo-st'), await mine('countyReviewer', 'yinchuan-st')]).toEqual([1, 0]);
    const { id: county } = await t.actor('countyReviewer', 'pingluo-st');
    const passed = { status: 'verified', verifiedBy: county, verifiedOn: new Date('2026-10-20') };
    await t.db.claim.update({ where: { id: BigInt(draft.body.id) }, data: passed });
    expect(await mine('countyReviewer', 'pingluo-st')).toBe(0);
    expect(await mine('regionalReviewer', 'ningxia-st')).toBe(1);
    const { id: first } = await t.actor('regionalReviewer', 'ningxia-st');
    const approved = { status: 'approved', approvedBy: first, approvedOn: new Date('2026-10-20') };
    await t.db.claim.update({ where: { id: BigInt(draft.body.id) }, data: approved });
    expect([await mine('regionalReviewer', 'ningxia-st'), await mine('regionalReviewer', 'ningxia-st', true)]).toEqual([
      0, 1,
    ]);
    const asked = async (second: boolean) =>
      (await get(`claims/${draft.body.id}`, 'regionalReviewer', 'ningxia-st', second)).body.barred;
    expect([await asked(false), await asked(true)]).toEqual(['审批人不得复核自己的审批，请由另一人办理', null]);
    await t.db.claim.update({ where: { id: BigInt(draft.body.id) }, data: { status: 'returned' } });
    expect(await mine('bank', 'shizuishan-bank')).toBe(1);
    await t.post(`claims/${draft.body.id}/withdraw`, {}, bank);
  });

  it('refuses a field it does not know, a number for money and another currency’s spelling', async () => {
    const bank = t.key('bank', 'shizuishan-bank');
    const draft = (body: object) => writingNothing(t, () => t.post('claims', body, bank));
    const sound = { dueBillNo: 'SZSJJ202696055953', unpaidPrincipal: '3140000.00' };
    for (const change of [{ x: 1 }, { unpaidPrincipal: 3140000 }, { currency: 'rmb' }, { unpaidPrincipal: '-1.00' }])
      expect((await draft({ ...sound, ...change })).status).toBe(422);
  });

  it('a draft is its bank’s own until it is submitted', async () => {
    const bank = t.key('bank', 'shizuishan-bank');
    const draft = await t.post('claims', { dueBillNo: 'SZSJJ202696055953', unpaidPrincipal: '3140000.00' }, bank);
    expect([draft.status, draft.body.status]).toEqual([201, 'draft']);
    expect(draft.body.checks.find((c: { code: string }) => c.code === 'LOSS_EVENT_NOT_YET').verdict).toBe('fail');
    expect((await get('claims?status=draft', 'finance')).body.total).toBe(0);
    expect((await get('claims?status=draft', 'bank', 'shizuishan-bank')).body.total).toBe(1);
    for (const [role, at] of [
      ['finance', undefined],
      ['countyReviewer', 'pingluo-st'],
    ] as const)
      expect((await get(`claims/${draft.body.id}`, role, at)).status).toBe(404);
    expect((await get(`claims/${draft.body.id}`, 'bank', 'shizuishan-bank')).body.status).toBe('draft');
    expect((await t.post(`claims/${draft.body.id}/submit`, undefined, bank)).body.code).toBe('CLAIM_REFUSED');
    expect((await t.post(`claims/${draft.body.id}/withdraw`, {}, bank)).body.status).toBe('withdrawn');
  });
});

describe('测算', () => {
  const simulate = (body: object, key = t.key('finance')) =>
    writingNothing(t, () => t.post('claims/simulate', body, key));
  const parts = (found: { parts: { bearer: string; amount: string }[] } | null) =>
    found?.parts.map((p) => `${p.bearer} ${p.amount}`);

  it('says who would bear a loss on a loan of the register, and what would come back to whom; nothing is written', async () => {
    const { items } = (await get('loans?dueBillNo=SZSJJ202631112203', 'finance')).body;
    const { status, body } = await simulate({
      loanId: items[0].id,
      unpaidPrincipal: '1000000.00',
      recovered: '100000.00',
    });
    expect(status).toBe(200);
    expect(parts(body.now)).toEqual(['region 400000.00', 'cooperatingUnit 400000.00', 'bank 200000.00']);
    expect(body.now.parts.map((p: { recovered: string; left: string }) => [p.recovered, p.left])).toEqual([
      ['40000.00', '360000.00'],
      ['40000.00', '360000.00'],
      ['20000.00', '180000.00'],
    ]);
    expect([body.proposed, body.policyCode, body.now.compensation]).toEqual([null, 'ningkedai-2025', '800000.00']);
  });

  it('compares a proposed version with the one in force', async () => {
    const share = (bearer: string, label: string, percent: string) => ({ bearer, label, percent });
    const value = {
      shares: [
        share('region', '自治区', '30'),
        share('cooperatingUnit', '合作单位', '30'),
        share('bank', '银行', '40'),
      ],
    };
    const citation = { document: '《修订稿》', article: '第三条', confirmed: false, mark: 'A', source: '示例' };
    const proposed = await t.post(
      'policy-versions',
      { clauseId: 'ningkedai-2025.lossShares', effectiveFrom: '2027-01-01', value, citation },
      t.key('operator'),
    );
    expect(proposed.status).toBe(201);
    const { items } = (await get('loans?dueBillNo=SZSJJ202631112203', 'finance')).body;
    const ask = { loanId: items[0].id, unpaidPrincipal: '1000000.00' };
    const versions = [{ clauseId: 'ningkedai-2025.lossShares', value }];
    const { body } = await simulate({ ...ask, versionIds: [proposed.body.id] });
    expect(parts(body.now)).toEqual(['region 400000.00', 'cooperatingUnit 400000.00', 'bank 200000.00']);
    expect(parts(body.proposed)).toEqual(['region 300000.00', 'cooperatingUnit 300000.00', 'bank 400000.00']);
    expect(parts((await simulate({ ...ask, versions })).body.proposed)).toEqual(parts(body.proposed));
  });

  // 昊川: sales of 33,190,000.00, a pure credit loan of 3,520,000.00, not its first; nothing but the document differs.
  it.each<[string, string[]]>([
    ['ningkedai-2025', ['region 400000.00', 'cooperatingUnit 400000.00', 'bank 200000.00']],
    ['xiamen-kexindai', ['pool 700000.00', 'bank 300000.00']],
    ['henan-2025', ['pool 500000.00', 'bank 500000.00']],
    ['zhuhai-2022', ['pool 700000.00', 'bank 300000.00']],
    ['anhui-2022', ['pool 350000.00', 'bank 650000.00']],
  ])('under %s the same loss is borne as %j', async (policyCode, expected) => {
    const { items } = (await get('loans?dueBillNo=SZSJJ202631112203', 'finance')).body;
    const none = '0.00';
    const used = { enterprise: none, enterpriseYear: none, bankYear: none, poolYear: none, pool: none, poolNet: none };
    const caps = { used: { ...used, publicMoney: none }, bases: { lastYearBalance: '100000000.00' } };
    const ask = { loanId: items[0].id, unpaidPrincipal: '1000000.00', facts: { firstTimeBorrower: false } };
    const { body } = await simulate({ ...ask, policyCode, caps });
    expect([body.nowProblem, parts(body.now)]).toEqual([null, expected]);
  });

  it('takes made-up facts and another document, and says what it lacks', async () => {
    const loan = (facts: object) => ({ principal: '1000000.00', countedPrincipal: '1000000.00', facts });
    const ask = (policyCode: string, facts: object) =>
      simulate({ loan: loan(facts), unpaidPrincipal: '1000000.00', policyCode });
    expect(parts((await ask('zhuhai-2022', { creditShare: '100', firstTimeBorrower: false })).body.now)![0]).toContain(
      '700000.00',
    );
    const lacking = (await ask('zhuhai-2022', {})).body;
    expect([lacking.now, lacking.nowProblem]).toEqual([null, expect.stringContaining('缺少')]);
    expect((await simulate({ unpaidPrincipal: '1.00' })).body.code).toBe('SIMULATION_LOAN');
    expect((await simulate({ loanId: '1', unpaidPrincipal: '99999999.00' })).body.code).toBe('LOSS_AMOUNTS');
    expect((await simulate({ loanId: '1', unpaidPrincipal: '1.00' }, t.key('bank', 'ningxia-bank'))).status).toBe(404);
    expect((await simulate({ loanId: '1', unpaidPrincipal: '1.00' }, t.key('auditor'))).status).toBe(403);
  });
});

it('money told late is booked in the open month, says which month it belongs to, and leaves the closed one as it was', async () => {
  await t.tell('2026-11-10');
  t.on('2026-11-12');
  const [october] = (await get('settlements?poolCode=pingluo&period=2026-10', 'finance')).body.items;
  const receipt = { amount: '1000.00', obtainedOn: '2026-10-22', receivedOn: '2026-10-26', receiptNo: 'LATE' };
  const { status, body } = await t.post(`claims/${id}/recoveries`, receipt, t.key('finance'));
  expect([status, body.occurredOn, body.belongsTo]).toEqual([201, '2026-11-12', '2026-10']);
  expect((await get('settlements?poolCode=pingluo&period=2026-10', 'finance')).body.items).toEqual([october]);
  t.on('2026-12-10');
  const november = await t.post('settlements', { poolCode: 'pingluo', period: '2026-11' }, t.key('finance'));
  const section = (name: string) => november.body.sections.find((s: { name: string }) => s.name === name);
  expect(section('应收追偿款')).toMatchObject({ opening: '1816000.00', movements: '-800.00', closing: '1815200.00' });
  expect(november.body.notes).toContainEqual({
    kind: 'adjustment',
    text: '追偿回款 1 笔，1,000.00 元，记入本月',
    belongsTo: '2026-10',
  });
});

it('No error was logged', () => expect(t.log.errors).toEqual([]));
