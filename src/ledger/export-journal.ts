import { type Dialect, debitBalance, type ExportEntry, type ExportFrame, preamble, TAGS } from './export-frame.ts';
import { accountPath, type ExportFormat, oneLine } from './export-names.ts';
import type { AccountBalance } from './trial-balance.ts';

/** hledger and Ledger read almost the same journal; only their declarations differ. */
const journal = (
  format: ExportFormat,
  declare: { commodity: string; account(a: AccountBalance): string },
): Dialect => ({
  head: (frame) =>
    [
      ...preamble(frame).map((text) => `; ${oneLine(text)}`),
      declare.commodity,
      ...TAGS.map((tag) => `tag ${tag}`),
      ...frame.closing.map(declare.account),
      '',
      '',
    ].join('\n'),
  entry: (entry) => transaction(format, entry),
  end: (frame) => assertions(format, frame),
});

/** https://hledger.org/hledger.html#journal */
export const hledger = journal('hledger', {
  commodity: 'commodity 1000.00 CNY',
  account: (a) => {
    const type = a.offBalance ? '' : TYPES[a.code[0]!];
    return `account ${accountPath(a, 'hledger')}  ; ${comment(`${a.name} ${a.key}`)}${type ? `, type:${type}` : ''}`;
  },
});

/** https://ledger-cli.org/doc/ledger3.html#Command-Directives */
export const ledger = journal('ledger', {
  commodity: 'commodity CNY\n    format 1000.00 CNY',
  account: (a) => `account ${accountPath(a, 'ledger')}\n    note ${comment(`${a.name} ${a.key}`)}`,
});

/** First digit of a code → hledger's account type. */
const TYPES: Record<string, string> = { 1: 'A', 2: 'L', 3: 'E', 4: 'R', 5: 'X' };

function transaction(format: ExportFormat, { occurredOn, seq, memo, tags, lines }: ExportEntry): string {
  return [
    `${occurredOn} * (${seq}) ${oneLine(memo).replaceAll(';', '；')}`,
    ...tags.map(([name, value]) => `    ; ${name}: ${comment(value)}`),
    ...lines.map((l) => {
      const subject = l.subject === null ? '' : `  ; subject: ${comment(l.subject)}`;
      return `    ${accountPath(l, format)}  ${l.amount} CNY${subject}`;
    }),
    '',
    '',
  ].join('\n');
}

function assertions(format: ExportFormat, { to, closing }: ExportFrame): string {
  if (closing.length === 0) return '';
  const lines = closing.map((a) => `    ${accountPath(a, format)}  0.00 CNY = ${debitBalance(a)} CNY`);
  return [`${to} * (0) 期末余额核对`, ...lines, ''].join('\n');
}

/** Text inside a comment: a comma would end a tag, brackets would be read as a date. */
const comment = (text: string): string =>
  oneLine(text).replaceAll(',', '，').replaceAll('[', '〔').replaceAll(']', '〕');
