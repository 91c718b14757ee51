import type { SubsidyCaps } from '../policy/kinds/subsidy-caps.ts';
import type { LineCondition, LineDate, SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import { windowOf } from '../policy/kinds/subsidy-period.ts';
import type { OpenLine } from './open-scheme.ts';
import { lackingOf } from './request.ts';

/** What a form asks of one kind of cost: what every such line must tell, and what the scheme's own conditions look at besides. Names of the request. */
export interface LineAsks {
  needs: string[];
  more: string[];
}

const DATES: Partial<Record<LineDate, string>> = {
  signedOn: 'signedOn',
  startsOn: 'startsOn',
  endsOn: 'endsOn',
  paidOn: 'paidOn',
};
/** Of a condition's facts those that a line states itself. */
const OF_LINE = [
  'class',
  'product',
  'firstLoan',
  'ordinal',
  'yearOrdinal',
  'principal',
] as const satisfies (keyof LineCondition)[];

/** Reads out of the clauses which facts of a line decide, so that a form asks for these and no others. */
export function lineAsks(kind: SubsidyKind, { period, allowed, amount }: OpenLine, caps: SubsidyCaps): LineAsks {
  const needs = lackingOf({ kind, name: '', counterparty: '' }).map(({ field }) => field);
  const { rows, lpr, leastRate, ipShareOnly } = amount.version.value;
  const { counts, claim } = period.version.value;
  const { leastMonths, mostMonths, settledOnly } = allowed.version.value;
  const conditions = [...rows.flatMap(({ when }) => when ?? []), ...capConditions(caps)];
  const wanted = [
    ...[counts, ...(claim ? [claim.after] : [])].flatMap((day) => DATES[day] ?? []),
    ...OF_LINE.filter((fact) => conditions.some((condition) => condition[fact] !== undefined)),
    ...(lpr ? ['signedOn'] : []),
    ...(leastRate || rows.some(({ counts: c }) => c.of.startsWith('interest')) ? ['annualRate'] : []),
    ...(rows.some(({ counts: c }) => c.of === 'paid' && c.insuredPercent !== undefined) ? ['insuredSum'] : []),
    ...(rows.some(({ counts: c }) => 'byMonth' in c && c.byMonth) || leastMonths || mostMonths
      ? ['startsOn', 'endsOn']
      : []),
    ...(rows.some(({ counts: c }) => c.of === 'principal') ? ['principal'] : []),
    ...(ipShareOnly ? ['ipShare'] : []),
    ...(settledOnly ? ['settled'] : []),
  ];
  // When interest was paid is what its vouchers show.
  const told = kind === 'interest' ? [...needs, 'paidOn'] : needs;
  return { needs, more: [...new Set(wanted)].filter((field) => !told.includes(field)) };
}

/** Which figures of the enterprise the conditions look at that only the enterprise can tell: its size, its net assets. */
export function applicantAsks(lines: OpenLine[], caps: SubsidyCaps): ('size' | 'netAssets')[] {
  const conditions = [
    ...lines.flatMap(({ amount }) => amount.version.value.rows.flatMap(({ when }) => when ?? [])),
    ...capConditions(caps),
  ];
  return (['size', 'netAssets'] as const).filter((fact) =>
    conditions.some((condition) => condition[fact] !== undefined),
  );
}

const capConditions = ({ caps }: SubsidyCaps): LineCondition[] =>
  caps.flatMap(({ unless }) => (unless ?? []).flatMap(({ when }) => when));

/** First and last day on which a cost of the year may lie. */
export const windowOn = ({ period }: OpenLine, year: number): { from: string; to: string } =>
  windowOf(period.version.value, year);
