import { daysBetween } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { BOUNDS, inOrder, type Match, type MatchLeg, type MatchLine, type Rule } from './match.ts';
import { byAmount, byNumber, byParty, byReference, type KeyedSides, partiesDiffer, quotesOther } from './match-keys.ts';
import { pairUp } from './match-store.ts';
import { matchSums } from './match-sums.ts';

/** What belongs together, and what may and waits for a person. */
export interface Matching {
  matches: Match[];
  proposals: Match[];
}

/** More of one heap than this nobody reads. */
const MOST = 50;

/**
 * Matches the lines of a bank account with the legs of the ledger, the surest rule first; each takes what the ones before have left. What a rule finds more
 * than one way for, or what has the number but not the amount, is only proposed, and no weaker rule takes it. The same sets give the same answer in whatever
 * order they come; nothing is read or written.
 */
export async function matchSides(
  tx: Tx,
  allLines: readonly MatchLine[],
  allLegs: readonly MatchLeg[],
): Promise<Matching> {
  const open = new Open(inOrder(allLines), inOrder(allLegs));
  open.takeReversals();
  await open.pair(tx, 'number', byNumber(open.lines, open.legs, true), BOUNDS.number);
  await open.propose(tx, 'amountDiffers', byNumber(open.lines, open.legs, false), BOUNDS.number, () => true);
  await open.pair(tx, 'reference', byReference(open.lines, open.legs), BOUNDS.reference);
  await open.pair(tx, 'counterparty', byParty(open.lines, open.legs), BOUNDS.counterparty);
  await open.propose(tx, 'digits', byParty(open.lines, open.legs, digits), BOUNDS.counterparty, swapped);
  open.takeSums();
  await open.pair(tx, 'amount', byAmount(open.lines, open.legs), BOUNDS.amount, sameMoney);
  return { matches: open.matches, proposals: open.proposals };
}

/** What is still open on both sides, in one order. */
class Open {
  lines: MatchLine[];
  legs: MatchLeg[];
  matches: Match[] = [];
  proposals: Match[] = [];

  constructor(lines: MatchLine[], legs: MatchLeg[]) {
    this.lines = lines;
    this.legs = legs;
  }

  /** An entry and the one that takes it back: money that never moved. */
  takeReversals(): void {
    const byReference = new Map(this.legs.map((leg) => [leg.reference, leg]));
    for (const leg of this.legs) {
      const original = leg.reverses === null ? undefined : byReference.get(leg.reverses);
      if (!original || original.amount !== leg.amount || original.direction === leg.direction) continue;
      this.matches.push({ rule: 'reversal', lines: [], legs: [original.id, leg.id] });
    }
    this.close(this.matches);
  }

  async pair(
    tx: Tx,
    rule: Rule,
    sides: KeyedSides,
    apart: number,
    fits: (line: MatchLine, leg: MatchLeg) => boolean = () => true,
  ): Promise<void> {
    const { pairs, ambiguous } = await pairUp(tx, sides, apart);
    const pair =
      (as: Rule) =>
      (at: { line: number; leg: number }): Match => ({
        rule: as,
        lines: [this.lines[at.line]!.id],
        legs: [this.legs[at.leg]!.id],
      });
    const found = pairs.filter(({ line, leg }) => fits(this.lines[line]!, this.legs[leg]!)).map(pair(rule));
    const doubted = pairs.filter(({ line, leg }) => !fits(this.lines[line]!, this.legs[leg]!)).map(pair('likely'));
    const taken = new Set(found.flatMap(({ lines: [line], legs: [leg] }) => [`l${line}`, `g${leg}`]));
    const unsure = ambiguous.flatMap(({ lines, legs }): Match[] => {
      const heap = {
        lines: lines.map((i) => this.lines[i]!.id).filter((id) => !taken.has(`l${id}`)),
        legs: legs.map((i) => this.legs[i]!.id).filter((id) => !taken.has(`g${id}`)),
      };
      return heap.lines.length > 0 && heap.legs.length > 0 ? [{ rule: 'ambiguous', ...heap }] : [];
    });
    this.matches = this.matches.concat(found);
    this.hold([...found, ...doubted, ...unsure], [...doubted, ...unsure]);
  }

  /** Pairs that are shown and left alone. */
  async propose(
    tx: Tx,
    rule: Rule,
    sides: KeyedSides,
    apart: number,
    fits: (line: MatchLine, leg: MatchLeg) => boolean,
  ): Promise<void> {
    const { pairs } = await pairUp(tx, sides, apart);
    const found = pairs
      .filter(({ line, leg }) => fits(this.lines[line]!, this.legs[leg]!))
      .map(({ line, leg }): Match => ({ rule, lines: [this.lines[line]!.id], legs: [this.legs[leg]!.id] }));
    this.hold(found, found);
  }

  takeSums(): void {
    const { matches, ambiguous } = matchSums(this.lines, this.legs);
    this.matches = this.matches.concat(matches);
    this.hold([...matches, ...ambiguous], ambiguous);
  }

  private hold(closed: Match[], proposed: Match[]): void {
    this.proposals = this.proposals.concat(
      proposed.map(({ rule, lines, legs }) => ({ rule, lines: lines.slice(0, MOST), legs: legs.slice(0, MOST) })),
    );
    this.close(closed);
  }

  private close(found: Match[]): void {
    const [lines, legs] = [new Set(found.flatMap((m) => m.lines)), new Set(found.flatMap((m) => m.legs))];
    this.lines = this.lines.filter(({ id }) => !lines.has(id));
    this.legs = this.legs.filter(({ id }) => !legs.has(id));
  }
}

/** Nothing says that it is other money: not the numbers, nor what the memo quotes, nor, on another day, the parties. */
function sameMoney(line: MatchLine, leg: MatchLeg): boolean {
  if (line.serial !== null && leg.number !== null && line.serial !== leg.number) return false;
  return !quotesOther(line, leg) && (line.on === leg.on || !partiesDiffer(line, leg));
}

/** The digits of an amount whatever their order. */
const digits = ({ direction, amount }: { direction: string; amount: string }): string =>
  `${direction} ${[...amount].sort().join('')}`;

/** True for amounts that differ by two neighbouring digits changing places. */
function swapped(line: MatchLine, leg: MatchLeg): boolean {
  const [one, other] = [line.amount.replace('.', ''), leg.amount.replace('.', '')];
  const at = [...one].flatMap((digit, i) => (digit === other[i] ? [] : [i]));
  return at.length === 2 && at[1]! - at[0]! === 1 && Math.abs(daysBetween(line.on, leg.on)) <= BOUNDS.counterparty;
}
