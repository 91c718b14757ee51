import { addDays } from '../calendar/local-date.ts';
import { type Dialect, debitBalance, preamble } from './export-frame.ts';
import { accountPath, oneLine } from './export-names.ts';

/** https://beancount.github.io/docs/beancount_language_syntax.html */
export const beancount: Dialect = {
  head: (frame) =>
    [
      ...preamble(frame).map((text) => `; ${oneLine(text)}`),
      `option "title" ${quoted(frame.book.name)}`,
      'option "operating_currency" "CNY"',
      `${frame.opened} commodity CNY`,
      ...frame.closing.flatMap((a) => [
        `${frame.opened} open ${accountPath(a, 'beancount')} CNY`,
        `  name: ${quoted(a.name)}`,
        `  key: ${quoted(a.key)}`,
      ]),
      '',
      '',
    ].join('\n'),
  entry: ({ occurredOn, seq, memo, tags, lines }) =>
    [
      `${occurredOn} * ${quoted(memo)}`,
      `  seq: ${seq}`,
      ...tags.map(([name, value]) => `  ${name}: ${quoted(value)}`),
      ...lines.flatMap((l) => [
        `  ${accountPath(l, 'beancount')}  ${l.amount} CNY`,
        ...(l.subject === null ? [] : [`    subject: ${quoted(l.subject)}`]),
      ]),
      '',
      '',
    ].join('\n'),
  // A balance is asserted at the beginning of a day; "~ 0.00" allows no difference.
  end: ({ to, closing }) =>
    closing
      .map((a) => `${addDays(to, 1)} balance ${accountPath(a, 'beancount')}  ${debitBalance(a)} ~ 0.00 CNY\n`)
      .join(''),
};

const quoted = (text: string): string => `"${oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
