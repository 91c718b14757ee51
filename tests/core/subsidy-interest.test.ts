import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { DayCountBasis } from '../../src/calendar/day-count.ts';
import type { LoanTerms, RepaymentMethod } from '../../src/loans/schedule.ts';
import { money, toWire } from '../../src/money/money.ts';
import { ratePercent } from '../../src/money/rate.ts';
import { valueOn } from '../../src/policy/clause.ts';
import { schemeByCode } from '../../src/policy/register.ts';
import {
  countVouchers,
  INTEREST_KINDS,
  type InterestKind,
  sharedDays,
  type Voucher,
} from '../../src/subsidies/interest.ts';
import { demoRows, plain } from '../support/subsidies.ts';

const METHODS: Record<string, RepaymentMethod> = {
  按月付息到期还本: 'monthlyInterest',
  按季付息到期还本: 'quarterlyInterest',
  等额本息: 'equalInstallment',
};
const BASES: Record<string, DayCountBasis> = { '实际/360': 'actual360', '实际/365': 'actual365' };
const KINDS = new Map(Object.entries(INTEREST_KINDS).map(([kind, label]) => [label as string, kind as InterestKind]));
const clause = schemeByCode('ningxia-tech-finance-subsidy').lines.interest!.vouchers!;
const rule = valueOn(clause, '2026-11-20');
const YEAR = { from: '2026-01-01', to: '2026-12-31' };

function loans(): Map<string, LoanTerms> {
  const files = ['filings-ningxia-bank.csv', 'filings-bank-of-china-with-faults.csv'];
  const rows = files.flatMap((file) => {
    const bytes = readFileSync(new URL(`../../prisma/demo/${file}`, import.meta.url));
    const text = new TextDecoder(file.includes('china') ? 'gb18030' : 'utf-8').decode(bytes);
    const body = text.split(/\r?\n/).slice(2).join('\n');
    return Papa.parse<Record<string, string>>(body, { header: true, skipEmptyLines: true }).data;
  });
  const good = rows.filter((row) => Number(row.序号) <= 90);
  return new Map(
    good.map((row) => [
      row.借据号!,
      {
        principal: plain(row['贷款金额(元)']!),
        annualRate: ratePercent(row['年利率(%)']!),
        disbursedOn: row.放款日期!.replaceAll('/', '-'),
        maturesOn: row.到期日期!,
        dayCountBasis: BASES[row.计息基础!]!,
        repaymentMethod: METHODS[row.还款方式!]!,
      },
    ]),
  );
}

const voucherOf = (row: Record<string, string>): Voucher => ({
  ...{ voucherNo: row.凭证号!, paidOn: row.付息日期!, from: row.计息起日!, to: row.计息止日! },
  ...{ kind: KINDS.get(row.利息种类!)!, amount: plain(row['实付金额(元)']!) },
});

describe('the interest vouchers of 2026', () => {
  const terms = loans();
  const counted = [...Map.groupBy(demoRows('interest-vouchers-2026.csv'), (row) => row.借据号!)].flatMap(
    ([dueBillNo, rows]) =>
      countVouchers(rule, { terms: terms.get(dueBillNo)!, balances: [] }, rows.map(voucherOf), YEAR).lines,
  );

  test('penalty and compound interest are left out, and nothing else', () => {
    const left = counted.filter((line) => line.left !== null);
    expect(left.map(({ voucher, counted: amount }) => [voucher.kind, toWire(amount)]).sort()).toEqual([
      ['compound', '0.00'],
      ['penalty', '0.00'],
    ]);
  });

  test('every other agrees with the contract’s arithmetic but one, which is 0.03 more; the voucher rules', () => {
    const checked = counted.filter((line) => line.difference !== null);
    expect(checked.length).toBe(counted.length - 2);
    const apart = checked.filter((line) => !line.difference!.isZero());
    expect(apart.map((l) => [l.voucher.voucherNo, toWire(l.difference!), toWire(l.counted)])).toEqual([
      ['FX020110281525', '0.03', '13493.36'],
    ]);
    expect(JSON.stringify(apart[0]!.explanation)).toContain('以凭证为准');
  });
});

describe('a voucher', () => {
  const terms: LoanTerms = {
    ...{ principal: money('3000000.00'), annualRate: ratePercent('3.65'), dayCountBasis: 'actual360' },
    ...{ disbursedOn: '2026-03-05', maturesOn: '2027-09-05', repaymentMethod: 'monthlyInterest' },
  };
  const voucher = (from: string, to: string, amount: string, kind: InterestKind = 'normal'): Voucher => ({
    ...{ voucherNo: 'V', paidOn: to, from, to, kind, amount: money(amount) },
  });
  const count = (v: Voucher, more: object = {}, year = YEAR) =>
    countVouchers(rule, { terms, balances: [], ...more }, [v], year).lines[0]!;

  test('of the first 16 days agrees: 4,866.67', () => {
    expect(count(voucher('2026-03-05', '2026-03-21', '4866.67'))).toMatchObject({ left: null, difference: money('0') });
  });

  test('follows the balances where some was repaid in between', () => {
    const balances = [{ on: '2026-04-01', outstanding: money('1500000.00') }];
    const line = count(voucher('2026-03-21', '2026-04-21', '6387.50'), { balances });
    // 11 days of 3,000,000.00 and 20 days of 1,500,000.00, rounded once
    expect(toWire(line.computed!)).toBe('6387.50');
  });

  test('paid in another year does not count', () => {
    const line = count(voucher('2026-03-05', '2026-03-21', '4866.67'), {}, { from: '2027-01-01', to: '2027-12-31' });
    expect([line.left, toWire(line.counted)]).toEqual(['outsideYear', '0.00']);
  });

  test('that runs into the overdue time counts for the days before it', () => {
    const line = count(voucher('2026-06-21', '2026-07-21', '9125.00'), { overdueFrom: '2026-07-01' });
    expect([line.left, toWire(line.counted)]).toEqual(['overdue', '3041.67']);
    const after = count(voucher('2026-07-21', '2026-08-21', '9429.17'), { overdueFrom: '2026-07-01' });
    expect([after.left, toWire(after.counted)]).toEqual(['overdue', '0.00']);
  });

  test('beyond twelve months of the loan counts no more', () => {
    const year = { from: '2027-01-01', to: '2027-12-31' };
    const line = count(voucher('2027-02-21', '2027-03-21', '8516.67'), {}, year);
    expect([line.left, toWire(line.counted)]).toEqual(['tooManyMonths', '3650.00']);
  });

  test('before the drawdown is not computed, and what it says counts', () => {
    expect(count(voucher('2026-03-01', '2026-03-21', '4866.67')).computed).toBeNull();
  });

  test('of days before the loan was there is another loan’s, and does not count', () => {
    const line = count(voucher('2026-01-21', '2026-02-21', '4866.67'));
    expect([line.left, toWire(line.counted)]).toEqual(['beforeLoan', '0.00']);
  });

  test('that shares days with another of ordinary interest is shown beside it; penalties and the next month are not', () => {
    const [march, penalty] = [
      voucher('2026-03-21', '2026-04-21', '9429.17'),
      voucher('2026-03-21', '2026-04-21', '80.00', 'penalty'),
    ];
    const twin = { ...march, voucherNo: 'W' };
    expect(sharedDays([march, penalty, voucher('2026-04-21', '2026-05-21', '9125.00')])).toEqual([]);
    expect(sharedDays([march, penalty, twin])).toEqual([[march, twin]]);
  });
});
