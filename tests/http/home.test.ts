import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/access/context.ts';
import { home } from '../../src/home/service.ts';
import { demoFile, upload } from '../flows/support.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
const page = async (...who: Parameters<Demonstration['key']>) => (await t.get('home', t.key(...who))).body;

beforeAll(async () => {
  t = await startDemonstration('2026-04-12');
});
afterAll(() => t.stop());

describe('the first page, as the weeks go by', () => {
  it('tells a county what waits and until when, and only of its own pool', async () => {
    const county = await page('countyReviewer', 'pingluo-st');
    expect(county.sentence).toBe('12 笔备案待审核，最早一笔应于 4 月 24 日前办结。');
    expect(county).toMatchObject({ state: 'attention', notice: '示例参数，未经主管部门核实' });
    expect(county.todo[0]).toMatchObject({
      ...{ kind: 'filing', count: 12, dueOn: '2026-04-24', late: false },
      ...{ href: '/reviews?poolCode=pingluo', cites: [{ confirmed: false }] },
    });
    const other = await page('countyReviewer', 'yinchuan-st');
    expect(other).toMatchObject({
      sentence: '没有待审核的备案、补偿申请和补贴申请，也没有逾期事项。',
      state: 'ok',
      todo: [],
    });
  });

  it('gives the region its own, longer time', async () => {
    const { sentence } = await page('regionalReviewer');
    expect(sentence).toBe('12 笔备案待审核，最早一笔应于 5 月 6 日前办结。');
  });

  it('says what is late once its day has passed', async () => {
    t.on('2026-04-27');
    const { sentence, state, todo } = await page('countyReviewer', 'pingluo-st');
    expect([sentence, state]).toEqual(['12 笔备案待审核，其中 12 笔已超过审核时限。', 'late']);
    expect(todo[0]).toMatchObject({ title: expect.stringContaining('超过审核时限'), late: true });
    t.on('2026-04-12');
  });

  it('tells a bank which report is still due, by when, for how many loans of which pool', async () => {
    await t.tell('2026-05-04');
    const { sentence, state, todo, figures } = await page('bank', 'shizuishan-bank');
    expect(sentence).toBe('4 月余额月报应于 5 月 10 日前报送，尚未报送：平罗县宁科贷风险补偿资金池 12 笔。');
    expect(state).toBe('attention');
    expect(todo[0]).toMatchObject({
      ...{ kind: 'report', count: 12, dueOn: '2026-05-10', late: false },
      href: '/imports/new?kind=balanceReports&pool=pingluo',
    });
    expect(figures[0]).toMatchObject({ label: '在贷', value: '12', unit: '笔', href: '/loans?status=active' });
    expect((await page('bank', 'bank-of-china')).sentence).toBe('本行在本项目还没有入池贷款，暂无应报送的月报。');
  });

  it('tells finance what a month lacks, and that it is late after its settlement day', async () => {
    const before = await page('finance');
    expect(before.sentence).toBe(
      '4 月还不能正式结算：平罗县宁科贷风险补偿资金池缺石嘴山银行股份有限公司月报 12 笔；结算日 5 月 10 日，此时办理按暂定数结算。',
    );
    expect(before.todo.map((x: { kind: string }) => x.kind)).toContain('missingReport');
    t.on('2026-05-11');
    expect(await page('finance')).toMatchObject({
      state: 'late',
      sentence: expect.stringContaining('结算日 5 月 10 日已过'),
    });
    expect((await page('bank', 'shizuishan-bank')).sentence).toContain('现已逾期');
    t.on('2026-05-04');
  });

  it('says that the month can be settled once the last report is there', async () => {
    await t.tell('2026-05-09');
    const { sentence } = await page('finance');
    expect(sentence).toBe('4 月可以结算：2 个资金池的月报均已报齐，结算日 5 月 10 日。');
    expect((await page('bank', 'shizuishan-bank')).sentence).toBe('4 月余额月报已全部报送，目前没有应报未报的月份。');
  });

  it('counts files that were refused and not sent again', async () => {
    const file = demoFile('filings-bank-of-china-with-faults.csv');
    const sent = await upload(t, t.key('bank', 'bank-of-china'), file, { poolCode: 'yinchuan', mode: 'all' });
    expect(sent.body.status).toBe('refused');
    const { todo } = await page('bank', 'bank-of-china');
    expect(todo).toMatchObject([{ kind: 'import', count: 1, href: '/imports' }]);
    expect((await page('bank', 'ningxia-bank')).todo.map((x: { kind: string }) => x.kind)).not.toContain('import');
  });

  it('hands a claim from one to the next, each with its own clock, and tells nobody of what is not theirs', async () => {
    const claims = async (...who: Parameters<Demonstration['key']>) =>
      (await page(...who)).todo.filter((x: { kind: string }) => x.kind === 'claim');
    await t.tell('2026-09-14');
    expect(await claims('countyReviewer', 'pingluo-st')).toMatchObject([
      {
        ...{ title: '平罗县宁科贷风险补偿资金池待审核补偿申请', count: 1, dueOn: '2026-09-28', late: false },
        ...{ href: '/claims?view=todo&poolCode=pingluo', cites: [{ confirmed: false }] },
      },
    ]);
    expect((await page('countyReviewer', 'pingluo-st')).sentence).toContain(
      '1 份补偿申请待审核，最早一份应于 9 月 28 日前办结',
    );
    expect(await claims('countyReviewer', 'yinchuan-st')).toEqual([]);
    expect(await claims('regionalReviewer', 'ningxia-st')).toEqual([]);
    t.on('2026-09-29');
    expect(await claims('countyReviewer', 'pingluo-st')).toMatchObject([{ late: true }]);
    expect((await page('countyReviewer', 'pingluo-st')).sentence).toContain('其中 1 份已超期');
    await t.tell('2026-09-24');
    expect(await claims('countyReviewer', 'pingluo-st')).toEqual([]);
    expect(await claims('regionalReviewer', 'ningxia-st')).toMatchObject([{ dueOn: '2026-10-22' }]);
    expect(await claims('finance')).toEqual([]);
    await t.tell('2026-10-10');
    expect(await claims('regionalReviewer', 'ningxia-st')).toEqual([]);
    expect(await claims('finance')).toMatchObject([{ dueOn: '2026-10-23', title: expect.stringContaining('待拨付') }]);
    expect((await page('finance')).sentence).toContain('1 份补偿申请待拨付，合计 1,912,000.00 元');
    const board = (await t.get('pools/pingluo/board', t.key('countyReviewer', 'pingluo-st'))).body;
    expect(board.todo).toContainEqual(
      expect.objectContaining({ kind: 'claim', href: '/claims?view=all&poolCode=pingluo&status=confirmed' }),
    );
    await t.tell('2026-10-15');
    expect(await claims('finance')).toEqual([]);
  });

  it('tells finance, at the end of the story, how far everything is settled and what of the match has not come', async () => {
    await t.tell('2026-11-20');
    const { sentence, todo, figures } = await page('finance');
    expect(sentence).toBe('10 月及以前的月份均已结算；11 月的结算自 12 月 1 日起可以办理。');
    expect(todo[0]).toMatchObject({ kind: 'match', dueOn: '2027-01-07', late: false, href: '/pools/pingluo' });
    expect(figures.map((f: { label: string }) => f.label)).toContain('可用额度');
    const [pools] = [(await t.get('pools', t.key('finance'))).body.items];
    const free = figures.find((f: { label: string }) => f.label === '可用额度');
    expect(Number(free.value).toFixed(2)).toBe(
      pools.reduce((n: number, p: { headroom: string }) => n + Number(p.headroom), 0).toFixed(2),
    );
  });

  it('tells a suspended bank that no new filing of its is taken', async () => {
    await t.tell('2026-11-20');
    const { sentence, state } = await page('bank', 'shizuishan-bank');
    expect(sentence).toContain('新备案已暂停受理（平罗县宁科贷风险补偿资金池）');
    expect(state).toBe('late');
  });
});

describe('the first page of a bank after a loss', () => {
  const todos = async (kind: string, bank = 'shizuishan-bank') =>
    (await page('bank', bank)).todo.filter((x: { kind: string }) => x.kind === kind);
  const bank = () => t.key('bank', 'shizuishan-bank');
  const line = (dueBillNo: string, outstandingPrincipal: string, principalRepaid: string, overdueDays: number) => ({
    ...{ dueBillNo, outstandingPrincipal, principalRepaid, interestPaid: '0.00', overdueDays, paidOff: false },
    loanClassification: 'substandard',
  });

  it('tells what is to be remitted, and of a loan until when a claim may be made, as soon as the report says so', async () => {
    expect([await todos('remittance'), await todos('claimWindow')]).toEqual([[], []]);
    t.on('2026-12-05');
    const lines = [
      line('SZSJJ202636414424', '2200000.00', '70000.00', 171),
      line('SZSJJ202696055953', '3140000.00', '0.00', 95),
    ];
    expect((await t.post('balance-reports', { period: '2026-11', lines }, bank())).status).toBe(201);
    expect(await todos('remittance')).toMatchObject([
      {
        title: '借据 SZSJJ202636414424 追偿回款 70,000.00 元尚未汇缴资金池',
        ...{ dueOn: '2026-12-14', late: false, cites: [{ confirmed: false }] },
      },
    ]);
    // 95 days on 30 November, classified in that month's report: the event is of that day, and the window 120 days.
    expect(await todos('claimWindow')).toMatchObject([{ count: 1, dueOn: '2027-03-30', late: false }]);
    expect((await page('bank', 'shizuishan-bank')).sentence).toContain(
      '1 笔不良贷款可以申请补偿，最早应于 2027 年 3 月 30 日前提交；1 笔追偿回款尚未汇缴资金池。',
    );
    expect(await todos('claimWindow', 'ningxia-bank')).toEqual([]);
  });

  it('says that a window may have closed, for a month; a claim of any kind ends it, one sent back is told of', async () => {
    t.on('2027-04-29');
    expect(await todos('claimWindow')).toMatchObject([
      { late: true, title: expect.stringContaining('可能已过申请期限') },
    ]);
    t.on('2027-04-30');
    expect(await todos('claimWindow')).toEqual([]);
    t.on('2026-12-05');
    const draft = await t.post('claims', { dueBillNo: 'SZSJJ202696055953', unpaidPrincipal: '3140000.00' }, bank());
    expect(await todos('claimWindow')).toEqual([]);
    expect(await todos('claimReturned')).toEqual([]);
    await t.db.claim.update({ where: { id: BigInt(draft.body.id) }, data: { status: 'submitted' } });
    await t.db.claim.update({ where: { id: BigInt(draft.body.id) }, data: { status: 'returned', reason: '补材料' } });
    expect(await todos('claimReturned')).toMatchObject([{ count: 1, href: '/claims?status=returned' }]);
    await t.post(`claims/${draft.body.id}/withdraw`, {}, bank());
    expect(await todos('claimWindow')).toMatchObject([{ count: 1 }]);
    t.on('2026-11-20');
  });

  it('tells finance and the region of what others proposed, never of one’s own', async () => {
    const kinds = async (...who: Parameters<Demonstration['key']>) =>
      (await page(...who)).todo.map((x: { kind: string }) => x.kind);
    const [{ id }] = (await t.get('claims?status=paid', t.key('finance'))).body.items;
    const asked = { ground: 'ineligible', reason: '贷款用途与合同不符' };
    expect((await t.post(`claims/${id}/refund`, asked, t.key('finance'))).status).toBe(200);
    expect(await kinds('finance')).not.toContain('refund');
    expect(await kinds('finance', undefined, true)).toContain('refund');
    expect(await kinds('regionalReviewer', 'ningxia-st')).toContain('refund');
    // Beside the clawback of the story.
    expect((await page('finance', undefined, true)).sentence).toContain('2 项提议待复核');
    await t.post(`claims/${id}/refund/refuse`, { reason: '误提' }, t.key('finance'));
  });
});

describe('the first page of the others', () => {
  it('tells an enterprise what it can get and which title ends soon', async () => {
    const { sentence, todo, figures } = await page('enterprise');
    expect(sentence).toBe('可以向合作银行申请平罗县宁科贷风险补偿资金池支持的贷款，单户还可备案 1,860,000.00 元。');
    expect(todo[0]).toMatchObject({ kind: 'title', title: '科技型中小企业将于 12 月 31 日到期', dueOn: '2026-12-31' });
    expect(figures[0]).toMatchObject({ label: '尚可备案金额', value: '1860000.00', unit: '元', href: '/eligibility' });
  });

  it('tells somebody without an enterprise where the registration stands', async () => {
    const actor: Actor = {
      ...{ id: 'u-new', name: '经办人', role: 'enterprise', institution: null, enterprise: null },
      ...{ pools: [], scopes: [], key: null },
    };
    const ctx = { ...t.contextOf(actor), today: '2026-11-20' };
    expect(await home(ctx)).toMatchObject({ state: 'attention', sentence: expect.stringContaining('尚未绑定企业') });
    const user = { id: 'u-new', name: '经办人', email: 'a@example.cn', emailVerified: false, role: 'enterprise' };
    await t.db.user.create({ data: user });
    const day = new Date('2026-11-19T00:00:00Z');
    const registration = {
      userId: 'u-new',
      uscc: 'X',
      enterpriseName: '某某公司',
      status: 'submitted',
      submittedOn: day,
    };
    await t.db.registration.create({ data: registration });
    expect((await home(ctx)).sentence).toContain('「某某公司」的注册已于 11 月 19 日提交，正在等待审核');
    const reviewer = await page('regionalReviewer');
    expect(reviewer.sentence).toBe('1 家企业的注册待核实。');
    expect((await page('countyReviewer', 'pingluo-st')).sentence).toBe(
      '没有待审核的备案、补偿申请和补贴申请，也没有逾期事项。',
    );
    const decided = { status: 'refused', reason: '代码与名称不符', decidedOn: day };
    await t.db.registration.update({ where: { userId: 'u-new' }, data: decided });
    expect(await home(ctx)).toMatchObject({ sentence: '「某某公司」的注册未通过：代码与名称不符。', state: 'late' });
  });

  it('tells an auditor whether the books still hold what the statements printed', async () => {
    expect((await page('auditor')).sentence).toBe('账簿与 20 次结算所印的账套头一致；近 7 日没有敏感操作。');
    await t.pool.query(
      `UPDATE settlement SET ledger_head = 'forged' WHERE pool_code = 'pingluo' AND period = '2026-10'`,
    );
    const forged = await page('auditor');
    expect([forged.state, forged.sentence]).toEqual([
      'late',
      expect.stringContaining('1 次结算所印的账套头与账簿不符'),
    ]);
  });

  it('tells an operator of failed jobs and of the calendars of coming months', async () => {
    const { sentence, todo } = await page('operator');
    expect(sentence).toContain('尚未录入的节假日安排（2027 年）');
    expect(todo.map((x: { kind: string }) => x.kind)).not.toContain('lpr');
    await t.pool.query(`UPDATE pgboss.job SET state = 'failed' WHERE id = (SELECT id FROM pgboss.job LIMIT 1)`);
    t.on('2026-12-22');
    const later = await page('operator');
    expect(later).toMatchObject({ state: 'late', sentence: expect.stringContaining('失败的任务') });
    expect(later.todo).toContainEqual(
      expect.objectContaining({ kind: 'lpr', title: '尚未录入的 LPR（12 月）', late: true }),
    );
    t.on('2026-11-20');
  });

  it('is refused to nobody who may log in, and goes wrong for nobody', async () => {
    for (const role of [
      'bank',
      'enterprise',
      'countyReviewer',
      'regionalReviewer',
      'finance',
      'auditor',
      'operator',
    ] as const)
      expect((await t.get('home', t.key(role))).status).toBe(200);
    expect(t.log.errors).toEqual([]);
  });
});

describe('支持条件', () => {
  const verdicts = (programme: { clauses: { title: string; verdict: string }[] }) =>
    Object.fromEntries(programme.clauses.map((c) => [c.title, c.verdict]));

  it('judges each clause that needs no loan, names the rest, and says what is left under the cap and why', async () => {
    const { body } = await t.get('eligibility', t.key('enterprise'));
    expect(body).toMatchObject({ uscc: '91640221MA9006026Y', suggestions: [] });
    expect(body.programmes).toMatchObject([
      { poolCode: 'pingluo', eligible: true, cap: '5000000.00', counted: '3140000.00', left: '1860000.00' },
    ]);
    const [programme] = body.programmes;
    expect(verdicts(programme)).toMatchObject({
      登记地: 'pass',
      企业规模: 'pass',
      企业资质: 'pass',
      利率上限: 'notChecked',
    });
    expect(programme.banks).toEqual(['石嘴山银行股份有限公司']);
    expect(programme.explanation).toMatchObject({ label: '单户尚可备案金额', value: '1,860,000.00 元' });
  });

  it('says why not, once the titles have run out', async () => {
    t.on('2027-01-04');
    const { body } = await t.get('eligibility', t.key('enterprise'));
    expect(body.programmes[0]).toMatchObject({ eligible: false });
    expect(body.suggestions[0]).toContain('不在其内；应持有下列有效资质之一');
    expect((await page('enterprise')).sentence).toContain('目前还不能申请');
    t.on('2026-11-20');
  });

  it('is an enterprise’s own, a county’s own, and any for the region and the banks', async () => {
    const other = '916401212972756293';
    expect((await t.get(`eligibility?uscc=${other}`, t.key('enterprise'))).status).toBe(404);
    const { body } = await t.get(`eligibility?uscc=${other}`, t.key('regionalReviewer'));
    expect(body.programmes.map((p: { poolCode: string }) => p.poolCode)).toEqual(['yinchuan']);
    const county = await t.keyFor({ role: 'countyReviewer', institutionCode: 'pingluo-st' });
    expect((await t.get(`eligibility?uscc=${other}`, county)).status).toBe(404);
    expect((await t.get('eligibility?uscc=91640221MA9006026Y', county)).status).toBe(200);
    const bank = await t.keyFor({ role: 'bank', institutionCode: 'shizuishan-bank' });
    expect((await t.get(`eligibility?uscc=${other}`, bank)).status).toBe(200);
    expect((await t.get('eligibility', t.key('regionalReviewer'))).body.code).toBe('ENTERPRISE_NEEDED');
    expect((await t.get('eligibility?uscc=91640221MA0000000X', t.key('finance'))).status).toBe(404);
  });
});
