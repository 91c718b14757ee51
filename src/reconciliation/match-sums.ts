import { daysBetween } from '../calendar/local-date.ts';
import { toFen } from '../money/fen.ts';
import { Exact } from '../money/money.ts';
import { BOUNDS, inOrder, type Match, type MatchLeg, type MatchLine } from './match.ts';
import { fold, partiesOf } from './match-keys.ts';

/** One side's item where only its sum with others matters. */
interface Part {
  id: string;
  on: string;
  direction: string;
  fen: bigint;
  parties: Set<string>;
}

/**
 * What is left of both sides, matched by sums with one party: one line that several legs make up, one leg that several lines do, and all that is open with a
 * party within days where both sides come to the same. Only where there is one way; what could be made up in several ways, or would be needed twice, is
 * ambiguous. Amounts are equal to the fen. The order in which things are given says nothing.
 */
export function matchSums(
  lines: readonly MatchLine[],
  legs: readonly MatchLeg[],
): { matches: Match[]; ambiguous: Match[] } {
  const ours = inOrder(lines).map((line): Part => ({ ...line, fen: fenOf(line.amount), parties: partiesOf(line) }));
  const books = inOrder(legs).map(
    (leg): Part => ({ ...leg, fen: fenOf(leg.amount), parties: new Set(leg.parties.map(fold)) }),
  );
  const many = [
    ...sumsOf(ours, books).map(({ whole, ways }) => ways.map((parts) => ({ lines: [whole], legs: parts }))),
    ...sumsOf(books, ours).map(({ whole, ways }) => ways.map((parts) => ({ lines: parts, legs: [whole] }))),
  ];
  const first = settle(many);
  const used = new Set(
    first.all.flatMap(({ lines: l, legs: g }) => [...l.map((id) => `l${id}`), ...g.map((id) => `g${id}`)]),
  );
  const rest = heaps(
    ours.filter(({ id }) => !used.has(`l${id}`)),
    books.filter(({ id }) => !used.has(`g${id}`)),
  );
  const second = settle(rest.map((heap) => [heap]));
  return { matches: [...first.matches, ...second.matches], ambiguous: [...first.ambiguous, ...second.ambiguous] };
}

interface Way {
  lines: string[];
  legs: string[];
}

const fenOf = (amount: string): bigint => toFen(new Exact(amount));
const near = (a: Part, b: Part): boolean => Math.abs(daysBetween(a.on, b.on)) <= BOUNDS.sum;

/** The ways in which each of these is a sum of some of the others. */
function sumsOf(wholes: readonly Part[], others: readonly Part[]): { whole: string; ways: string[][] }[] {
  const byParty = new Map<string, Part[]>();
  for (const other of others)
    for (const party of other.parties) {
      const key = `${other.direction} ${party}`;
      const known = byParty.get(key);
      if (known) known.push(other);
      else byParty.set(key, [other]);
    }
  return wholes.flatMap((whole) => {
    const found = new Set(
      [...whole.parties].flatMap((party) => around(byParty.get(`${whole.direction} ${party}`) ?? [], whole)),
    );
    const ways = waysOf(
      whole,
      [...found].filter(({ fen }) => fen < whole.fen),
    );
    return ways.length > 0 ? [{ whole: whole.id, ways }] : [];
  });
}

/** Those within the days of a sum; the list is in the order of days. */
function around(parts: readonly Part[], whole: Part): Part[] {
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (daysBetween(parts[middle]!.on, whole.on) > BOUNDS.sum) low = middle + 1;
    else high = middle;
  }
  const found: Part[] = [];
  for (let i = low; i < parts.length && near(parts[i]!, whole); i++) found.push(parts[i]!);
  return found;
}

/** Sets that come to the whole: everything near, everything of one day, or a few of a dozen. Two ways are enough to know that it is not sure. */
function waysOf(whole: Part, parts: Part[]): string[][] {
  if (parts.length < 2) return [];
  const ways = new Map<string, string[]>();
  const add = (set: readonly Part[]) => {
    const ids = set.map(({ id }) => id).sort();
    ways.set(ids.join(' '), ids);
  };
  const days = [...Map.groupBy(parts, ({ on }) => on).values()];
  for (const set of [parts, ...days]) {
    if (set.length >= 2 && set.length <= BOUNDS.whole && total(set) === whole.fen) add(set);
  }
  const sameDay = parts.filter(({ on }) => on === whole.on);
  const few = parts.length <= BOUNDS.candidates ? parts : sameDay.length <= BOUNDS.candidates ? sameDay : [];
  const sorted = few.toSorted((a, b) => (a.fen < b.fen ? 1 : a.fen > b.fen ? -1 : 0));
  const pick = (from: number, left: bigint, chosen: Part[]) => {
    if (left === 0n && chosen.length >= 2) add(chosen);
    if (left === 0n || chosen.length === BOUNDS.parts || ways.size > 1) return;
    for (let i = from; i < sorted.length; i++)
      if (sorted[i]!.fen <= left) pick(i + 1, left - sorted[i]!.fen, [...chosen, sorted[i]!]);
  };
  pick(0, whole.fen, []);
  return [...ways.values()];
}

const total = (parts: readonly Part[]): bigint => parts.reduce((sum, { fen }) => sum + fen, 0n);

/** All that is open with one party between days without a movement, where the two sides come to the same. */
function heaps(lines: readonly Part[], legs: readonly Part[]): Way[] {
  const groups = new Map<string, { lines: Part[]; legs: Part[] }>();
  const put = (side: 'lines' | 'legs') => (part: Part) => {
    for (const party of part.parties) {
      const key = `${part.direction} ${party}`;
      const group = groups.get(key) ?? { lines: [], legs: [] };
      group[side].push(part);
      groups.set(key, group);
    }
  };
  lines.forEach(put('lines'));
  legs.forEach(put('legs'));
  const found = new Map<string, Way>();
  for (const group of groups.values()) {
    for (const heap of apart(group)) {
      const size = Math.min(heap.lines.length, heap.legs.length);
      if (
        size < 2 ||
        heap.lines.length + heap.legs.length > BOUNDS.candidates ||
        total(heap.lines) !== total(heap.legs)
      )
        continue;
      const way = { lines: heap.lines.map(({ id }) => id), legs: heap.legs.map(({ id }) => id) };
      found.set(`${way.lines} ${way.legs}`, way);
    }
  }
  return [...found.values()];
}

function apart(group: { lines: Part[]; legs: Part[] }): { lines: Part[]; legs: Part[] }[] {
  if (group.lines.length === 0 || group.legs.length === 0) return [];
  const all = [
    ...group.lines.map((part) => ({ part, side: 'lines' as const })),
    ...group.legs.map((part) => ({ part, side: 'legs' as const })),
  ];
  all.sort((a, b) => (a.part.on < b.part.on ? -1 : a.part.on > b.part.on ? 1 : 0));
  const heaped: { lines: Part[]; legs: Part[] }[] = [];
  all.forEach(({ part, side }, i) => {
    if (i === 0 || !near(all[i - 1]!.part, part)) heaped.push({ lines: [], legs: [] });
    heaped.at(-1)![side].push(part);
  });
  return heaped;
}

/** Takes what has one way that shares nothing with any other; the rest is ambiguous. */
function settle(found: Way[][]): { matches: Match[]; ambiguous: Match[]; all: Match[] } {
  const uses = new Map<string, number>();
  const names = ({ lines, legs }: Way) => [...lines.map((id) => `l${id}`), ...legs.map((id) => `g${id}`)];
  const once = new Map(found.flatMap((ways) => ways.map((way): [string, Way] => [names(way).join(' '), way])));
  for (const way of once.values()) for (const name of names(way)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const sure = (way: Way) => names(way).every((name) => uses.get(name) === 1);
  const matches = [...once.values()].filter(sure).map((way): Match => ({ rule: 'sum', ...way }));
  const ambiguous = [...once.values()].filter((way) => !sure(way)).map((way): Match => ({ rule: 'ambiguous', ...way }));
  return { matches, ambiguous, all: [...matches, ...ambiguous] };
}
