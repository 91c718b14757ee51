import { daysBetween } from '../../src/calendar/local-date.ts';
import { BOUNDS, inOrder, type MatchLeg, type MatchLine } from '../../src/reconciliation/match.ts';
import type { Truth } from './matching-truth.ts';

interface Found {
  lines: string[];
  legs: string[];
}
export interface Score {
  /** matches that are right, of all that were made, in percent */
  precision: number;
  /** what belongs together and was found, of all that does, in percent */
  recall: number;
  /** matches of something that nobody could have known */
  unsure: number;
}

/** How a matching stands against what is true. Things that look the same in every respect stand for each other. */
export function score(truth: Truth, found: Found[]): Score {
  const looks = new Map<string, string>();
  for (const { id, ...look } of truth.lines) looks.set(`lines ${id}`, JSON.stringify(look));
  for (const { id, reference: _, ...look } of truth.legs) looks.set(`legs ${id}`, JSON.stringify(look));
  const label = ({ lines, legs }: Found) =>
    [...lines.map((id) => looks.get(`lines ${id}`)), ...legs.map((id) => looks.get(`legs ${id}`))].sort().join('\n');
  const left = new Map<string, number>();
  for (const set of truth.sets) left.set(label(set), (left.get(label(set)) ?? 0) + 1);
  let right = 0;
  for (const set of found) {
    const key = label(set);
    const count = left.get(key) ?? 0;
    if (count === 0) continue;
    left.set(key, count - 1);
    right++;
  }
  const unsure = found.filter(
    ({ lines, legs }) =>
      lines.some((id) => truth.unsure.has(`lines ${id}`)) || legs.some((id) => truth.unsure.has(`legs ${id}`)),
  );
  return { precision: (100 * right) / found.length, recall: (100 * right) / truth.sets.length, unsure: unsure.length };
}

const moved = ({ direction, amount }: MatchLine | MatchLeg) => `${direction} ${amount}`;
const near = (a: { on: string }, b: { on: string }) => Math.abs(daysBetween(a.on, b.on)) <= BOUNDS.counterparty;

/** "First match wins": each line takes the first entry of its amount within the days. */
export function firstMatch(lines: readonly MatchLine[], legs: readonly MatchLeg[]): Found[] {
  const open = Map.groupBy(inOrder(legs), moved);
  return inOrder(lines).flatMap((line) => {
    const candidates = open.get(moved(line)) ?? [];
    const at = candidates.findIndex((leg) => near(line, leg));
    if (at < 0) return [];
    const [leg] = candidates.splice(at, 1);
    return [{ lines: [line.id], legs: [leg!.id] }];
  });
}

/** A greedy pass: all pairs of one amount within the days, weighed by number, reference, party and lag, the heaviest taken first. */
export function greedy(lines: readonly MatchLine[], legs: readonly MatchLeg[]): Found[] {
  const byAmount = Map.groupBy(inOrder(legs), moved);
  const pairs = inOrder(lines).flatMap((line) =>
    (byAmount.get(moved(line)) ?? []).flatMap((leg) => {
      if (!near(line, leg)) return [];
      const number = line.serial !== null && line.serial === leg.number ? 100 : 0;
      const reference = leg.subject !== null && line.memo.includes(leg.subject) ? 50 : 0;
      const party = line.counterpartyName !== null && leg.parties.includes(line.counterpartyName) ? 20 : 0;
      return [
        { line: line.id, leg: leg.id, weight: number + reference + party - Math.abs(daysBetween(line.on, leg.on)) },
      ];
    }),
  );
  const [usedLines, usedLegs] = [new Set<string>(), new Set<string>()];
  return pairs
    .toSorted((a, b) => b.weight - a.weight)
    .flatMap(({ line, leg }) => {
      if (usedLines.has(line) || usedLegs.has(leg)) return [];
      usedLines.add(line);
      usedLegs.add(leg);
      return [{ lines: [line], legs: [leg] }];
    });
}
