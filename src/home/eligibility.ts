import type { LocalDate } from '../calendar/local-date.ts';
import type { Citation } from '../errors.ts';
import { Exact, formatYuan, toWire } from '../money/money.ts';
import { TITLES } from '../parties/title.ts';
import type { Verdict } from '../policy/check.ts';
import { capOn, checkFiling, clauseOn } from '../policy/decide.ts';
import type { Explanation } from '../policy/explanation.ts';
import type { FilingContext, FilingFacts, HeldTitle } from '../policy/filing.ts';
import type { Policy } from '../policy/policy.ts';

/** A clause that judges filings, as it stands for one enterprise; `text`: the rule in words. */
export interface ClauseVerdict {
  clause: string;
  title: string;
  text: string;
  verdict: Verdict;
  message: string;
  cites: Citation[];
}

/** What one pool's programme offers an enterprise. Wire amounts. */
export interface Programme {
  poolCode: string;
  poolName: string;
  programme: string;
  policyCode: string;
  eligible: boolean;
  clauses: ClauseVerdict[];
  cap: string;
  counted: string;
  left: string;
  explanation: Explanation;
  banks: string[];
}

export interface Eligibility {
  uscc: string;
  name: string;
  asOf: LocalDate;
  programmes: Programme[];
  /** what is missing, in words; empty when nothing is */
  suggestions: string[];
}

export interface ProgrammeInput {
  pool: { code: string; name: string; programme: string; regions: string[]; banks: string[] };
  policy: Policy;
  today: LocalDate;
  enterprise: NonNullable<FilingFacts['enterprise']>;
  /** counted outstanding in all banks and pools, pending filings included */
  counted: string;
}

/** Judges an enterprise by a policy without a loan: what needs a loan to be judged is said to be looked at when the bank files. */
export function judgeProgramme(input: ProgrammeInput, rules: FilingContext): Programme {
  const { pool, policy, today, enterprise } = input;
  const counted = new Exact(input.counted);
  const facts: FilingFacts = {
    ...{ filedOn: today, filing: {}, enterprise, poolRegions: pool.regions, enterpriseCounted: counted },
  };
  const { cap, left, explanation } = capOn(policy, { on: today, titles: enterprise.titles, counted }, rules.added);
  const checks = Map.groupBy(checkFiling(policy, facts, rules), (c) => c.clause);
  const clauses = policy.filing.map(({ clause }): ClauseVerdict => {
    const { id, title } = clause;
    const view = clauseOn(clause, today, rules.added);
    const found = checks.get(id) ?? [];
    const text = view.text ?? view.outsideDates ?? '';
    const cites = view.citation ? [view.citation] : [];
    if (id === policy.cap.id) {
      const message = `单户上限 ${formatYuan(cap)} 元，已备案（含待审）${formatYuan(counted)} 元，尚可备案 ${formatYuan(left)} 元`;
      return { clause: id, title, text, verdict: left.isZero() ? 'warn' : 'pass', message, cites };
    }
    if (found.length === 0)
      return { clause: id, title, text, verdict: 'notChecked', message: '由银行备案时核对', cites };
    const verdict = (['fail', 'warn', 'pass', 'notChecked'] as const).find((v) => found.some((c) => c.verdict === v))!;
    const told = found.filter((c) => c.verdict === verdict);
    return { clause: id, title, text, verdict, message: told.map((c) => c.message).join('；'), cites: told[0]!.cites };
  });
  return {
    ...{ poolCode: pool.code, poolName: pool.name, programme: pool.programme, policyCode: policy.code, clauses },
    ...{ eligible: clauses.every((c) => c.verdict !== 'fail'), banks: pool.banks, explanation },
    ...{ cap: toWire(cap), counted: toWire(counted), left: toWire(left) },
  };
}

/**
 * The programmes an enterprise may look at: those whose place it is registered in; where there is none, all of them, so that it is told why. What is
 * missing comes once, however many programmes ask for it.
 */
export function eligibilityOf(
  about: { uscc: string; name: string; asOf: LocalDate; titles: readonly HeldTitle[] },
  judged: (Programme & { covered: boolean })[],
): Eligibility {
  const { uscc, name, asOf, titles } = about;
  const covered = judged.some((p) => p.covered) ? judged.filter((p) => p.covered) : judged;
  const programmes = covered.map(({ covered: _, ...programme }) => programme);
  const failed = programmes.flatMap((p) => p.clauses.filter((c) => c.verdict === 'fail').map((c) => c.message));
  const full = programmes.filter((p) => p.eligible && new Exact(p.left).isZero()).length;
  const suggestions = [...new Set(failed)];
  if (full > 0) suggestions.push('单户可备案额度已用完，还款后额度相应恢复');
  for (const { kind, validTo } of titles) {
    const label = TITLES[kind as keyof typeof TITLES] ?? kind;
    if (validTo >= asOf && validTo.slice(0, 7) === asOf.slice(0, 7))
      suggestions.push(`${label}资质本月到期，请及时续期`);
  }
  return { uscc, name, asOf, programmes, suggestions };
}
