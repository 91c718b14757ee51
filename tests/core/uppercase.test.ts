import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact, money } from '../../src/money/money.ts';
import { uppercaseRmb } from '../../src/money/uppercase.ts';
import { anyFen, yuan } from './arbitraries.ts';

describe('人民币大写, 《支付结算办法》附一', () => {
  test.each([
    // The annex's own examples; where it allows two forms, the first.
    ['1409.50', '人民币壹仟肆佰零玖元伍角'],
    ['6007.14', '人民币陆仟零柒元壹角肆分'],
    ['1680.32', '人民币壹仟陆佰捌拾元零叁角贰分'],
    ['107000.53', '人民币壹拾万柒仟元零伍角叁分'],
    ['16409.02', '人民币壹万陆仟肆佰零玖元零贰分'],
    ['325.04', '人民币叁佰贰拾伍元零肆分'],
    // Where it ends
    ['0.00', '人民币零元整'],
    ['1.00', '人民币壹元整'],
    ['0.05', '人民币伍分'],
    ['0.50', '人民币伍角'],
    ['0.55', '人民币伍角伍分'],
    ['10.00', '人民币壹拾元整'],
    ['12.30', '人民币壹拾贰元叁角'],
    ['10.05', '人民币壹拾元零伍分'],
    // Levels of 万 and 亿
    ['10000.00', '人民币壹万元整'],
    ['100000.00', '人民币壹拾万元整'],
    ['10001.00', '人民币壹万零壹元整'],
    ['10010000.00', '人民币壹仟零壹万元整'],
    ['10000000.05', '人民币壹仟万元零伍分'],
    ['100000001.00', '人民币壹亿零壹元整'],
    ['100001000.00', '人民币壹亿零壹仟元整'],
    ['100010000.00', '人民币壹亿零壹万元整'],
    ['1050000000.00', '人民币壹拾亿伍仟万元整'],
    ['10203040506.07', '人民币壹佰零贰亿零叁佰零肆万零伍佰零陆元零柒分'],
    ['1000000000000.00', '人民币壹万亿元整'],
    ['1000500000000.00', '人民币壹万零伍亿元整'],
    ['1000000000001.00', '人民币壹万亿零壹元整'],
    ['123456789012.34', '人民币壹仟贰佰叁拾肆亿伍仟陆佰柒拾捌万玖仟零壹拾贰元叁角肆分'],
    ['99999999999999.99', '人民币玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
    // Amounts of the programme
    ['1912000.00', '人民币壹佰玖拾壹万贰仟元整'],
    ['4724737.93', '人民币肆佰柒拾贰万肆仟柒佰叁拾柒元玖角叁分'],
    ['36345.60', '人民币叁万陆仟叁佰肆拾伍元陆角'],
    ['240000000.00', '人民币贰亿肆仟万元整'],
    // Below zero: a movement on a statement
    ['-120000.00', '人民币负壹拾贰万元整'],
    ['-0.01', '人民币负壹分'],
    ['-0.00', '人民币零元整'],
  ])('%s is %s', (text, expected) => {
    expect(uppercaseRmb(money(text))).toBe(expected);
  });

  test('parts of a fen and more than sixteen digits are refused', () => {
    expect(() => uppercaseRmb(new Exact('0.005'))).toThrow(RangeError);
    expect(() => uppercaseRmb(new Exact('10000000000000000'))).toThrow(RangeError);
  });

  test('every amount up to 99,999,999,999,999.99 reads back as itself and keeps the rules of zeros', () => {
    fc.assert(
      fc.property(anyFen, (fen) => {
        const text = uppercaseRmb(money(yuan(fen)));
        expect(parse(text), text).toBe(fen);
        expect(text).not.toMatch(/零零|零[万亿角分整]|^人民币负?零(?!元整$)/);
        expect(text.endsWith('整')).toBe(fen % 100n === 0n);
      }),
      { numRuns: 3000 },
    );
  });
});

/** Reads capitals back by their place values alone, without the rules by which they were written. */
function parse(text: string): bigint {
  const places: Record<string, bigint> = { 仟: 1000n, 佰: 100n, 拾: 10n };
  let [total, section, digit, fen] = [0n, 0n, 0n, 0n];
  for (const c of text.replace(/^人民币负?/, '')) {
    const value = '零壹贰叁肆伍陆柒捌玖'.indexOf(c);
    if (value >= 0) digit = BigInt(value);
    else if (c === '角') fen += digit * 10n;
    else if (c === '分') fen += digit;
    else if (places[c]) section += digit * places[c];
    else if (c === '万') section = (section + digit) * 10000n;
    else if (c === '亿') [total, section] = [(section + digit) * 100000000n, 0n];
    else if (c === '元') [total, section] = [total + section + digit, 0n];
    // The digit before a unit is spent; one before 元 may stand without.
    if (value < 0) digit = 0n;
  }
  const amount = total * 100n + fen;
  return text.startsWith('人民币负') ? -amount : amount;
}
