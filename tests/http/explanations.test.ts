import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/access/roles.ts';
import { Exact, formatYuan, money } from '../../src/money/money.ts';
import type { Explanation } from '../../src/policy/explanation.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
beforeAll(async () => {
  t = await startDemonstration('2026-11-20');
  t.on('2026-11-20');
}, 60_000);
afterAll(async () => {
  expect(t.log.errors).toEqual([]);
  await t.stop();
});

const yuan = (wire: string): string => `${formatYuan(money(wire))} 元`;
/** The amounts of the steps directly below, added up. */
const below = ({ inputs }: Explanation) =>
  inputs.reduce((n, { value }) => n.plus(new Exact(value.replace(/[ ,元]/g, ''))), new Exact(0));

describe('「为什么」', () => {
  it.each([
    ['bank', 'ningxia-bank', 5],
    ['countyReviewer', 'pingluo-st', 5],
    ['regionalReviewer', undefined, 5],
    ['finance', undefined, 5],
    ['enterprise', undefined, 7],
    ['auditor', undefined, 4],
    ['operator', undefined, 4],
  ] as [Role, string | undefined, number][])('stands at every figure of the first page of %s', async (role, at, n) => {
    const { figures } = (await t.get('home', t.key(role, at))).body;
    expect(figures).toHaveLength(n);
    for (const { label, value, unit, explanation } of figures) {
      if (unit === undefined && explanation === undefined) {
        expect(label).toBe('最近结算');
        continue;
      }
      const shown = unit === '元' ? yuan(value) : unit === '%' ? `${value}%` : unit ? `${value} ${unit}` : undefined;
      if (shown) expect([label, explanation?.value]).toEqual([label, shown]);
    }
  });

  it('adds up from pool to pool, and names the article of the leverage', async () => {
    const { figures } = (await t.get('home', t.key('finance'))).body;
    for (const label of ['专户存款', '资金池净额', '准备金占用额', '可用额度']) {
      const { value, explanation } = figures.find((f: { label: string }) => f.label === label);
      expect([label, explanation.inputs.length]).toEqual([label, 2]);
      expect(below(explanation).toFixed(2)).toBe(value);
    }
    const free = figures.find((f: { label: string }) => f.label === '可用额度').explanation;
    expect(free.inputs[0]).toMatchObject({
      label: '平罗县宁科贷风险补偿资金池可用额度',
      cites: [{ confirmed: false }],
      inputs: [{ label: '放大倍数' }, { label: '资金池净额' }, { label: '备案余额合计' }],
    });
  });

  it('stands at every line of the portfolio, and at its sum with the lines it is made of', async () => {
    for (const query of ['', '?period=2026-06']) {
      const { items, sum } = (await t.get(`portfolio${query}`, t.key('finance'))).body;
      for (const row of [...items, sum]) {
        const [lent, bad, ratio, overdue, counted] = row.explanation.inputs;
        expect([lent.value, bad.value, ratio.value, overdue.value, counted.value]).toEqual([
          ...[yuan(row.outstanding), yuan(row.bad), `${row.badRatio.ratio}%`, yuan(row.overdue), yuan(row.counted)],
        ]);
      }
      expect(below(sum.explanation.inputs[0]).toFixed(2)).toBe(sum.outstanding);
    }
  });

  it('stands at every section and ratio of a settlement: opening and movements are the closing', async () => {
    const { items } = (await t.get('settlements?limit=100', t.key('finance'))).body;
    expect(items.length).toBeGreaterThan(0);
    for (const { sections, ratios, statements } of items) {
      for (const section of [...sections, ...statements.flatMap((s: { sections: object[] }) => s.sections)]) {
        expect(section.explanation.value).toBe(yuan(section.closing));
        expect(below(section.explanation).toFixed(2)).toBe(section.closing);
        expect(below(section.explanation.inputs[1]).toFixed(2)).toBe(section.movements);
      }
      for (const { name, value, explanation } of ratios) expect(explanation).toMatchObject({ label: name, value });
      expect(ratios.at(-1).explanation.inputs.at(-1)).toMatchObject({ label: '放大倍数上限', cites: [{}] });
    }
  });

  it('gives ratios of statements from before they were kept in the words they print', async () => {
    await t.pool.query(
      `UPDATE settlement_statement SET statement = replace(statement, '"explanation"', '"was"') WHERE period = '2026-10'`,
    );
    const { items } = (await t.get('settlements?limit=1', t.key('finance'))).body;
    const [ratio] = items[0].ratios;
    expect(ratio.explanation.inputs).toMatchObject([{ label: '计算', value: ratio.note }]);
  });

  it('stands where a report differs from the contract: by which terms the contract gives its figure', async () => {
    const { items } = (await t.get('balance-reports?limit=100', t.key('finance'))).body;
    const reports = [];
    for (const { id } of items) reports.push((await t.get(`balance-reports/${id}`, t.key('finance'))).body);
    const differences = reports.flatMap((report) => report.differences);
    expect(differences.length).toBeGreaterThan(0);
    for (const { expected, explanation } of differences) {
      expect(explanation.value).toBe(yuan(expected));
      expect(explanation.inputs.map(({ label }: Explanation) => label)).toEqual([
        ...['贷款金额', '年利率', '放款日期', '到期日期', '计息基础', '还款方式'],
      ]);
    }
  });
});
