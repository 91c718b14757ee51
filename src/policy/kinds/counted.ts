import { z } from 'zod';
import { formatYuan, money, toWire } from '../../money/money.ts';
import { type Check, checksOf } from '../check.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { type FilingRule, filingRule, NO_CHECKS } from '../filing.ts';

const schema = z.strictObject({
  /** Whether a bank may file less than it lends. */
  mayBeLower: z.boolean(),
});
export type Counted = z.infer<typeof schema>;
export interface CountedInput {
  principal: string;
  counted: string;
}

/** How the filed (counted) amount relates to the amount lent: never above it. Answers whether the pair is allowed. */
export function counted(spec: ClauseSpec<Counted, CountedInput, boolean>): Clause<Counted, CountedInput, boolean> {
  return {
    ...spec,
    resolvedBy: 'filedOn',
    schema,
    describe: ({ mayBeLower }) =>
      mayBeLower ? '备案金额可以低于贷款金额，不得高于贷款金额' : '备案金额应等于贷款金额',
    apply: ({ mayBeLower }, input) => {
      const [lent, filed] = [money(input.principal), money(input.counted)];
      return mayBeLower ? filed.lte(lent) : filed.eq(lent);
    },
  };
}

/** Codes: AMOUNT; AMOUNT_NOT_POSITIVE once per amount; COUNTED_ABOVE_LENT; COUNTED_BELOW_LENT. */
export function countedRule(clause: Clause<Counted, CountedInput, boolean>): FilingRule {
  return filingRule(clause, (version) => {
    const { pass, fail } = checksOf(clause, version);
    const notPositive = (field: string, name: string, value: string) =>
      fail('AMOUNT_NOT_POSITIVE', `${name} ${value} 元应大于零`, { field, value });
    return ({ filing: { principal, countedPrincipal: filed } }) => {
      const found: Check[] = [];
      if (principal?.lte(0)) found.push(notPositive('principal', '贷款金额', toWire(principal)));
      if (filed?.lte(0)) found.push(notPositive('countedPrincipal', '备案金额', toWire(filed)));
      if (!principal || !filed) return found.length > 0 ? found : NO_CHECKS;
      const lent = formatYuan(principal);
      const counts = filed.eq(principal) ? lent : formatYuan(filed);
      const at = { field: 'countedPrincipal', value: toWire(filed) };
      if (filed.gt(principal)) {
        found.push(fail('COUNTED_ABOVE_LENT', `备案金额 ${counts} 元高于贷款金额 ${lent} 元`, at));
      } else if (!version.value.mayBeLower && filed.lt(principal)) {
        found.push(fail('COUNTED_BELOW_LENT', `备案金额 ${counts} 元低于贷款金额 ${lent} 元，两者应相等`, at));
      }
      return found.length > 0 ? found : [pass('AMOUNT', `备案金额 ${counts} 元不高于贷款金额 ${lent} 元`)];
    };
  });
}
