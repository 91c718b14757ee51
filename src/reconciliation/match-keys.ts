import type { MatchLeg, MatchLine } from './match.ts';

/** A line or leg under one of the keys by which a rule brings the two sides together. */
export interface Keyed {
  /** place among the lines or legs given */
  i: number;
  key: string;
  /** what must be equal besides */
  what: string;
  on: string;
  /** items of one day that say the same here cannot be told apart */
  alike: string;
}

/** The two sides under their keys. */
export interface KeyedSides {
  lines: Keyed[];
  legs: Keyed[];
}

type KeysOf<T> = (item: T) => Iterable<string>;
const moved = ({ direction, amount }: { direction: string; amount: string }): string => `${direction} ${amount}`;

/** Both sides by the bank's number. `same: false` brings together what has the same number but not the same amount. */
export function byNumber(lines: readonly MatchLine[], legs: readonly MatchLeg[], same: boolean): KeyedSides {
  const what = same ? moved : () => '';
  return sides(
    lines,
    legs,
    (l) => number(l.serial),
    (g) => number(g.number),
    what,
  );
}

/** Both sides by numbers of the business that the bank's memo quotes. */
export function byReference(lines: readonly MatchLine[], legs: readonly MatchLeg[]): KeyedSides {
  const known = new Set(legs.flatMap(references));
  const quoted = (line: MatchLine) => new Set(words(line.memo).filter((word) => known.has(word)));
  return sides(lines, legs, quoted, (leg) => new Set(references(leg)), moved);
}

/** Both sides by the party: its account number or its name. */
export function byParty(lines: readonly MatchLine[], legs: readonly MatchLeg[], what = moved): KeyedSides {
  return sides(lines, legs, partiesOf, ({ parties }) => new Set(parties.map(fold)), what);
}

/** Both sides by nothing but an amount that occurs once on each. */
export function byAmount(lines: readonly MatchLine[], legs: readonly MatchLeg[]): KeyedSides {
  const once = (items: readonly { direction: string; amount: string }[]) =>
    new Set([...Map.groupBy(items, moved)].flatMap(([what, found]) => (found.length === 1 ? [what] : [])));
  const [one, other] = [once(lines), once(legs)];
  const key = (item: { direction: string; amount: string }) =>
    one.has(moved(item)) && other.has(moved(item)) ? [''] : [];
  return sides(lines, legs, key, key, moved);
}

/** Whom a line of the bank came from or went to, as keys. */
export function partiesOf({ counterpartyAccount, counterpartyName }: MatchLine): Set<string> {
  return new Set([counterpartyAccount, counterpartyName].flatMap((text) => (text ? [fold(text)] : [])));
}

/** True where both sides say whom they are with and it is not the same. */
export function partiesDiffer(line: MatchLine, leg: MatchLeg): boolean {
  const own = partiesOf(line);
  return own.size > 0 && leg.parties.length > 0 && !leg.parties.some((party) => own.has(fold(party)));
}

/** True where the bank's memo quotes a number of the business and it is not the entry's. */
export function quotesOther(line: MatchLine, leg: MatchLeg): boolean {
  const quoted = words(line.memo).filter((word) => /^[A-Z]+\d{5,}/.test(word));
  return quoted.length > 0 && leg.subject !== null && !quoted.includes(leg.subject.normalize('NFKC').toUpperCase());
}

/** Names with widths and brackets folded; account numbers without gaps. */
export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\-·.]+/g, '')
    .toUpperCase();

/** Short numbers are counted anew every day. */
const number = (text: string | null): string[] => (text !== null && text.length >= 6 ? [fold(text)] : []);

const words = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .match(/[A-Z0-9][A-Z0-9-]{5,}/g) ?? [];

const references = ({ subject, number: no }: MatchLeg): string[] =>
  [subject, no].flatMap((text) => (text !== null && text.length >= 6 ? [text.normalize('NFKC').toUpperCase()] : []));

function sides(
  lines: readonly MatchLine[],
  legs: readonly MatchLeg[],
  lineKeys: KeysOf<MatchLine>,
  legKeys: KeysOf<MatchLeg>,
  what: (item: MatchLine | MatchLeg) => string,
): KeyedSides {
  const alikeLine = ({ counterpartyAccount, counterpartyName, memo }: MatchLine) =>
    `${counterpartyAccount} ${counterpartyName} ${memo}`;
  const alikeLeg = ({ subject, memo, parties }: MatchLeg) => `${subject} ${memo} ${parties.join(' ')}`;
  const [one, other] = [keyed(lines, lineKeys, what, alikeLine), keyed(legs, legKeys, what, alikeLeg)];
  return { lines: metBy(one, other), legs: metBy(other, one) };
}

/** Those of which the key is on the other side too: what is not there need not be looked at. */
function metBy(items: Keyed[], others: Keyed[]): Keyed[] {
  const name = ({ key, what }: Keyed) => `${what} ${key}`;
  const known = new Set(others.map(name));
  return items.filter((item) => known.has(name(item)));
}

function keyed<T extends { on: string }>(
  items: readonly T[],
  keysOf: KeysOf<T>,
  what: (item: T) => string,
  alike: (item: T) => string,
): Keyed[] {
  return items.flatMap((item, i) =>
    Array.from(keysOf(item), (key) => ({ i, key, what: what(item), on: item.on, alike: alike(item) })),
  );
}
