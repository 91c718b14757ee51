import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCnaps } from '../../src/parties/bank-code.ts';
import { checkUscc, foldName } from '../../src/parties/uscc.ts';

const SET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

describe('统一社会信用代码, GB 32100-2015', () => {
  test.each([
    ['91350100M000100Y43', true, undefined],
    ['11640100010085853R', true, undefined],
    ['91350100M000100Y4Z', false, 'character'],
    ['91350100M000100Y44', false, 'checkDigit'],
    ['91350100M000100Y4', false, 'length'],
    ['91350100M000100Y430', false, 'length'],
    ['', false, 'length'],
    ['91350100m000100y43', false, 'character'],
    ['91350100Ｍ000100Y43', false, 'character'],
    ['9135010 M000100Y43', false, 'character'],
    ['𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷', false, 'character'],
  ])('%s: valid %s %s', (code, valid, reason) => {
    const answer = checkUscc(code);
    expect(answer.valid).toBe(valid);
    expect(answer.reason).toBe(reason);
  });

  test.each([...'IOSVZ'])('the letter %s is refused wherever it stands', (letter) => {
    for (let i = 0; i < 18; i++) {
      const code = `${'91350100M000100Y43'.slice(0, i)}${letter}${'91350100M000100Y43'.slice(i + 1)}`;
      expect(checkUscc(code)).toMatchObject({ valid: false, reason: 'character' });
    }
  });

  test('where the weighted sum divides by 31 the check character is 0', () => {
    // Weights 1 and 3: a 1 in the first place and a 10 (A) in the second make 31.
    expect(checkUscc('1A0000000000000000').valid).toBe(true);
    expect(checkUscc('000000000000000000').valid).toBe(true);
  });

  test('every code has exactly one check character, and one changed character or a swap of neighbours is found', () => {
    const place = fc.constantFrom(...SET);
    fc.assert(
      fc.property(fc.array(place, { minLength: 17, maxLength: 17 }), fc.nat(16), place, (body, at, other) => {
        const fitting = [...SET].filter((check) => checkUscc(body.join('') + check).valid);
        expect(fitting).toHaveLength(1);
        const changed = body.with(at, other);
        if (other !== body[at]) expect(checkUscc(changed.join('') + fitting[0]).valid).toBe(false);
        const swapped = body.with(at, body[at - 1] ?? body[at]!).with(Math.max(at - 1, 0), body[at]!);
        if (at > 0 && body[at] !== body[at - 1]) expect(checkUscc(swapped.join('') + fitting[0]).valid).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('characters 9–17 that break GB 11714 only warn', () => {
    expect(checkUscc('11640100010085853R')).toEqual({ valid: true, orgCheckWarning: false });
    expect(checkUscc('1A0000000000000010').orgCheckWarning).toBe(true);
    const warned = [...SET].find((check) => checkUscc(`91350100M000100Y5${check}`).valid);
    expect(checkUscc(`91350100M000100Y5${warned}`)).toEqual({ valid: true, orgCheckWarning: true });
  });
});

describe('names', () => {
  test.each([
    ['宁夏银行股份有限公司（平罗支行）', '宁夏银行股份有限公司(平罗支行)'],
    ['宁夏ＡＢＣ科技有限公司', '宁夏ABC科技有限公司'],
    ['　宁夏 沃石 新材料有限公司 ', '宁夏沃石新材料有限公司'],
    ['某公司【宁夏】', '某公司(宁夏)'],
    ['某公司〔宁夏〕', '某公司[宁夏]'],
    ['宁夏沃石\u200b新材料有限公司', '宁夏沃石新材料有限公司'],
  ])('%j and %j are one name', (a, b) => {
    expect(foldName(a)).toBe(foldName(b));
  });

  test('different names stay different', () => {
    expect(foldName('宁夏沃石新材料有限公司')).not.toBe(foldName('宁夏沃材新材料有限公司'));
    expect(foldName('某公司(宁夏)')).not.toBe(foldName('某公司宁夏'));
  });
});

describe('行号', () => {
  test.each([
    ['313651027012', true, false],
    ['313651027013', true, true],
    ['31365102701', false, false],
    ['3136510270123', false, false],
    ['31365102701X', false, false],
    ['３13651027012', false, false],
  ])('%s: valid %s, warning %s', (code, valid, checkWarning) => {
    expect(checkCnaps(code)).toEqual({ valid, checkWarning });
  });

  test('every eleven digits have exactly one check digit that fits', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 11n - 1n), (n) => {
        const body = String(n).padStart(11, '0');
        expect([...'0123456789'].filter((d) => !checkCnaps(body + d).checkWarning)).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });
});
