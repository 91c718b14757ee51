import type { LocalDate } from '../calendar/local-date.ts';
import type { Direction } from '../files/statement.ts';

/** A line of the bank's statement, as far as matching looks at it. */
export interface MatchLine {
  id: string;
  on: LocalDate;
  direction: Direction;
  /** on the wire */
  amount: string;
  serial: string | null;
  counterpartyName: string | null;
  counterpartyAccount: string | null;
  memo: string;
}

/** A line of the ledger on the deposit account: `in` is its debit. */
export interface MatchLeg {
  /** entry and line: `12:1` */
  id: string;
  /** the day of the fact, even where it was booked in a later month */
  on: LocalDate;
  direction: Direction;
  amount: string;
  /** the bank's number of the receipt or voucher, where whoever booked it gave one */
  number: string | null;
  /** what it is about, e.g. a 借据号 */
  subject: string | null;
  memo: string;
  /** whom the other side of the entry stands for: names and account numbers */
  parties: string[];
  /** the business event, and the one it takes back */
  reference: string;
  reverses: string | null;
}

/** Why two sides belong together, the surest first. The first six are matched without being asked, where nothing else fits; the others wait for a person. */
export const RULES = {
  reversal: { label: '红字冲销', confidence: 100, text: '凭证与冲销它的凭证相抵，银行没有收付' },
  number: { label: '流水号', confidence: 100, text: '银行流水号、方向、金额相同' },
  reference: { label: '业务编号', confidence: 99, text: '摘要中的业务编号、方向、金额相同，日期相近' },
  counterparty: { label: '对方', confidence: 97, text: '对方、方向、金额相同，日期相近，此外没有其他可能' },
  sum: { label: '合计', confidence: 95, text: '对方相同，日期相近，一方各笔合计等于另一方，此外没有其他组合' },
  amount: { label: '金额', confidence: 90, text: '未达各项中只有这两笔是这个金额，方向相同，日期相近' },
  amountDiffers: { label: '金额不符', confidence: 60, text: '银行流水号相同，金额或方向不同' },
  digits: { label: '数字颠倒', confidence: 50, text: '对方相同、日期相近，金额只差相邻两位颠倒' },
  likely: { label: '金额相同', confidence: 70, text: '未达各项中只有这两笔是这个金额，方向相同，但对方或流水号不同' },
  ambiguous: { label: '多种可能', confidence: 40, text: '对方或编号、方向、金额相同，但不止一种配法' },
} as const;
export type Rule = keyof typeof RULES;

/** Lines and legs that belong together, or may: with the rule that says so. No line or leg is in two matches. */
export interface Match {
  rule: Rule;
  lines: string[];
  legs: string[];
}

/** How far apart the two sides may lie in days, and how large sets may be. There is no tolerance of amounts. */
export const BOUNDS = {
  number: 31,
  reference: 10,
  counterparty: 5,
  amount: 3,
  sum: 5,
  /** of how many a sum is looked for, and of how many it may consist */
  candidates: 12,
  parts: 4,
  /** of a whole day or all that is open with one party */
  whole: 30,
} as const;

/** One order for all, so that the order in which things come says nothing. */
export function inOrder<T extends { id: string; on: LocalDate }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (a.on === b.on ? byId(a.id, b.id) : a.on < b.on ? -1 : 1));
}

/** Ids as numbers where they are, part by part: 2 before 10, 12:2 before 12:10. */
export function byId(a: string, b: string): number {
  const [one, other] = [a.split(':'), b.split(':')];
  for (let i = 0; i < one.length; i++) {
    const apart = Number(one[i]) - Number(other[i]);
    if (apart !== 0) return apart;
  }
  return 0;
}
