import type { InferResponseType } from 'hono/client';
import { type Exact, money, sum, toWire } from '../../../money/money.ts';
import type { api } from '../../api.ts';
import type { Run } from '../reconciliations/run.ts';

/** Both open sides of an account, and one item of each. */
export type Desk = InferResponseType<(typeof api.reconciliations)[':id']['sides']['$get'], 200>;
export type Proposal = Run['proposals'][number];

/** An open item of either side as the workbench shows it. */
export interface Item {
  id: string;
  on: string;
  /** booked on another day than the fact's */
  bookedOn: string | null;
  direction: string;
  amount: string;
  /** whom it is with and what it is about */
  text: string;
  /** the bank's serial, or the number that was recorded with the entry */
  number: string | null;
  /** the entry's own page; null for a line of the bank */
  reference: string | null;
  differenceId: string | null;
  differenceStatus: string | null;
  beyond: boolean;
}
export type Side = 'bank' | 'ledger';
export type Sides = Record<Side, Item[]>;

/** The items of both sides in one form. */
export function sidesOf({ lines, legs }: Desk): Sides {
  const bank = lines.map(({ occurredOn, counterpartyName, memo, serial, ...line }) => ({
    ...line,
    ...{ on: occurredOn, bookedOn: null, number: serial, reference: null },
    text: [counterpartyName, memo].filter(Boolean).join(' '),
  }));
  const ledger = legs.map(({ occurredOn, bookedOn, memo, subject, parties, ...leg }) => ({
    ...leg,
    ...{ on: occurredOn, bookedOn: bookedOn === occurredOn ? null : bookedOn },
    text: [memo, subject, parties.find((name) => !/^\d+$/.test(name))].filter(Boolean).join(' '),
  }));
  return { bank, ledger };
}

/** What some items come to, money in less money out. */
export const totalOf = (items: readonly Item[]): Exact =>
  sum(items.map(({ direction, amount }) => (direction === 'in' ? money(amount) : money(amount).neg())));

/** A proposal with the items it is about. */
export interface Pairing extends Proposal {
  key: string;
  bank: Item[];
  ledger: Item[];
  /** bank − ledger, 0.00 where the two sides agree */
  gap: string;
}

/** Those proposals of which every item is still open, the surest first. */
export function pairingsOf(proposals: readonly Proposal[], { bank, ledger }: Sides): Pairing[] {
  const [lines, legs] = [byId(bank), byId(ledger)];
  return proposals
    .filter((p) => p.lines.every((id) => lines.has(id)) && p.legs.every((id) => legs.has(id)))
    .map((p) => {
      const own = { bank: p.lines.map((id) => lines.get(id)!), ledger: p.legs.map((id) => legs.get(id)!) };
      const gap = toWire(totalOf(own.bank).minus(totalOf(own.ledger)));
      return { ...p, ...own, key: `${p.lines.join(',')}/${p.legs.join(',')}`, gap };
    })
    .toSorted((a, b) => b.confidence - a.confidence);
}

/** Whether one may say yes to a proposal as it stands: the two sides agree to the fen, and there is no other way to pair them. */
export const acceptable = ({ rule, gap }: Pairing): boolean => rule !== 'ambiguous' && gap === '0.00';

const byId = (items: readonly Item[]): Map<string, Item> => new Map(items.map((item) => [item.id, item]));

/** A ledger item's id as the API takes it: entry and line. */
export function placeOf(id: string): { seq: number; lineNo: number } {
  const [seq = '', lineNo = ''] = id.split(':');
  return { seq: Number(seq), lineNo: Number(lineNo) };
}
