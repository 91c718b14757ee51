import { z } from 'zod';
import { checksOf } from '../check.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { type FilingRule, filingRule } from '../filing.ts';

const schema = z.strictObject({ most: z.int().min(1) });
export type ActiveLoans = z.infer<typeof schema>;
export type ActiveLoansClause = Clause<ActiveLoans, number, boolean>;

/** How many loans of one enterprise may be in the programme at the same time. Input: others in it; answers whether one more may. */
export function activeLoans(spec: ClauseSpec<ActiveLoans, number, boolean>): ActiveLoansClause {
  return {
    ...spec,
    unit: '笔',
    resolvedBy: 'filedOn',
    schema,
    describe: ({ most }) => `每家企业同一时期最多有 ${most} 笔贷款在库`,
    apply: ({ most }, active) => active < most,
  };
}

/** Codes: ACTIVE_LOANS, TOO_MANY_ACTIVE_LOANS, ACTIVE_LOANS_NOT_CHECKED where their number is not known. */
export function activeLoansRule(clause: ActiveLoansClause): FilingRule {
  return filingRule(clause, (version) => {
    const { pass, fail, notChecked } = checksOf(clause, version);
    const unknown = [notChecked('ACTIVE_LOANS_NOT_CHECKED', '未核对该企业同一时期在库的其他贷款')];
    const ok = [pass('ACTIVE_LOANS', clause.describe(version.value))];
    return ({ activeLoans: active }) => {
      if (active === undefined) return unknown;
      if (clause.apply(version.value, active)) return ok;
      const message = `该企业已有 ${active} 笔贷款在库；${clause.describe(version.value)}`;
      return [fail('TOO_MANY_ACTIVE_LOANS', message, { field: 'enterpriseUscc', value: `${active}` })];
    };
  });
}
