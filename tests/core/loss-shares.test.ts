import { describe, expect, test } from 'vitest';
import { leavesOf, payable, payableInOrder } from '../../src/compensation/contributors.ts';
import { dues, type Loss, shareLoss } from '../../src/compensation/shares.ts';
import { money, sum, toWire } from '../../src/money/money.ts';
import { parseValue, valueOn } from '../../src/policy/clause.ts';
import { citesOf, isProvisional } from '../../src/policy/explanation.ts';
import { lossShares } from '../../src/policy/kinds/loss-shares.ts';
import { POLICIES, policyByCode } from '../../src/policy/register.ts';

const UNPAID = money('2390000.00');
const DEMO: Loss = {
  occurredOn: '2026-09-11',
  claimedOn: '2026-09-14',
  unpaidPrincipal: UNPAID,
  principal: UNPAID,
  countedPrincipal: UNPAID,
  facts: {},
};
/** Everything any programme asks of a loan: swapping the policy of a pool changes nothing else. */
const KNOWN: Loss = {
  ...DEMO,
  facts: {
    ...{ guaranteeMode: 'credit', guaranteed: false, firstLoan: true, firstTimeBorrower: true, creditShare: '100' },
    ...{ ipShare: '100', revenue: '30000000.00', size: 'small', titles: ['techSme'], termMonths: 12, projectKinds: [] },
  },
  caps: {
    used: { bankYear: '0.00', guarantorYear: '0.00', poolNet: '0.00', publicMoney: '0.00' },
    bases: { lastYearBalance: '300000000.00', guaranteedInYear: '300000000.00' },
  },
};
const shown = (code: string, loss: Loss) =>
  shareLoss(policyByCode(code), loss).parts.map(({ bearer, amount }) => `${bearer} ${toWire(amount)}`);

describe('the loan SZSJJ202636414424, 2,390,000.00 unpaid', () => {
  const shared = shareLoss(policyByCode('ningkedai-2025'), DEMO);

  test('falls 956,000.00 on the region, 956,000.00 on the county, 478,000.00 on the bank; the pool pays 1,912,000.00', () => {
    expect(shared.parts.map(({ bearer, kind, amount }) => [bearer, kind, toWire(amount)])).toEqual([
      ['region', 'pool', '956000.00'],
      ['cooperatingUnit', 'pool', '956000.00'],
      ['bank', 'own', '478000.00'],
    ]);
    expect(toWire(shared.compensation)).toBe('1912000.00');
  });

  test('says why: base, shares and articles, marked as not confirmed', () => {
    expect(shared.explanation).toMatchObject({
      label: '风险补偿金额',
      value: '1,912,000.00 元',
      inputs: [
        { label: '补偿基数', value: '2,390,000.00 元' },
        { label: '风险分担', value: '自治区风险补偿资金 40%、合作单位 40%、合作银行 20%' },
      ],
    });
    expect(isProvisional(shared.explanation)).toBe(true);
    expect(citesOf(shared.explanation).map(({ article }) => article)).toContain('第三条');
  });

  test('comes down to the contributors, the county’s part by what each put in', () => {
    const holdings = [
      ['region', 'st', '3000000.00'],
      ['cooperatingUnit', 'pingluo', '2000000.00'],
      ['cooperatingUnit', 'park', '1000000.00'],
    ].map(([kind, party, amount]) => ({
      ...{ kind: kind!, party: party!, contributed: money(amount!), available: money(amount!) },
    }));
    const leaves = leavesOf(shared.parts, holdings, { bank: 'shizuishan-bank' });
    expect(leaves.map(({ party, amount }) => `${party} ${toWire(amount)}`)).toEqual([
      'st 956000.00',
      'pingluo 637333.33',
      'park 318666.67',
      'shizuishan-bank 478000.00',
    ]);
    expect(() => leavesOf(shared.parts, holdings.slice(1), {})).toThrow(
      expect.objectContaining({ code: 'CONTRIBUTION_NONE', message: expect.stringContaining('自治区风险补偿资金') }),
    );
    expect(payableInOrder([leaves, leaves, leaves, leaves], holdings)).toBe(3);
    const few = holdings.map((h) => ({ ...h, available: money('637333.33') }));
    expect(payableInOrder([leaves, [leaves[1]!]], few)).toBe(0);
  });

  test('is paid in full or waits; where the clause pays part, the bank keeps the rest', () => {
    const { shortfall } = policyByCode('ningkedai-2025').claim;
    const version = valueOn(shortfall, '2026-10-15');
    const holdings = [
      { kind: 'region', party: 'st', contributed: money('3000000.00'), available: money('900000.00') },
      { kind: 'cooperatingUnit', party: 'pingluo', contributed: money('3000000.00'), available: money('3000000.00') },
    ];
    const leaves = leavesOf(shared.parts, holdings, { bank: 'b' });
    const wait = payable(shortfall, version, leaves, holdings);
    expect([wait.outcome, toWire(wait.pays), toWire(wait.lacking)]).toEqual(['wait', '0.00', '56000.00']);
    const partly = { ...version, value: { ...version.value, mode: 'payPart' as const } };
    const part = payable(shortfall, partly, leaves, holdings);
    expect([part.outcome, toWire(part.pays), toWire(part.lacking)]).toEqual(['payPart', '1856000.00', '56000.00']);
    expect(part.leaves.map(({ amount }) => toWire(amount))).toEqual(['900000.00', '956000.00', '534000.00']);
    const all = payable(shortfall, version, leaves, [{ ...holdings[0]!, available: UNPAID }, holdings[1]!]);
    expect([all.outcome, toWire(all.pays), toWire(all.lacking)]).toEqual(['pay', '1912000.00', '0.00']);
  });
});

test('what was never filed stays with the bank', () => {
  const loss = { ...DEMO, principal: money('4550000.00'), countedPrincipal: money('3640000.00') };
  expect(shown('ningkedai-2025', loss)).toEqual(['region 764800.00', 'cooperatingUnit 764800.00', 'bank 860400.00']);
  expect(() => shareLoss(policyByCode('ningkedai-2025'), { ...loss, unpaidPrincipal: money('4550000.01') })).toThrow(
    expect.objectContaining({ code: 'LOSS_AMOUNTS' }),
  );
});

describe('the same loan under each programme', () => {
  test.each([
    ['ningkedai-2025', ['region 956000.00', 'cooperatingUnit 956000.00', 'bank 478000.00']],
    ['ningxia-tech-guarantee-2022', ['pool 1912000.00', 'bank 478000.00']],
    ['ip-pledge-guarantee', ['pool 1912000.00', 'bank 478000.00']],
    [
      'tech-guarantee-plan-2024',
      ['nationalFund 717000.00', 'reguarantor 478000.00', 'guarantor 717000.00', 'bank 478000.00'],
    ],
    ['anhui-4321', ['guarantor 956000.00', 'reguarantor 717000.00', 'bank 478000.00', 'pool 239000.00']],
    ['anhui-2022', ['pool 836500.00', 'bank 1553500.00']],
    ['henan-2025', ['pool 1195000.00', 'bank 1195000.00']],
    ['zhuhai-2022', ['pool 2151000.00', 'bank 239000.00']],
    ['xiamen-kexindai', ['pool 1673000.00', 'bank 717000.00']],
  ])('%s', (code, expected) => {
    expect(shown(code, KNOWN)).toEqual(expected);
  });

  test('adds up and explains itself under every policy there is, nothing else being changed', () => {
    for (const policy of POLICIES) {
      const { parts, explanation, cites } = shareLoss(policy, KNOWN);
      expect(toWire(sum(parts.map(({ amount }) => amount))), policy.code).toBe('2390000.00');
      expect(cites.length, policy.code).toBeGreaterThan(0);
      expect(citesOf(explanation).some(({ document }) => document === policy.document.title)).toBe(true);
    }
  });
});

describe('caps', () => {
  test('what exceeds 3000万 of net payouts falls on the bank, with the reason', () => {
    const { parts, applied, explanation } = shareLoss(policyByCode('xiamen-kexindai'), {
      ...KNOWN,
      caps: { used: { poolNet: '29000000.00' } },
    });
    expect(parts.map(({ amount }) => toWire(amount))).toEqual(['1000000.00', '1390000.00']);
    expect([toWire(applied[0]!.room), toWire(applied[0]!.excess)]).toEqual(['1000000.00', '673000.00']);
    expect(explanation.inputs.at(-1)).toMatchObject({ value: '超出 673,000.00 元，由合作银行承担' });
  });

  test('stacked public money is held to 80 % of what the payee itself answers for', () => {
    const first = { guaranteeMode: 'guarantee' as const, firstTimeBorrower: false };
    const guaranteed = { ...KNOWN.facts, ...first, guaranteed: true, agreed: { bank: '20' } };
    const loss = { ...KNOWN, facts: guaranteed };
    expect(shown('anhui-2022', loss)).toEqual(['pool 478000.00', 'guarantor 1434000.00', 'bank 478000.00']);
    // 80 % of the guarantor's 1,912,000.00 is 1,529,600.00; the city has paid 1,400,000.00 of it.
    const stacked = { ...loss, caps: { used: { publicMoney: '1400000.00' } } };
    expect(shown('anhui-2022', stacked)).toEqual(['pool 129600.00', 'guarantor 1782400.00', 'bank 478000.00']);
  });

  test('an earlier total that is not known is asked for, not guessed', () => {
    expect(() => shareLoss(policyByCode('xiamen-kexindai'), { ...KNOWN, caps: {} })).toThrow(
      expect.objectContaining({
        code: 'CAP_FACT_MISSING',
        errors: [expect.objectContaining({ field: 'used.poolNet' })],
      }),
    );
    expect(() => shareLoss(policyByCode('henan-2025'), { ...KNOWN, caps: { used: { bankYear: '0.00' } } })).toThrow(
      expect.objectContaining({ message: '缺少上年末贷款余额，无法核对补偿上限' }),
    );
  });
});

describe('a rule that depends on what is known of the loan', () => {
  test.each([
    ['henan-2025', {}, '缺少项目类别、上年营业收入'],
    ['henan-2025', { revenue: '9000000.00' }, '缺少项目类别'],
    ['zhuhai-2022', { creditShare: '100' }, '缺少是否首贷户'],
    ['anhui-2022', {}, '缺少是否有担保机构担保'],
    ['anhui-2022', { guaranteed: true }, '缺少是否首贷户、担保方式'],
    [
      'anhui-2022',
      { guaranteed: true, guaranteeMode: 'guarantee', firstTimeBorrower: false },
      '缺少合同约定的合作银行分担比例',
    ],
    ['ip-pledge-guarantee', {}, '缺少知识产权质押占比'],
  ])('under %s with %j refuses instead of guessing', (code, facts, message) => {
    expect(() => shareLoss(policyByCode(code), { ...KNOWN, facts })).toThrow(
      expect.objectContaining({
        code: 'LOSS_FACT_MISSING',
        message: expect.stringContaining(message),
        cites: [policyByCode(code).lossShares.versions[0]!.citation],
      }),
    );
  });

  test('a loan that no row fits is not compensated, and says which rows there are', () => {
    const facts = { creditShare: '50', firstTimeBorrower: false };
    expect(() => shareLoss(policyByCode('zhuhai-2022'), { ...KNOWN, facts })).toThrow(
      expect.objectContaining({
        code: 'LOSS_SHARES_NO_ROW',
        message: expect.stringContaining('「首笔贷款」'),
      }),
    );
  });

  test.each([
    [{ bank: '19.99' }, '合作银行约定承担 19.99%，不得低于 20%'],
    [{ nationalFund: '41' }, '国家融资担保基金约定承担 41%，不得高于 30%'],
    [{ bank: '60', reguarantor: '30' }, '各方比例合计 120%，超过 100%'],
  ])('a contract that departs by %j is refused', (agreed, message) => {
    const facts = { ...KNOWN.facts, agreed };
    expect(() => shareLoss(policyByCode('tech-guarantee-plan-2024'), { ...KNOWN, facts })).toThrow(
      expect.objectContaining({ code: 'AGREED_SHARE_INVALID', message }),
    );
  });

  test('a contract cannot change what the document fixes', () => {
    const facts = { agreed: { bank: '10' } };
    expect(() => shareLoss(policyByCode('ningkedai-2025'), { ...KNOWN, facts })).toThrow(
      expect.objectContaining({ code: 'AGREED_SHARE_INVALID' }),
    );
    expect(shown('ningkedai-2025', { ...KNOWN, facts: { agreed: { bank: '20.00' } } })).toHaveLength(3);
  });
});

describe('points that are added', () => {
  // 河南 2021: five points more for each extra year of the term, never above 60 %; its base share is made up here.
  const value = {
    shares: [
      { bearer: 'pool', label: '准备金', percent: '45' },
      { bearer: 'bank', label: '银行', percent: 'rest' as const },
    ],
    bonus: { to: 'pool', ceiling: '60', items: [{ label: '每多一年', points: '5', each: 'extraYear' as const }] },
  };
  const clause = lossShares({ id: 'x.y', title: 't', versions: [], cases: [] });

  test.each([
    [12, '45.00'],
    [23, '45.00'],
    [24, '50.00'],
    [36, '55.00'],
    [48, '60.00'],
    [120, '60.00'],
  ])('a term of %i months gives the pool %s of 100.00', (termMonths, expected) => {
    expect(clause.apply(parseValue(clause, value), { loss: '100.00', termMonths })[0]!.amount).toBe(expected);
  });

  test('leave a share alone that was above the ceiling before', () => {
    const high = { ...value, shares: [{ ...value.shares[0]!, percent: '65' }, value.shares[1]!] };
    expect(clause.apply(high, { loss: '100.00', termMonths: 36 })[0]!.amount).toBe('65.00');
  });

  test('never take more than whoever bears the rest has', () => {
    const wide = { ...value, bonus: { ...value.bonus, ceiling: undefined } };
    expect(clause.apply(wide, { loss: '100.00', termMonths: 600 }).map(({ amount }) => amount)).toEqual([
      '100.00',
      '0.00',
    ]);
    expect(() => clause.apply(value, { loss: '100.00' })).toThrow(
      expect.objectContaining({ code: 'LOSS_FACT_MISSING' }),
    );
  });
});

describe('of several rows that fit', () => {
  const clause = lossShares({ id: 'x.y', title: 't', versions: [], cases: [] });
  const row = (label: string, percent: string) => ({
    ...{ label, when: [{ firstLoan: true }] },
    shares: [
      { bearer: 'pool', label: '资金池', percent },
      { bearer: 'bank', label: '银行', percent: 'rest' as const },
    ],
  });
  const rows = [row('甲', '50'), row('乙', '90'), row('丙', '70')];
  test.each([
    ['first', '50.00'],
    ['highest', '90.00'],
  ] as const)('the %s counts', (pick, expected) => {
    expect(clause.apply({ rows, pick }, { loss: '100.00', firstLoan: true })[0]!.amount).toBe(expected);
  });
});

describe('a value an operator proposes is refused', () => {
  const clause = lossShares({ id: 'x.y', title: '分担', versions: [], cases: [] });
  const a = { bearer: 'a', label: '甲', percent: '50' };
  const bank = { bearer: 'bank', label: '银行', percent: '50' };
  test.each([
    ['that adds up to 99.99 %', { shares: [a, { ...bank, percent: '49.99' }] }],
    ['with the same bearer twice', { shares: [a, { ...bank, bearer: 'a' }] }],
    ['with one bearer', { shares: [{ ...a, percent: '100' }] }],
    [
      'with two who bear the rest',
      {
        shares: [
          { ...a, percent: 'rest' },
          { ...bank, percent: 'rest' },
        ],
      },
    ],
    [
      'with a bonus and nobody to bear the rest',
      { shares: [a, bank], bonus: { to: 'a', items: [{ label: '加', points: '1' }] } },
    ],
    ['with a condition of nothing', { rows: [{ label: '甲', when: [{}], shares: [a, bank] }] }],
    ['with nothing', {}],
  ])('%s', (_what, value) => {
    expect(() => parseValue(clause, value)).toThrow(expect.objectContaining({ code: 'POLICY_VALUE_INVALID' }));
  });

  test('a version of the first form, approved before rows existed, stays valid', () => {
    expect(parseValue(clause, { shares: [a, bank] })).toEqual({ shares: [a, bank] });
  });
});

describe('who pays whom', () => {
  const pays = (code: string, loss: Loss) =>
    dues(shareLoss(policyByCode(code), loss).parts).map(({ from, to, amount }) => `${from} → ${to} ${toWire(amount)}`);

  test('a guarantor pays the bank what it and those behind it bear, and collects from them', () => {
    expect(pays('tech-guarantee-plan-2024', KNOWN)).toEqual([
      'nationalFund → reguarantor 717000.00',
      'reguarantor → guarantor 1195000.00',
      'guarantor → bank 1912000.00',
    ]);
    expect(pays('anhui-4321', KNOWN)).toEqual([
      'guarantor → bank 1673000.00',
      'reguarantor → guarantor 717000.00',
      'pool → bank 239000.00',
    ]);
  });

  test('the pool compensates the guarantor where the document says so', () => {
    const first = { guaranteeMode: 'guarantee' as const, firstTimeBorrower: false };
    const facts = { ...KNOWN.facts, ...first, guaranteed: true, agreed: { bank: '20' } };
    expect(pays('anhui-2022', { ...KNOWN, facts })).toEqual([
      'pool → guarantor 478000.00',
      'guarantor → bank 1912000.00',
    ]);
  });
});
