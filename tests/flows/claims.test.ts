import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import {
  approved,
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
/** Lent before anything is paid: what is paid soon suspends the bank's filings. */
let stock: Bad[];
let large: Bad;
let part: Bad;
let big: Bad;

beforeAll(async () => {
  t = await startDemonstration();
  who = people(t);
  await funded(t, '3000000.00', '3000000.00');
  const lend = lender(t);
  large = await lend({ principal: '500000.00', countedPrincipal: '400000.00' });
  part = await lend({ principal: '100000.01', countedPrincipal: '100000.01' });
  big = await lend({ principal: '6300000.00', countedPrincipal: '6300000.00', enterpriseUscc: BIG });
  stock = [];
  for (let i = 0; i < 28; i++) stock.push(await lend({ principal: '100000.00', countedPrincipal: '100000.00' }));
}, 60_000);
afterAll(() => t.stop());

const post = (path: string, body: unknown, key: string) => t.post(path, body, key);
const bad = (loan = stock.pop()!): Bad => {
  t.on(DAYS.claimed);
  return loan;
};
/** What is refused, by which rule, in which words; and nothing is different for it. */
const refused = async (
  act: () => Promise<{
    status: number;
    body: { code: string; detail: string; errors: { code: string }[]; cites?: object[] };
  }>,
) => {
  const { status, body } = await writingNothing(t, act);
  const { code, detail, errors, cites } = body;
  return { status, code, faults: errors.map((e) => e.code), detail, cites };
};
const pool = async () => (await t.get('pools/pingluo', who.finance)).body;
/** A claim drafted, its papers handed in. */
const drafted = async (request: object, papers = PAPERS) => {
  const { id } = expectStatus(await post('claims', request, who.bank), 201);
  await handIn(t, id, papers);
  return (await t.get(`claims/${id}`, who.bank)).body;
};

describe('A claim', () => {
  it('goes from draft to payment, and books each contributor’s part, the bank’s as a memo, and the reserve back', async () => {
    const { dueBillNo, loanId } = bad(large);
    const before = await pool();
    const draft = await drafted(claimFor(dueBillNo, '500000.00'));
    expect(draft).toMatchObject({
      status: 'draft',
      unpaidPrincipal: '500000.00',
      countedUnpaid: '400000.00',
      requested: '320000.00',
    });
    expect(draft.checks.filter((c: { verdict: string }) => c.verdict === 'fail')).toEqual([]);
    const submitted = expectStatus(await post(`claims/${draft.id}/submit`, undefined, who.bank), 200);
    expect(submitted).toMatchObject({ status: 'submitted', dueOn: '2026-09-15', late: false });
    t.on('2026-09-16');
    expect((await t.get(`claims/${draft.id}`, who.county)).body).toMatchObject({ dueOn: '2026-09-15', late: true });
    expectStatus(await post(`claims/${draft.id}/verify`, undefined, who.county), 200);
    expectStatus(await post(`claims/${draft.id}/approve`, {}, who.first), 200);
    expectStatus(await post(`claims/${draft.id}/confirm`, undefined, who.second), 200);
    const paidClaim = expectStatus(await post(`claims/${draft.id}/pay`, { voucherNo: 'V1' }, who.finance), 200);
    expect(paidClaim.shares.map((s: { amount: string }) => s.amount)).toEqual(['160000.00', '160000.00', '180000.00']);
    expect(paidClaim.clocks.map((c: { state: string }) => c.state)).toEqual(['doneLate', 'done', 'done']);
    expect(await balances(t)).toMatchObject({
      [`1218 ${draft.id}:ningxia-st`]: '160000.00',
      [`1218 ${draft.id}:pingluo-st`]: '160000.00',
      [`9201 ${draft.id}:shizuishan-bank`]: '180000.00',
    });
    const after = await pool();
    expect(after).toMatchObject({
      ...{ deposits: minus(before.deposits, '320000.00'), capital: minus(before.capital, '320000.00') },
      ...{
        countedOutstanding: minus(before.countedOutstanding, '400000.00'),
        reserved: minus(before.reserved, '40000.00'),
      },
      outstandingPrincipal: before.outstandingPrincipal,
    });
    expect((await t.get(`loans/${loanId}`, who.bank)).body).toMatchObject({ status: 'compensated', reserve: '0.00' });
  });

  it('may be recognised in part, with a reason: what is not recognised stays with the bank', async () => {
    const { dueBillNo } = bad(part);
    const { id } = await drafted(claimFor(dueBillNo, '100000.01'));
    await post(`claims/${id}/submit`, undefined, who.bank);
    await post(`claims/${id}/verify`, {}, who.county);
    const approve = (body: object) => post(`claims/${id}/approve`, body, who.first);
    expect(await refused(() => approve({ recognised: '100000.02' }))).toMatchObject({
      status: 422,
      code: 'RECOGNISED_RANGE',
    });
    expect(await refused(() => approve({ recognised: '0.00' }))).toMatchObject({ code: 'RECOGNISED_RANGE' });
    expect(await refused(() => approve({ recognised: '50000.01' }))).toMatchObject({ code: 'NOTE_NEEDED' });
    expectStatus(await approve({ recognised: '50000.01', note: '部分用途不符' }), 200);
    expectStatus(await post(`claims/${id}/confirm`, undefined, who.second), 200);
    const { shares, compensation, recognised } = expectStatus(await post(`claims/${id}/pay`, {}, who.finance), 200);
    expect(shares.map((s: { amount: string }) => s.amount)).toEqual(['20000.01', '20000.00', '60000.00']);
    expect([compensation, recognised]).toEqual(['40000.01', '50000.01']);
  });

  it('sent back is corrected and submitted again; the window counts from the first submission, the clock from the last', async () => {
    const { dueBillNo } = bad();
    const { id } = await drafted(claimFor(dueBillNo, '100000.00'));
    await post(`claims/${id}/submit`, undefined, who.bank);
    expectStatus(await post(`claims/${id}/return`, { reason: '合同缺页' }, who.county), 200);
    t.on('2026-12-28');
    const change = claimFor(dueBillNo, '100000.00', { suedOn: '2026-09-30' });
    expect((await t.call('PUT', `claims/${id}`, { key: who.bank, body: change })).body.status).toBe('returned');
    const again = expectStatus(await post(`claims/${id}/submit`, undefined, who.bank), 200);
    expect(again).toMatchObject({
      status: 'submitted',
      claimedOn: DAYS.claimed,
      submittedOn: '2026-12-28',
      dueOn: '2027-01-11',
    });
    expect(again.clocks[0].provisional).toBe(true);
    const { items } = (await t.get(`documents?subject=claim:${id}&sort=number`, who.bank)).body;
    expect(items.map((d: { subject: string; voidedOn: string | null }) => [d.subject, d.voidedOn])).toEqual([
      [`claim:${id}`, DAYS.claimed],
      [`claim:${id}:2`, null],
    ]);
    expect(again.events.map((e: { kind: string }) => e.kind)).toEqual([
      'created',
      'submitted',
      'returned',
      'changed',
      'submitted',
    ]);
  });

  it('refused or taken back makes room for another; what was refused stays with its reason', async () => {
    const { dueBillNo } = bad();
    const request = claimFor(dueBillNo, '100000.00');
    const first = (await drafted(request)).id;
    await post(`claims/${first}/submit`, undefined, who.bank);
    expectStatus(await post(`claims/${first}/refuse`, { reason: '用途不实' }, who.county), 200);
    const next = expectStatus(await post('claims', request, who.bank), 201).id;
    expect(next).not.toBe(first);
    expectStatus(await post(`claims/${next}/withdraw`, { reason: '借款人已还款' }, who.bank), 200);
    expect((await t.get(`claims/${first}`, who.bank)).body).toMatchObject({ status: 'refused', reason: '用途不实' });
    const [sheet] = (await t.get(`documents?subject=claim:${first}&kind=claimApproval`, who.county)).body.items;
    const { view } = (await t.get(`documents/${sheet.id}`, who.county)).body;
    expect([view.result, view.approved, view.opinions[0].text]).toEqual(['refused', '0.00', '用途不实。']);
    expect(await refused(() => post(`claims/${first}/verify`, {}, who.county))).toMatchObject({ code: 'CLAIM_STEP' });
  });

  it('drafted 16 times at once is one draft', async () => {
    const { dueBillNo } = bad();
    const request = claimFor(dueBillNo, '100000.00');
    const answers = await Promise.all(Array.from({ length: 16 }, () => post('claims', request, who.bank)));
    expect(new Set(answers.map((a) => a.body.id)).size).toBe(1);
    expect(answers.filter((a) => a.status === 201)).toHaveLength(1);
    expect((await writingNothing(t, () => post('claims', request, who.bank))).status).toBe(200);
  });
});

describe('A claim that breaks a rule is refused by it, and nothing is written', () => {
  /** Drafts a claim and submits it. */
  const submitting = async (request: object, papers = PAPERS) => {
    const { id } = await drafted(request, papers);
    return refused(() => post(`claims/${id}/submit`, undefined, who.bank));
  };

  it.each<[string, Record<string, unknown>, string, string]>([
    ['in another currency', { currency: 'USD' }, 'CURRENCY_NOT_CNY', '只受理人民币贷款的补偿申请'],
    ['at another pool', { poolCode: 'yinchuan' }, 'WRONG_POOL', '资金池「yinchuan」与备案的「pingluo」不一致'],
    ['with another contract', { contractNo: 'HT-X' }, 'CONTRACT_DIFFERS', '合同号「HT-X」与备案的'],
    ['for another enterprise', { enterpriseUscc: '91640221MA268596X8' }, 'ENTERPRISE_DIFFERS', '统一社会信用代码'],
    ['with another name', { enterpriseName: '别家公司' }, 'NAME_DIFFERS', '企业名称「别家公司」与登记的'],
    ['for more than is unpaid', { unpaidPrincipal: '100000.01' }, 'UNPAID_TOO_HIGH', '高于余额'],
    ['for less than is unpaid', { unpaidPrincipal: '99999.99' }, 'UNPAID_TOO_LOW', '低于余额，请先报送还款'],
    [
      'of more than the share',
      { requested: '80000.01' },
      'CLAIM_AMOUNT_TOO_HIGH',
      '申请金额 80,000.01 元，按分担比例应为 80,000.00 元',
    ],
    ['of another counted amount', { countedUnpaid: '99999.99' }, 'COUNTED_UNPAID_DIFFERS', '应为 100,000.00 元'],
    ['before the demand', { demandedOn: undefined }, 'LOSS_EVENT_NOT_YET', '尚未催收或起诉'],
    ['not yet 次级', { classification: 'specialMention' }, 'LOSS_EVENT_NOT_YET', '五级分类为关注，尚未归为次级'],
    [
      'to an account of another name',
      { payee: { accountName: '别家公司', bankName: '别家银行', accountNo: '1' } },
      'PAYEE_DIFFERS',
      '收款户名「别家公司」与登记的名称不一致，应为石嘴山银行股份有限公司',
    ],
    ['90 days overdue', { overdueSince: '2026-06-03' }, 'LOSS_EVENT_NOT_YET', '本金逾期尚未超过 90 天'],
  ])('%s', async (_, change, code, words) => {
    const { dueBillNo } = bad();
    const found = await submitting(claimFor(dueBillNo, '100000.00', change));
    expect([found.status, found.code]).toEqual([422, 'CLAIM_REFUSED']);
    expect(found.faults).toContain(code);
    expect(found.detail).toContain(words);
  });

  it('without all of its papers: what is lacking is named, and counts once it is handed in', async () => {
    const { dueBillNo } = bad();
    const { id, papers, checks } = await drafted(claimFor(dueBillNo, '100000.00'), PAPERS.slice(2));
    expect(papers.slice(0, 3)).toMatchObject([
      { code: 'application', label: '补偿申请函', required: true, attachments: [] },
      { code: 'loanContract', label: '借款合同（借据、展期协议）', required: true, attachments: [] },
      { code: 'debtor', required: true, attachments: [{ name: 'debtor.pdf', mediaType: 'application/pdf' }] },
    ]);
    expect(papers.filter((p: { required: boolean }) => !p.required).map((p: { code: string }) => p.code)).toEqual(
      GUARANTEED_PAPERS,
    );
    expect(checks.at(-1)).toMatchObject({ code: 'PAPERS_MISSING', verdict: 'fail' });
    const found = await refused(() => post(`claims/${id}/submit`, undefined, who.bank));
    expect([found.status, found.code, found.faults]).toEqual([422, 'CLAIM_REFUSED', ['PAPERS_MISSING']]);
    expect(found.detail).toContain('缺少补偿申请函、借款合同（借据、展期协议）');
    expect(found.cites).toMatchObject([{ article: expect.any(String) }]);
    await handIn(t, id, PAPERS.slice(0, 2));
    expect((await t.get(`claims/${id}`, who.bank)).body.checks.at(-1)).toMatchObject({ code: 'PAPERS' });
    expectStatus(await post(`claims/${id}/submit`, undefined, who.bank), 200);
  });

  it('without a paper that was taken back, also while it is being submitted', async () => {
    const { dueBillNo } = bad();
    const { id } = await drafted(claimFor(dueBillNo, '100000.00'));
    const { items } = (await t.get(`attachments?subject=claim:${id}`, who.bank)).body;
    const gone = t.call('DELETE', `attachments/${items[0].id}`, { key: who.bank });
    const [withdrawn, submitted] = await Promise.all([gone, post(`claims/${id}/submit`, undefined, who.bank)]);
    const { papers, status } = (await t.get(`claims/${id}`, who.bank)).body;
    const there = papers[0].attachments.length;
    // Whichever came first: a submitted claim has all of them.
    expect([
      [204, 422, 'draft', 0],
      [409, 200, 'submitted', 1],
    ]).toContainEqual([withdrawn.status, submitted.status, status, there]);
  });

  it('after the 120 days', async () => {
    const { dueBillNo } = bad();
    const { id } = await drafted(claimFor(dueBillNo, '100000.00'));
    t.on('2026-12-20');
    const late = await refused(() => post(`claims/${id}/submit`, undefined, who.bank));
    expect([late.faults, late.detail]).toEqual([['CLAIM_LATE'], expect.stringContaining(`晚于最后日 ${DAYS.last}`)]);
    t.on(DAYS.last);
    expectStatus(await post(`claims/${id}/submit`, undefined, who.bank), 200);
  });

  it('for a loan that is paid off', async () => {
    const { dueBillNo, loanId } = bad();
    await post(`loans/${loanId}/repayments`, { amount: '100000.00', paidOn: DAYS.claimed }, who.bank);
    const found = await submitting(claimFor(dueBillNo, '100000.00'));
    expect(found.faults).toEqual(['LOAN_CLOSED', 'UNPAID_TOO_HIGH']);
    expect(found.detail).toContain('的贷款已结清，没有可补偿的损失');
  });

  it('for a loan that is not in the pool, or another bank’s', async () => {
    const unknown = await refused(() => post('claims', claimFor('JJ-NONE', '1.00'), who.bank));
    expect(unknown).toMatchObject({ status: 422, code: 'LOAN_UNKNOWN', detail: '没有借据号为「JJ-NONE」的入池贷款' });
    const { dueBillNo } = bad();
    const stranger = await refused(() =>
      post('claims', claimFor(dueBillNo, '100000.00'), t.key('bank', 'ningxia-bank')),
    );
    expect(stranger.code).toBe('LOAN_UNKNOWN');
  });

  it('a second time, with other content', async () => {
    const { dueBillNo } = bad();
    await post('claims', claimFor(dueBillNo, '100000.00'), who.bank);
    const twice = await refused(() => post('claims', claimFor(dueBillNo, '99999.00'), who.bank));
    expect([twice.status, twice.code]).toEqual([409, 'CLAIM_DUPLICATE']);
    expect(twice.detail).toContain('不能重复申请');
  });
});

describe('A claim that was paid', () => {
  it('is not paid, approved or claimed a second time: refused by rule, and nothing is posted', async () => {
    const { dueBillNo } = bad();
    const id = await approved(t, claimFor(dueBillNo, '100000.00'));
    expectStatus(await post(`claims/${id}/pay`, {}, who.finance), 200);
    for (const [step, key] of [
      ...([
        ['pay', who.finance],
        ['pay', who.other],
        ['approve', who.first],
        ['verify', who.county],
      ] as const),
      ...([
        ['submit', who.bank],
        ['withdraw', who.bank],
      ] as const),
    ])
      expect([step, await refused(() => post(`claims/${id}/${step}`, {}, key))]).toMatchObject([
        step,
        { status: 409, code: 'ALREADY_COMPENSATED' },
      ]);
    const again = await refused(() => post('claims', claimFor(dueBillNo, '99999.00'), who.bank));
    expect(again).toMatchObject({ status: 409, code: 'ALREADY_COMPENSATED' });
    expect((await writingNothing(t, () => post('claims', claimFor(dueBillNo, '100000.00'), who.bank))).body.id).toBe(
      id,
    );
  });
});

describe('Two people', () => {
  it('approve: who approved does not confirm, and nobody else’s work is done for them', async () => {
    const { dueBillNo } = bad();
    const { id } = await drafted(claimFor(dueBillNo, '100000.00'));
    await post(`claims/${id}/submit`, undefined, who.bank);
    expect(await refused(() => post(`claims/${id}/approve`, {}, who.first))).toMatchObject({
      status: 409,
      code: 'CLAIM_STEP',
    });
    expect(await refused(() => post(`claims/${id}/refuse`, { reason: 'x' }, who.first))).toMatchObject({
      status: 403,
      code: 'NOT_YOUR_TURN',
    });
    await post(`claims/${id}/verify`, {}, who.county);
    expect(await refused(() => post(`claims/${id}/return`, { reason: 'x' }, who.county))).toMatchObject({
      code: 'NOT_YOUR_TURN',
    });
    await post(`claims/${id}/approve`, {}, who.first);
    const same = await refused(() => post(`claims/${id}/confirm`, undefined, who.first));
    expect(same).toMatchObject({
      status: 403,
      code: 'SAME_PERSON',
      detail: '审批人不得复核自己的审批，请由另一人办理',
    });
    expect(await refused(() => post(`claims/${id}/pay`, {}, who.finance))).toMatchObject({
      status: 409,
      code: 'CLAIM_STEP',
    });
    for (const key of [who.bank, who.county, who.first, t.key('auditor')])
      expect(await refused(() => post(`claims/${id}/pay`, {}, key))).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });

  it('are asked for by the database, too, as are the order of the steps and the sum of the parts', async () => {
    const { dueBillNo } = bad();
    const id = await approved(t, claimFor(dueBillNo, '100000.00'));
    const update = (set: string) => t.pool.query(`UPDATE claim SET ${set} WHERE id = ${id}`);
    await expect(update('confirmed_by = approved_by')).rejects.toThrow('claim_two_people');
    await expect(update('verified_by = created_by')).rejects.toThrow('claim_two_people');
    await expect(update("status = 'draft'")).rejects.toThrow('CLAIM_STEP');
    await expect(update("status = 'paid', paid_by = 'somebody'")).rejects.toThrow('CLAIM_PARTS');
    await expect(update('compensation = -1')).rejects.toThrow('claim_amounts');
    await expect(t.pool.query('UPDATE claim_event SET amount = 1')).rejects.toThrow('APPEND_ONLY');
    await expect(t.pool.query('DELETE FROM claim_share')).rejects.toThrow('APPEND_ONLY');
  });

  it('and a panel decide above 5,000,000.00', async () => {
    const loan = bad(big);
    const { id } = await drafted(claimFor(loan.dueBillNo, '6300000.00'));
    const submitted = expectStatus(await post(`claims/${id}/submit`, undefined, who.bank), 200);
    expect(submitted.checks.find((c: { code: string }) => c.code === 'CLAIM_PANEL').verdict).toBe('warn');
    await post(`claims/${id}/verify`, {}, who.county);
    const alone = await refused(() => post(`claims/${id}/approve`, {}, who.first));
    expect(alone).toMatchObject({ status: 422, code: 'PANEL_NEEDED' });
    const panel = { decidedOn: DAYS.claimed, members: ['甲', '乙', '丙'], recused: ['丁'], substitutes: ['戊'] };
    expect(expectStatus(await post(`claims/${id}/approve`, { panel }, who.first), 200).panel).toEqual(panel);
  });
});

/** What only a guaranteed loan needs. */
const GUARANTEED_PAPERS = ['payoutApproval', 'guaranteeContract', 'entrustment', 'payoutProof'];

/** A 国家高新技术企业 of 平罗, whose cap is higher. */
const BIG = '91640221MA03405461';

it('No error was logged, and the book stands every test', async () => {
  expect(t.log.errors).toEqual([]);
  expect((await t.pool.query("SELECT * FROM ledger.verify('pingluo')")).rows).toEqual([]);
});
