import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { money } from '../../src/money/money.ts';
import { parseValue } from '../../src/policy/clause.ts';
import { levelOf } from '../../src/policy/kinds/breaker.ts';
import { ningkedai2025 as policy } from '../../src/policy/ningkedai-2025/index.ts';
import { breakerVerdicts, type Measured, suspensionFor } from '../../src/pool/breaker.ts';
import { yuan } from './arbitraries.ts';

const measured = (over: string, under: string, more: Partial<Measured> = {}): Measured => ({
  ...{ scope: 'bank', key: 'shizuishan-bank', measure: 'nonPerforming', over: money(over), under: money(under) },
  ...more,
});
const verdicts = (...all: Measured[]) => breakerVerdicts(policy, '2026-10-31', all);

describe('石嘴山银行 at the end of October: 2,270,000.00 bad of 23,677,276.29', () => {
  const [verdict] = verdicts(measured('2270000.00', '23677276.29'));

  test('is suspended, with the ratio, the line and the article', () => {
    expect(verdict).toMatchObject({ level: 'suspend', stops: 'filings', warn: '5', suspend: '8' });
    expect(verdict!.message).toBe('合作银行不良率 9.59%，达到暂停线 8%，暂停受理新备案');
    expect(verdict!.cites).toEqual([policy.breaker.versions[0]!.citation]);
    expect(verdict!.explanation.inputs.map(({ label, value }) => `${label} ${value}`)).toEqual([
      '不良贷款余额 2,270,000.00 元',
      '贷款余额 23,677,276.29 元',
      '警示线 5%',
      '暂停线 8%',
    ]);
  });

  test('stops that bank’s filings and nobody else’s', () => {
    const bank = (key: string) => [{ scope: 'bank' as const, key }];
    expect(suspensionFor([verdict!], 'filings', bank('shizuishan-bank'))).toBe(verdict);
    expect(suspensionFor([verdict!], 'filings', bank('ningxia-bank'))).toBeUndefined();
    expect(suspensionFor([verdict!], 'claims', bank('shizuishan-bank'))).toBeUndefined();
  });
});

describe('the lines', () => {
  test.each([
    ['4.99', 'ok', '合作银行不良率 4.99%，未达到警示线 5%'],
    ['5.00', 'warn', '合作银行不良率 5.00%，达到警示线 5%，尚未达到暂停线 8%'],
    ['7.99', 'warn', '合作银行不良率 7.99%，达到警示线 5%，尚未达到暂停线 8%'],
    ['8.00', 'suspend', '合作银行不良率 8.00%，达到暂停线 8%，暂停受理新备案'],
  ])('%s of 100.00 is %s', (over, level, message) => {
    expect(verdicts(measured(over, '100.00'))[0]).toMatchObject({ level, message });
  });

  test('are compared without rounding, and no message looks as if one had been reached', () => {
    const [almost] = verdicts(measured('79999.99', '1000000.00'));
    expect(almost).toMatchObject({ level: 'warn', message: expect.stringContaining('7.999999%') });
  });

  test('nothing over nothing is 0, something over nothing is above every line', () => {
    expect(verdicts(measured('0.00', '0.00'))[0]).toMatchObject({
      level: 'ok',
      message: expect.stringContaining('0.00%'),
    });
    expect(verdicts(measured('0.01', '0.00'))[0]).toMatchObject({ level: 'suspend', ratio: null });
  });

  test('leave out what no line is about', () => {
    expect(verdicts(measured('9.00', '10.00', { scope: 'guarantor', measure: 'payout' }))).toEqual([]);
  });

  test('of several suspensions the gravest is named', () => {
    const keys = [
      { scope: 'bank' as const, key: 'shizuishan-bank' },
      { scope: 'pool' as const, key: 'pingluo' },
    ];
    const pool = measured('20.00', '100.00', { scope: 'pool', key: 'pingluo' });
    const [bank, worse] = verdicts(measured('9.00', '100.00'), pool);
    expect(suspensionFor([bank!, worse!], 'filings', keys)).toBe(worse);
    expect(suspensionFor([worse!, bank!], 'filings', keys)).toBe(worse);
    const [endless] = verdicts(measured('0.01', '0.00'));
    expect(suspensionFor([endless!, worse!], 'filings', keys)).toBe(endless);
  });
});

test('a line that stops claims stops claims, and a warning above the suspension is refused', () => {
  const line = { measure: 'payout', scopes: ['guarantor'], suspend: '5', stops: 'claims' };
  const added = {
    ...{ clauseId: policy.breaker.id, effectiveFrom: '2026-10-01', value: { lines: [line] } },
    citation: policy.breaker.versions[0]!.citation,
  };
  const guarantor = measured('5.00', '100.00', { scope: 'guarantor', key: 'g', measure: 'payout' });
  const [verdict] = breakerVerdicts(policy, '2026-10-31', [guarantor], [added]);
  expect(verdict).toMatchObject({ stops: 'claims', message: '担保机构代偿率 5.00%，达到暂停线 5%，暂停受理补偿申请' });
  expect(() => parseValue(policy.breaker, { lines: [{ ...line, warn: '5' }] })).toThrow('警示线应低于暂停线');
});

test('more over the same never eases the verdict', () => {
  const rank = { ok: 0, warn: 1, suspend: 2 };
  const line = policy.breaker.versions[0]!.value.lines[0]!;
  const fen = fc.bigInt(0n, 10n ** 9n);
  fc.assert(
    fc.property(fen, fen, fen, (over, more, under) => {
      const [a, b] = [
        levelOf(line, money(yuan(over)), money(yuan(under))),
        levelOf(line, money(yuan(over + more)), money(yuan(under))),
      ];
      expect(rank[b]).toBeGreaterThanOrEqual(rank[a]);
    }),
  );
});
