import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Citation } from '../errors.ts';
import { type Explanation, PROVISIONAL } from '../policy/explanation.ts';

/** Where a figure stands to its limit: the only meanings a colour has. */
export type Tone = 'within' | 'near' | 'past';

/** A figure of the first page: a wire amount, a count or a percentage as text. */
export interface Figure {
  label: string;
  value: string;
  /** 元, 笔, %; left out for words */
  unit?: string;
  /** console path where it is drawn out */
  href?: string;
  tone?: Tone;
  /** why it is so; left out for words */
  explanation?: Explanation;
}

/** Something that waits: how many, until when, and where it is done. */
export interface Todo {
  kind: string;
  title: string;
  count: number;
  dueOn: LocalDate | null;
  late: boolean;
  href: string;
  /** the articles the due date rests on */
  cites: Citation[];
}

/** A role's first page: the answer to its question in one sentence, then figures, then what waits. */
export interface Home {
  sentence: string;
  state: 'ok' | 'attention' | 'late';
  figures: Figure[];
  todo: Todo[];
  /** said where a due date or a limit rests on an unconfirmed value */
  notice: string | null;
}

/** The page made of its parts: late when anything is late, attention when anything waits; what is late and due first comes first. */
export function homeOf(sentence: string, figures: Figure[], todo: Todo[]): Home {
  const waiting = todo.filter((t) => t.count > 0).sort(byDue);
  const state = waiting.some((t) => t.late) ? 'late' : waiting.length > 0 ? 'attention' : 'ok';
  const provisional = waiting.some((t) => t.cites.some((c) => !c.confirmed));
  return { sentence, state, figures, todo: waiting, notice: provisional ? PROVISIONAL : null };
}

function byDue(a: Todo, b: Todo): number {
  if (a.late !== b.late) return a.late ? -1 : 1;
  const [x, y] = [a.dueOn ?? '9999', b.dueOn ?? '9999'];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** A thing that waits without a date of its own. */
export function waits(kind: string, title: string, count: number, href: string, late = false): Todo {
  return { kind, title, count, dueOn: null, late, href, cites: [] };
}

/** 2026-10 → 10 月, with the year where it is not today's. */
export function monthText(period: SettlementPeriod, today: LocalDate): string {
  const [year, month] = period.split('-').map(Number);
  return `${yearText(year!, today)}${month} 月`;
}

/** 2026-11-05 → 11 月 5 日, with the year where it is not today's. */
export function dayText(day: LocalDate, today: LocalDate): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${yearText(year!, today)}${month} 月 ${date} 日`;
}

const yearText = (year: number, today: LocalDate): string => (year === Number(today.slice(0, 4)) ? '' : `${year} 年 `);

/** The first few of a list in words, and how many there are in all. */
export function listed(items: string[], most = 3): string {
  return items.length > most ? `${items.slice(0, most).join('，')}等 ${items.length} 项` : items.join('，');
}
