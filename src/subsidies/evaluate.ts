import { formatYuan, type Money, sum, ZERO } from '../money/money.ts';
import type { Check } from '../policy/check.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import { type AppliedSubsidyCap, holdUnderCaps } from '../policy/kinds/subsidy-caps.ts';
import type { SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import { judgeApplicant } from './eligibility.ts';
import type { ApplicationFacts } from './facts.ts';
import { applicantFacts, type JudgedLine, judgeItem } from './line.ts';
import type { OpenScheme } from './open-scheme.ts';

/** One line with what the rules give: `asked` before caps, `amount` after them. */
export interface EvaluatedLine extends JudgedLine {
  asked: Money;
}

/** An application under the rules of its day. `amount` is what it may expect before the budget; nothing where `eligible` is false. */
export interface Evaluation {
  eligible: boolean;
  /** Of the enterprise itself. */
  checks: Check[];
  lines: EvaluatedLine[];
  amount: Money;
  explanation: Explanation;
}

/**
 * Judges an application and computes every line: what it costs, what counts, at which rate, under which caps. Lines that fail bring nothing and use no room
 * under a cap; the others do not suffer from them.
 */
export function evaluate(open: OpenScheme, facts: ApplicationFacts): Evaluation {
  const checks = judgeApplicant(open, facts);
  const eligible = !checks.some(({ verdict }) => verdict === 'fail');
  const before = new Map<SubsidyKind, number>(
    Object.entries(facts.history.linesBefore ?? {}) as [SubsidyKind, number][],
  );
  const ofApplicant = applicantFacts(facts.applicant);
  const judged = facts.items.map((item) => {
    const line = judgeItem(open, facts, item, { ofApplicant, before: before.get(item.kind) ?? 0 });
    if (!line.checks.some(({ verdict }) => verdict === 'fail')) before.set(item.kind, (before.get(item.kind) ?? 0) + 1);
    return line;
  });
  const { clause, version } = open.caps;
  const { amounts, applied } = holdUnderCaps(
    version.value,
    judged.map(({ item, facts: known, amount }) => ({
      ...{ kind: item.kind, facts: known, cost: item.cost, otherMoney: item.otherMoney },
      amount: eligible ? amount : ZERO,
    })),
    facts.history.earlier,
  );
  const lines = judged.map((line, i): EvaluatedLine => {
    const cuts = applied.filter(({ cut, lines: at }) => cut.gt(ZERO) && at.includes(i));
    const amount = amounts[i]!;
    const explanation = derived(
      ...([`「${line.item.name}」可补贴金额`, yuan(amount), cuts.length > 0 ? [version.citation] : []] as const),
      [line.explanation, ...cuts.map(explainCut), ...(eligible ? [] : [given('原因', '企业不符合申报条件')])],
    );
    return { ...line, asked: line.amount, amount, explanation };
  });
  const amount = sum(amounts);
  const inputs = lines.map((line) => line.explanation);
  return {
    eligible,
    checks,
    lines,
    amount,
    explanation: derived(`合计（${clause.title}后）`, yuan(amount), [], inputs),
  };
}

function explainCut({ label, limit, used, room, asked, lines }: AppliedSubsidyCap): Explanation {
  const inputs = [given('限额', yuan(limit))];
  if (used.gt(ZERO)) inputs.push(given('已占用', yuan(used)), given('尚余', yuan(room)));
  inputs.push(given(lines.length > 1 ? `${lines.length} 笔合计` : '本笔', yuan(asked)));
  return derived(label, `核减至 ${yuan(room)}${lines.length > 1 ? '，各笔按比例分摊' : ''}`, [], inputs);
}

const yuan = (amount: Money): string => `${formatYuan(amount)} 元`;
