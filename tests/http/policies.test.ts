import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
let operator: string;
let second: string;
let reviewer: string;
let finance: string;
let bank: string;

beforeAll(async () => {
  t = await startTestApp('2026-03-02');
  operator = await t.keyFor({ role: 'operator', name: '甲' });
  second = await t.keyFor({ role: 'operator', name: '乙' });
  reviewer = await t.keyFor({ role: 'regionalReviewer' });
  finance = await t.keyFor({ role: 'finance' });
  for (const [code, name, kind] of [
    ['pingluo-st', '平罗县科学技术局', 'cooperatingUnit'],
    ['ningxia-st', '宁夏回族自治区科学技术厅', 'regionalAuthority'],
    ['shizuishan-bank', '石嘴山银行股份有限公司', 'partnerBank'],
  ]) {
    await t.post('institutions', { code, name, kind }, operator);
  }
  bank = await t.keyFor({ role: 'bank', institutionCode: 'shizuishan-bank' });
});
afterAll(() => t.stop());

const LEVERAGE = {
  ...{ clauseId: 'ningkedai-2025.leverage', effectiveFrom: '2026-05-01', value: '8' },
  citation: {
    document: '《宁夏科技型中小企业风险补偿贷款管理办法实施细则》（宁科规发〔2026〕3号）',
    article: '第八条',
    confirmed: true,
    mark: 'F',
  },
};

describe('政策条款', () => {
  it('shows every clause with its value on a day, its words, its article, its unit and whether it is confirmed', async () => {
    const { status, body } = await t.get('policies?asOf=2026-04-13', bank);
    expect(status).toBe(200);
    expect(body).toMatchObject({ asOf: '2026-04-13', total: body.items.length, nextCursor: null });
    expect(body.documents.map((d: { code: string }) => d.code)).toContain('ningkedai-2025');
    const clause = (id: string) => body.items.find((c: { id: string }) => c.id === `ningkedai-2025.${id}`);
    expect(clause('leverage')).toMatchObject({
      ...{
        policyCode: 'ningkedai-2025',
        title: '放大倍数',
        unit: '倍',
        value: '10',
        confirmed: false,
        provisional: true,
      },
      ...{ notice: '示例参数，未经主管部门核实', effectiveFrom: '2025-10-15', text: expect.stringContaining('10 倍') },
    });
    expect(clause('compensated')).toMatchObject({
      confirmed: true,
      notice: null,
      citation: { article: '第二条', source: expect.any(String) },
    });
  });

  it('shows the document with its four dates, and says what it does not know', async () => {
    const { body } = await t.get('policies/ningkedai-2025', bank);
    const dates = { issuedOn: '2025-10-15', effectiveFrom: '2025-10-15', expiresOn: null, repealedOn: null };
    expect(body).toMatchObject({
      ...dates,
      title: expect.stringContaining('风险补偿贷款管理办法'),
      effectiveFromConfirmed: false,
    });
    expect((await t.get('policies/nowhere-2000', bank)).status).toBe(404);
    expect((await t.get('policies?policyCode=nowhere-2000', bank)).body.code).toBe('POLICY_UNKNOWN');
  });

  it('shows a clause by its short or its full name with its versions, its worked cases and the shape of a value', async () => {
    const short = await t.get('policies/ningkedai-2025/clauses/leverage', bank);
    expect(short.body.versions).toMatchObject([
      { id: null, origin: 'shipped', value: '10', effectiveFrom: '2025-10-15' },
    ]);
    expect(short.body.cases[0]).toMatchObject({ input: '6000000.00', expected: '60000000.00' });
    expect(short.body.valueSchema).toMatchObject({ type: 'string' });
    expect((await t.get('policies/ningkedai-2025/clauses/ningkedai-2025.leverage', bank)).body).toEqual(short.body);
    expect((await t.get('policies/ningkedai-2025/clauses/other-2020.leverage', bank)).body.code).toBe('CLAUSE_UNKNOWN');
  });

  it('has no value before a clause begins, and says why', async () => {
    const { body } = await t.get('policies/ningkedai-2025/clauses/leverage?asOf=2025-10-14', bank);
    expect(body).toMatchObject({ value: null, outsideDates: expect.stringContaining('2025-10-14') });
  });
});

describe('条款新版本', () => {
  let id: string;

  it('is proposed by one person, the same proposal again is the same, and nothing changes yet', async () => {
    const first = await t.post('policy-versions', LEVERAGE, operator);
    expect([first.status, first.body.status, first.body.title]).toEqual([201, 'proposed', '放大倍数']);
    id = first.body.id;
    const again = await t.post('policy-versions', { ...LEVERAGE, expiresOn: null }, reviewer);
    expect([again.status, again.body.id]).toEqual([200, id]);
    const clause = await t.get('policies/ningkedai-2025/clauses/leverage?asOf=2026-05-01', bank);
    expect([clause.body.value, clause.body.versions.length]).toEqual(['10', 1]);
  });

  it('sent twenty times at once is one proposal', async () => {
    const proposal = { ...LEVERAGE, effectiveFrom: '2031-01-01' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => t.post('policy-versions', proposal, operator)));
    expect(new Set(answers.map((a) => a.body.id)).size).toBe(1);
    expect(answers.filter((a) => a.status === 201).length).toBe(1);
  });

  it('is never approved by who proposed it, in the database neither', async () => {
    expect((await t.post(`policy-versions/${id}/approve`, undefined, operator)).body).toMatchObject({
      status: 403,
      code: 'SAME_PERSON',
    });
    const alone = `UPDATE policy_version SET status = 'approved', decided_by = proposed_by WHERE id = '${id}'`;
    await expect(t.pool.query(alone)).rejects.toThrow('version_two_people');
  });

  it('is not for banks and finance staff to propose or decide, nor to see before it is decided', async () => {
    for (const key of [bank, finance]) {
      expect((await t.post('policy-versions', LEVERAGE, key)).status).toBe(403);
      expect((await t.post(`policy-versions/${id}/approve`, undefined, key)).status).toBe(403);
    }
    expect((await t.get('policy-versions', bank)).body).toMatchObject({ items: [], total: 0 });
    expect((await t.get('policy-versions?status=proposed', finance)).body.total).toBe(2);
  });

  it('approved takes effect from its own day on, in every pool, without a release: headroom falls then and not before', async () => {
    const account = { accountNo: '6402200155550001', accountName: '平罗县科学技术局', bankName: '石嘴山银行' };
    const parties = { cooperatingUnit: 'pingluo-st', matchingUnit: 'ningxia-st' };
    const pool = {
      code: 'pingluo',
      name: '平罗县资金池',
      programme: '宁科贷',
      policyCode: 'ningkedai-2025',
      regions: ['石嘴山市平罗县'],
      ...parties,
      accounts: [account],
    };
    expect((await t.post('pools', pool, operator)).status).toBe(201);
    const money = { contributor: 'pingluo-st', amount: '6000000.00', receivedOn: '2026-03-01', receiptNo: 'R1' };
    await t.post('pools/pingluo/contributions', money, finance);
    const approved = await t.post(`policy-versions/${id}/approve`, undefined, second);
    expect([approved.status, approved.body.status, approved.body.decidedOn]).toEqual([200, 'approved', '2026-03-02']);
    t.on('2026-05-02');
    const on = async (day: string) => (await t.get(`pools/pingluo?asOf=${day}`, finance)).body;
    expect(await on('2026-04-30')).toMatchObject({ leverage: '10', headroom: '60000000.00', provisional: true });
    expect(await on('2026-05-01')).toMatchObject({ leverage: '8', headroom: '48000000.00', provisional: false });
    expect((await on('2026-05-01')).cites[0]).toMatchObject({ article: '第八条', confirmed: true });
    const clause = await t.get('policies/ningkedai-2025/clauses/leverage', bank);
    expect(clause.body).toMatchObject({ value: '8', notice: null });
    expect(clause.body.versions.map((v: { origin: string; value: string }) => [v.origin, v.value])).toEqual([
      ['shipped', '10'],
      ['added', '8'],
    ]);
  });

  it('approved stays approved: again the same answer, no refusal after it, no other value from the same day', async () => {
    expect((await t.post(`policy-versions/${id}/approve`, undefined, second)).status).toBe(200);
    expect((await t.post(`policy-versions/${id}/refuse`, { reason: '不妥' }, second)).body.code).toBe(
      'ALREADY_DECIDED',
    );
    expect((await t.post('policy-versions', LEVERAGE, operator)).body).toMatchObject({ id, status: 'approved' });
    const other = await t.post('policy-versions', { ...LEVERAGE, value: '6' }, operator);
    expect([other.status, other.body.code]).toEqual([409, 'POLICY_VERSION_CONFLICT']);
    expect((await t.get('policy-versions', bank)).body.total).toBe(1);
  });

  it('is refused with its reason, and may then be proposed anew', async () => {
    const proposal = { ...LEVERAGE, effectiveFrom: '2027-01-01' };
    const { body } = await t.post('policy-versions', proposal, reviewer);
    const refused = await t.post(`policy-versions/${body.id}/refuse`, { reason: '文号有误' }, operator);
    expect(refused.body).toMatchObject({ status: 'refused', reason: '文号有误', decidedOn: '2026-05-02' });
    expect((await t.post(`policy-versions/${body.id}/approve`, undefined, operator)).body.code).toBe('ALREADY_DECIDED');
    expect((await t.post('policy-versions', proposal, reviewer)).body.id).not.toBe(body.id);
  });

  it.each([
    ['a value that is not of the clause', { value: 8 }, 'value'],
    ['a character that cannot be stored', { value: '8\u0000' }, 'value'],
    ['a last day before the first', { expiresOn: '2026-04-30' }, 'expiresOn'],
    ['an assumption called confirmed', { citation: { ...LEVERAGE.citation, mark: 'A' } }, 'citation.confirmed'],
    ['no article', { citation: { ...LEVERAGE.citation, article: ' ' } }, 'citation.article'],
    ['an unknown field', { colour: 'red' }, 'colour'],
  ])('refuses %s and names the field', async (_, change, field) => {
    const { status, body } = await t.post('policy-versions', { ...LEVERAGE, ...change }, operator);
    expect([status, body.errors[0].field]).toEqual([422, field]);
  });

  it('refuses an unknown clause', async () => {
    const { status, body } = await t.post(
      'policy-versions',
      { ...LEVERAGE, clauseId: 'ningkedai-2025.colour' },
      operator,
    );
    expect([status, body.code]).toEqual([404, 'CLAUSE_UNKNOWN']);
  });
});

const QUOTE = {
  month: '2025-12',
  publishedOn: '2025-12-22',
  oneYear: '3',
  fivePlus: '3.5',
  confirmed: false,
  source: '示例',
};

describe('LPR', () => {
  it('knows the published months and takes the next, marked when it is not confirmed', async () => {
    expect((await t.get('lpr-quotes', bank)).body.items[0]).toMatchObject({
      month: '2025-11',
      oneYear: '3.00',
      notice: null,
    });
    const { status, body } = await t.post('lpr-quotes', QUOTE, operator);
    expect([status, body.oneYear, body.notice]).toEqual([201, '3.00', '示例参数，未经主管部门核实']);
    expect((await t.post('lpr-quotes', QUOTE, operator)).status).toBe(200);
    expect((await t.get('lpr-quotes', bank)).body.items[0]).toMatchObject({ month: '2025-12', fivePlus: '3.50' });
  });

  it('refuses other figures for a known month, shipped or added; only the confirmed quote replaces an assumed one', async () => {
    const shipped = { ...QUOTE, month: '2025-11', publishedOn: '2025-11-20', oneYear: '2.00' };
    expect((await t.post('lpr-quotes', shipped, operator)).body).toMatchObject({ status: 409, code: 'LPR_CONFLICT' });
    expect((await t.post('lpr-quotes', { ...QUOTE, oneYear: '2.95' }, operator)).status).toBe(409);
    const published = { ...QUOTE, oneYear: '2.95', confirmed: true, source: '全国银行间同业拆借中心 2025-12-22 公布' };
    expect((await t.post('lpr-quotes', published, operator)).body).toMatchObject({ oneYear: '2.95', notice: null });
    expect((await t.post('lpr-quotes', { ...published, oneYear: '2.90' }, operator)).status).toBe(409);
  });

  it.each([
    ['a day of another month', { publishedOn: '2026-01-20' }],
    ['three decimals', { month: '2026-01', publishedOn: '2026-01-20', oneYear: '3.005' }],
    ['a confirmed quote of a day to come', { month: '2026-06', publishedOn: '2026-06-22', confirmed: true }],
    ['a year that cannot be meant', { month: '2926-03', publishedOn: '2926-03-20' }],
    ['a rate as a JSON number', { oneYear: 3 }],
  ])('refuses %s', async (_, change) => {
    expect((await t.post('lpr-quotes', { ...QUOTE, ...change }, operator)).status).toBe(422);
  });
});

const NOTICE = {
  year: 2027,
  off: ['2027-01-01', '2027-02-08', '2027-02-09'],
  worked: ['2027-02-13'],
  source: '示例安排',
};

describe('节假日与工作日', () => {
  it('counts working days by the notice, provisionally in a year without one, and for good once it is there', async () => {
    expect((await t.get('working-days?from=2026-04-30&days=1', bank)).body).toMatchObject({
      date: '2026-05-06',
      provisional: false,
      notice: null,
    });
    const before = await t.get('working-days?from=2026-12-30&days=2', bank);
    expect(before.body).toMatchObject({
      date: '2027-01-01',
      provisional: true,
      notice: expect.stringContaining('尚未录入'),
    });
    expect((await t.post('holiday-notices', NOTICE, operator)).status).toBe(201);
    expect((await t.get('working-days?from=2026-12-30&days=2', bank)).body).toMatchObject({
      date: '2027-01-04',
      provisional: false,
    });
    expect((await t.get('holiday-notices', bank)).body.items.map((n: { year: number }) => n.year)).toEqual([
      2027, 2026,
    ]);
  });

  it('takes the same notice again as the same, another only as an amendment', async () => {
    expect((await t.post('holiday-notices', { ...NOTICE, off: [...NOTICE.off].reverse() }, operator)).status).toBe(200);
    const longer = { ...NOTICE, off: [...NOTICE.off, '2027-02-10'], source: '调整通知' };
    expect((await t.post('holiday-notices', longer, operator)).body.code).toBe('NOTICE_CONFLICT');
    expect((await t.post('holiday-notices', { ...longer, amends: true }, operator)).body.off).toContain('2027-02-10');
    expect((await t.post('holiday-notices', NOTICE, bank)).status).toBe(403);
  });

  it('refuses days of another year, a day both off and worked, and a worked weekday', async () => {
    const wrong = { year: 2028, off: ['2027-12-31', '2028-01-01'], worked: ['2028-01-01', '2028-01-04'], source: 'x' };
    const { status, body } = await t.post('holiday-notices', wrong, operator);
    expect([status, body.errors.map((e: { value: string }) => e.value)]).toEqual([
      422,
      ['2027-12-31', '2028-01-01', '2028-01-04'],
    ]);
  });

  it('left an audit row for every write, and logged no error', async () => {
    const { rows } = await t.pool.query(
      `SELECT action, count(*)::int AS n FROM audit_log WHERE action ~ '^(policy|lpr|holiday)' GROUP BY 1 ORDER BY 1`,
    );
    const counts = Object.fromEntries(rows.map((r: { action: string; n: number }) => [r.action, r.n]));
    expect(counts).toEqual({
      'policy.propose': 4,
      'policy.approve': 1,
      'policy.refuse': 1,
      'lpr.add': 2,
      'holiday.add': 2,
    });
    expect(t.log.errors).toEqual([]);
  });
});
