import { Chain } from './chain.ts';
import { type Check, dayOf, fen, type Row, rawField, rowsOf, yuan } from './report.ts';

/** An entry as it was hashed: book, number, reference, day, moment, kind, memo, cites, month it belongs to, what it reverses, who, then its lines column by column. */
type Entry = [
  ...[
    book: string,
    seq: number,
    reference: string,
    day: number,
    at: number,
    kind: string,
    memo: string,
    cites: unknown,
  ],
  ...[belongsTo: string | null, reverses: string | null, actor: string],
  ...[codes: string[], keys: string[], sides: string[], amounts: string[], subjects: (string | null)[]],
];
interface EntryLine {
  hash: string;
  lines: [lineNo: number, on: string, book: string | null][];
  entry: Entry;
}
interface AccountLine {
  code: string;
  key: string;
  normalSide: 'D' | 'C';
  offBalance: boolean;
  opening: string;
  closing: string;
  balance: string;
}

/** A line of an entry, as later checks sum it. */
export interface Leg {
  seq: number;
  /** 1 is the entry's first line */
  no: number;
  on: string;
  code: string;
  key: string;
  /** debit positive, in fen */
  debit: bigint;
}

/** What later checks use: every line of the year's entries, and what each account had before them. */
export interface Ledger {
  legs: Leg[];
  opening: { code: string; debit: bigint }[];
  hashes: ReadonlyMap<number, string>;
}

/** The book: its chain, each entry by itself, and its accounts. */
export function checkLedger(check: Check): Ledger {
  const { book, ledger } = check.manifest;
  const chain = new Chain(check, book, '凭证', ledger);
  const legs: Leg[] = [];
  const references = new Map<string, number>();
  for (const row of rowsOf<EntryLine>(check, 'ledger/entries')) {
    const { hash, entry } = row.value;
    const [entryBook, seq, reference] = entry;
    const place = { file: row.file, line: row.line };
    chain.link({ seq, hash, content: rawField(row, 'entry'), ...place });
    const about = `凭证 ${seq}`;
    if (entryBook !== book)
      check.find({ check: 'entry.book', ...place, about, text: `属于账套 ${entryBook}，不是 ${book}` });
    const twice = references.get(reference);
    if (twice)
      check.find({ check: 'entry.reference', ...place, about, text: `业务号 ${reference} 与凭证 ${twice} 重复` });
    references.set(reference, seq);
    legs.push(...checkEntry(check, row));
  }
  chain.end('ledger/entries.jsonl');
  for (const { file, line, value } of rowsOf<{ seq: number; lineNo: number; amount: string }>(check, 'ledger/orphans'))
    check.find({
      check: 'entry.orphan',
      file,
      line,
      about: `凭证 ${value.seq}`,
      text: `分录第 ${value.lineNo} 行（${value.amount} 元）没有凭证：凭证被删除`,
    });
  return { legs, opening: checkAccounts(check, legs), hashes: chain.hashes };
}

/** One entry: its lines are numbered, dated and placed as it is, and balance on the sheet and off it. */
function checkEntry(check: Check, { file, line, value }: Row<EntryLine>): Leg[] {
  const { entry, lines } = value;
  const [book, seq, , day, , , , , , , , codes, keys, sides, amounts] = entry;
  const on = dayOf(day);
  const find = (name: string, text: string) => check.find({ check: name, file, line, about: `凭证 ${seq}`, text });
  if (!codes || codes.length < 2 || lines.some(([no], i) => no !== i + 1))
    find('entry.lines', `分录行缺失或增多：现有 ${codes?.length ?? 0} 行`);
  for (const [no, dated, placed] of lines) {
    if (dated !== on) find('entry.date', `分录第 ${no} 行记于 ${dated}，凭证记于 ${on}`);
    if (placed !== book) find('entry.account', `分录第 ${no} 行的科目不在本账套`);
  }
  const legs = (codes ?? []).map((code, i) => {
    const amount = fen(amounts[i]!);
    if (amount <= 0n) find('entry.amount', `分录第 ${i + 1} 行金额 ${amounts[i]} 应大于零`);
    return { seq, no: i + 1, on, code, key: keys[i]!, debit: sides[i] === 'D' ? amount : -amount };
  });
  for (const [off, words] of [
    [false, '表内'],
    [true, '表外'],
  ] as const) {
    const difference = legs
      .filter(({ code }) => code?.startsWith('9') === off)
      .reduce((sum, { debit }) => sum + debit, 0n);
    if (difference !== 0n) find('entry.balance', `${words}借贷不平，相差 ${yuan(difference)} 元`);
  }
  return legs;
}

/** Accounts: opening and the year's lines make the closing, and the book's own running balance is that, too. */
function checkAccounts(check: Check, legs: Leg[]): Ledger['opening'] {
  const moved = new Map<string, bigint>();
  for (const { code, key, debit } of legs) moved.set(`${code} ${key}`, (moved.get(`${code} ${key}`) ?? 0n) + debit);
  const opening: Ledger['opening'] = [];
  for (const { file, line, value } of rowsOf<AccountLine>(check, 'ledger/accounts')) {
    const { code, key, normalSide } = value;
    const about = `科目 ${code} ${key}`;
    const debit = moved.get(`${code} ${key}`) ?? 0n;
    moved.delete(`${code} ${key}`);
    const reached = fen(value.opening) + (normalSide === 'D' ? debit : -debit);
    if (reached !== fen(value.closing))
      check.find({
        check: 'account.closing',
        file,
        line,
        about,
        text: `年初加本年分录为 ${yuan(reached)}，年末为 ${value.closing}`,
      });
    if (reached !== fen(value.balance))
      check.find({
        check: 'account.balance',
        file,
        line,
        about,
        text: `账簿所记余额 ${value.balance} 与分录合计 ${yuan(reached)} 不符`,
      });
    opening.push({ code, debit: normalSide === 'D' ? fen(value.opening) : -fen(value.opening) });
  }
  for (const [account] of moved)
    check.find({
      check: 'account.missing',
      file: 'ledger/accounts.jsonl',
      about: `科目 ${account}`,
      text: '分录中有此科目，科目余额中没有',
    });
  return opening;
}
