import type { Finding } from '../../verify/report.ts';
import type { Dice, Maker, Tampering, Targets } from './tampering.ts';

/** About exactly this. */
export const about = (name: string) => (finding: Finding) => finding.about === name;
/** A place within a run of numbers, as a printed head leaves it. */
export const within = (what: string, seq: number) => (finding: Finding) => {
  const [, from, to] = new RegExp(`^${what} (\\d+)–(\\d+)$`).exec(finding.about ?? '') ?? [];
  return from !== undefined && Number(from) <= seq && seq <= Number(to);
};
/** One of several ways to say it. */
export const either =
  (...ways: Tampering['locates'][]): Tampering['locates'] =>
  (finding) =>
    ways.some((way) => way(finding));
/** Says it somewhere. */
export const says = (part: string) => (finding: Finding) =>
  Boolean(finding.about?.includes(part) || finding.text.includes(part));

/** One of them, by the dice. */
export const one = <T>(roll: Dice, items: T[]): T => items[roll(items.length)]!;

/** On a record of a kind, which a finding has to name. */
export const onRecord =
  (kind: keyof Targets['subjects'], make: (id: string, roll: Dice) => { says: string; sql: string[] }): Maker =>
  (roll, { subjects }) => {
    const { id, subject } = one(roll, subjects[kind]);
    return {
      ...make(id, roll),
      locates: either(about(subject), says(subject), says(id), (finding) => finding.file.includes(id)),
    };
  };
