import { addDays } from '../../src/calendar/local-date.ts';
import { fromFen } from '../../src/money/fen.ts';
import { toWire } from '../../src/money/money.ts';
import type { MatchLeg, MatchLine } from '../../src/reconciliation/match.ts';
import { seeded } from '../bench/support.ts';

/** Two sides with what belongs together known. Ids carry nothing of it. */
export interface Truth {
  lines: MatchLine[];
  legs: MatchLeg[];
  /** what belongs together and can be known to */
  sets: { lines: string[]; legs: string[] }[];
  /** lines and legs for which nobody could tell from what is given */
  unsure: Set<string>;
}

type Side = 'lines' | 'legs';
interface Item {
  on: string;
  fen: bigint;
  number: string | null;
  subject: string | null;
  party: string | null;
}

/**
 * About `size` business events of a year, seen by the bank and by the books: most once each with a number, a reference or a party in common; some only with
 * an amount; splits, merges, heaps, lags, numbers and amounts with digits swapped, entries made twice, movements on one side only, and events that nobody
 * could tell apart.
 */
export function truthSet(size: number, seed: number): Truth {
  const next = seeded(seed);
  const whole = (n: number) => Math.floor(next() * n);
  const pick = <T>(from: readonly T[]): T => from[whole(from.length)]!;
  const parties = Array.from({ length: Math.max(60, Math.floor(size / 40)) }, (_, i) => `某银行第${i}支行`);
  const [lines, legs]: [{ item: Item; id: number }[], { item: Item; id: number }[]] = [[], []];
  const sets: { lines: number[]; legs: number[] }[] = [];
  const unsure: { side: Side; id: number }[] = [];
  let [made, serial] = [0, 0];
  const put = (side: Side, item: Item): number => {
    (side === 'lines' ? lines : legs).push({ item, id: ++made });
    return made;
  };
  const amount = (): bigint =>
    next() < 0.35 ? BigInt(1 + whole(500)) * 1_000_000n : BigInt(1000 + whole(900_000_000));
  const event = (): Item => {
    const number = `2026${`${++serial}`.padStart(10, '0')}`;
    return {
      on: addDays('2026-01-01', whole(365)),
      fen: amount(),
      number,
      subject: `JJ${`${serial}`.padStart(9, '0')}`,
      party: pick(parties),
    };
  };
  const lag = (item: Item, days: number): Item => ({ ...item, on: addDays(item.on, days) });
  const both = (line: Item, leg: Item) => sets.push({ lines: [put('lines', line)], legs: [put('legs', leg)] });
  const parts = (item: Item, n: number): Item[] => {
    const fens: bigint[] = [];
    let left = item.fen;
    for (let i = 1; i < n; i++) {
      const part = 1n + (left * BigInt(10 + whole(60))) / 100n;
      fens.push(part);
      left -= part;
    }
    return [...fens, left].map((fen, i) => ({ ...item, fen, number: `${item.number}${i}`, subject: null }));
  };
  const swap = (text: string): string => {
    const at = 4 + whole(text.length - 5);
    return `${text.slice(0, at)}${text[at + 1]}${text[at]}${text.slice(at + 2)}`;
  };
  const swapFen = (fen: bigint): bigint => {
    const text = `${fen}`;
    const at = text.split('').findIndex((digit, i) => i > 0 && i + 1 < text.length && digit !== text[i + 1]);
    return at < 0 ? fen + 9n : BigInt(`${text.slice(0, at)}${text[at + 1]}${text[at]}${text.slice(at + 2)}`);
  };
  for (let i = 0; i < size; i++) {
    const it = event();
    const kind = next();
    if (kind < 0.45) both(it, it);
    else if (kind < 0.55) both({ ...it, number: null }, lag(it, whole(5) - 2));
    else if (kind < 0.68)
      both({ ...it, subject: null, number: null, fen: it.fen }, { ...lag(it, -whole(3)), number: null });
    else if (kind < 0.74) both({ ...it, number: swap(it.number!), subject: null }, it);
    else if (kind < 0.8)
      sets.push({
        lines: parts({ ...it, fen: it.fen + 1000n }, 2 + whole(3)).map((p) => put('lines', { ...p, number: null })),
        legs: [put('legs', { ...it, fen: it.fen + 1000n, number: null })],
      });
    else if (kind < 0.86)
      sets.push({
        lines: [put('lines', { ...it, fen: it.fen + 1000n, subject: null })],
        legs: parts({ ...it, fen: it.fen + 1000n }, 2 + whole(3)).map((p) => put('legs', lag(p, -whole(2)))),
      });
    else if (kind < 0.87) {
      const heap = { ...it, fen: it.fen + 5000n, number: null, party: `${it.party}甲${i}` };
      const one = parts(heap, 2);
      const other = parts({ ...heap, fen: one[0]!.fen + 7n }, 2).concat({ ...heap, fen: one[1]!.fen - 7n });
      sets.push({
        lines: one.map((p) => put('lines', { ...p, number: null, subject: null })),
        legs: other.map((p) => put('legs', { ...p, number: null, subject: null })),
      });
    } else if (kind < 0.9)
      both(
        { ...it, fen: 1_000_000_007n + BigInt(i) * 13n, number: null, subject: null, party: null },
        { ...it, fen: 1_000_000_007n + BigInt(i) * 13n, number: null, subject: null },
      );
    else if (kind < 0.92) {
      // The same number with another amount: known to belong together, never to be matched.
      for (const id of [put('lines', { ...it, fen: swapFen(it.fen) })]) unsure.push({ side: 'lines', id });
      unsure.push({ side: 'legs', id: put('legs', it) });
    } else if (kind < 0.94) {
      // Booked twice: the bank's number is on one of them only.
      both(it, it);
      put('legs', { ...it, number: null, subject: `${it.subject}X` });
    } else if (kind < 0.96) {
      // Two equal movements, one entry, nothing that tells which.
      for (let n = 0; n < 2; n++)
        unsure.push({ side: 'lines', id: put('lines', { ...it, number: null, subject: null }) });
      unsure.push({ side: 'legs', id: put('legs', { ...it, number: null, subject: null }) });
    } else if (kind < 0.98) put('lines', { ...it, party: next() < 0.5 ? it.party : null });
    else put('legs', it);
  }
  return shuffledIds({ lines, legs, sets, unsure }, next);
}

/** Gives everything a new id and a new place, so that neither tells what belongs together. */
function shuffledIds(
  made: {
    lines: { item: Item; id: number }[];
    legs: { item: Item; id: number }[];
    sets: { lines: number[]; legs: number[] }[];
    unsure: { side: Side; id: number }[];
  },
  next: () => number,
): Truth {
  const [lines, legs] = [shuffle(made.lines, next), shuffle(made.legs, next)];
  const lineIds = new Map(lines.map(({ id }, i) => [id, `${i + 1}`]));
  const legIds = new Map(legs.map(({ id }, i) => [id, `${i + 1}:1`]));
  const name = (side: Side, id: number) => (side === 'lines' ? lineIds : legIds).get(id)!;
  return {
    lines: lines.map(({ item, id }) => ({
      ...{ id: lineIds.get(id)!, on: item.on, direction: 'in', amount: toWire(fromFen(item.fen)), serial: item.number },
      ...{
        counterpartyName: item.party,
        counterpartyAccount: null,
        memo: item.subject ? `回款 ${item.subject}` : '转账',
      },
    })),
    legs: legs.map(({ item, id }) => ({
      ...{
        id: legIds.get(id)!,
        on: item.on,
        direction: 'in',
        amount: toWire(fromFen(item.fen)),
        number: item.number,
        subject: item.subject,
      },
      ...{
        memo: '回款',
        parties: item.party ? [item.party] : [],
        reference: `event:${legIds.get(id)}`,
        reverses: null,
      },
    })),
    sets: made.sets.map((set) => ({
      lines: set.lines.map((id) => name('lines', id)),
      legs: set.legs.map((id) => name('legs', id)),
    })),
    unsure: new Set(made.unsure.map(({ side, id }) => `${side} ${name(side, id)}`)),
  };
}

/** The same things in another order. */
export function shuffle<T>(items: readonly T[], next: () => number): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
