import type { BankLine } from './bank.ts';
import type { Leg } from './ledger.ts';
import { type Act, type Audit, checkRecords, type Kept } from './records.ts';
import { type Check, fen, yuan } from './report.ts';

interface Match {
  id: number;
  accountNo: string;
  rule: string;
  lines: number[];
  legs: [seq: number, lineNo: number][];
}
/** An edition of a difference. */
interface Difference {
  id: number;
  accountNo: string;
  kind: string;
  direction: 'in' | 'out';
  amount: string;
  lineId: number | null;
  seq: number | null;
  lineNo: number | null;
  status: string;
  resolution: string | null;
  proposedBy: string | null;
  decidedBy: string | null;
  decidedOn: string | null;
}

/** What a match and a difference are compared with: the bank's lines and the ledger's on the account 1002, as far as they are of this archive. */
interface Sides {
  lines: Map<number, BankLine>;
  /** the lowest of the lines that are here: one below it came in an earlier year */
  first: number;
  legs: Map<string, Leg>;
  entries: { from: number; to: number };
}

/** Which line of the bank goes with which of the ledger, and what became of every difference: equal to the fen, used once, decided by two. */
export function checkMatching(
  check: Check,
  { evidence, acts, joined }: Pick<Audit, 'evidence' | 'acts' | 'joined'>,
  accounts: Map<string, BankLine[]>,
  legs: readonly Leg[] | undefined,
): void {
  const lines = new Map([...accounts.values()].flat().map((line) => [line.id, line]));
  const deposits = (legs ?? []).filter(({ code }) => code === '1002');
  const sides: Sides = {
    lines,
    first: [...lines.keys()].reduce((least, id) => Math.min(least, id), Number.POSITIVE_INFINITY),
    legs: new Map(deposits.map((leg) => [`${leg.seq}:${leg.no}`, leg])),
    // Without a ledger that could be read nothing is missed in it.
    entries: legs ? check.manifest.ledger : { from: 1, to: 0 },
  };
  const undone = checkRecords<{ id: number }>(check, 'matchUndoing', 'bank/undoings', evidence);
  const gone = new Set(undone.map(({ record }) => record.id));
  const users = new Map<string, number>();
  const matches = checkRecords<Match>(check, 'match', 'bank/matches', evidence);
  for (const match of matches) {
    checkMatch(check, match, sides);
    if (!gone.has(match.record.id)) checkUse(check, match, users);
  }
  const uses = new Map<string, Kept<Match>[]>();
  for (const match of matches) for (const use of usesOf(match.record)) uses.set(use, [...(uses.get(use) ?? []), match]);
  const differences = checkRecords<Difference>(check, 'difference', 'bank/differences', evidence);
  for (const [id, editions] of Map.groupBy(differences, ({ record }) => record.id)) {
    const done = (acts.get(`difference:${id}`) ?? []).filter(({ action }) => action !== 'difference.comment');
    for (const edition of editions) checkDifference(check, edition, sides, done);
    const closed = (edition: Kept<Difference>, before: Kept<Difference>) => isClosed(edition, before, uses, gone);
    checkEditions(check, editions, { done, joined, closed });
  }
  checkRecords(check, 'differenceComment', 'bank/comments', evidence);
  checkRecords(check, 'loanDifference', 'bank/loan-differences', evidence);
  checkRecords(check, 'loanDifferenceNote', 'bank/loan-notes', evidence);
}

/** Both sides are there, of the one account, and come to the same. */
function checkMatch(check: Check, { record, file, line }: Kept<Match>, sides: Sides): void {
  const { id, accountNo } = record;
  const find = (name: string, text: string) => check.find({ check: name, file, line, about: `核对 ${id}`, text });
  let whole = true;
  let difference = 0n;
  for (const lineId of record.lines) {
    const found = sides.lines.get(lineId);
    if (!found && lineId > sides.first) find('match.line', `银行明细 ${lineId} 不在档案中`);
    whole &&= found !== undefined;
    difference += found?.signed ?? 0n;
  }
  for (const [seq, no] of record.legs) {
    const found = sides.legs.get(`${seq}:${no}`);
    const here = seq >= sides.entries.from && seq <= sides.entries.to;
    if (here && found?.key !== accountNo) find('match.leg', `凭证 ${seq} 第 ${no} 行不是账户 ${accountNo} 的存款分录`);
    whole &&= found !== undefined;
    difference -= found?.debit ?? 0n;
  }
  if (whole && difference !== 0n) find('match.sum', `银行明细与分录相差 ${yuan(difference)} 元`);
}

/** The lines of either side, as they are called. */
const usesOf = ({ lines, legs }: Pick<Match, 'lines' | 'legs'>): string[] => [
  ...lines.map((lineId) => `银行明细 ${lineId}`),
  ...legs.map(([s, n]) => `凭证 ${s} 第 ${n} 行`),
];

/** A line of either side stands in one live match. */
function checkUse(check: Check, { record, file, line }: Kept<Match>, users: Map<string, number>): void {
  const { id } = record;
  for (const use of usesOf(record)) {
    const other = users.get(use);
    if (other !== undefined)
      check.find({ check: 'match.twice', file, line, about: `核对 ${id}`, text: `${use} 已用于核对 ${other}` });
    users.set(use, id);
  }
}

/** A difference is of the line or leg that it names, and what was booked for it was proposed by one and confirmed by another, in the audit log, too. */
function checkDifference(
  check: Check,
  { record, file, line }: Kept<Difference>,
  sides: Sides,
  done: readonly Act[],
): void {
  const { id, amount, direction, lineId, seq, lineNo, status, proposedBy, decidedBy, decidedOn } = record;
  const find = (name: string, text: string) => check.find({ check: name, file, line, about: `差异 ${id}`, text });
  const found = lineId !== null ? sides.lines.get(lineId)?.signed : sides.legs.get(`${seq}:${lineNo}`)?.debit;
  const signed = direction === 'in' ? fen(amount) : -fen(amount);
  if (found !== undefined && found !== signed)
    find('difference.amount', `金额 ${yuan(signed)} 与所指的明细或分录 ${yuan(found)} 不符`);
  if (status !== 'resolved') return;
  if (!decidedBy || decidedBy === proposedBy) find('difference.people', '提出与复核不是两人');
  const logged = done.some(({ action, actor }) => action === 'difference.confirm' && actor === decidedBy);
  if (decidedOn && decidedOn >= `${check.manifest.year}-01-01` && !logged)
    find('difference.decision', `审计链上没有 ${decidedBy} 的复核`);
}

/** Behind every edition after the first is somebody who did something, but where a match closed it. */
function checkEditions(
  check: Check,
  editions: readonly Kept<Difference>[],
  {
    done,
    joined,
    closed,
  }: {
    done: readonly Act[];
    joined: number;
    closed: (edition: Kept<Difference>, before: Kept<Difference>) => boolean;
  },
): void {
  let changes = 0;
  for (const [i, edition] of editions.entries()) {
    const { record, seal, file, line } = edition;
    if (i === 0 || (seal ?? 0) <= joined || closed(edition, editions[i - 1]!)) continue;
    changes += 1;
    if (done.filter(({ seq }) => seq < (seal ?? 0)).length >= changes) continue;
    const text = `审计链第 ${seal} 条留存的这一版，审计日志中没有相应的办理`;
    check.find({ check: 'difference.unlogged', file, line, about: `差异 ${record.id}`, text });
  }
}

/** Whether a match closed it, which nobody does by hand: nothing else was changed, and there is that match, made with it or still standing. */
function isClosed(
  { record, seal }: Kept<Difference>,
  { record: before }: Kept<Difference>,
  uses: ReadonlyMap<string, Kept<Match>[]>,
  gone: ReadonlySet<number>,
): boolean {
  const { status, kind, lineId, seq, lineNo } = record;
  if (status !== 'matched' || !['open', 'proposed', 'explained'].includes(before.status)) return false;
  const rest = (of: Difference) => JSON.stringify({ ...of, status: '', closedOn: '' });
  if (rest(record) !== rest(before)) return false;
  // What stood before the first statement goes when an earlier statement comes.
  if (kind === 'opening') return true;
  const [use] =
    lineId === null ? usesOf({ lines: [], legs: [[seq ?? 0, lineNo ?? 0]] }) : usesOf({ lines: [lineId], legs: [] });
  const made = uses.get(use!) ?? [];
  return made.some(({ record: { id }, seal: at }) => !gone.has(id) || (at ?? 0) > (seal ?? 0));
}
