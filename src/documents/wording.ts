import { type LocalDate, localDate } from '../calendar/local-date.ts';
import { type SettlementPeriod, settlementPeriod } from '../calendar/settlement-period.ts';
import type { Citation } from '../errors.ts';
import { formatYuan, money } from '../money/money.ts';
import { uppercaseRmb } from '../money/uppercase.ts';
import { PROVISIONAL } from '../policy/explanation.ts';
import type { FilingResult, StatementNote } from './view-models.ts';

/**
 * 发文字号 after GB/T 9704—2012 7.2.5: the issuer's word, the year in six-sided brackets, the serial number without
 * 第 and without leading zeros: 宁科贷结〔2026〕10号.
 */
export function documentNumber(word: string, year: number, serial: number): string {
  return `${word}〔${year}〕${serial}号`;
}

/** 2026-04-03 → 2026年4月3日. Throws DATE_FORMAT for what is no date. */
export function longDate(date: LocalDate): string {
  const [year, month, day] = localDate(date).split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

/** 2026-04 → 2026年4月. Throws PERIOD_FORMAT for what is no month. */
export function longMonth(period: SettlementPeriod): string {
  const [year, month] = settlementPeriod(period).split('-').map(Number);
  return `${year}年${month}月`;
}

/** A wire amount as people read it: "1,234,567.89". Throws MONEY_FORMAT. */
export function yuan(amount: string): string {
  return formatYuan(money(amount));
}

/** A wire amount in 大写 after 《支付结算办法》附一; a negative one starts with 负. Throws MONEY_FORMAT. */
export function yuanInWords(amount: string): string {
  const m = money(amount);
  return m.isNegative() ? `负${uppercaseRmb(m.negated())}` : uppercaseRmb(m);
}

/** One article as printed, marked when it is not confirmed. */
export function citationText(cite: Citation): string {
  return cite.document + cite.article + (cite.confirmed ? '' : `（${PROVISIONAL}）`);
}

/** What a note starts with, so that a reader sees why it is there. */
export function noteText(note: StatementNote): string {
  const month = note.belongsTo === undefined ? '' : longMonth(note.belongsTo);
  const heading = {
    provisional: `暂定结算${month && `（${month}）`}：`,
    missingReport: `缺报${month && `（${month}）`}：`,
    adjustment: `跨期调整${month && `（属${month}）`}：`,
    remark: '',
  };
  return heading[note.kind] + note.text;
}

/** The decision of a filing as the notice names it. */
export const FILING_RESULTS: Record<FilingResult, string> = {
  underReview: '予以受理，进入审查',
  consented: '同意备案，纳入资金池',
  refused: '不予备案',
};

/**
 * Numbers the articles of a document in order of appearance, each once, so that a table can point to them: `mark`
 * gives "[1][3]" for a line's articles, `list` is what the last paragraph prints.
 */
export class CitationIndex {
  readonly list: Citation[] = [];
  readonly #numbers = new Map<string, number>();

  /** Registers the articles and returns their marks, three or more in a row as "[1]–[3]"; no articles, no marks. */
  mark(cites: Citation[]): string {
    const runs: [first: number, last: number][] = [];
    for (const number of cites.map((cite) => this.#number(cite))) {
      const run = runs.at(-1);
      if (run && number === run[1] + 1) run[1] = number;
      else runs.push([number, number]);
    }
    return runs
      .map(([first, last]) => {
        if (first === last) return `[${first}]`;
        return last - first > 1 ? `[${first}]–[${last}]` : `[${first}][${last}]`;
      })
      .join('');
  }

  #number(cite: Citation): number {
    const key = `${cite.document}\n${cite.article}\n${cite.confirmed}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.list.push(cite);
    this.#numbers.set(key, this.list.length);
    return this.list.length;
  }
}
