import { z } from 'zod';
import { checksOf } from '../check.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { type FilingRule, filingRule, NO_CHECKS, type Standing } from '../filing.ts';

const schema = z.strictObject({
  barred: z
    .array(
      z.strictObject({
        code: z.enum(['abnormalOperation', 'seriousDishonesty', 'majorBreach', 'representativeBadCredit']),
        label: z.string().min(1),
      }),
    )
    .min(1),
});
export type StandingRequired = z.infer<typeof schema>;
/** Codes of what excludes the enterprise, and of what nobody has looked up. */
export interface StandingAnswer {
  barred: string[];
  unknown: string[];
}

/** What in its record excludes an enterprise. What was not looked up is said to be unchecked, never taken as good. */
export function standing(
  spec: ClauseSpec<StandingRequired, Standing, StandingAnswer>,
): Clause<StandingRequired, Standing, StandingAnswer> {
  return {
    ...spec,
    resolvedBy: 'filedOn',
    schema,
    describe: ({ barred }) => `企业不得有下列情形：${barred.map(({ label }) => label).join('；')}`,
    apply: ({ barred }, known) => ({
      barred: barred.filter(({ code }) => known[code] === true).map(({ code }) => code),
      unknown: barred.filter(({ code }) => known[code] === undefined).map(({ code }) => code),
    }),
  };
}

/** Codes: STANDING, ENTERPRISE_BARRED once per fact found, STANDING_NOT_CHECKED naming what was not looked up. */
export function standingRule(clause: Clause<StandingRequired, Standing, StandingAnswer>): FilingRule {
  return filingRule(clause, (version) => {
    const { value } = version;
    const { pass, fail, notChecked } = checksOf(clause, version);
    const label = (code: string) => value.barred.find((item) => item.code === code)!.label;
    const notLookedUp = (codes: string[]) =>
      notChecked(
        'STANDING_NOT_CHECKED',
        `系统未核查企业有无下列情形，以银行审查意见为准：${codes.map(label).join('；')}`,
      );
    const nothingKnown = [notLookedUp(value.barred.map(({ code }) => code))];
    const ok = [pass('STANDING', `已核查，企业无下列情形：${value.barred.map((item) => item.label).join('；')}`)];
    return ({ enterprise }) => {
      if (!enterprise) return NO_CHECKS;
      if (!enterprise.standing) return nothingKnown;
      const { barred, unknown } = clause.apply(value, enterprise.standing);
      const found = barred.map((code) =>
        fail('ENTERPRISE_BARRED', `企业不符合准入条件：${label(code)}`, { field: 'enterpriseUscc' }),
      );
      if (unknown.length > 0) found.push(notLookedUp(unknown));
      return found.length > 0 ? found : ok;
    };
  });
}
