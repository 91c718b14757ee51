import { z } from 'zod';
import { type Money, money } from '../../money/money.ts';
import { toWan } from '../../money/wan.ts';
import { type Check, checksOf } from '../check.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { type FilingRule, filingRule, NO_CHECKS } from '../filing.ts';
import { moneyText } from '../values.ts';

const schema = z.strictObject({ staff: z.int().min(1), revenue: moneyText, assets: moneyText });
export type Size = z.infer<typeof schema>;
type Answer = ('staff' | 'revenue' | 'assets')[];

/** How large an enterprise may be: persons, yearly sales and total assets, each at most the limit. */
export function size(spec: ClauseSpec<Size, Size, Answer>): Clause<Size, Size, Answer> {
  return {
    ...spec,
    resolvedBy: 'filedOn',
    schema,
    describe: ({ staff, revenue, assets }) =>
      `从业人员不超过 ${staff} 人，年营业收入不超过 ${wan(revenue)} 万元，资产总额不超过 ${wan(assets)} 万元`,
    apply: (limit, input) => {
      const over: Answer = input.staff > limit.staff ? ['staff'] : [];
      if (money(input.revenue).gt(money(limit.revenue))) over.push('revenue');
      if (money(input.assets).gt(money(limit.assets))) over.push('assets');
      return over;
    },
  };
}

/** Codes: SIZE, ENTERPRISE_TOO_LARGE once per limit exceeded, SIZE_NOT_CHECKED where a figure is not known. */
export function sizeRule(clause: Clause<Size, Size, Answer>): FilingRule {
  return filingRule(clause, (version) => {
    const { value } = version;
    const [revenueLimit, assetsLimit] = [money(value.revenue), money(value.assets)];
    const { pass, fail, notChecked } = checksOf(clause, version);
    const ok = [pass('SIZE', `企业规模符合要求：${clause.describe(value)}`)];
    const unknown = notChecked('SIZE_NOT_CHECKED', '企业从业人数、营业收入或资产总额未登记，未核对企业规模');
    const tooLarge = (what: string, actual: string, limit: string, unit: string) =>
      fail('ENTERPRISE_TOO_LARGE', `企业${what} ${actual} ${unit}，超过上限 ${limit} ${unit}`, {
        field: 'enterpriseUscc',
        value: actual,
      });
    return ({ enterprise }) => {
      if (!enterprise) return NO_CHECKS;
      const { staff, revenue, assets } = enterprise;
      const found: Check[] = [];
      if (staff !== undefined && staff > value.staff) {
        found.push(tooLarge('从业人员', String(staff), String(value.staff), '人'));
      }
      if (revenue?.gt(revenueLimit)) found.push(tooLarge('营业收入', toWan(revenue), toWan(revenueLimit), '万元'));
      if (assets?.gt(assetsLimit)) found.push(tooLarge('资产总额', toWan(assets), toWan(assetsLimit), '万元'));
      if (staff === undefined || !revenue || !assets) found.push(unknown);
      return found.length > 0 ? found : ok;
    };
  });
}

function wan(text: string): string {
  return toWan(money(text) as Money);
}
