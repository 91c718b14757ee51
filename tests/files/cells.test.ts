import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CellResult } from '../../src/files/cell.ts';
import { readDate, readInteger, readMoney, readPeriod, readRate, readYesNo } from '../../src/files/cells.ts';
import {
  readClassification,
  readDayCountBasis,
  readGuaranteeMode,
  readPurpose,
  readRepaymentMethod,
  readTitle,
} from '../../src/files/labels.ts';
import { readAccount, readCode, readText, readUscc } from '../../src/files/text-cells.ts';
import { DAY_COUNT_BASES, GUARANTEE_MODES, PURPOSES, REPAYMENT_METHODS } from '../../src/loans/terms.ts';
import { Exact, formatYuan, toWire } from '../../src/money/money.ts';
import { CLASSIFICATIONS } from '../../src/policy/five-categories.ts';

/** A value as text, or the code of its fault or warning. */
function seen(result: CellResult<unknown>): string {
  if (result.fault) return result.fault.code;
  if (result.warning) return result.warning.code;
  const plain = typeof result.value !== 'object' || result.value instanceof Exact;
  return !plain ? JSON.stringify(result.value) : String(result.value);
}

describe('amounts', () => {
  test.each([
    ['3,080,000.00', '3080000'],
    ['3，080，000.5', '3080000.5'],
    ['１２３４．５６', '1234.56'],
    ['¥3,080,000.00', '3080000'],
    ['￥ 500元', '500'],
    [' 0.00 ', '0'],
    ['007', '7'],
    ['9999999999999999.99', '9999999999999999.99'],
    ['800,000.005', 'AMOUNT_DECIMALS'],
    ['1.000', 'AMOUNT_DECIMALS'],
    ['-5.00', 'AMOUNT_FORMAT'],
    ['(5.00)', 'AMOUNT_FORMAT'],
    ['（5.00）', 'AMOUNT_FORMAT'],
    ['叁佰万元整', 'AMOUNT_FORMAT'],
    ['300万元', 'AMOUNT_FORMAT'],
    ['3.08E+06', 'AMOUNT_FORMAT'],
    ['30,80,000', 'AMOUNT_FORMAT'],
    ['1.234,56', 'AMOUNT_FORMAT'],
    ['1 000', 'AMOUNT_FORMAT'],
    ['.5', 'AMOUNT_FORMAT'],
    ['5.', 'AMOUNT_FORMAT'],
    ['+5', 'AMOUNT_FORMAT'],
    ['#REF!', 'AMOUNT_FORMAT'],
    ['=F4*0.8', 'AMOUNT_FORMAT'],
    ['12345678901234567', 'AMOUNT_FORMAT'],
  ])('%s → %s', (text, expected) => {
    expect(seen(readMoney(text, '贷款金额'))).toBe(expected);
  });

  test('each refusal names the value and what is expected', () => {
    expect(readMoney('-5.00', '贷款金额').fault?.message).toBe('贷款金额“-5.00”不能为负数');
    expect(readMoney('三百万', '贷款金额').fault?.message).toBe('贷款金额“三百万”不是金额，应为以元为单位的数字');
    expect(readMoney('1.0000001', '资产总额', '万元').fault?.message).toBe('资产总额“1.0000001”最多保留六位小数');
  });

  test.each([
    ['12931.03', '万元', '129,310,300.00'],
    ['0.000001', '万元', '0.01'],
    ['1,234.567891 万元', '万元', '12,345,678.91'],
    ['3.5', '千元', '3,500.00'],
    ['2', '亿元', '200,000,000.00'],
  ] as const)('%s in %s is exactly %s 元', (text, unit, expected) => {
    expect(formatYuan(readMoney(text, '金额', unit).value!)).toBe(expected);
  });

  test('a suffix that contradicts the heading is refused', () => {
    expect(seen(readMoney('300元', '金额', '万元'))).toBe('AMOUNT_FORMAT');
  });

  test('any amount reads back from any way of writing it', () => {
    const fen = fc.bigInt({ min: 0n, max: 10n ** 18n - 1n });
    fc.assert(
      fc.property(fen, fc.constantFrom('', '¥', '￥'), fc.constantFrom('', '元', ' 元'), (amount, sign, suffix) => {
        const exact = new Exact(amount.toString()).div(100);
        for (const text of [toWire(exact), formatYuan(exact), formatYuan(exact).replaceAll(',', '，')]) {
          expect(readMoney(`${sign}${text}${suffix}`, '金额').value?.eq(exact)).toBe(true);
        }
        // The same amount in 万元 has up to six decimals and loses nothing.
        const wan = exact.div(10_000).toFixed();
        expect(readMoney(wan, '金额', '万元').value?.eq(exact)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  ['3.65', '0.0365'],
  ['3.65%', '0.0365'],
  ['３．６５％', '0.0365'],
  ['3.650000', '0.0365'],
  ['12', '0.12'],
  ['0', '0'],
  ['3.6500001', 'RATE_DECIMALS'],
  ['三点四五', 'RATE_FORMAT'],
  ['-1', 'RATE_FORMAT'],
  ['3.65‰', 'RATE_FORMAT'],
  ['3,65', 'RATE_FORMAT'],
  ['LPR+50BP', 'RATE_FORMAT'],
  ['0.0365', 'RATE_LOW'],
  ['0.15%', '0.0015'],
])('the rate %s → %s', (text, expected) => {
  expect(seen(readRate(text, '年利率'))).toBe(expected);
});

test('a rate written as a fraction is doubted in words', () => {
  const message = '年利率“0.0365”按 0.0365% 读取，请确认是否应为 3.65%';
  expect(readRate('0.0365', '年利率').warning?.message).toBe(message);
});

describe('dates', () => {
  test.each([
    ['2026-03-05', '2026-03-05'],
    ['2026-3-5', '2026-03-05'],
    ['2026/3/5', '2026-03-05'],
    ['2026.3.5', '2026-03-05'],
    ['2026年3月5日', '2026-03-05'],
    ['２０２６年０３月０５日', '2026-03-05'],
    ['20260305', '2026-03-05'],
    ['2026-03-05 00:00:00', '2026-03-05'],
    ['2026-03-05T00:00:00.000', '2026-03-05'],
    ['2026/3/5 0:00', '2026-03-05'],
    ['2024-02-29', '2024-02-29'],
    ['2026/02/31', 'DATE_FORMAT'],
    ['2026-02-29', 'DATE_FORMAT'],
    ['2026-13-01', 'DATE_FORMAT'],
    ['2026-00-10', 'DATE_FORMAT'],
    ['20261301', 'DATE_FORMAT'],
    ['2026-03/05', 'DATE_FORMAT'],
    ['26-03-05', 'DATE_FORMAT'],
    ['05/03/2026', 'DATE_FORMAT'],
    ['2026-03', 'DATE_FORMAT'],
    ['2026-03-05 25:00:00', 'DATE_FORMAT'],
    ['二〇二六年三月五日', 'DATE_FORMAT'],
    ['46086', 'DATE_FORMAT'],
    ['明天', 'DATE_FORMAT'],
  ])('%s → %s', (text, expected) => {
    expect(seen(readDate(text, '放款日期'))).toBe(expected);
  });

  test('a day number counts in a workbook only, from its own first day', () => {
    expect(seen(readDate('46086', '放款日期', '1900'))).toBe('2026-03-05');
    expect(seen(readDate('44624', '放款日期', '1904'))).toBe('2026-03-05');
    expect(seen(readDate('100', '放款日期', '1900'))).toBe('DATE_FORMAT');
  });

  test.each([
    ['2026-03', '2026-03'],
    ['2026/3', '2026-03'],
    ['2026年3月', '2026-03'],
    ['2026年3月份', '2026-03'],
    ['202603', '2026-03'],
    ['2026-03-31', '2026-03'],
    ['2026-13', 'PERIOD_FORMAT'],
    ['3月', 'PERIOD_FORMAT'],
    ['Mar-26', 'PERIOD_FORMAT'],
  ])('the month %s → %s', (text, expected) => {
    expect(seen(readPeriod(text, '数据月份'))).toBe(expected);
  });
});

test.each([
  [readYesNo, '是', 'true'],
  [readYesNo, '否', 'false'],
  [readYesNo, 'Y', 'true'],
  [readYesNo, 'ｎ', 'false'],
  [readYesNo, '有', 'true'],
  [readYesNo, '无', 'false'],
  [readYesNo, 'TRUE', 'true'],
  [readYesNo, '是否', 'YES_NO'],
  [readYesNo, '不是', 'YES_NO'],
  [readInteger, '141', '141'],
  [readInteger, '１４１天', '141'],
  [readInteger, '1,204', '1204'],
  [readInteger, '-1', 'INTEGER_FORMAT'],
  [readInteger, '1.5', 'INTEGER_FORMAT'],
  [readGuaranteeMode, '知识产权质押', 'ipPledge'],
  [readGuaranteeMode, ' 保 证 ', 'guarantee'],
  [readGuaranteeMode, 'credit', 'credit'],
  [readGuaranteeMode, '其他', 'GUARANTEE_MODE'],
  [readRepaymentMethod, '按月付息、到期还本', 'monthlyInterest'],
  [readRepaymentMethod, '按季付息到期还本', 'quarterlyInterest'],
  [readRepaymentMethod, '到期一次还本付息', 'lumpSum'],
  [readRepaymentMethod, '先息后本', 'REPAYMENT_METHOD'],
  [readDayCountBasis, '实际/360', 'actual360'],
  [readDayCountBasis, 'ACT/365', 'actual365'],
  [readDayCountBasis, '实际／３６５', 'actual365'],
  [readDayCountBasis, '实际/364', 'DAY_COUNT_BASIS'],
  [readClassification, '次级', 'substandard'],
  [readClassification, '关注类', 'specialMention'],
  [readClassification, '05', 'loss'],
  [readClassification, '很好', 'CLASSIFICATION'],
  [readTitle, '瞪羚企业', 'gazelle'],
  [readTitle, '百强企业', 'TITLE'],
  [readPurpose, '购买原材料用于成果转化', '{"code":"materials","text":"购买原材料用于成果转化"}'],
  [readPurpose, '购买原材料', '{"code":"materials","text":"购买原材料"}'],
  [readPurpose, '成果转化', '{"code":"conversion","text":"成果转化"}'],
  [readPurpose, '转贷', '{"code":"other","text":"转贷"}'],
  [readPurpose, '=1+1', 'FORMULA_TEXT'],
] as [(text: string, title: string) => CellResult<unknown>, string, string][])(
  '%o reads %s as %s',
  (read, text, expected) => {
    expect(seen(read(text, '字段'))).toBe(expected);
  },
);

test('the labels that the loans print are read back as their codes', () => {
  const printed = { GUARANTEE_MODES, REPAYMENT_METHODS, DAY_COUNT_BASES };
  const readers = [readGuaranteeMode, readRepaymentMethod, readDayCountBasis];
  for (const [i, labels] of Object.values(printed).entries()) {
    for (const [code, label] of Object.entries(labels)) expect(readers[i]!(label, '字段').value).toBe(code);
  }
  for (const [code, label] of Object.entries(PURPOSES)) expect(readPurpose(label, '用途').value?.code).toBe(code);
  for (const { code, label, nationalCode } of CLASSIFICATIONS) {
    expect([label, nationalCode].map((text) => readClassification(text, '五级分类').value)).toEqual([code, code]);
  }
});

describe('text', () => {
  test.each(['=HYPERLINK("http://example.invalid")', '+1', '-1+2', '@SUM(A1)', '＝1+1', '\t=1', '\r=1', "'=1", ' =1'])(
    '%j where a name is expected is FORMULA_TEXT',
    (text) => {
      expect(seen(readText(text, '借款人名称'))).toBe('FORMULA_TEXT');
      expect(seen(readCode(text, '借据号'))).toBe('FORMULA_TEXT');
      expect(seen(readUscc(text, '统一社会信用代码'))).toBe('FORMULA_TEXT');
      expect(seen(readAccount(text, '放款账号'))).toBe('FORMULA_TEXT');
    },
  );

  test.each([
    ['银川\u0000有限公司', 'CONTROL_CHARACTER'],
    ['银川\n有限公司', 'CONTROL_CHARACTER'],
    ['银川\u200b有限公司', 'CONTROL_CHARACTER'],
    ['银川\u202e有限公司', 'CONTROL_CHARACTER'],
    ['银川\ud800有限公司', 'CONTROL_CHARACTER'],
    ['#N/A', 'CELL_ERROR'],
    ['长'.repeat(201), 'TEXT_LENGTH'],
    ['　银川（宁夏）A-B有限公司 ', '银川（宁夏）A-B有限公司'],
    ['𠮷野家有限公司', '𠮷野家有限公司'],
  ])('%j → %s', (text, expected) => {
    expect(seen(readText(text, '借款人名称'))).toBe(expected);
  });

  test.each([
    [readUscc, ' 91640221ma9006026y ', '91640221MA9006026Y'],
    [readUscc, '９１６４０２２１ＭＡ９００６０２６Ｙ', '91640221MA9006026Y'],
    [readUscc, '9.16401E+17', 'CODE_SPOILT'],
    [readCode, 'ＪＫ２０２６－０１', 'JK2026-01'],
    [readCode, '宁银（2026）借字第1号', '宁银（2026）借字第1号'],
    [readCode, "'00123", '00123'],
    [readCode, '6.4022E+15', 'CODE_SPOILT'],
    [readAccount, '6402200100009981', '6402200100009981'],
    [readAccount, "'0402 2001 0000 9981", '0402200100009981'],
    [readAccount, '6.4022E+15', 'ACCOUNT_SPOILT'],
    [readAccount, '6E15', 'ACCOUNT_SPOILT'],
    [readAccount, '工行账号', 'ACCOUNT_FORMAT'],
  ] as [(text: string, title: string) => CellResult<unknown>, string, string][])(
    '%o reads %s as %s',
    (read, text, expected) => {
      expect(seen(read(text, '字段'))).toBe(expected);
    },
  );

  test('a spoilt account is left out but the row stands', () => {
    expect(readAccount('6.4022E+15', '放款账号')).toMatchObject({ value: undefined, warning: { value: '6.4022E+15' } });
  });

  test('a very long value is cut in the message', () => {
    expect(readMoney('九'.repeat(2000), '贷款金额').fault!.message.length).toBeLessThan(120);
  });
});
