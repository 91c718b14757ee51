import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact, formatYuan, money, sum, toWire } from '../../src/money/money.ts';
import { ratePercent, toPercent } from '../../src/money/rate.ts';
import { type RoundingMode, type RoundingUnit, roundFen, roundTo, roundToUnit } from '../../src/money/rounding.ts';
import { fromWan, toWan } from '../../src/money/wan.ts';
import { anyFen, yuan } from './arbitraries.ts';

describe('amounts', () => {
  test.each([
    ['0', '0.00', '0.00'],
    ['1234567.89', '1234567.89', '1,234,567.89'],
    ['1912000', '1912000.00', '1,912,000.00'],
    ['0.5', '0.50', '0.50'],
    ['999.99', '999.99', '999.99'],
    ['1000.00', '1000.00', '1,000.00'],
    ['-120000.1', '-120000.10', '-120,000.10'],
    ['-999', '-999.00', '-999.00'],
    ['-0.00', '0.00', '0.00'],
    ['9999999999999999.99', '9999999999999999.99', '9,999,999,999,999,999.99'],
  ])('%s is %s on the wire and %s for people', (text, wire, shown) => {
    expect(toWire(money(text))).toBe(wire);
    expect(formatYuan(money(text))).toBe(shown);
  });

  test.each([
    '',
    ' 1',
    '1 ',
    '1.',
    '.5',
    '1.234',
    '1,000.00',
    '+1',
    '--1',
    '1e3',
    '0x10',
    'NaN',
    'Infinity',
    '１２',
    '壹',
    '1\n',
    '12345678901234567',
    '9'.repeat(100000),
  ])('%j is refused as an amount', (text) => {
    expect(() => money(text)).toThrow(expect.objectContaining({ code: 'MONEY_FORMAT', status: 422 }));
  });

  test.each([[1], [null], [undefined], [{}], [['1']]])('%j, which is no text, is refused', (value) => {
    expect(() => money(value as unknown as string)).toThrow(expect.objectContaining({ code: 'MONEY_FORMAT' }));
  });

  test('parts of a fen never reach the wire', () => {
    expect(() => toWire(new Exact('0.001'))).toThrow(RangeError);
    expect(() => formatYuan(new Exact(1).div(3))).toThrow(RangeError);
    expect(() => toWire(new Exact('Infinity'))).toThrow(RangeError);
  });

  test('what is read and written is the same amount, and sums are exact', () => {
    fc.assert(
      fc.property(fc.array(anyFen, { maxLength: 20 }), (all) => {
        for (const fen of all) expect(toWire(money(yuan(fen)))).toBe(yuan(fen));
        expect(toWire(sum(all.map((fen) => money(yuan(fen)))))).toBe(yuan(all.reduce((a, b) => a + b, 0n)));
      }),
      { numRuns: 300 },
    );
  });
});

test('a refusal quotes the value but not all of it', () => {
  expect(() => money('9'.repeat(100000))).toThrow(
    expect.objectContaining({ message: expect.stringMatching(/^.{1,150}$/) }),
  );
});

describe('rounding', () => {
  // The same figures through each mode: to the fen.
  test.each<[string, RoundingMode, string]>([
    ['1.005', 'halfUp', '1.01'],
    ['1.0049999', 'halfUp', '1.00'],
    ['-1.005', 'halfUp', '-1.01'],
    ['1.001', 'up', '1.01'],
    ['-1.001', 'up', '-1.01'],
    ['1.009', 'down', '1.00'],
    ['-1.009', 'down', '-1.00'],
    ['1.009', 'floor', '1.00'],
    ['-1.001', 'floor', '-1.01'],
    ['1.001', 'ceiling', '1.01'],
    ['-1.009', 'ceiling', '-1.00'],
    ['1.005', 'halfEven', '1.00'],
    ['1.015', 'halfEven', '1.02'],
    ['1.0051', 'halfEven', '1.01'],
    ['-0.004', 'halfUp', '0.00'],
    ['-0.004', 'ceiling', '0.00'],
  ])('%s rounded %s is %s', (text, mode, expected) => {
    expect(toWire(roundFen(new Exact(text), mode))).toBe(expected);
  });

  test.each<[string, RoundingUnit, RoundingMode, string]>([
    ['12345.67', '分', 'down', '12345.67'],
    ['12345.67', '角', 'down', '12345.60'],
    ['12345.67', '元', 'halfUp', '12346.00'],
    ['12345.67', '百元', 'down', '12300.00'],
    ['12345.67', '千元', 'up', '13000.00'],
    ['12345.67', '万元', 'floor', '10000.00'],
    ['15000.00', '万元', 'halfUp', '20000.00'],
    ['-12345.67', '百元', 'floor', '-12400.00'],
    ['-12345.67', '百元', 'down', '-12300.00'],
  ])('%s to the %s, %s, is %s', (text, unit, mode, expected) => {
    expect(toWire(roundToUnit(new Exact(text), unit, mode))).toBe(expected);
  });

  test('a ratio rounds to as many decimals as asked', () => {
    expect(roundTo(new Exact(2).div(3), 4, 'halfUp').toString()).toBe('0.6667');
    expect(roundTo(new Exact('-0.00001'), 4, 'halfUp').isNegative()).toBe(false);
  });
});

describe('rates', () => {
  test.each([
    ['3.65', '0.0365', '3.65'],
    ['3', '0.03', '3.00'],
    ['3.00', '0.03', '3.00'],
    ['4.1', '0.041', '4.10'],
    ['5.655', '0.05655', '5.655'],
    ['0.000001', '0.00000001', '0.000001'],
    ['100', '1', '100.00'],
    ['0', '0', '0.00'],
  ])('%s percent is the fraction %s and prints as %s', (text, fraction, printed) => {
    expect(ratePercent(text).toString()).toBe(fraction);
    expect(toPercent(ratePercent(text))).toBe(printed);
  });

  test.each(['', '3.65%', '-1', '三点四五', '1.2345678', '1000', '3,5', '.5', '3.', '1e1'])(
    '%j is refused as a rate',
    (text) => {
      expect(() => ratePercent(text)).toThrow(expect.objectContaining({ code: 'RATE_FORMAT' }));
    },
  );
});

describe('万元', () => {
  test.each([
    ['18529000.00', '1852.9'],
    ['40980000.00', '4098'],
    ['0.01', '0.000001'],
    ['0.00', '0'],
    ['24361738.02', '2436.173802'],
    ['-120000.00', '-12'],
  ])('%s 元 is %s 万元 and back', (wire, wan) => {
    expect(toWan(money(wire))).toBe(wan);
    expect(toWire(fromWan(wan))).toBe(wire);
  });

  test.each(['', '1.1234567', '1,852.9', '1852.9万', '-', '1234567890123'])('%j is refused as 万元', (text) => {
    expect(() => fromWan(text)).toThrow(expect.objectContaining({ code: 'MONEY_FORMAT' }));
  });

  test('every amount goes to 万元 and back without losing a fen', () => {
    fc.assert(
      fc.property(anyFen, (fen) => {
        expect(toWire(fromWan(toWan(money(yuan(fen)))))).toBe(yuan(fen));
      }),
      { numRuns: 500 },
    );
  });
});
