import { describe, expect, test } from 'vitest';
import { assertStatementFoots, ledgerTotals, totalsByClassification } from '../../src/documents/totals.ts';
import {
  CitationIndex,
  citationText,
  documentNumber,
  longDate,
  longMonth,
  noteText,
  yuan,
  yuanInWords,
} from '../../src/documents/wording.ts';
import type { DomainError } from '../../src/errors.ts';
import { sampleLedger } from '../../templates/monthly-ledger/sample.ts';

const article = (name: string, confirmed = true) => ({ document: '《办法》', article: name, confirmed });

describe('wording', () => {
  test('numbers a document as GB/T 9704 does: six-sided brackets, no 第, no leading zeros', () => {
    expect(documentNumber('宁科贷结', 2026, 7)).toBe('宁科贷结〔2026〕7号');
  });

  test('writes dates, months and amounts for people', () => {
    expect(longDate('2026-04-03')).toBe('2026年4月3日');
    expect(longMonth('2026-10')).toBe('2026年10月');
    expect(yuan('1234567.8')).toBe('1,234,567.80');
    expect(yuanInWords('16409.02')).toBe('人民币壹万陆仟肆佰零玖元零贰分');
    expect(yuanInWords('-1409.50')).toBe('负人民币壹仟肆佰零玖元伍角');
  });

  test('refuses what cannot be printed', () => {
    expect(() => longDate('2026-02-30')).toThrow('2026-02-30');
    expect(() => longMonth('2026-13')).toThrow('2026-13');
    expect(() => yuan('1,000.00')).toThrow('1,000.00');
  });

  test('says beside an article that its figure is not confirmed', () => {
    expect(citationText(article('第二条'))).toBe('《办法》第二条');
    expect(citationText(article('第三条', false))).toBe('《办法》第三条（示例参数，未经主管部门核实）');
  });

  test('numbers each article once, in order of appearance', () => {
    const index = new CitationIndex();
    expect(index.mark([article('第二条'), article('第三条')])).toBe('[1][2]');
    expect(index.mark([article('第三条'), article('第二条')])).toBe('[2][1]');
    expect(index.mark([])).toBe('');
    expect(index.list.map((cite) => cite.article)).toEqual(['第二条', '第三条']);
    expect(index.mark(['第二条', '第三条', '第四条', '第六条'].map((name) => article(name)))).toBe('[1]–[4]');
    expect(index.mark([article('第三条'), article('第八条'), article('第六条')])).toBe('[2][5][4]');
  });

  test('names the month that an adjustment belongs to', () => {
    expect(noteText({ kind: 'adjustment', belongsTo: '2026-08', text: '补报。' })).toBe(
      '跨期调整（属2026年8月）：补报。',
    );
    expect(noteText({ kind: 'provisional', text: '缺月报。' })).toBe('暂定结算：缺月报。');
    expect(noteText({ kind: 'missingReport', belongsTo: '2026-10', text: '宁夏银行。' })).toBe(
      '缺报（2026年10月）：宁夏银行。',
    );
    expect(noteText({ kind: 'remark', text: '无。' })).toBe('无。');
  });
});

describe('totals', () => {
  test('add up the printed rows to the fen, and again per classification', () => {
    const { rows } = sampleLedger(250);
    const total = ledgerTotals(rows);
    const groups = totalsByClassification(rows, ['正常', '关注', '次级']);
    expect(total.count).toBe(250);
    const fen = (amounts: string[]) => amounts.reduce((sum, amount) => sum + BigInt(amount.replace('.', '')), 0n);
    expect(fen([total.reserve])).toBe(fen(rows.map((row) => row.reserve)));
    expect(groups.map((group) => group.classification)).toEqual(['正常', '次级']);
    expect(fen(groups.map((group) => group.outstandingPrincipal))).toBe(fen([total.outstandingPrincipal]));
  });

  test('of no rows are zero', () => {
    expect(ledgerTotals([])).toMatchObject({ count: 0, principal: '0.00', reserve: '0.00' });
    expect(totalsByClassification([], ['正常'])).toEqual([]);
  });

  test('refuse a statement whose opening and movements are not its closing, naming the section', () => {
    const section = (closing: string) => ({ name: '银行存款', opening: '0.10', movements: '0.20', closing, lines: [] });
    expect(() => assertStatementFoots({ sections: [section('0.30')] })).not.toThrow();
    try {
      assertStatementFoots({ sections: [section('0.30'), section('0.31')] });
      expect.unreachable();
    } catch (error) {
      const { code, errors } = error as DomainError;
      expect(code).toBe('STATEMENT_DOES_NOT_FOOT');
      expect(errors.map((fault) => fault.message)).toEqual([
        '「银行存款」期初 0.10 加本期变动 0.20 应为 0.30，期末却是 0.31',
      ]);
    }
  });
});
