import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { netDues } from '../../src/guarantee/dues.ts';
import { feeDue, judgeFee } from '../../src/guarantee/fee.ts';
import { liabilities, liabilityLife } from '../../src/guarantee/liability.ts';
import { Exact, money, sum, toWire, ZERO } from '../../src/money/money.ts';
import { ratePercent } from '../../src/money/rate.ts';
import { techGuaranteePlan2024 as policy } from '../../src/policy/tech-guarantee-plan-2024/index.ts';
import { positiveFen, yuan } from './arbitraries.ts';

const PARTIES = [
  { party: 'guarantor', percent: new Exact(40) },
  { party: 'reguarantor', percent: new Exact(30) },
  { party: 'bank', percent: new Exact(20) },
  { party: 'treasury', percent: new Exact(10) },
];

describe('担保责任余额', () => {
  test('follows the loan from drawdown to the last repayment, party by party', () => {
    const life = liabilityLife(PARTIES, [
      { on: '2026-01-05', kind: 'disbursed', outstanding: money('1000000.00') },
      { on: '2026-04-21', kind: 'repaid', outstanding: money('600000.00') },
      { on: '2026-12-01', kind: 'extended', outstanding: money('600000.00') },
      { on: '2027-06-01', kind: 'paidOff', outstanding: ZERO },
    ]);
    const shown = life.map(({ parties }) => parties.map(({ balance, moved }) => `${toWire(balance)} ${toWire(moved)}`));
    expect(shown[0]).toEqual([
      '400000.00 400000.00',
      '300000.00 300000.00',
      '200000.00 200000.00',
      '100000.00 100000.00',
    ]);
    expect(shown[1]![0]).toBe('240000.00 -160000.00');
    expect(shown[2]![0]).toBe('240000.00 0.00');
    expect(shown[3]).toEqual(['0.00 -240000.00', '0.00 -180000.00', '0.00 -120000.00', '0.00 -60000.00']);
  });

  test('ends with the payout, and nothing happens to it after that', () => {
    const events = [
      { on: '2026-01-05', kind: 'disbursed' as const, outstanding: money('1000000.00') },
      { on: '2027-02-01', kind: 'paidOut' as const, outstanding: money('1000000.00') },
    ];
    expect(
      liabilityLife(PARTIES, events)
        .at(-1)!
        .parties.every(({ balance }) => balance.isZero()),
    ).toBe(true);
    const late = { on: '2027-03-01', kind: 'repaid' as const, outstanding: money('1.00') };
    expect(() => liabilityLife(PARTIES, [...events, late])).toThrow(RangeError);
    expect(() => liabilityLife(PARTIES, [events[0]!, { ...late, on: '2026-01-04' }])).toThrow(RangeError);
  });

  test('always adds up to what is outstanding; percentages that do not are a mistake', () => {
    fc.assert(
      fc.property(positiveFen, (fen) => {
        expect(toWire(sum(liabilities(money(yuan(fen)), PARTIES)))).toBe(yuan(fen));
      }),
    );
    expect(() => liabilities(money('1.00'), PARTIES.slice(1))).toThrow(RangeError);
  });
});

describe('担保费和再担保费', () => {
  const clause = policy.feeCeilings!;
  const version = clause.versions[0]!;
  const judge = (fee: string, guaranteed: string, rate: string) =>
    judgeFee(clause, version, { fee, guaranteed: money(guaranteed), annualRate: ratePercent(rate) });

  test.each([
    ['guaranteeFee', '5000000.00', '1', 'pass', 'FEE_RATE'],
    ['guaranteeFee', '5000000.00', '1.000001', 'fail', 'FEE_ABOVE_CEILING'],
    ['reguaranteeFee', '5000000.00', '0.3', 'pass', 'FEE_RATE'],
    ['reguaranteeFee', '5000000.00', '0.31', 'fail', 'FEE_ABOVE_CEILING'],
    ['reguaranteeFee', '5000000.01', '0.5', 'pass', 'FEE_RATE'],
    ['reviewFee', '1.00', '9', 'notChecked', 'FEE_NOT_REGULATED'],
  ])('%s of %s at %s %% is %s', (fee, guaranteed, rate, verdict, code) => {
    expect(judge(fee, guaranteed, rate)).toMatchObject({ verdict, code, clause: clause.id });
  });

  test('are owed day by day on what is guaranteed, to the fen once an interval', () => {
    const terms = {
      guaranteed: money('6000000.00'),
      annualRate: ratePercent('0.5'),
      dayCountBasis: 'actual360' as const,
    };
    const intervals = [
      { from: '2026-01-05', to: '2026-04-21', balance: money('6000000.00') },
      { from: '2026-04-21', to: '2026-07-01', balance: money('4000000.00') },
    ];
    const due = feeDue(version.value, { ...terms, fee: 'reguaranteeFee' }, intervals)!;
    // 6,000,000 × 0.5 % × 106 ÷ 360 = 8,833.33; 4,000,000 × 0.5 % × 71 ÷ 360 = 3,944.44
    expect({ ...due, amount: toWire(due.amount) }).toEqual({
      from: 'reguarantor',
      to: 'nationalFund',
      amount: '12777.77',
    });
    expect(feeDue(version.value, { ...terms, fee: 'reviewFee' }, intervals)).toBeNull();
    expect(feeDue(version.value, { ...terms, fee: 'guaranteeFee' }, [])).toBeNull();
  });
});

test('at settlement one amount in one direction is left between two parties', () => {
  const due = (from: string, to: string, amount: string) => ({ from, to, amount: money(amount) });
  const net = netDues([
    due('a', 'b', '10.00'),
    due('b', 'a', '12.50'),
    due('a', 'c', '1.00'),
    due('a', 'c', '2.00'),
    due('d', 'a', '3.00'),
    due('a', 'd', '3.00'),
  ]);
  expect(net.map(({ from, to, amount }) => `${from} → ${to} ${toWire(amount)}`)).toEqual(['b → a 2.50', 'a → c 3.00']);
});
