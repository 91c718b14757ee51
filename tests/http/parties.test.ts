import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INSTITUTION_KINDS } from '../../src/parties/institution.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { usccOf } from '../support/uscc.ts';

let t: TestApp;
let operator: string;
let finance: string;
let bank: string;
let otherBank: string;

const BANK = { code: 'ningxia-bank', name: '宁夏银行股份有限公司', kind: 'partnerBank', cnaps: '313871000007' };
const POOL = {
  ...{
    code: 'pingluo',
    name: '平罗县资金池',
    programme: '宁科贷',
    policyCode: 'ningkedai-2025',
    regions: ['石嘴山市平罗县'],
  },
  ...{ cooperatingUnit: 'pingluo-st', matchingUnit: 'ningxia-st' },
  accounts: [{ accountNo: '6402200155550001', accountName: '平罗县科学技术局', bankName: '石嘴山银行' }],
};

beforeAll(async () => {
  t = await startTestApp('2026-04-10');
  operator = await t.keyFor({ role: 'operator' });
  finance = await t.keyFor({ role: 'finance' });
});
afterAll(() => t.stop());

describe('机构', () => {
  it('of every kind is registered, listed by kind, and looked at', async () => {
    const codes: string[] = [];
    for (const [i, kind] of Object.keys(INSTITUTION_KINDS).entries()) {
      const { status, body } = await t.post('institutions', { code: `party-${i}`, name: `机构${i}`, kind }, operator);
      expect([status, body.kindLabel]).toEqual([201, INSTITUTION_KINDS[kind as keyof typeof INSTITUTION_KINDS]]);
      codes.push(body.code);
    }
    const first = await t.get('institutions?limit=5', operator);
    const rest = await t.get(`institutions?limit=5&cursor=${first.body.nextCursor}`, operator);
    expect([...first.body.items, ...rest.body.items].map((i) => i.code)).toEqual(codes);
    expect([first.body.total, rest.body.nextCursor]).toEqual([8, null]);
    expect((await t.get('institutions?kind=insurer', operator)).body.items).toMatchObject([
      { name: '机构3', kindLabel: '保险公司' },
    ]);
    expect((await t.get('institutions/nobody', operator)).status).toBe(404);
  });

  it('with the same content is the same, with other content a conflict', async () => {
    expect((await t.post('institutions', BANK, operator)).status).toBe(201);
    expect((await t.post('institutions', BANK, operator)).status).toBe(200);
    const other = await t.post('institutions', { ...BANK, name: '宁夏银行' }, operator);
    expect([other.status, other.body.code]).toEqual([409, 'INSTITUTION_CONFLICT']);
    const racing = await Promise.all(
      Array.from({ length: 10 }, () => t.post('institutions', { ...BANK, code: 'racing' }, operator)),
    );
    expect(racing.map((a) => a.status).sort()).toEqual([...Array(9).fill(200), 201]);
  });

  it('needs a code that is right; a doubtful 行号 or 主体标识码 only warns', async () => {
    const wrong = await t.post('institutions', { ...BANK, code: 'wrong', uscc: '91640000227694838A' }, operator);
    expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, 'uscc']);
    const doubtful = await t.post('institutions', { ...BANK, code: 'doubtful', cnaps: '313871000001' }, operator);
    expect([doubtful.status, doubtful.body.warnings[0].code]).toEqual([201, 'CNAPS_DOUBTFUL']);
    expect((await t.post('institutions', { ...BANK, kind: 'bank' }, operator)).status).toBe(422);
  });

  it('is a partner for its periods, of one pool or of all, which do not overlap', async () => {
    for (const [code, name, kind] of [
      ['pingluo-st', '平罗县科学技术局', 'cooperatingUnit'],
      ['ningxia-st', '宁夏回族自治区科学技术厅', 'regionalAuthority'],
    ]) {
      await t.post('institutions', { code, name, kind }, operator);
    }
    expect((await t.post('pools', POOL, operator)).status).toBe(201);
    const path = 'institutions/ningxia-bank/partnerships';
    const period = {
      poolCode: 'pingluo',
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
      document: '合作协议 2026-01',
    };
    const first = await t.post(path, period, operator);
    expect([first.status, first.body.active]).toEqual([201, true]);
    expect((await t.post(path, period, operator)).body.id).toBe(first.body.id);
    expect((await t.post(path, { ...period, validFrom: '2026-12-31' }, operator)).body.code).toBe(
      'PARTNERSHIP_OVERLAPS',
    );
    const next = await t.post(path, { ...period, validFrom: '2027-01-01', validTo: null }, operator);
    expect([next.status, next.body.active]).toEqual([201, false]);
    expect((await t.post(path, { ...period, poolCode: null }, operator)).status).toBe(201);
    expect((await t.post(path, { ...period, poolCode: 'nowhere' }, operator)).body.code).toBe('POOL_UNKNOWN');
    expect((await t.post(path, { ...period, validTo: '2025-12-31' }, operator)).body.code).toBe('PARTNERSHIP_DATES');
    expect((await t.post(path, period, finance)).status).toBe(403);
  });

  it('ends a partnership on its last day, earlier if need be, never later', async () => {
    const { body } = await t.get('institutions/ningxia-bank?asOf=2027-06-01', operator);
    const open = body.partnerships.find((p: { validFrom: string }) => p.validFrom === '2027-01-01');
    expect(open.active).toBe(true);
    const end = (validTo: string) =>
      t.post(`institutions/ningxia-bank/partnerships/${open.id}/end`, { validTo, reason: '协议终止' }, operator);
    expect((await end('2027-03-31')).body).toMatchObject({ validTo: '2027-03-31' });
    expect((await end('2027-03-31')).status).toBe(200);
    expect((await end('2027-04-30')).body.code).toBe('PARTNERSHIP_ENDED');
    expect((await end('2026-12-31')).body.code).toBe('PARTNERSHIP_DATES');
  });

  it('is paid to an account in its own name: widths and brackets apart, anything else is refused', async () => {
    await t.post('institutions', { code: 'insurer', name: '平安财险（宁夏）分公司', kind: 'insurer' }, operator);
    const path = 'institutions/insurer/bank-accounts';
    const account = {
      accountNo: '6400 1000-2001',
      accountName: '平安财险(宁夏)分公司',
      bankName: '中国银行宁夏分行',
      cnaps: '12',
    };
    const { status, body } = await t.post(path, account, operator);
    expect([status, body.accountNo, body.warnings[0].code]).toEqual([201, '640010002001', 'CNAPS_DOUBTFUL']);
    expect((await t.post(path, account, operator)).status).toBe(200);
    expect((await t.post(path, { ...account, bankName: '工商银行' }, operator)).body.code).toBe('ACCOUNT_CONFLICT');
    expect((await t.post(path, { ...account, accountName: '平安财险' }, operator)).body.code).toBe(
      'ACCOUNT_NAME_DIFFERS',
    );
    for (const accountNo of [640010002001, '6.4022E+15', '=1+1', '12']) {
      expect((await t.post(path, { ...account, accountNo }, operator)).status).toBe(422);
    }
    expect(
      (
        await t.post(
          'institutions/insurer/bank-accounts',
          { ...account, accountNo: POOL.accounts[0]!.accountNo },
          operator,
        )
      ).status,
    ).toBe(409);
  });

  it('shows its account numbers to itself and to the staff only', async () => {
    const own = await t.keyFor({ role: 'guarantor', institutionCode: 'insurer' });
    const stranger = await t.keyFor({ role: 'bank', institutionCode: 'ningxia-bank' });
    expect((await t.get('institutions/insurer', own)).body.accounts.length).toBe(1);
    expect((await t.get('institutions/insurer', finance)).body.accounts.length).toBe(1);
    expect((await t.get('institutions/insurer', stranger)).body.accounts).toBeNull();
  });
});

const ENTERPRISE = {
  ...{
    uscc: '91640221MA9006026Y',
    name: '宁夏沐能精密机械（集团）有限公司',
    registeredIn: '石嘴山市平罗县',
    industry: '新能源',
    staff: 328,
  },
  ...{
    totalAssets: '133600000.00',
    revenue: '128030000.00',
    previousRevenue: '129310300.00',
    rndExpense: '4865100.00',
    legalRepresentative: '马某',
  },
  titles: [{ kind: 'techSme', certificateNo: 'NX202581379', validFrom: '2026-01-01', validTo: '2026-12-31' }],
};
const SECOND = { ...ENTERPRISE, uscc: '91640221MA268596X8', name: '宁夏启纳节能环保有限公司', titles: [] };
const CITY = {
  ...ENTERPRISE,
  uscc: '916401212972756293',
  name: '银川源禾精密机械有限公司',
  registeredIn: '银川市永宁县',
  titles: [],
};

describe('企业', () => {
  it('is registered, and found with which of its titles count on a day', async () => {
    const { status, body } = await t.post('enterprises', ENTERPRISE, operator);
    expect([status, body.warnings]).toEqual([201, []]);
    expect(body).toMatchObject({ revenue: '128030000.00', titles: [{ label: '科技型中小企业', valid: true }] });
    const before = await t.get(`enterprises/${ENTERPRISE.uscc}?asOf=2025-12-31`, finance);
    expect(before.body.titles).toMatchObject([{ certificateNo: 'NX202581379', valid: false }]);
    expect((await t.get(`enterprises/${ENTERPRISE.uscc}?asOf=2026-12-31`, finance)).body.titles[0].valid).toBe(true);
    expect((await t.get('enterprises/91640221MA17572206', finance)).status).toBe(404);
  });

  it('sent again changes nothing; a part of it changes that part, with the state before and after in the log but no person’s name', async () => {
    expect((await t.post('enterprises', ENTERPRISE, operator)).status).toBe(200);
    const high = {
      kind: 'nationalHighTech',
      certificateNo: 'GR202464000001',
      validFrom: '2024-11-01',
      validTo: '2027-10-31',
    };
    const part = {
      uscc: ENTERPRISE.uscc,
      name: ENTERPRISE.name,
      registeredIn: ENTERPRISE.registeredIn,
      staff: 330,
      titles: [high],
    };
    const { status, body } = await t.post('enterprises', part, operator);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      staff: 330,
      revenue: '128030000.00',
      legalRepresentative: '马*',
      industry: '新能源',
    });
    expect(body.titles.map((x: { kind: string }) => x.kind)).toEqual(['techSme', 'nationalHighTech']);
    const { rows } = await t.pool.query(`SELECT action, before, after FROM audit_log WHERE subject = $1 ORDER BY id`, [
      `enterprise:${part.uscc}`,
    ]);
    expect(rows).toMatchObject([
      { action: 'enterprise.create' },
      { action: 'enterprise.change', before: { staff: 328 }, after: { staff: 330 } },
    ]);
    expect(JSON.stringify(rows)).not.toContain('马某');
  });

  it.each([
    ['a code whose check character is wrong', { uscc: '91640221MA90060260' }, 'uscc'],
    ['a new one without figures', { uscc: '91640221MA17572206', staff: undefined }, 'staff'],
    ['a negative figure', { revenue: '-1.00' }, 'revenue'],
    ['a figure as a JSON number', { revenue: 1 }, 'revenue'],
    ['a formula as a name', { name: '=cmd|calc' }, 'name'],
    [
      'a title that ends before it begins',
      { titles: [{ ...ENTERPRISE.titles[0], validTo: '2025-12-31' }] },
      'titleValidTo',
    ],
    ['an unknown title', { titles: [{ ...ENTERPRISE.titles[0], kind: 'unicorn' }] }, 'titles.0.kind'],
    ['an unknown field', { colour: 'red' }, 'colour'],
  ])('refuses %s and writes nothing', async (_, change, field) => {
    const count = async () =>
      (await t.pool.query('SELECT (SELECT count(*) FROM enterprise) e, (SELECT count(*) FROM audit_log) a')).rows[0];
    const before = await count();
    const { status, body } = await t.post('enterprises', { ...ENTERPRISE, ...change }, operator);
    expect([status, body.errors[0].field]).toEqual([422, field]);
    expect(await count()).toEqual(before);
  });

  it('with a 主体标识码 that does not fit the old standard is taken with a warning', async () => {
    const doubtful = { ...SECOND, uscc: usccOf(1), name: '校验存疑有限公司' };
    const { status, body } = await t.post('enterprises', doubtful, operator);
    expect([status, body.warnings.map((w: { code: string }) => w.code)]).toEqual([201, ['ORG_CODE_DOUBTFUL']]);
  });

  it('is not for a bank or an enterprise to write', async () => {
    bank = await t.keyFor({ role: 'bank', institutionCode: 'ningxia-bank' });
    const own = await t.keyFor({ role: 'enterprise', enterpriseUscc: ENTERPRISE.uscc });
    for (const key of [bank, own, finance]) expect((await t.post('enterprises', ENTERPRISE, key)).status).toBe(403);
  });

  it('is found by part of its name, by code and by a title that counts on the day, page by page', async () => {
    await t.post('enterprises', SECOND, operator);
    await t.post('enterprises', CITY, operator);
    const found = async (query: string) => (await t.get(`enterprises?${query}`, finance)).body;
    expect(
      (await found(`name=${encodeURIComponent('机械(集团)')}`)).items.map((e: { uscc: string }) => e.uscc),
    ).toEqual([ENTERPRISE.uscc]);
    expect((await found(`uscc=${SECOND.uscc}`)).items).toMatchObject([{ name: SECOND.name }]);
    expect((await found('title=techSme')).total).toBe(1);
    expect((await found('title=techSme&asOf=2027-01-01')).total).toBe(0);
    expect((await found(`name=${encodeURIComponent('%')}`)).total).toBe(0);
    const first = await found('limit=3');
    const rest = await found(`limit=3&cursor=${first.nextCursor}`);
    expect([first.total, first.items.length, rest.items.length, rest.nextCursor]).toEqual([4, 3, 1, null]);
  });

  it('is seen by itself, by the county of its place, and in a bank’s list only when that bank filed it', async () => {
    await t.post('institutions', { code: 'other-bank', name: '中国银行', kind: 'partnerBank' }, operator);
    otherBank = await t.keyFor({ role: 'bank', institutionCode: 'other-bank' });
    const own = await t.keyFor({ role: 'enterprise', enterpriseUscc: ENTERPRISE.uscc });
    const county = await t.keyFor({ role: 'countyReviewer', institutionCode: 'pingluo-st' });
    await t.pool.query(`
      INSERT INTO loan_filing (pool_code, bank_code, enterprise_uscc, contract_no, due_bill_no, principal, counted_principal, annual_rate, disbursed_on, matures_on, day_count_basis,
        repayment_method, guarantee_mode, first_loan, purpose, filed_on, status, facts, content, filed_by)
      VALUES ('pingluo', 'ningxia-bank', '${ENTERPRISE.uscc}', 'C1', 'J1', 1, 1, 3, '2026-01-01', '2026-06-01', 'actual360', 'lumpSum', 'credit', true, 'rnd', '2026-04-10', 'submitted', '{}', '', 'x')`);
    const list = async (key: string) =>
      (await t.get('enterprises', key)).body.items.map((e: { uscc: string }) => e.uscc);
    expect(await list(bank)).toEqual([ENTERPRISE.uscc]);
    expect(await list(otherBank)).toEqual([]);
    expect(await list(own)).toEqual([ENTERPRISE.uscc]);
    expect((await list(county)).includes(CITY.uscc)).toBe(false);
    expect(await list(county)).toContain(SECOND.uscc);
    const code = async (uscc: string, key: string) => (await t.get(`enterprises/${uscc}`, key)).status;
    expect([
      await code(SECOND.uscc, otherBank),
      await code(SECOND.uscc, own),
      await code(ENTERPRISE.uscc, own),
    ]).toEqual([200, 404, 200]);
    expect([await code(SECOND.uscc, county), await code(CITY.uscc, county)]).toEqual([200, 404]);
  });

  it('logged no error on the way', () => {
    expect(t.log.errors).toEqual([]);
  });
});
