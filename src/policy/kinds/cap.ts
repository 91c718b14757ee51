import { z } from 'zod';
import { formatYuan, type Money, money, ZERO } from '../../money/money.ts';
import { type Check, checksOf } from '../check.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { derived, given } from '../explanation.ts';
import { type FilingFacts, type FilingRule, filingRule, type HeldTitle, NO_CHECKS } from '../filing.ts';
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
    return (facts) => {
      const { enterprise, filing, enterpriseCounted } = facts;
      const counted = filing.countedPrincipal;
      if (!enterprise || !enterpriseCounted || !counted?.isPositive()) return NO_CHECKS;
      const limit = capOf(value, { on, titles: enterprise.titles });
      const most = money(limit.cap);
      const total = enterpriseCounted.plus(value.withRelated ? (facts.relatedCounted ?? ZERO) : ZERO).plus(counted);
      const sentence = `企业备案余额合计 ${formatYuan(total)} 元（含本笔 ${formatYuan(counted)} 元）`;
      const explanation = derived(
        '企业备案余额合计',
        `${formatYuan(total)} 元`,
        [],
        [
          ...parts(facts, counted, value.withRelated),
          derived('单户上限', `${formatYuan(most)} 元`, cites, [given('适用情形', limit.label)]),
        ],
      );
      const checks: Check[] = total.gt(most)
        ? [
            fail(
              'ENTERPRISE_CAP_EXCEEDED',
              `${sentence}，超过${limit.label}上限 ${formatYuan(most)} 元${left(most, total.minus(counted))}`,
              {
                field: 'countedPrincipal',
                value: counted.toFixed(2),
                explanation,
              },
            ),
          ]
        : [pass('ENTERPRISE_CAP', `${sentence}，不超过${limit.label}上限 ${formatYuan(most)} 元`, { explanation })];
      if (value.withRelated && facts.relatedCounted === undefined) checks.push(undeclared);
      return checks;
    };
  });
}

function capOf(value: Cap, { on, titles }: CapInput): { cap: string; label: string } {
  let best = { cap: value.standard, label: '单户' };
  for (const { code, label, cap } of value.byTitle) {
    const holds = titles.some((t) => t.kind === code && t.validFrom <= on && on <= t.validTo);
    if (holds && money(cap).gt(money(best.cap))) best = { cap, label };
  }
  return best;
}

function parts({ enterpriseCounted, relatedCounted }: FilingFacts, counted: Money, withRelated: boolean) {
  const own = [given('已备案（含待审）余额', `${formatYuan(enterpriseCounted!)} 元`)];
  if (withRelated && relatedCounted) own.push(given('关联企业备案余额', `${formatYuan(relatedCounted)} 元`));
  return [...own, given('本笔备案金额', `${formatYuan(counted)} 元`)];
}

function left(most: Money, before: Money): string {
  return most.gt(before) ? `，最多还可备案 ${formatYuan(most.minus(before))} 元` : '，已无可备案额度';
}
