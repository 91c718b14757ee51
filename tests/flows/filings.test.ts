import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { FIRM, minus, OTHER_FIRM, pingluoFilings, writingNothing } from './support.ts';

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
describe('A filing, one by one', () => {
  it('is received with every check it passed and the article of each', async () => {
    const request = aFiling({ contractNo: 'HT-PENDING' });
    const { status, body } = await t.post('loan-filings', request, bank);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...request,
      status: 'submitted',
      bankCode: 'shizuishan-bank',
      filedOn: '2026-04-10',
      enterpriseName: '宁夏沐能精密机械有限公司',
    });
    const checks: { code: string; verdict: string; cites: unknown[]; message: string }[] = body.checks;
    const passed = checks.filter((c) => c.verdict === 'pass').map((c) => c.code);
    expect(passed).toEqual(
      expect.arrayContaining([
        'REGION',
        'SIZE',
        'TITLE',
        'PURPOSE',
        'AMOUNT',
        'ENTERPRISE_CAP',
        'TERM',
        'RATE_CAP',
        'FILING_MODE',
        'FILING_DEADLINE',
      ]),
    );
    expect(checks.filter((c) => c.verdict === 'fail')).toEqual([]);
    for (const check of checks)
      expect([check.code, check.cites.length > 0, /\p{Script=Han}/u.test(check.message)]).toEqual([
        check.code,
        true,
        true,
      ]);
  });

  it('answers 「why」 at any time: the cap, the LPR it was added to, and the last day of filing', async () => {
    const { id } = (await file()).body;
    t.on('2026-04-20');
    const { checks } = (await t.get(`loan-filings/${id}`, reviewer)).body;
    t.on('2026-04-10');
    const why = (code: string) => JSON.stringify(checks.find((c: { code: string }) => c.code === code).explanation);
    expect(why('RATE_CAP')).toMatch(/年利率上限.*4\.50%.*LPR-1Y.*3\.00%.*150 基点/);
    expect(why('FILING_DEADLINE')).toMatch(/最迟备案日.*2026-05-22/);
    expect(why('ENTERPRISE_CAP')).toMatch(/企业备案余额合计.*800,000\.00 元.*单户上限/);
  });

  it('sent again gets the same answer and writes nothing', async () => {
    const request = aFiling({ enterpriseUscc: OTHER_FIRM });
    const first = await t.post('loan-filings', request, bank);
    const again = await writingNothing(t, () => t.post('loan-filings', request, bank));
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
  });

  it.each([
    ['principal', '500000.01'],
    ['annualRate', '3.86'],
    ['contractNo', 'HT-OTHER'],
    ['maturesOn', '2026-11-21'],
    ['purpose', 'rnd'],
    ['firstLoan', true],
  ])('sent again with another %s is a conflict with what was filed', async (field, value) => {
    const request = aFiling({ enterpriseUscc: OTHER_FIRM, principal: '500000.00', countedPrincipal: '1000.00' });
    const first = await t.post('loan-filings', request, bank);
    const answer = await writingNothing(t, () => t.post('loan-filings', { ...request, [field]: value }, bank));
    expect([answer.status, answer.body.code]).toEqual([409, 'FILING_CONFLICT']);
    expect(answer.body.detail).toContain(`借据号「${request.dueBillNo}」已备案（编号 ${first.body.id}）`);
  });

  it('filed 16 times at the same moment is one filing, and every sender gets the same answer', async () => {
    const request = aFiling({ enterpriseUscc: OTHER_FIRM, countedPrincipal: '1000.00' });
    const answers = await Promise.all(Array.from({ length: 16 }, () => t.post('loan-filings', request, bank)));
    expect(answers.map((a) => a.status).sort()).toEqual([...Array(15).fill(200), 201]);
    for (const { body } of answers) expect(body).toEqual(answers[0]!.body);
    expect((await t.get(`loan-filings?dueBillNo=${request.dueBillNo}`, bank)).body.total).toBe(1);
  });

  it('filed 16 times at the same moment under one Idempotency-Key is one filing, answered once or told to wait', async () => {
    const request = aFiling({ enterpriseUscc: OTHER_FIRM, countedPrincipal: '1000.00' });
    const send = (body: object) => t.post('loan-filings', body, bank, { 'idempotency-key': 'filing-1' });
    const answers = await Promise.all(Array.from({ length: 16 }, () => send(request)));
    for (const { status, body } of answers)
      expect([201, 'STILL_RUNNING']).toContain(status === 409 ? body.code : status);
    const again = await writingNothing(t, () => send(request));
    expect([again.status, again.headers.get('idempotent-replay')]).toEqual([201, 'true']);
    expect((await t.get(`loan-filings?dueBillNo=${request.dueBillNo}`, bank)).body.total).toBe(1);
    const other = await writingNothing(t, () => send({ ...request, principal: '600000.00' }));
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('of one number, filed 16 times at the same moment with 16 contents, is one of them, and the others are told of it', async () => {
    const request = aFiling({ enterpriseUscc: OTHER_FIRM });
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, i) =>
        t.post('loan-filings', { ...request, countedPrincipal: `${1000 + i}.00` }, bank),
      ),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([201, ...Array(15).fill(409)]);
    const codes = answers.filter((a) => a.status === 409).map((a) => a.body.code);
    expect(new Set(codes)).toEqual(new Set(['FILING_CONFLICT']));
  });
});

describe('A filing against the rules', () => {
  const LATER = { disbursedOn: '2026-07-20', maturesOn: '2027-01-20' };
  it.each<[string, Record<string, unknown>, string, string, string]>([
    [
      'a firm of another place',
      { enterpriseUscc: '91640105MA3837849B' },
      'REGION_NOT_ELIGIBLE',
      'enterpriseUscc',
      '银川市西夏区',
    ],
    [
      'a code with a wrong check character',
      { enterpriseUscc: '91640221MA9006026A' },
      'USCC_INVALID',
      'enterpriseUscc',
      '校验码不符',
    ],
    [
      'a firm that is not registered',
      { enterpriseUscc: '91350100M000100Y43' },
      'ENTERPRISE_UNKNOWN',
      'enterpriseUscc',
      '不在企业库中',
    ],
    ['nothing lent', { principal: '0.00', countedPrincipal: '0.00' }, 'AMOUNT_NOT_POSITIVE', 'principal', '应大于零'],
    [
      'more counted than lent',
      { countedPrincipal: '500000.01' },
      'COUNTED_ABOVE_LENT',
      'countedPrincipal',
      '500,000.01',
    ],
    [
      'more than the cap of the firm, pending filings included',
      { principal: '4500000.00', countedPrincipal: '4500000.00' },
      'ENTERPRISE_CAP_EXCEEDED',
      'countedPrincipal',
      '最多还可备案',
    ],
    ['a term of more than twelve months', { maturesOn: '2027-02-23' }, 'TERM_TOO_LONG', 'maturesOn', '2027-02-22'],
    [
      'an end before the beginning',
      { maturesOn: '2026-02-21' },
      'MATURITY_BEFORE_DISBURSEMENT',
      'maturesOn',
      '应晚于放款日',
    ],
    ['a rate above LPR + 150 basis points', { annualRate: '4.51' }, 'RATE_ABOVE_CAP', 'annualRate', '高于上限 4.50%'],
    [
      'a drawdown three months and a day ago',
      { disbursedOn: '2026-01-09' },
      'FILING_LATE',
      'disbursedOn',
      '最迟备案日 2026-04-09',
    ],
    ['a drawdown too far ahead', LATER, 'DISBURSED_AFTER_FILING', 'disbursedOn', '3 个月内'],
    [
      'a first loan that renews another',
      { firstLoan: true, renewsContractNo: 'HT-PENDING' },
      'FIRST_LOAN_CONTRADICTED',
      'firstLoan',
      '原合同号',
    ],
    [
      'the renewal of an unknown contract',
      { renewsContractNo: 'HT-NONE' },
      'RENEWAL_UNKNOWN',
      'renewsContractNo',
      'HT-NONE',
    ],
    [
      'the renewal of a contract that is not consented',
      { renewsContractNo: 'HT-PENDING' },
      'RENEWAL_WITHOUT_PREDECESSOR',
      'renewsContractNo',
      '尚未同意入池',
    ],
    ['转贷 as its use', { purpose: 'other', purposeText: '转贷' }, 'PURPOSE_BANNED', 'purpose', '禁止用途'],
    [
      '股票 hidden in a use',
      { purpose: 'rnd', purposeText: '研发及购买股 票' },
      'PURPOSE_BANNED',
      'purpose',
      '资本市场投资',
    ],
    ['another use without words', { purpose: 'other' }, 'PURPOSE_MISSING', 'purpose', '写明具体用途'],
  ])('%s is refused with its code, field and article', async (_, change, code, field, words) => {
    const { status, body } = await writingNothing(t, () => file(change));
    expect([status, body.code]).toEqual([422, 'FILING_REFUSED']);
    const fault = body.errors.find((e: { code: string }) => e.code === code);
    expect(fault).toMatchObject({ code, field });
    expect(`${fault.message} ${fault.value}`).toContain(words);
    if (!['USCC_INVALID', 'ENTERPRISE_UNKNOWN'].includes(code))
      expect(fault.cites[0].document).toContain('宁夏科技型中小企业风险补偿贷款管理办法');
  });

  it('a firm too large, and one whose title ends the day before, are refused', async () => {
    const firm = (uscc: string, name: string, staff: number, validTo: string) =>
      t.post(
        'enterprises',
        {
          ...{
            uscc,
            name,
            staff,
            registeredIn: '石嘴山市平罗县',
            totalAssets: '1.00',
            revenue: '1.00',
            previousRevenue: '1.00',
            rndExpense: '1.00',
          },
          titles: [{ kind: 'techSme', certificateNo: name, validFrom: '2025-01-01', validTo }],
        },
        t.key('operator'),
      );
    expect((await firm('91350100M000100Y43', '大企业', 501, '2026-12-31')).status).toBe(201);
    expect((await firm('11640100010085853R', '过期企业', 10, '2026-04-09')).status).toBe(201);
    const codes = async (enterpriseUscc: string) =>
      (await file({ enterpriseUscc })).body.errors.map((e: { code: string }) => e.code);
    expect(await codes('91350100M000100Y43')).toEqual(['ENTERPRISE_TOO_LARGE']);
    expect(await codes('11640100010085853R')).toEqual(['TITLE_NOT_VALID']);
  });

  it('the last day of the deadline, the last fen of the cap and the last hundredth of the rate are still good', async () => {
    const { counted } = (
      await t.pool.query(
        `SELECT sum(counted_principal)::text AS counted FROM loan_filing WHERE enterprise_uscc = '${FIRM}'`,
      )
    ).rows[0];
    const left = minus('5000000.00', counted);
    const answer = await file({
      disbursedOn: '2026-01-10',
      maturesOn: '2027-01-10',
      annualRate: '4.50',
      principal: left,
      countedPrincipal: left,
    });
    expect(answer.status).toBe(201);
    expect((await file({ countedPrincipal: '0.01' })).body.errors[0].code).toBe('ENTERPRISE_CAP_EXCEEDED');
  });

  it('every fault is named at once', async () => {
    const { body } = await file({
      enterpriseUscc: OTHER_FIRM,
      annualRate: '9.00',
      maturesOn: '2026-01-01',
      principal: '1.00',
      countedPrincipal: '2.00',
      purpose: 'other',
      purposeText: '炒股',
    });
    expect(body.errors.map((e: { code: string }) => e.code).sort()).toEqual([
      'COUNTED_ABOVE_LENT',
      'MATURITY_BEFORE_DISBURSEMENT',
      'PURPOSE_BANNED',
      'RATE_ABOVE_CAP',
    ]);
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['an amount as a JSON number', { principal: 500000 }, 'principal', 'JSON 数字'],
    ['a rate as a JSON number', { annualRate: 3.85 }, 'annualRate', 'JSON 数字'],
    ['three decimals', { principal: '500000.005' }, 'principal', '最多两位小数'],
    ['a negative amount', { countedPrincipal: '-1.00' }, 'countedPrincipal', '负'],
    ['an amount of twenty digits', { principal: '12345678901234567890.00' }, 'principal', ''],
    ['30 February', { disbursedOn: '2026-02-30' }, 'disbursedOn', '2026-02-30'],
    ['an unknown field', { colour: 'red' }, 'colour', '不认识的字段'],
    ['an unknown guarantee', { guaranteeMode: 'trust' }, 'guaranteeMode', 'ipPledge'],
    ['是 for true', { firstLoan: '是' }, 'firstLoan', 'true'],
    ['no 借据号', { dueBillNo: undefined }, 'dueBillNo', '必填'],
    ['an empty 合同号', { contractNo: ' ' }, 'contractNo', '不能为空'],
  ])('%s is refused at the door', async (_, change, field, words) => {
    const { status, body } = await writingNothing(t, () => file(change));
    expect([status, body.code]).toEqual([422, 'INVALID_INPUT']);
    expect(new Set(body.errors.map((e: { field: string }) => e.field))).toEqual(new Set([field]));
    expect(JSON.stringify(body.errors[0])).toContain(words);
  });

  it.each<[string, unknown, Record<string, string>, number]>([
    ['2 MB of JSON rubbish', `[${'0,'.repeat(1_000_000)}0]`, {}, 413],
    ['half a JSON', '{"poolCode":', {}, 400],
    ['no content type', JSON.stringify(aFiling()), { 'content-type': 'text/plain' }, 415],
    ['an empty body', '', {}, 400],
    ['a list', '[]', {}, 422],
  ])('%s is answered clearly', async (_, body, headers, status) => {
    const answer = await writingNothing(t, () => t.post('loan-filings', body, bank, headers));
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toMatch(/\p{Script=Han}/u);
  });

  it('for a pool that is unknown, or not the bank’s, or by who is no bank, is refused', async () => {
    const answers = [
      await writingNothing(t, () => file({ poolCode: 'nowhere' })),
      await writingNothing(t, () => file({ poolCode: 'yinchuan' })),
      await writingNothing(t, () => file({}, t.key('finance'))),
    ];
    expect(answers.map((a) => [a.status, a.body.code])).toEqual([
      [422, 'POOL_UNKNOWN'],
      [403, 'NOT_A_PARTNER'],
      [403, 'FORBIDDEN'],
    ]);
  });
});

it('No error was logged on the way', () => {
  expect(t.log.errors).toEqual([]);
});
