import { z } from 'zod';
import { type Check, checksOf } from '../check.ts';
import type { Clause, ClauseSpec, ClauseVersion } from '../clause.ts';
import { type FilingFacts, type FilingRule, filingRule, NO_CHECKS } from '../filing.ts';

const schema = z.strictObject({ allowed: z.boolean() });
export type Renewal = z.infer<typeof schema>;
export interface RenewalInput {
  contractNo?: string;
  renewsContractNo: string;
  renewed?: FilingFacts['renewed'];
}
export type RenewalAnswer = 'ok' | 'notAllowed' | 'unknown' | 'withoutPredecessor';
type RenewalClause = Clause<Renewal, RenewalInput, RenewalAnswer>;

/** How a loan is renewed (续贷): by a new filing that cites the contract it follows, one consented for the same firm. */
export function renewal(spec: ClauseSpec<Renewal, RenewalInput, RenewalAnswer>): RenewalClause {
  return {
    ...spec,
    resolvedBy: 'filedOn',
    schema,
    describe: ({ allowed }) => (allowed ? '可以续贷，续贷备案应注明同一企业已入池的原合同号' : '不受理续贷'),
    apply: ({ allowed }, { contractNo, renewsContractNo, renewed }) => {
      if (!allowed) return 'notAllowed';
      if (!renewed?.sameEnterprise || renewsContractNo === contractNo) return 'unknown';
      return renewed.consented ? 'ok' : 'withoutPredecessor';
    },
  };
}

/** Says nothing of a loan that cites no earlier contract. Codes as `judgeRenewal`. */
export function renewalRule(clause: RenewalClause): FilingRule {
  return filingRule(clause, (version) => ({ filing: { contractNo, renewsContractNo }, renewed }) => {
    if (!renewsContractNo) return NO_CHECKS;
    return [judgeRenewal(clause, version, { contractNo, renewsContractNo, renewed })];
  });
}

/** Codes: RENEWAL, RENEWAL_UNKNOWN, RENEWAL_WITHOUT_PREDECESSOR, RENEWAL_NOT_ALLOWED. */
export function judgeRenewal(clause: RenewalClause, version: ClauseVersion<Renewal>, input: RenewalInput): Check {
  const { pass, fail } = checksOf(clause, version);
  const { renewsContractNo: no } = input;
  const at = { field: 'renewsContractNo', value: no };
  switch (clause.apply(version.value, input)) {
    case 'notAllowed':
      return fail('RENEWAL_NOT_ALLOWED', clause.describe(version.value), at);
    case 'unknown':
      return fail('RENEWAL_UNKNOWN', `续贷的原合同号「${no}」不是该企业在本项目内的另一份合同`, at);
    case 'withoutPredecessor':
      return fail('RENEWAL_WITHOUT_PREDECESSOR', `续贷的原合同「${no}」尚未同意入池，不能作为续贷的前一笔贷款`, at);
    default:
      return pass('RENEWAL', `续贷，原合同号「${no}」已核对`);
  }
}
