import type { Inspection } from './types.ts';

export type Mapping = Record<string, string | null>;

/** What the service and the person's last choice make of the headings together: ours first, then what was said of the same title before. */
export function proposed({ headings }: Inspection, remembered: Mapping): Mapping {
  const taken = new Set(headings.flatMap(({ field }) => field ?? []));
  return Object.fromEntries(
    headings.map(({ title, field }) => {
      const before = remembered[title] ?? null;
      if (field !== null || before === null || taken.has(before)) return [title, field];
      taken.add(before);
      return [title, before];
    }),
  );
}

/** Fields that the file must have and no heading stands for yet. */
export const missingIn = ({ columns }: Inspection, mapping: Mapping) =>
  columns.filter(({ field, required }) => required && !Object.values(mapping).includes(field));

/** Fields for which two headings stand. */
export function doubledIn({ columns }: Inspection, mapping: Mapping) {
  const chosen = Object.values(mapping).filter((field) => field !== null);
  return columns.filter(({ field }) => chosen.filter((one) => one === field).length > 1);
}

/** Whether the headings say themselves what they are, so that nothing needs to be asked. */
export const understood = ({ headingLine, missing, faults }: Inspection): boolean =>
  headingLine !== null && missing.length === 0 && faults.length === 0;
