import type { LocalDate } from '../calendar/local-date.ts';
import { Exact, formatYuan, type Money } from '../money/money.ts';
import { type Rate, toPercent } from '../money/rate.ts';
import { roundFen } from '../money/rounding.ts';
import { type Check, checksOf } from '../policy/check.ts';
import { type AddedVersion, valueOn } from '../policy/clause.ts';
import { type Share, stated } from '../policy/kinds/loss-shares-value.ts';
import type { Policy } from '../policy/policy.ts';
import { judgeFee } from './fee.ts';
import { FEES, GUARANTEE_ROLES, type GuaranteeRole } from './roles.ts';

/** What a guarantee says, as it is judged. Percentages as numbers of a hundred. */
export interface GuaranteeTerms {
  role: GuaranteeRole;
  percent: Exact;
  annualRate: Rate | null;
  /** percentages of the loan's other parties that the clause does not name, and of all its other parties */
  unnamed: Exact;
  others: Exact;
  counted: Money;
  signedOn: LocalDate;
}

/**
 * Judges a party's percentage by the shares of a loss, and its fee by its ceiling, both of the day of its contract. A party that the clause does not name
 * can only stand for what the bank bears itself. Throws POLICY_OUTSIDE_DATES.
 */
export function judgeGuarantee(policy: Policy, terms: GuaranteeTerms, added?: readonly AddedVersion[]): Check[] {
  const checks = [judgeShare(policy, terms, added)];
  if (terms.annualRate === null) return checks;
  const guaranteed = roundFen(terms.counted.times(terms.percent).div(100), 'halfUp');
  const fee = { fee: FEES[terms.role], guaranteed, annualRate: terms.annualRate };
  const clause = policy.feeCeilings;
  if (clause) return [...checks, judgeFee(clause, valueOn(clause, terms.signedOn, added), fee)];
  const message = `办法未规定费率上限，约定年费率 ${toPercent(terms.annualRate)}%，担保金额 ${formatYuan(guaranteed)} 元`;
  return [...checks, { code: 'FEE_NOT_REGULATED', verdict: 'notChecked', clause: '', message, cites: [] }];
}

function judgeShare(policy: Policy, terms: GuaranteeTerms, added?: readonly AddedVersion[]): Check {
  const { role, percent, others, unnamed, signedOn } = terms;
  const version = valueOn(policy.lossShares, signedOn, added);
  const { pass, fail } = checksOf(policy.lossShares, version);
  const label = GUARANTEE_ROLES[role];
  const at = { field: 'percent', value: percent.toFixed() };
  const all = percent.plus(others);
  if (all.gt(100)) return fail('GUARANTEE_SHARES', `各方担保比例合计 ${all.toFixed()}%，超过 100%`, at);
  const rows = [version.value.shares ?? [], ...(version.value.rows ?? []).map((row) => row.shares)];
  const named = rows.flat().filter(({ bearer }) => bearer === role);
  if (named.some((share) => allows(share, percent)))
    return pass('GUARANTEE_SHARE', `${label}担保比例 ${percent.toFixed()}% 符合规定的分担比例`);
  if (named.length > 0) {
    const words = [...new Set(named.map(sayShare))].join('、');
    return fail('GUARANTEE_SHARE', `${label}担保比例 ${percent.toFixed()}% 不符合规定的分担比例（${words}）`, at);
  }
  const bank = Exact.max(0, ...rows.map(bankOf));
  const own = percent.plus(unnamed);
  if (own.lte(bank))
    return pass('GUARANTEE_SHARE', `${label}担保 ${percent.toFixed()}%，在合作银行承担的 ${bank.toFixed()}% 之内`);
  const message = `办法未规定${label}的分担比例，担保比例合计 ${own.toFixed()}% 不得超过合作银行承担的 ${bank.toFixed()}%`;
  return fail('GUARANTEE_SHARE', message, at);
}

function allows({ percent, agreeable }: Share, asked: Exact): boolean {
  if (agreeable) return asked.gte(agreeable.atLeast ?? 0) && asked.lte(agreeable.atMost ?? 100);
  return percent === 'rest' || percent === 'agreed' || asked.eq(percent);
}

/** What the bank bears in a row, at most where its contract decides. */
function bankOf(row: readonly Share[]): Exact {
  const bank = row.find(({ bearer }) => bearer === 'bank');
  if (!bank) return new Exact(0);
  if (bank.percent !== 'rest' && bank.percent !== 'agreed') return new Exact(bank.percent);
  return new Exact(100).minus(stated(row));
}

function sayShare({ percent, agreeable }: Share): string {
  const { atLeast, atMost } = agreeable ?? {};
  if (atLeast && atMost) return `${atLeast}% 至 ${atMost}%`;
  if (atLeast) return `不低于 ${atLeast}%`;
  if (atMost) return `不高于 ${atMost}%`;
  return percent === 'rest' || percent === 'agreed' ? '按合同约定' : `${percent}%`;
}
