import { describe, expect, test } from 'vitest';
import { type FeeBearing, feeIntervals, feeOf, movesInFact, settledIn } from '../../src/guarantee/accrual.ts';
import { judgeGuarantee } from '../../src/guarantee/judge.ts';
import { Exact, money, ZERO } from '../../src/money/money.ts';
import { ratePercent } from '../../src/money/rate.ts';
import { anhui4321 } from '../../src/policy/anhui-4321/index.ts';
import { ningkedai2025 } from '../../src/policy/ningkedai-2025/index.ts';
import { techGuaranteePlan2024 } from '../../src/policy/tech-guarantee-plan-2024/index.ts';

const move = (on: string, delta: string) => ({ on, delta: new Exact(delta) });
const MOVES = [move('2026-04-13', '400000.00'), move('2026-05-11', '-100000.00'), move('2026-06-21', '-300000.00')];
const shown = (from: string, to: string) =>
  feeIntervals(MOVES, from, to).map((i) => `${i.from} ${i.to} ${i.balance.toFixed(2)}`);

describe('The stretches over which a liability stood still', () => {
  test.each([
    ['the month it began', '2026-04-01', '2026-05-01', ['2026-04-13 2026-05-01 400000.00']],
    [
      'a month it fell in',
      '2026-05-01',
      '2026-06-01',
      ['2026-05-01 2026-05-11 400000.00', '2026-05-11 2026-06-01 300000.00'],
    ],
    ['the month it ended', '2026-06-01', '2026-07-01', ['2026-06-01 2026-06-21 300000.00']],
    ['a month before and one after', '2026-03-01', '2026-04-01', []],
    ['after its end', '2026-07-01', '2026-08-01', []],
  ])('%s', (_, from, to, expected) => {
    expect(shown(from, to)).toEqual(expected);
  });
});

describe('A fee for a month', () => {
  const bearing: FeeBearing = {
    ...{ role: 'guarantor', party: 'db', borrower: '某企业', fee: 'guaranteeFee', annualRate: ratePercent('1') },
    ...{ dayCountBasis: 'actual360', guaranteed: money('400000.00'), moves: MOVES, booked: null },
  };
  test('is owed by whom the clause says: 400,000.00 for 10 days and 300,000.00 for 21 at 1 % ÷ 360', () => {
    const due = feeOf(techGuaranteePlan2024.feeCeilings!.versions[0]!.value, bearing, '2026-05-01', '2026-06-01')!;
    expect([due.from, due.to, due.amount.toFixed(2)]).toEqual(['某企业', 'db', '286.11']);
  });
  test('of re-guarantee goes to the national fund by the document, and to the party where it is silent', () => {
    const re = { ...bearing, role: 'reguarantor' as const, fee: 'reguaranteeFee' };
    const stated = feeOf(techGuaranteePlan2024.feeCeilings!.versions[0]!.value, re, '2026-05-01', '2026-06-01')!;
    expect([stated.from, stated.to]).toEqual(['db', 'nationalFund']);
    const silent = feeOf(null, re, '2026-05-01', '2026-06-01')!;
    expect([silent.from, silent.to, silent.amount.toFixed(2)]).toEqual(['某企业', 'db', '286.11']);
  });
  test('of a month without liability is nothing', () => {
    expect(feeOf(null, bearing, '2026-07-01', '2026-08-01')).toBeNull();
  });
});

describe('A guarantee told late', () => {
  const late = {
    booked: '2026-06-10',
    stood: [
      { since: '2026-04-20', balance: money('100000.00') },
      { since: '2026-05-05', balance: money('75000.00') },
    ],
  };
  const inFact = (moves: { on: string; delta: Exact }[]) =>
    movesInFact(moves, late).map(({ on, delta }) => `${on} ${delta.toFixed(2)}`);

  test('answered from its first day for what stood then, and goes on as it was booked', () => {
    expect(inFact([move('2026-06-10', '75000.00')])).toEqual(['2026-04-20 100000.00', '2026-05-05 -25000.00']);
    expect(inFact([move('2026-06-05', '-5000.00'), move('2026-06-10', '75000.00')])).toEqual([
      ...['2026-04-20 100000.00', '2026-05-05 -25000.00', '2026-06-05 -5000.00'],
    ]);
  });
  test('has the fees of the months before settled with the one it was booked in', () => {
    expect(['2026-04', '2026-05', '2026-06', '2026-07'].map((month) => settledIn(late, month))).toEqual([
      ...['2026-06', '2026-06', '2026-06', '2026-07'],
    ]);
    expect(settledIn({ booked: null }, '2026-04')).toBe('2026-04');
  });
  test('one told in time has moved as it was booked', () => {
    expect(movesInFact(MOVES, null)).toEqual(MOVES);
  });
});

describe('A percentage', () => {
  const terms = {
    annualRate: null,
    others: ZERO,
    unnamed: ZERO,
    counted: money('1000000.00'),
    signedOn: '2026-04-01',
  } as const;
  const verdict = (
    policy: typeof ningkedai2025,
    role: 'guarantor' | 'reguarantor' | 'insurer',
    percent: string,
    more = {},
  ) => judgeGuarantee(policy, { ...terms, role, percent: new Exact(percent), ...more })[0]!;
  test.each<[string, typeof ningkedai2025, 'guarantor' | 'reguarantor' | 'insurer', string, string, object?]>([
    ['a guarantor’s 40 of 4321', anhui4321, 'guarantor', '40', 'pass'],
    ['a guarantor’s 41 of 4321', anhui4321, 'guarantor', '41', 'fail'],
    ['a re-guarantor’s 30 of 4321', anhui4321, 'reguarantor', '30', 'pass'],
    ['a re-guarantor’s 20 of the plan', techGuaranteePlan2024, 'reguarantor', '20', 'pass'],
    ['a re-guarantor’s 19.9 of the plan', techGuaranteePlan2024, 'reguarantor', '19.9', 'fail'],
    ['a guarantor’s rest of the plan', techGuaranteePlan2024, 'guarantor', '25', 'pass'],
    ['an insurer’s 20 behind the bank of 宁科贷', ningkedai2025, 'insurer', '20', 'pass'],
    ['an insurer’s 20.01 behind the bank of 宁科贷', ningkedai2025, 'insurer', '20.01', 'fail'],
    [
      '10 more beside 15 that stand behind the bank',
      ningkedai2025,
      'insurer',
      '10',
      'fail',
      { unnamed: new Exact(15), others: new Exact(15) },
    ],
    ['more than all of it', techGuaranteePlan2024, 'guarantor', '30', 'fail', { others: new Exact('70.01') }],
  ])('%s', (_, policy, role, percent, expected, more) => {
    const found = verdict(policy, role, percent, more);
    expect([found.verdict, found.message]).toEqual([expected, expect.stringContaining('%')]);
    expect(found.cites.length).toBe(1);
  });
  test('and its fee are judged together, the fee by its ceiling', () => {
    const of = (rate: string) =>
      judgeGuarantee(techGuaranteePlan2024, {
        ...terms,
        role: 'guarantor',
        percent: new Exact(25),
        annualRate: ratePercent(rate),
      });
    expect(of('1').map((c) => c.verdict)).toEqual(['pass', 'pass']);
    expect(of('1.01')[1]).toMatchObject({ verdict: 'fail', code: 'FEE_ABOVE_CEILING' });
    expect(
      judgeGuarantee(ningkedai2025, {
        ...terms,
        role: 'insurer',
        percent: new Exact(10),
        annualRate: ratePercent('2'),
      })[1],
    ).toMatchObject({ verdict: 'notChecked', code: 'FEE_NOT_REGULATED' });
  });
});
