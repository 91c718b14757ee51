import type { LocalDate } from '../calendar/local-date.ts';
import { lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import { type BridgeItem, bridge, type OneSided } from './bridge.ts';
import { type DifferenceKind, kindOfLeg, kindOfLine, matchedOf } from './difference.ts';
import { inOrder, type Match, type MatchLeg, type MatchLine } from './match.ts';
import type { Matching } from './match-service.ts';

/** A line of the ledger with the day it is booked on, which for a late fact is not its own. */
export interface OpenLeg extends MatchLeg {
  bookedOn: LocalDate;
}

/** Everything a run looks at. Kept with it, so that it can be run again. */
export interface RunInputs {
  poolCode: string;
  accountNo: string;
  period: SettlementPeriod;
  /** the ledger as it stood: entries up to this one */
  entries: number;
  bankClosing: string;
  ledgerClosing: string;
  /** the last day that a statement speaks of; the balance is of that day where it lies before the month's end */
  coveredTo: LocalDate;
  /** lines of the month that had their entry before */
  matchedBefore: number;
  /** what was open, and of each match made before that spans the month's end all of it */
  lines: MatchLine[];
  legs: OpenLeg[];
  spanning: { lines: MatchLine[]; legs: OpenLeg[] }[];
  /** what the account's first statement opened with, and since when the ledger has it, null while it has not; left out where it opened with nothing */
  opening?: { on: LocalDate; amount: string; settledOn: LocalDate | null };
}

export interface FoundDifference {
  kind: DifferenceKind;
  lineId: string | null;
  leg: string | null;
}

/** What a run says. */
export interface RunResult extends Matching {
  unexplained: string;
  bridge: BridgeItem[];
  /** lines of the month that have their entry */
  matched: number;
  differences: FoundDifference[];
}

/** Draws from a matching what each side lacks at the month's end, how the two balances go together, and what is to be looked into. */
export function compose(inputs: RunInputs, { matches, proposals }: Matching): RunResult {
  const end = lastDay(inputs.period);
  const lines = new Map(inputs.lines.map((line) => [line.id, line]));
  const legs = new Map(inputs.legs.map((leg) => [leg.id, leg]));
  const made = matches.map((m) => ({
    lines: m.lines.map((id) => lines.get(id)!),
    legs: m.legs.map((id) => legs.get(id)!),
  }));
  const used = { lines: new Set(matches.flatMap((m) => m.lines)), legs: new Set(matches.flatMap((m) => m.legs)) };
  const openLines = inOrder(inputs.lines.filter(({ id, on }) => on <= end && !used.lines.has(id)));
  const openLegs = inOrder(inputs.legs.filter(({ id, bookedOn }) => bookedOn <= end && !used.legs.has(id)));
  const across = [...inputs.spanning, ...made].flatMap((match) => acrossEnd(match, end));
  const opening = openingItem(inputs, end);
  const oneSided = [
    ...opening,
    ...openLines.map((line) => bankItem(line, null)),
    ...openLegs.map((leg) => bookItem(leg, null)),
    ...across,
  ];
  const { items, unexplained } = bridge(inputs.bankClosing, inputs.ledgerClosing, oneSided);
  const month = (on: LocalDate) => on.startsWith(inputs.period);
  const doneLines = made.flatMap((m) => m.lines);
  const done = matchedOf(
    doneLines,
    made.flatMap((m) => m.legs),
  );
  const about = { lines: byMember(proposals, 'lines'), legs: byMember(proposals, 'legs') };
  return {
    ...{ unexplained, bridge: items, matched: inputs.matchedBefore + doneLines.filter(({ on }) => month(on)).length },
    differences: [
      ...opening
        .filter(({ settledOn }) => settledOn === null)
        .map(() => ({ kind: 'opening' as const, lineId: null, leg: null })),
      ...openLines.map((line) => ({
        kind: kindOfLine(line, about.lines.get(line.id) ?? [], done),
        lineId: line.id,
        leg: null,
      })),
      ...openLegs.map((leg) => ({
        kind: kindOfLeg(leg, about.legs.get(leg.id) ?? [], done, end),
        lineId: null,
        leg: leg.id,
      })),
    ],
    ...{ matches, proposals },
  };
}

/** What the account opened with, as long as the ledger had not taken it in by the month's end. */
function openingItem({ opening }: RunInputs, end: LocalDate): OneSided[] {
  if (!opening || (opening.settledOn !== null && opening.settledOn <= end)) return [];
  return [{ side: 'bank', id: null, direction: 'in', text: '期初余额（首份对账单）', ...opening }];
}

/** Proposals by each line or leg that they are about. */
function byMember(proposals: readonly Match[], side: 'lines' | 'legs'): Map<string, Match[]> {
  const found = new Map<string, Match[]>();
  for (const proposal of proposals)
    for (const id of proposal[side]) found.set(id, [...(found.get(id) ?? []), proposal]);
  return found;
}

/** Of a match of which one side came before the month's end and the other after it, what was there at its end. */
function acrossEnd({ lines, legs }: { lines: MatchLine[]; legs: OpenLeg[] }, end: LocalDate): OneSided[] {
  const later = [...lines.map(({ on }) => on), ...legs.map(({ bookedOn }) => bookedOn)]
    .filter((day) => day > end)
    .sort();
  const last = later.at(-1);
  if (!last) return [];
  return [
    ...lines.filter(({ on }) => on <= end).map((line) => bankItem(line, last)),
    ...legs.filter(({ bookedOn }) => bookedOn <= end).map((leg) => bookItem(leg, last)),
  ];
}

function bankItem(line: MatchLine, settledOn: LocalDate | null): OneSided {
  const { id, on, direction, amount, memo, counterpartyName } = line;
  const text = [counterpartyName, memo].filter(Boolean).join(' ') || line.serial || '';
  return { side: 'bank', id, on, direction, amount, text, settledOn };
}

function bookItem({ id, bookedOn, direction, amount, memo }: OpenLeg, settledOn: LocalDate | null): OneSided {
  return { side: 'ledger', id, on: bookedOn, direction, amount, text: memo, settledOn };
}
