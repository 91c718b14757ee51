import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatYuan, sum } from '../../src/money/money.ts';
import { checkUscc } from '../../src/parties/uscc.ts';
import { convert, DEMO, demo } from './support.ts';

describe('the filing files of the demonstration', () => {
  test('平罗: 12 loans of 40,980,000.00 in GB18030, the total row agrees, two spoilt accounts are doubts only', async () => {
    const { rows, warnings, mapped } = await convert(demo('filings-shizuishan-bank.csv'), 'loanFilings');
    expect(rows).toHaveLength(12);
    expect(rows.every((row) => row.complete)).toBe(true);
    expect(formatYuan(sum(rows.map((row) => row.complete!.principal)))).toBe('40,980,000.00');
    expect(formatYuan(sum(rows.map((row) => row.complete!.countedPrincipal)))).toBe('38,634,000.00');
    expect(warnings).toEqual([]);
    expect(mapped.totals).toMatchObject([{ line: 16, label: '合计', rowsAbove: 12 }]);
    expect(rows.flatMap((row) => row.warnings)).toMatchObject([
      { code: 'ACCOUNT_SPOILT', row: 8, seq: '5', field: 'disbursementAccount', value: '6.4022E+15' },
      { code: 'ACCOUNT_SPOILT', row: 13, seq: '10' },
    ]);
  });

  test('银川: a row becomes exactly the values of the file', async () => {
    const { rows, warnings } = await convert(demo('filings-ningxia-bank.csv'), 'loanFilings');
    expect(rows).toHaveLength(6);
    expect(warnings).toEqual([]);
    const { principal, countedPrincipal, annualRate, ...rest } = rows[5]!.complete!;
    expect([principal, countedPrincipal, annualRate].map(String)).toEqual(['1660000', '1328000', '0.0405']);
    expect(rest).toEqual({
      enterpriseName: '宁夏凌谷葡萄酒工程有限公司',
      enterpriseUscc: '91640105MA8569214K',
      contractNo: 'NXBJK2026100327',
      dueBillNo: 'NXBJJ202677554518',
      disbursedOn: '2026-03-28',
      maturesOn: '2027-03-28',
      dayCountBasis: 'actual360',
      repaymentMethod: 'equalInstallment',
      guaranteeMode: 'credit',
      firstLoan: false,
      purpose: { code: 'rnd', text: '研发投入' },
      disbursementAccount: '6400123400567800123',
    });
  });

  test('the faults file has the faults of its cells in rows 94 and 96 and nowhere else', async () => {
    const { rows, warnings } = await convert(demo('filings-bank-of-china-with-faults.csv'), 'loanFilings');
    expect(rows).toHaveLength(11);
    const faults = rows.flatMap((row) => row.faults).map((f) => [f.seq, f.row, f.field, f.code]);
    expect(faults).toEqual([
      ['94', 12, 'disbursedOn', 'DATE_FORMAT'],
      ['96', 14, 'enterpriseName', 'FORMULA_TEXT'],
      ['96', 14, 'principal', 'AMOUNT_DECIMALS'],
      ['96', 14, 'annualRate', 'RATE_FORMAT'],
      ['96', 14, 'dayCountBasis', 'DAY_COUNT_BASIS'],
      ['96', 14, 'guaranteeMode', 'GUARANTEE_MODE'],
      ['96', 14, 'firstLoan', 'YES_NO'],
    ]);
    expect(rows[10]!.values.purpose).toEqual({ code: 'other', text: '转贷' });
    expect(rows[10]!.faults[1]!.message).toBe('贷款金额“800,000.005”最多保留两位小数');
    // The zero of row 93 and the order of row 95 are amounts and dates like others; the domain judges them.
    expect(rows[7]!.complete?.principal.isZero()).toBe(true);
    expect(rows[9]!.complete).toMatchObject({ disbursedOn: '2026-03-11', maturesOn: '2026-03-01' });
    expect(warnings.map(({ code, row, field }) => [code, row, field])).toEqual([
      ['TOTAL_DIFFERS', 15, 'principal'],
      ['TOTAL_DIFFERS', 15, 'countedPrincipal'],
    ]);
  });
});

test('every balance report of the demonstration is read completely', async () => {
  const names = readdirSync(new URL('balances/', DEMO));
  let read = 0;
  const classes = new Set<string>();
  for (const name of names) {
    const { rows, warnings } = await convert(demo(`balances/${name}`), 'balanceReports');
    expect(warnings).toEqual([]);
    for (const row of rows) {
      expect(row.faults).toEqual([]);
      expect(name).toContain(row.complete!.period);
      classes.add(row.complete!.classification);
    }
    read += rows.length;
  }
  expect(names).toHaveLength(26);
  expect(read).toBe(182);
  expect([...classes].sort()).toEqual(['normal', 'specialMention', 'substandard']);
});

test('all 114 enterprises are read, with amounts in 万元 converted to 元', async () => {
  const { rows, warnings } = await convert(demo('enterprises.csv'), 'enterprises');
  expect(rows).toHaveLength(114);
  expect(warnings).toEqual([]);
  expect(rows.flatMap((row) => row.faults)).toEqual([]);
  expect(rows.every((row) => checkUscc(row.complete!.uscc).valid)).toBe(true);
  const { totalAssets, previousRevenue, ...rest } = rows[0]!.complete!;
  expect([totalAssets, previousRevenue].map((m) => formatYuan(m!))).toEqual(['133,600,000.00', '129,310,300.00']);
  expect(rest).toMatchObject({
    name: '宁夏沐能精密机械有限公司',
    registeredIn: '石嘴山市平罗县',
    staff: 328,
    title: 'techSme',
    certificateNo: 'NX202581379',
    titleValidFrom: '2026-01-01',
    titleValidTo: '2026-12-31',
  });
});
