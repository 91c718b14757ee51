import type { Citation, Fault } from '../errors.ts';
import type { Clause, ClauseVersion } from './clause.ts';
import type { Explanation } from './explanation.ts';

export type Verdict = 'pass' | 'fail' | 'warn' | 'notChecked';

/**
 * What a rule says of one filing or event. `code` names the rule when it passes and the fault when it fails; `message`
 * is for the sender; `cites` are the articles; `explanation` is there where a figure was computed. Plain JSON data.
 */
export interface Check {
  code: string;
  verdict: Verdict;
  /** The clause that decided, to look its value and article up again. */
  clause: string;
  /** API name of the field at fault, and what it held. */
  field?: string;
  value?: string;
  message: string;
  cites: Citation[];
  explanation?: Explanation;
}

/** Builds the checks of one clause version: they share its citation. */
export function checksOf(clause: Clause, version: Pick<ClauseVersion<unknown>, 'citation'>) {
  const cites: Citation[] = [version.citation];
  const make =
    (verdict: Verdict) =>
    (
      code: string,
      message: string,
      more: { field?: string; value?: string; cites?: Citation[]; explanation?: Explanation } = {},
    ): Check => ({ code, verdict, clause: clause.id, message, cites, ...more });
  return { cites, pass: make('pass'), fail: make('fail'), warn: make('warn'), notChecked: make('notChecked') };
}

/** The failed checks as faults of an input, for an error answer or a fault report. */
export function faultsOf(checks: readonly Check[]): Fault[] {
  return checks
    .filter((check) => check.verdict === 'fail')
    .map(({ code, field, value, message, cites }) => ({ code, field, value, message, cites }));
}
