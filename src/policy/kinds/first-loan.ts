import { z } from 'zod';
import { checksOf } from '../check.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { type FilingRule, filingRule, NO_CHECKS } from '../filing.ts';

const schema = z.strictObject({
  /** Most loans one enterprise may have had; null: no limit. */
  mostLoans: z.int().min(1).nullable(),
});
export type LoanCount = z.infer<typeof schema>;
export interface LoanCountInput {
  previousLoans: number;
  firstLoan: boolean;
}
export type LoanCountAnswer = 'ok' | 'notFirst' | 'notKnown' | 'tooMany';
type LoanCountClause = Clause<LoanCount, LoanCountInput, LoanCountAnswer>;

/** What 首次贷款 means (the first in the programme) and how many loans an enterprise may have. */
export function loanCount(spec: ClauseSpec<LoanCount, LoanCountInput, LoanCountAnswer>): LoanCountClause {
  return {
    ...spec,
    resolvedBy: 'filedOn',
    schema,
    describe: ({ mostLoans }) =>
      `首次贷款指企业在本项目内的第一笔贷款；${mostLoans ? `每户最多 ${mostLoans} 笔` : '每户贷款笔数不限'}`,
    apply: ({ mostLoans }, { previousLoans, firstLoan }) => {
      if (firstLoan && previousLoans > 0) return 'notFirst';
      if (mostLoans !== null && previousLoans >= mostLoans) return 'tooMany';
      return firstLoan || previousLoans > 0 ? 'ok' : 'notKnown';
    },
  };
}

/** Codes: FIRST_LOAN, FIRST_LOAN_CONTRADICTED, FIRST_LOAN_NOT_CHECKED, TOO_MANY_LOANS. */
export function loanCountRule(clause: LoanCountClause): FilingRule {
  return filingRule(clause, (version) => {
    const { pass, fail, notChecked } = checksOf(clause, version);
    const first = [pass('FIRST_LOAN', '本项目内首次贷款')];
    const earlierUnknown = [
      notChecked('FIRST_LOAN_NOT_CHECKED', '填报为非首次贷款，本系统内没有该企业更早的贷款，以银行填报为准'),
    ];
    const contradicted = (why: string) =>
      fail('FIRST_LOAN_CONTRADICTED', `填报为首次贷款，但${why}`, { field: 'firstLoan', value: '是' });
    const renewal = [contradicted('同时填报了续贷的原合同号')];
    return ({ filing: { firstLoan, renewsContractNo }, previousLoans }) => {
      if (firstLoan && renewsContractNo) return renewal;
      if (firstLoan === undefined || previousLoans === undefined) return NO_CHECKS;
      switch (clause.apply(version.value, { previousLoans, firstLoan })) {
        case 'notFirst':
          return [contradicted(`该企业在本项目内已有 ${previousLoans} 笔贷款`)];
        case 'tooMany':
          return [
            fail('TOO_MANY_LOANS', `该企业在本项目内已有 ${previousLoans} 笔贷款；${clause.describe(version.value)}`),
          ];
        case 'notKnown':
          return earlierUnknown;
        default:
          return firstLoan
            ? first
            : [pass('FIRST_LOAN', `该企业在本项目内已有 ${previousLoans} 笔贷款，本笔为非首次贷款`)];
      }
    };
  });
}
