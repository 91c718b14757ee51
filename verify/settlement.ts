import type { Ledger } from './ledger.ts';
import { checkRecords, type Evidence, type Kept, recordsOf } from './records.ts';
import { type Check, fen, type PrintedHead, sha256, yuan } from './report.ts';

/** A settled month, or a closed one. */
interface Settlement {
  period: string;
  ledgerHead: string;
  ledgerEntries: number;
}
interface Section {
  name: string;
  opening: string;
  movements: string;
  closing: string;
  lines: { name: string; amount: string }[];
}
interface Statement {
  period: string;
  partyKind: string;
  partyCode: string;
  statement: string;
  documentId: string | null;
}
interface View {
  sections: Section[];
  ledger: { head: string; entries: number };
  audit?: { head: string; entries: number };
}
interface Issued {
  id: string;
  number: string;
  title: string;
  view: Partial<View>;
}

/** Which account a section of the pool's own statement is of. */
const ACCOUNTS: Record<string, string> = {
  ...{ 专户存款: '1002', 应收追偿款: '1218', 待查及应付款: '2307', 各方出资: '2901' },
  ...{ 准备金占用额: '9101', 池外各方已承担损失: '9201', 账销案存: '9301', 担保责任余额: '9401' },
};
const DEBIT = ['1002', '1218', '9101', '9201', '9301', '9401'];

/** What an archive has of settlements and documents. */
export interface Papers {
  settlements: Kept<Settlement>[];
  closings: Kept<Settlement>[];
  statements: Kept<Statement>[];
  documents: Kept<Issued>[];
}

export const readPapers = (check: Check): Papers => ({
  settlements: recordsOf(check, 'settlement/settlements'),
  closings: recordsOf(check, 'closing/months'),
  statements: recordsOf(check, 'settlement/statements'),
  documents: recordsOf(check, 'documents/documents'),
});

/** The heads that papers carry: they are compared with the chains as those from outside are. */
export function printedHeads(book: string, { settlements, closings, documents }: Papers): PrintedHead[] {
  const headOf = (what: string) => (kept: Kept<Settlement>) => ({
    ...{ chain: book, count: kept.record.ledgerEntries, hash: kept.record.ledgerHead, outside: false },
    from: `${kept.file} 第 ${kept.line} 行（${kept.record.period} ${what}）`,
  });
  return [
    ...settlements.map(headOf('结算')),
    ...closings.map(headOf('结账')),
    ...documents.flatMap(({ record, file, line }) =>
      headsOf(book, record, `${file} 第 ${line} 行（${record.title} ${record.number}）`),
    ),
  ];
}

function headsOf(book: string, { view }: Issued, from: string): PrintedHead[] {
  const heads = [
    ...(view.ledger?.head ? [{ chain: book, ...view.ledger }] : []),
    ...(view.audit?.head ? [{ chain: 'audit', ...view.audit }] : []),
  ];
  return heads.map(({ chain, entries, head }) => ({ chain, count: entries, hash: head, from, outside: false }));
}

/** The records of settlements and closings, by their files. */
const RECORDS = {
  ...{ settlement: 'settlement/settlements', settlementStatement: 'settlement/statements' },
  ...{ closing: 'closing/months', yearClosing: 'closing/years', annualStatement: 'closing/statements' },
};

/** Everything of settlements and closings that the chains do not say themselves; without a ledger that could be read, but for what it says. */
export function checkSettlements(
  check: Check,
  { settlements, statements }: Papers,
  ledger: Ledger | undefined,
  evidence: Map<string, Evidence[]>,
): void {
  for (const [kind, path] of Object.entries(RECORDS)) checkRecords(check, kind, path, evidence);
  checkStatements(check, statements);
  if (ledger) checkAgainstLedger(check, settlements, statements, ledger);
}

/** Each statement adds up, and goes on from the month before. */
function checkStatements(check: Check, statements: Kept<Statement>[]): void {
  const closings = new Map<string, string>();
  const ordered = statements.toSorted((a, b) => (a.record.period < b.record.period ? -1 : 1));
  for (const { record, file, line } of ordered) {
    const { period, partyKind, partyCode } = record;
    const about = `${period} 结算单 ${partyCode}`;
    const { sections } = JSON.parse(record.statement) as View;
    for (const { name, opening, movements, closing, lines } of sections) {
      const find = (of: string, text: string) =>
        check.find({ check: of, file, line, about, text: `「${name}」${text}` });
      const moved = lines.reduce((sum, { amount }) => sum + fen(amount), 0n);
      if (fen(opening) + fen(movements) !== fen(closing))
        find('settlement.closing', `期初 ${opening} 加本期 ${movements} 不等于期末 ${closing}`);
      if (moved !== fen(movements)) find('settlement.lines', `各行合计 ${yuan(moved)} 不等于本期 ${movements}`);
      const key = `${partyKind} ${partyCode} ${name}`;
      const before = closings.get(key);
      if (before !== undefined && fen(before) !== fen(opening))
        find('settlement.opening', `期初 ${opening} 与上月期末 ${before} 不衔接`);
      closings.set(key, closing);
    }
  }
}

/** The pool's own statements beside the book as it was then: every account to the fen. */
function checkAgainstLedger(
  check: Check,
  settlements: Papers['settlements'],
  statements: Papers['statements'],
  { legs, opening }: Ledger,
): void {
  const counted = new Map(settlements.map(({ record }) => [record.period, record.ledgerEntries]));
  const byCode = Map.groupBy(legs, ({ code }) => code);
  for (const { record, file, line } of statements) {
    if (record.partyKind !== 'pool') continue;
    const entries = counted.get(record.period) ?? 0;
    for (const { name, closing } of (JSON.parse(record.statement) as View).sections) {
      const code = ACCOUNTS[name];
      if (!code) continue;
      const before = opening.filter((account) => account.code === code).reduce((sum, { debit }) => sum + debit, 0n);
      const moved = (byCode.get(code) ?? [])
        .filter((leg) => leg.seq <= entries && leg.on <= `${record.period}-31`)
        .reduce((sum, { debit }) => sum + debit, before);
      const balance = DEBIT.includes(code) ? moved : -moved;
      if (balance !== fen(closing))
        check.find({
          check: 'settlement.ledger',
          file,
          line,
          about: `${record.period} 结算单`,
          text: `「${name}」期末 ${closing}，账簿为 ${yuan(balance)}`,
        });
    }
  }
}

/** Each document is as it was issued, and what was drawn of it the same byte for byte. */
export function checkDocuments(check: Check, { documents }: Papers, evidence: Map<string, Evidence[]>): void {
  checkRecords(check, 'document', 'documents/documents', evidence);
  const numbers = new Map(documents.map(({ record }) => [record.id, record.number]));
  for (const { record, file, line } of checkRecords<{ id: string; sha256: string }>(
    check,
    'drawing',
    'documents/drawings',
    evidence,
  )) {
    const path = `documents/${record.id}.pdf`;
    const bytes = check.source.read(path);
    const about = `单据 ${numbers.get(record.id) ?? record.id}`;
    if (!bytes) check.find({ check: 'document.pdf', file, line, about, text: 'PDF 缺失' });
    else if (sha256(bytes).toString('hex') !== record.sha256)
      check.find({ check: 'document.pdf', file: path, about, text: 'PDF 与出具时的散列值不符：被改动' });
  }
  checkRecords(check, 'voiding', 'documents/voidings', evidence);
}
