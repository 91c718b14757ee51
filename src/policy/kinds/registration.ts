import { z } from 'zod';
import { checksOf } from '../check.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { type FilingRule, filingRule, NO_CHECKS } from '../filing.ts';

const schema = z.strictObject({
  /** How the region itself may be written in front of a place; a place may also leave it out. */
  region: z.array(z.string().min(1)).min(1),
  /** What lies in it: a registered place begins with one of these. */
  places: z.array(z.string().min(1)).min(1),
  /** Whether an enterprise must also be registered where its pool lends. */
  inPoolRegion: z.boolean(),
});
export type Registration = z.infer<typeof schema>;
export interface RegistrationInput {
  registeredAt: string;
  poolRegions?: readonly string[];
}

/**
 * Where an enterprise must be registered. Judged by the place it is registered at now: the region inside a USCC is
 * that of its first registration and proves nothing.
 */
export function registration(
  spec: ClauseSpec<Registration, RegistrationInput, boolean>,
): Clause<Registration, RegistrationInput, boolean> {
  return {
    ...spec,
    resolvedBy: 'filedOn',
    schema,
    describe: ({ region, inPoolRegion }) =>
      `企业应为在${region[0]}内登记的法人${inPoolRegion ? '，且登记在本资金池所在地' : ''}`,
    apply: (value, { registeredAt, poolRegions }) => {
      const place = withinRegion(value, registeredAt);
      if (place === undefined) return false;
      if (!value.inPoolRegion || !poolRegions?.length) return true;
      return poolRegions.some((region) => place.startsWith(bare(value, region)));
    },
  };
}

/** Codes: REGION, REGION_NOT_ELIGIBLE, REGION_NOT_CHECKED where the place is not known. */
export function registrationRule(clause: Clause<Registration, RegistrationInput, boolean>): FilingRule {
  return filingRule(clause, (version) => {
    const { pass, fail, notChecked } = checksOf(clause, version);
    const unknown = [notChecked('REGION_NOT_CHECKED', '企业登记所在地未登记，未核对是否在区域内')];
    return ({ enterprise, poolRegions }) => {
      if (!enterprise) return NO_CHECKS;
      const { registeredAt } = enterprise;
      if (!registeredAt?.trim()) return unknown;
      if (clause.apply(version.value, { registeredAt, poolRegions })) {
        return [pass('REGION', `企业登记所在地「${registeredAt}」在业务区域内`)];
      }
      const wanted =
        poolRegions?.length && version.value.inPoolRegion ? poolRegions.join('、') : version.value.region[0];
      const message = `企业登记所在地「${registeredAt}」不在业务区域「${wanted}」内`;
      return [fail('REGION_NOT_ELIGIBLE', message, { field: 'enterpriseUscc', value: registeredAt })];
    };
  });
}

function withinRegion(value: Registration, registeredAt: string): string | undefined {
  const place = bare(value, registeredAt);
  return value.places.some((known) => place.startsWith(known)) ? place : undefined;
}

function bare({ region }: Registration, place: string): string {
  const folded = place.normalize('NFKC').replace(/\s+/g, '');
  const prefix = region.find((name) => folded.startsWith(name));
  return prefix ? folded.slice(prefix.length) : folded;
}
