import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnWidths } from '../../templates/shared/columns.ts';
import { face, printable } from '../../templates/shared/fonts.ts';
import { fit, wrap } from '../../templates/shared/text.ts';

const characters = fc.constantFrom(
  ...'宁夏科技贷款，。、（）《》〔〕「」：；…%¥ ABCabc0123456789.,-/犇垚㐂𠮷\u0007\u200b',
);
const texts = fc.string({ unit: characters, maxLength: 120 });
const RUNS = { numRuns: 300 };
const withoutSpaces = (text: string) => text.replace(/\s/g, '');

describe('printable', () => {
  test('keeps rare characters that the font has', () => {
    for (const text of ['犇垚㐂囍', '𬭎𫟼鿍㛃', '①㈱㊣￥％〔〕—…·']) expect(printable(text)).toBe(text);
  });

  test('shows the code point of what the font lacks and of what nobody could see', () => {
    expect(printable('𠮷野')).toBe('〔U+20BB7〕野');
    expect(printable('甲\u202e乙\u0000\u200b')).toBe('甲〔U+202E〕乙〔U+0000〕〔U+200B〕');
    expect(printable('\ud800')).toBe('〔U+D800〕');
    expect(printable('甲\t乙\n丙')).toBe('甲 乙\n丙');
  });

  test('leaves nothing without a glyph in either weight', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        for (const line of printable(text).split('\n')) {
          for (const weight of ['regular', 'bold'] as const)
            expect(face(weight).width(line, 10)).toBeGreaterThanOrEqual(0);
        }
      }),
      RUNS,
    );
  });

  test('is needed: a face refuses to draw what it lacks instead of leaving a blank', () => {
    expect(() => face('regular').font.layout('𠮷')).toThrow('〔U+20BB7〕');
  });
});

describe('wrap', () => {
  test('loses no character and keeps every line within the width', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 90, max: 400 }), (text, width) => {
        const lines = wrap(text, width, 10);
        expect(withoutSpaces(lines.join(''))).toBe(withoutSpaces(printable(text)));
        for (const line of lines) expect(face('regular').width(line, 10)).toBeLessThanOrEqual(width + 0.02);
      }),
      RUNS,
    );
  });

  test('starts no line with a closing mark and ends none with an opening one', () => {
    const lines = wrap('贷款（宁科贷），余额、利率。'.repeat(20), 107, 10);
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(line).not.toMatch(/^[），、。]|（$/);
  });

  test('keeps numbers, codes and amounts whole where they fit', () => {
    const lines = wrap('借据号 SZSJJ202636414424 余额 1,234,567.89 元，利率 3.65%。', 110, 10);
    expect(lines.join('\n')).toContain('SZSJJ202636414424');
    expect(lines.join('\n')).toContain('1,234,567.89');
  });

  test('breaks a word that is wider than the line instead of cutting it', () => {
    expect(wrap('X'.repeat(64), 60, 10).join('')).toBe('X'.repeat(64));
  });
});

describe('fit', () => {
  test('makes a text smaller before it takes more lines than asked, and takes them rather than cut', () => {
    const style = { size: 10, smallest: 8, maxLines: 1 };
    expect(fit('宁夏科技贷款', 61, style)).toEqual({ lines: ['宁夏科技贷款'], size: 10 });
    expect(fit('宁夏科技贷款', 55, style)).toEqual({ lines: ['宁夏科技贷款'], size: 9 });
    expect(fit('宁夏科技贷款', 30, style)).toEqual({ lines: ['宁夏科', '技贷款'], size: 8 });
  });
});

describe('column widths', () => {
  const columns = [{ title: '企业', wrap: true }, { title: '金额', align: 'right' as const }, { title: '日期' }];

  test('add up to the width of the sheet whatever is in the cells', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts, texts), { maxLength: 5 }), (rows) => {
        const { widths } = columnWidths(
          columns,
          rows.map((cells) => ({ cells })),
          500,
          { size: 9, smallest: 6 },
        );
        expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(500, 6);
        for (const width of widths) expect(width).toBeGreaterThan(0);
      }),
      RUNS,
    );
  });

  test('give amounts what they need and let names wrap', () => {
    const rows = [{ cells: ['宁夏'.repeat(40), '-9,999,999,999,999,999.99', '2026-10-31'] }];
    const { widths, size } = columnWidths(columns, rows, 300, { size: 9, smallest: 6 });
    expect(size).toBe(9);
    expect(widths[1]).toBeGreaterThan(face('regular').width('-9,999,999,999,999,999.99', 9));
  });
});
