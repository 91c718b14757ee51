import { describe, expect, test } from 'vitest';
import { parseValue, valueOn } from '../../src/policy/clause.ts';
import type { AmountInput, SubsidyAmount } from '../../src/policy/kinds/subsidy-amount.ts';
import type { LineFacts } from '../../src/policy/kinds/subsidy-line.ts';
import type { SubsidyAllowed } from '../../src/policy/kinds/subsidy-lines-allowed.ts';
import type { SubsidyPeriod } from '../../src/policy/kinds/subsidy-period.ts';
import { SCHEMES, schemeByCode } from '../../src/policy/register.ts';

// Schemes of other places that are not shipped, each said as data alone: what the clauses must be able to express.
const { lines } = schemeByCode('ningxia-tech-finance-subsidy');
const FEN = { unit: '分', mode: 'halfUp' } as const;
const interestOf = (value: SubsidyAmount) => (input: AmountInput) =>
  lines.interest!.amount.apply(parseValue(lines.interest!.amount, value), input);

describe('interest by other places’ rules', () => {
  test.each<[string, SubsidyAmount, AmountInput, string]>([
    [
      '山东（知识产权）：签订上月 LPR 的 60%，三百万元一年、利率 3.65%',
      {
        rows: [{ label: '利息', counts: { of: 'interestAt', rate: { lprTimes: '1' } }, percent: '60' }],
        lpr: { tenor: '1Y', anchor: 'monthBeforeSigning' },
        rounding: FEN,
      },
      { paid: '109500.00', annualRate: '3.65', lpr: '3.00' },
      '54000.00',
    ],
    [
      '龙华：利率最高按 5.655% 计',
      {
        rows: [{ label: '利息', counts: { of: 'interest', atMost: { percent: '5.655' } }, percent: '50' }],
        rounding: FEN,
      },
      { paid: '120000.00', annualRate: '6' },
      '56550.00',
    ],
    [
      '随州：首次贷款 2 个百分点',
      {
        rows: [
          {
            label: '首次贷款',
            when: [{ firstLoan: true }],
            counts: { of: 'interestAt', rate: { percent: '2' } },
            percent: '100',
          },
          { label: '其他贷款', counts: { of: 'interestAt', rate: { percent: '1.5' } }, percent: '100' },
        ],
        rounding: FEN,
      },
      { paid: '40000.00', annualRate: '4', firstLoan: true },
      '20000.00',
    ],
    [
      '舍去百元以下',
      {
        rows: [{ label: '利息', counts: { of: 'paid' }, percent: '50' }],
        rounding: { unit: '百元', mode: 'down' },
      },
      { paid: '12399.98' },
      '6100.00',
    ],
    [
      '舍去万元以下',
      {
        rows: [{ label: '利息', counts: { of: 'paid' }, percent: '50' }],
        rounding: { unit: '万元', mode: 'down' },
      },
      { paid: '139999.98' },
      '60000.00',
    ],
  ])('%s', (_says, value, input, amount) => {
    expect(interestOf(value)(input).amount).toBe(amount);
  });
});

describe('浙江首台套: by level, lower from the second year, premium counted at most 2 % of the sum insured', () => {
  const row = (level: string, first: string, later: string): SubsidyAmount['rows'] => [
    {
      label: `${level}首年`,
      when: [{ class: [level], yearOrdinal: { from: 1, to: 1 } }],
      counts: { of: 'paid', insuredPercent: '2' },
      percent: first,
    },
    {
      label: `${level}以后各年`,
      when: [{ class: [level], yearOrdinal: { from: 2 } }],
      counts: { of: 'paid', insuredPercent: '2' },
      percent: later,
    },
  ];
  const value: SubsidyAmount = {
    rows: [...row('international', '90', '80'), ...row('national', '80', '70'), ...row('provincial', '70', '60')],
    rounding: FEN,
  };
  const pay = (facts: LineFacts, paid = '300000.00') =>
    interestOf(value)({ ...facts, paid, insuredSum: '10000000.00' }).amount;

  test('the first year by level, of 200,000.00 of the 300,000.00', () => {
    expect(pay({ class: 'international', yearOrdinal: 1 })).toBe('180000.00');
    expect(pay({ class: 'national', yearOrdinal: 1 })).toBe('160000.00');
    expect(pay({ class: 'provincial', yearOrdinal: 3 })).toBe('120000.00');
  });

  test('what decides and is not known is asked for, never guessed', () => {
    expect(() => pay({ class: 'national' })).toThrow(
      expect.objectContaining({
        code: 'SUBSIDY_FACT_MISSING',
        message: expect.stringContaining('连续享受补贴的年度数'),
      }),
    );
    expect(() => pay({ class: 'other', yearOrdinal: 1 })).toThrow(expect.objectContaining({ code: 'SUBSIDY_NO_ROW' }));
  });

  test('a renewal must be unbroken', () => {
    const value: SubsidyAllowed = { unbroken: true };
    const judge = (line: Parameters<NonNullable<typeof lines.premium>['allowed']['apply']>[1]) =>
      lines.premium!.allowed.apply(value, line);
    expect(judge({ yearsBefore: 0 })).toEqual({ against: [], unknown: [] });
    expect(judge({ yearsBefore: 1 })).toEqual({ against: [], unknown: ['broken'] });
    expect(judge({ yearsBefore: 1, renewed: { unbroken: false } })).toEqual({ against: ['broken'], unknown: [] });
  });
});

test('南山: at most three loans, each of 3 to 12 months; 龙华: claimed within 6 months', () => {
  const { allowed, period } = lines.interest!;
  const three: SubsidyAllowed = { mostPerYear: 3, leastMonths: 3, mostMonths: 12 };
  expect(allowed.apply(three, { linesBefore: 2, termMonths: 12 })).toEqual({ against: [], unknown: [] });
  expect(allowed.apply(three, { linesBefore: 3, termMonths: 13 }).against).toEqual(['tooLong', 'tooMany']);
  const half: SubsidyPeriod = {
    counts: 'paidOn',
    from: { yearsBefore: 1, monthDay: '01-01' },
    to: { yearsBefore: 0, monthDay: '12-31' },
    claim: { withinMonths: 6, after: 'endsOn' },
  };
  const at = (appliedOn: string) =>
    period.apply(half, { year: 2026, dates: { appliedOn, paidOn: '2026-01-20', endsOn: '2026-01-31' } });
  expect(at('2026-07-31')).toBeNull();
  expect(at('2026-08-01')).toBe('claimedTooLate');
});

describe('the date on which a title must hold differs', () => {
  const titles = [{ kind: 'techSme', certificateNo: 'A', validFrom: '2025-01-01', validTo: '2025-12-31' }];
  const dates = { appliedOn: '2026-02-01', signedOn: '2025-06-01', startsOn: '2025-12-31' };
  test.each([
    ['ningxia-tech-finance-subsidy', 'the application', { lacks: 'title' }],
    ['sichuan-ip', 'the contract', { holds: 'techSme' }],
    ['fujian-2024', 'the start of the policy', { holds: 'techSme' }],
  ])('%s means the day of %s', (code, _what, expected) => {
    const { holder } = schemeByCode(code);
    expect(holder.apply(valueOn(holder, '2026-02-01').value, { dates, titles })).toEqual(expected);
  });
});

test('银川 2022: two years after first recognition', () => {
  const { holder } = schemeByCode('yinchuan-2022');
  const titles = [
    { kind: 'nationalHighTech', certificateNo: 'A', validFrom: '2022-11-01', validTo: '2025-10-31' },
    { kind: 'nationalHighTech', certificateNo: 'B', validFrom: '2025-11-01', validTo: '2028-10-31' },
  ];
  const on = (appliedOn: string) => holder.apply(valueOn(holder, appliedOn).value, { dates: { appliedOn }, titles });
  expect(on('2024-11-01')).toEqual({ holds: 'nationalHighTech' });
  expect(on('2024-11-02')).toEqual({ lacks: 'recognisedTooLongAgo' });
  expect(on('2026-01-01')).toEqual({ lacks: 'recognisedTooLongAgo' });
});

test('every clause of a scheme is one of its clauses, and a line that a document did not know is refused by date', () => {
  for (const scheme of SCHEMES) {
    const { registration, holder, standing, caps, papers, batches, budget, publicity, clawback, gate } = scheme;
    const { pledge, clocks, panel } = scheme;
    const way = [papers, pledge, batches, clocks, panel, budget, publicity, clawback];
    const named = [registration, holder, standing, caps, ...way];
    const ofLines = Object.values(scheme.lines).flatMap((line) => Object.values(line));
    for (const clause of [...named, ...(gate ? [gate] : []), ...ofLines]) expect(scheme.clauses).toContain(clause);
    expect(scheme.clauses.length).toBe(named.length + (gate ? 1 : 0) + ofLines.length);
  }
  expect(() => valueOn(lines.premium!.amount, '2020-09-01')).toThrow(
    expect.objectContaining({ code: 'POLICY_OUTSIDE_DATES' }),
  );
  expect(() => schemeByCode('nowhere')).toThrow(expect.objectContaining({ code: 'SCHEME_UNKNOWN', status: 404 }));
});

test('a value that mixes up its rates is refused', () => {
  const bad = (value: unknown) => () => parseValue(lines.interest!.amount, value);
  const row = { label: '利息', counts: { of: 'interest', atMost: { lprTimes: '1.4' } }, percent: '50' };
  expect(bad({ rows: [row], rounding: FEN })).toThrow(/取值口径/);
  const both = { ...row, counts: { of: 'interest', atMost: { lprTimes: '1.4', percent: '5' } } };
  expect(bad({ rows: [both], lpr: { tenor: '1Y', anchor: 'atSigning' }, rounding: FEN })).toThrow(/之一/);
});
