import type { LocalDate } from '../calendar/local-date.ts';
import type { Sheet } from '../files/sheet.ts';
import type { Direction } from '../files/statement.ts';
import { Exact, type Money, money, sum, toWire } from '../money/money.ts';

/** 余额调节表 items: what leads from the bank's balance to the ledger's. */
export const BRIDGE_KINDS = {
  bankReceived: '减：银行已收，账面未收',
  bankPaid: '加：银行已付，账面未付',
  bookReceived: '加：账面已收，银行未收',
  bookPaid: '减：账面已付，银行未付',
} as const;
export type BridgeKind = keyof typeof BRIDGE_KINDS;

export interface BridgeItem {
  kind: BridgeKind;
  on: LocalDate;
  text: string;
  /** what it adds to the bank's balance, negative where it takes away */
  amount: string;
  /** the bank's line, or entry and line of the ledger */
  lineId: string | null;
  leg: string | null;
  /** the day on which the other side has it, where that is known; null while it is open */
  settledOn: LocalDate | null;
}

/** Something that at the end of a day only one of the two sides has. */
export interface OneSided {
  side: 'bank' | 'ledger';
  /** the line or leg; null of what is neither */
  id: string | null;
  on: LocalDate;
  direction: Direction;
  amount: string;
  text: string;
  settledOn: LocalDate | null;
}

/**
 * 银行存款余额调节表: the bank's balance, what only one side has, the ledger's balance; and what that leaves unexplained, which is 0.00 where every line of
 * both sides is either matched to the fen or named.
 */
export function bridge(
  bankClosing: string,
  ledgerClosing: string,
  open: readonly OneSided[],
): { items: BridgeItem[]; unexplained: string } {
  const items = open.map(itemOf);
  const reached = sum([money(bankClosing), ...items.map(({ amount }) => new Exact(amount))]);
  return { items, unexplained: toWire(reached.minus(money(ledgerClosing))) };
}

function itemOf({ side, id, on, direction, amount, text, settledOn }: OneSided): BridgeItem {
  const received = direction === 'in';
  const kind: BridgeKind =
    side === 'bank' ? (received ? 'bankReceived' : 'bankPaid') : received ? 'bookReceived' : 'bookPaid';
  const adds: Money = (side === 'bank') === received ? money(amount).neg() : money(amount);
  return {
    kind,
    on,
    text,
    amount: toWire(adds),
    lineId: side === 'bank' ? id : null,
    leg: side === 'ledger' ? id : null,
    settledOn,
  };
}

/** The bridge as a table to download: the bank's balance, what leads on from it, what that comes to, the ledger's balance. */
export function bridgeSheet(
  of: { period: string; bankClosing: string; ledgerClosing: string; unexplained: string },
  items: readonly BridgeItem[],
): Sheet {
  const reached = toWire(sum([money(of.bankClosing), ...items.map(({ amount }) => new Exact(amount))]));
  const total = (label: string, amount: string) => [label, '', '', amount, ''];
  return {
    name: `余额调节表 ${of.period}`,
    columns: [
      { title: '项目', kind: 'text', width: 28 },
      { title: '日期', kind: 'date' },
      { title: '摘要', kind: 'text', width: 40 },
      { title: '金额(元)', kind: 'money', width: 20 },
      { title: '对方入账日期', kind: 'date', width: 16 },
    ],
    rows: [
      total('银行对账单余额', of.bankClosing),
      ...items.map(({ kind, on, text, amount, settledOn }) => [BRIDGE_KINDS[kind], on, text, amount, settledOn ?? '']),
      ...[total('调节后余额', reached), total('账面余额', of.ledgerClosing), total('未说明的差额', of.unexplained)],
    ],
  };
}
