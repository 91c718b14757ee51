import { describe, expect, test } from 'vitest';
import type { Check } from '../../src/policy/check.ts';
import { filingChecker } from '../../src/policy/decide.ts';
import { ningkedai2025 } from '../../src/policy/ningkedai-2025/index.ts';
import { CONTEXT, demoFilings } from './demo-filings.ts';

const shizuishan = demoFilings('filings-shizuishan-bank.csv', 'gb18030', '2026-04-10', '石嘴山市平罗县');
const ningxia = demoFilings('filings-ningxia-bank.csv', 'utf-8', '2026-04-30', '银川市');
const boc = demoFilings('filings-bank-of-china-with-faults.csv', 'gb18030', '2026-05-20', '银川市');
const check = filingChecker(ningkedai2025, CONTEXT);
const failures = (checks: Check[]) => checks.filter((c) => c.verdict === 'fail').map((c) => `${c.code} ${c.field}`);

describe('the demonstration files under the policy of 2025', () => {
  test.each([
    ['石嘴山银行', 12, shizuishan],
    ['宁夏银行', 6, ningxia],
    ['中国银行', 5, boc.filter(({ seq }) => Number(seq) < 90)],
  ])('every good loan of %s passes every rule', (_bank, count, rows) => {
    expect(rows).toHaveLength(count);
    for (const { seq, facts } of rows) {
      const checks = check(facts);
      expect(failures(checks), `序号 ${seq}`).toEqual([]);
      expect(checks.filter((c) => c.verdict === 'pass').length, `序号 ${seq}`).toBeGreaterThanOrEqual(10);
    }
  });

  test.each([
    ['91', []], // a wrong 统一社会信用代码: not a matter of policy
    ['92', []], // repeats a row: not a matter of policy
    ['93', ['AMOUNT_NOT_POSITIVE principal', 'AMOUNT_NOT_POSITIVE countedPrincipal']],
    ['94', []], // 31 February: the date cannot be read
    ['95', ['COUNTED_ABOVE_LENT countedPrincipal', 'MATURITY_BEFORE_DISBURSEMENT maturesOn']],
    ['96', ['PURPOSE_BANNED purpose']],
  ])('row %s of the faults file fails by exactly its faults', (seq, expected) => {
    expect(failures(check(boc.find((row) => row.seq === seq)!.facts))).toEqual(expected);
  });
});
