import { z } from 'zod';
import { formatYuan, type Money, money, toWire, ZERO } from '../../money/money.ts';
import { checksOf } from '../check.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { derived, given } from '../explanation.ts';
import { type FilingRule, filingRule, type HeldTitle, NO_CHECKS } from '../filing.ts';
import { moneyText } from '../values.ts';

const schema = z.strictObject({
  standard: moneyText,
  /** Higher caps of holders of a title valid on the day; the highest that applies counts. */
  byTitle: z.array(z.strictObject({ code: z.string().min(1), label: z.string().min(1), cap: moneyText })),
  /** Whether related enterprises (同一法定代表人或实际控制人) count together. */
  withRelated: z.boolean(),
});
export type Cap = z.infer<typeof schema>;
export interface CapInput {
  on: string;
  titles: readonly HeldTitle[];
}
type CapClause = Clause<Cap, CapInput, string>;

/** How much counted outstanding one enterprise may have, across all banks and pools. Answers the cap in 元. */
export function cap(spec: ClauseSpec<Cap, CapInput, string>): CapClause {
  return {
    ...spec,
    unit: '元',
    resolvedBy: 'filedOn',
    schema,
    describe: ({ standard, byTitle, withRelated }) =>
      [
        `单户备案余额合计不超过 ${formatYuan(money(standard))} 元`,
        ...byTitle.map((held) => `${held.label}不超过 ${formatYuan(money(held.cap))} 元`),
        `各银行、各资金池合并计算${withRelated ? '，关联企业并入' : ''}`,
      ].join('，'),
    apply: (value, input) => capOf(value, input).cap,
  };
}

/** Codes: ENTERPRISE_CAP, ENTERPRISE_CAP_EXCEEDED, RELATED_NOT_CHECKED where related enterprises are not declared. */
export function capRule(clause: CapClause): FilingRule {
  return filingRule(clause, (version, _context, on) => {
    const { value } = version;
    const { cites, pass, fail, notChecked } = checksOf(clause, version);
    const undeclared = notChecked('RELATED_NOT_CHECKED', '未登记关联企业，单户上限未并入关联企业的备案余额');
    const limits = new Map(
      [{ cap: value.standard, label: STANDARD }, ...value.byTitle].map(({ cap, label }) => {
        const text = `${formatYuan(money(cap))} 元`;
        const node = derived('单户上限', text, cites, [given('适用情形', label)]);
        return [label, { most: money(cap), sentence: `${label}上限 ${text}`, node }];
      }),
    );
    return (facts) => {
      const { enterprise, filing, enterpriseCounted } = facts;
      const counted = filing.countedPrincipal;
      if (!enterprise || !enterpriseCounted || !counted?.gt(0)) return NO_CHECKS;
      const { most, sentence, node } = limits.get(capOf(value, { on, titles: enterprise.titles }).label)!;
      const related = value.withRelated ? (facts.relatedCounted ?? ZERO) : ZERO;
      const before = enterpriseCounted.plus(related);
      const total = before.plus(counted);
      const [own, all] = [`${formatYuan(counted)} 元`, `${formatYuan(total)} 元`];
      const inputs = [
        given('已备案（含待审）余额', `${formatYuan(enterpriseCounted)} 元`),
        given('本笔备案金额', own),
        node,
      ];
      if (!related.isZero()) inputs.splice(1, 0, given('关联企业备案余额', `${formatYuan(related)} 元`));
      const explanation = derived('企业备案余额合计', all, [], inputs);
      const stated = `企业备案余额合计 ${all}（含本笔 ${own}）`;
      const at = { field: 'countedPrincipal', value: toWire(counted), explanation };
      const check = total.gt(most)
        ? fail('ENTERPRISE_CAP_EXCEEDED', `${stated}，超过${sentence}${left(most, before)}`, at)
        : pass('ENTERPRISE_CAP', `${stated}，不超过${sentence}`, { explanation });
      return value.withRelated && facts.relatedCounted === undefined ? [check, undeclared] : [check];
    };
  });
}

const STANDARD = '单户';

function capOf(value: Cap, { on, titles }: CapInput): { cap: string; label: string } {
  let best = { cap: value.standard, label: STANDARD };
  for (const { code, label, cap } of value.byTitle) {
    const holds = titles.some((t) => t.kind === code && t.validFrom <= on && on <= t.validTo);
    if (holds && money(cap).gt(money(best.cap))) best = { cap, label };
  }
  return best;
}

function left(most: Money, before: Money): string {
  return most.gt(before) ? `，最多还可备案 ${formatYuan(most.minus(before))} 元` : '，已无可备案额度';
}
