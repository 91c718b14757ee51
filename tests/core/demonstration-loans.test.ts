import { readdirSync, readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { DayCountBasis } from '../../src/calendar/day-count.ts';
import { periodOf, periodsBetween } from '../../src/calendar/settlement-period.ts';
import { expectedInMonth, type LoanTerms, type RepaymentMethod, schedule } from '../../src/loans/schedule.ts';
import { formatYuan, money } from '../../src/money/money.ts';
import { ratePercent } from '../../src/money/rate.ts';

const DEMO = new URL('../../prisma/demo/', import.meta.url);
const METHODS: Record<string, RepaymentMethod> = {
  按月付息到期还本: 'monthlyInterest',
  按季付息到期还本: 'quarterlyInterest',
  等额本息: 'equalInstallment',
};
const BASES: Record<string, DayCountBasis> = { '实际/360': 'actual360', '实际/365': 'actual365' };
const UNPAID = 'SZSJJ202636414424';

type Row = Record<string, string>;

/** Rows under the header, by column name; UTF-8 (with or without BOM) or GB18030. */
function read(file: string, linesAboveHeader = 0): Row[] {
  const bytes = readFileSync(new URL(file, DEMO));
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder('gb18030').decode(bytes);
  }
  const body = text.split(/\r?\n/).slice(linesAboveHeader).join('\n');
  return Papa.parse<Row>(body, { header: true, skipEmptyLines: true }).data;
}

const plain = (amount: string) => money(amount.replaceAll(',', ''));

/** The loans that were filed without fault: the faults file marks its faulty rows with 序号 from 91 on. */
const loans = new Map<string, LoanTerms>(
  ['shizuishan-bank', 'ningxia-bank', 'bank-of-china-with-faults']
    .flatMap((bank) => read(`filings-${bank}.csv`, 2))
    .filter((row) => Number(row.序号) <= 90)
    .map((row) => [
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

const reports = readdirSync(new URL('balances/', DEMO))
  .filter((file) => file.endsWith('.csv'))
  .flatMap((file) => read(`balances/${file}`));

/** A report as the contract's own arithmetic has it, written like the report. */
function expected(row: Row): string {
  const due = expectedInMonth(loans.get(row.借据号!)!, row.数据月份!);
  return [due.outstanding, due.principal, due.interest].map(formatYuan).join(' ');
}

const reported = (row: Row) => [row['贷款余额(元)'], row['本月归还本金(元)'], row['本月实付利息(元)']].join(' ');
const named = (row: Row) => `${row.数据月份} ${row.借据号} ${row.五级分类}: ${reported(row)}`;

describe('the demonstration’s loans', () => {
  test('there are 23 of them, and 26 reports of three banks', () => {
    expect(loans.size).toBe(23);
    expect(new Set(reports.map((row) => `${row.合作银行} ${row.数据月份}`)).size).toBe(26);
  });

  test('every reported month is the contract’s own arithmetic to the fen, but for the one loan that was not repaid', () => {
    const deviations = reports.filter((row) => reported(row) !== expected(row)).map(named);
    expect(deviations).toEqual([
      // 31 days come to 8,335.125: half up is 8,335.13, the bank's report rounds half to even.
      `2026-02 ${UNPAID} 正常: 2,390,000.00 0.00 8,335.12`,
      `2026-04 ${UNPAID} 正常: 2,390,000.00 0.00 8,335.12`,
      // Due on 2026-06-12 and not paid, until the recovery of 120,000.00 in October.
      `2026-06 ${UNPAID} 关注: 2,390,000.00 0.00 0.00`,
      `2026-07 ${UNPAID} 关注: 2,390,000.00 0.00 0.00`,
      `2026-08 ${UNPAID} 关注: 2,390,000.00 0.00 0.00`,
      `2026-09 ${UNPAID} 次级: 2,390,000.00 0.00 0.00`,
      `2026-10 ${UNPAID} 次级: 2,270,000.00 120,000.00 0.00`,
    ]);
    const june = expectedInMonth(loans.get(UNPAID)!, '2026-06');
    expect([june.outstanding, june.principal, june.interest].map(formatYuan)).toEqual([
      '0.00',
      '2,390,000.00',
      '5,915.25',
    ]);
  });

  test('each loan is reported every month from its disbursement until it is paid off, but for January', () => {
    const missing = [...loans].flatMap(([dueBillNo, terms]) => {
      const mine = new Set(reports.filter((row) => row.借据号 === dueBillNo).map((row) => row.数据月份));
      const last = terms.maturesOn < '2026-10-31' && dueBillNo !== UNPAID ? periodOf(terms.maturesOn) : '2026-10';
      return periodsBetween(periodOf(terms.disbursedOn), last)
        .filter((period) => !mine.has(period))
        .map((period) => `${period} ${dueBillNo}`);
    });
    // 石嘴山银行's first report is February's, though three of its loans were drawn in January.
    expect(missing).toEqual(['2026-01 SZSJJ202674737325', `2026-01 ${UNPAID}`, '2026-01 SZSJJ202631112203']);
  });

  test('the interest vouchers are lines of the schedule, but for the three that are meant to be found', () => {
    const odd = read('interest-vouchers-2026.csv').filter((row) => {
      const line = schedule(loans.get(row.借据号!)!).find((due) => due.dueOn === row.付息日期);
      return row.利息种类 !== '正常利息' || !line || formatYuan(line.interest) !== row['实付金额(元)'];
    });
    expect(odd.map((row) => `${row.付息日期} ${row.借据号} ${row.利息种类} ${row['实付金额(元)']}`)).toEqual([
      '2026-09-25 NXBJJ202656842631 罚息 312.50',
      '2026-06-21 NXBJJ202684672222 正常利息 13,493.36',
      '2026-09-25 BOCJJ202685568819 复利 8.17',
    ]);
  });
});
