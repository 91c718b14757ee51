import { daysBetween, type LocalDate } from '../calendar/local-date.ts';
import { BOUNDS, type Match, type MatchLeg, type MatchLine } from './match.ts';

export const DIFFERENCE_KINDS = {
  unknownReceipt: '不明来款',
  bankFee: '银行手续费',
  interest: '利息未入账',
  missingInLedger: '账面未记',
  missingAtBank: '银行未记',
  amountDiffers: '金额不符',
  duplicate: '疑似重复',
  timing: '在途',
  opening: '期初余额未入账',
} as const;
export type DifferenceKind = keyof typeof DIFFERENCE_KINDS;

export const DIFFERENCE_STATUSES = {
  open: '待处理',
  proposed: '待复核',
  explained: '已说明',
  resolved: '已入账',
  matched: '已核对',
} as const;

/** What may be done about a difference: all are booked but the last, which is only said. */
export const RESOLUTIONS = {
  interest: { label: '利息入账', kinds: ['interest', 'unknownReceipt'], side: 'bank', direction: 'in' },
  bankFee: { label: '手续费入账', kinds: ['bankFee', 'missingInLedger'], side: 'bank', direction: 'out' },
  suspense: { label: '转待查款项', kinds: null, side: 'bank', direction: 'in' },
  paymentSuspense: { label: '转待查支出', kinds: null, side: 'bank', direction: 'out' },
  paymentReturned: { label: '待查支出退回', kinds: null, side: 'bank', direction: 'in' },
  opening: { label: '期初入账', kinds: ['opening'], side: 'bank', direction: null },
  timing: { label: '在途，待对方入账', kinds: null, side: 'ledger', direction: null },
} as const;
export type Resolution = keyof typeof RESOLUTIONS;

const INTEREST = /利息|结息|INTEREST/i;
const FEE = /手续费|管理费|工本费|服务费|汇划费|年费|回单费|短信费|CHARGE|FEE/i;

/** What was matched, by what tells a second one of the same. */
export interface Matched {
  serials: Set<string>;
  legs: Set<string>;
}

export function matchedOf(lines: readonly MatchLine[], legs: readonly MatchLeg[]): Matched {
  return { serials: new Set(lines.flatMap(({ serial }) => serial ?? [])), legs: new Set(legs.map(lookOf)) };
}

/** What a line of the bank that the ledger has not most likely is. */
export function kindOfLine(line: MatchLine, proposals: readonly Match[], matched: Matched): DifferenceKind {
  if (differs(proposals)) return 'amountDiffers';
  if (line.serial !== null && matched.serials.has(line.serial)) return 'duplicate';
  if (line.direction === 'in' && INTEREST.test(line.memo)) return 'interest';
  if (line.direction === 'out' && FEE.test(line.memo)) return 'bankFee';
  return line.direction === 'in' && proposals.length === 0 ? 'unknownReceipt' : 'missingInLedger';
}

/** What a line of the ledger that the bank has not most likely is, at the end of a day. */
export function kindOfLeg(
  leg: MatchLeg,
  proposals: readonly Match[],
  matched: Matched,
  end: LocalDate,
): DifferenceKind {
  if (differs(proposals)) return 'amountDiffers';
  if (matched.legs.has(lookOf(leg))) return 'duplicate';
  return daysBetween(leg.on, end) <= BOUNDS.reference ? 'timing' : 'missingAtBank';
}

const lookOf = ({ on, direction, amount, subject, memo }: MatchLeg): string =>
  JSON.stringify([on, direction, amount, subject, memo]);
const differs = (proposals: readonly Match[]): boolean =>
  proposals.some(({ rule }) => rule === 'amountDiffers' || rule === 'digits');
