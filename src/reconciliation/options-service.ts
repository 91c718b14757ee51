import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { periodOf, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { Difference } from '../generated/node/client.ts';
import { ACCOUNTS, type Line, placeInOpenMonth } from '../ledger/journal-entry.ts';
import { toWire } from '../money/money.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import { RESOLUTIONS, type Resolution } from './difference.ts';
import { resolvable } from './difference-service.ts';
import { holdingsBefore, returnedPayment } from './difference-store.ts';
import { incomeRule, SHARED } from './income-service.ts';
import { RULES } from './match.ts';
import { openingGap } from './opening-service.ts';
import { fits, linesOf, paymentKey, type Resolvable, suspenseKey } from './resolution.ts';
import type { RunInputs, RunResult } from './run.ts';
import { placeOf } from './run-store.ts';

export interface PreviewLine {
  code: string;
  /** of the account in the ledger, e.g. 银行存款 */
  account: string;
  key: string;
  keyName: string;
  side: 'debit' | 'credit';
  amount: string;
}
/** One way of settling a difference, and the entry that would be posted for it today; none where it is only explained. */
export interface ResolutionOption {
  as: Resolution;
  label: string;
  occurredOn: LocalDate | null;
  belongsTo: SettlementPeriod | null;
  lines: PreviewLine[];
  explanation: Explanation | null;
}
export interface PairSide {
  id: string;
  occurredOn: LocalDate;
  direction: string;
  amount: string;
  number: string | null;
  text: string;
  differenceId: string | null;
}
/** What a run thought might belong together with a difference. */
export interface Pair {
  rule: string;
  label: string;
  confidence: number;
  reason: string;
  lines: PairSide[];
  legs: PairSide[];
}
export interface DifferenceOptions {
  options: ResolutionOption[];
  pairs: Pair[];
  /** the ledger's entry that the bank has not */
  reference: string | null;
}

/**
 * What may be done about a difference, each way with the entry that it would post today, to be seen before anything is proposed or confirmed; and what on the other
 * side the last run thought might belong to it. @throws DomainError NOT_FOUND (404)
 */
export async function differenceOptions(ctx: Context, id: bigint): Promise<DifferenceOptions> {
  permit(ctx, 'reconciliation.read');
  return inTransaction(ctx, async (tx) => {
    const row = await tx.difference.findUnique({ where: { id } });
    if (!row) throw new DomainError('NOT_FOUND', '没有这项差异', { status: 404 });
    const options = row.closedOn === null ? await optionsOf(tx, row, ctx.today) : [];
    return { options, pairs: await pairsOf(tx, row), reference: await referenceOf(tx, row) };
  });
}

async function optionsOf(tx: Tx, row: Difference, today: LocalDate): Promise<ResolutionOption[]> {
  const on = dateFromDb(row.on);
  const holdings = await holdingsBefore(tx, row.poolCode, on);
  const [book] = await tx.$queryRaw<{ lockedThrough: string | null }[]>`
    SELECT locked_through AS "lockedThrough" FROM ledger.book WHERE id = ${row.poolCode}`;
  const at = placeInOpenMonth(on, today, book!.lockedThrough);
  const names = await namesOf(
    tx,
    row,
    holdings.map(({ party }) => party),
  );
  const difference = resolvable(row);
  const returned = await returnedPayment(tx, difference);
  const opening = row.kind === 'opening' ? await openingGap(tx, { today }, row) : null;
  const rule = await incomeRule(tx, row.poolCode, on);
  const possible = (as: Resolution) =>
    fits(difference, as) &&
    (as !== 'paymentReturned' || returned !== null) &&
    (rule.byHoldings || !SHARED.includes(as));
  const name = (key: string) => names.keys.get(key) ?? key;
  return (Object.keys(RESOLUTIONS) as Resolution[]).filter(possible).map((as) => {
    const { label } = RESOLUTIONS[as];
    if (as === 'timing') return { as, label, occurredOn: null, belongsTo: null, lines: [], explanation: null };
    const posted = as === 'opening' ? opening!.lines : linesOf(difference, as, holdings, returned);
    const lines = posted.map((line) => viewOf(line, names.accounts, name));
    const shared = SHARED.includes(as) && holdings.length > 0;
    const explanation = shared ? sharesOf(label, { difference, cites: rule.cites }, holdings, lines, name) : null;
    return { as, label, ...at, lines, explanation };
  });
}

const viewOf = ({ code, key, side, amount }: Line, accounts: Map<string, string>, name: (key: string) => string) => ({
  ...{ code, account: accounts.get(code) ?? code, key, keyName: name(key), amount: toWire(amount) },
  side: side === 'D' ? ('debit' as const) : ('credit' as const),
});

/** Why each contributor bears or receives what it does. */
function sharesOf(
  label: string,
  { difference: { amount }, cites }: { difference: Pick<Resolvable, 'amount'>; cites: Citation[] },
  holdings: readonly { party: string; balance: string }[],
  lines: PreviewLine[],
  name: (key: string) => string,
): Explanation {
  const parts = holdings.map(({ party, balance }) => {
    const part = lines.find(({ code, key }) => code === ACCOUNTS.contribution && key === party);
    return derived(name(party), `${part?.amount ?? '0.00'} 元`, [], [given('此前的出资余额', `${balance} 元`)]);
  });
  return derived(`${label}：按各方此前的出资余额分摊，尾差按最大余数`, `${amount} 元`, cites, parts);
}

async function namesOf(tx: Tx, { id, poolCode, accountNo }: Difference, parties: string[]) {
  const chart = await tx.$queryRaw<{ code: string; name: string }[]>`SELECT code, name FROM ledger.chart`;
  const institutions = await tx.institution.findMany({ where: { code: { in: parties } } });
  const account = await tx.bankAccount.findUnique({ where: { accountNo } });
  const keys = new Map([
    ...institutions.map(({ code, name }) => [code, name] as const),
    [accountNo, `${account?.bankName ?? poolCode} ${accountNo}`] as const,
    [suspenseKey(`${id}`), '待查款项'] as const,
    [paymentKey(`${id}`), '待查支出'] as const,
  ]);
  return { accounts: new Map(chart.map(({ code, name }) => [code, name])), keys };
}

/** The proposals of the account's last run up to the difference's month that it is part of. */
async function pairsOf(tx: Tx, { accountNo, on, lineId, seq, lineNo, closedOn }: Difference): Promise<Pair[]> {
  if (closedOn !== null) return [];
  const run = await tx.reconciliation.findFirst({
    where: { accountNo, period: { gte: periodOf(dateFromDb(on)) } },
    orderBy: { id: 'desc' },
  });
  if (!run) return [];
  const [inputs, result] = [JSON.parse(run.inputs) as RunInputs, JSON.parse(run.result) as RunResult];
  const own = lineId === null ? `${seq}:${lineNo}` : `${lineId}`;
  const mine = result.proposals.filter(({ lines, legs }) => (lineId === null ? legs : lines).includes(own));
  const open = await openAmong(tx, accountNo, mine);
  const [lines, legs] = [new Map(inputs.lines.map((l) => [l.id, l])), new Map(inputs.legs.map((l) => [l.id, l]))];
  return mine
    .filter((pair) => [...pair.lines, ...pair.legs].every((member) => open.has(member)))
    .map((pair) => ({
      rule: pair.rule,
      ...{ label: RULES[pair.rule].label, confidence: RULES[pair.rule].confidence, reason: RULES[pair.rule].text },
      lines: pair.lines.map((member) => {
        const { on, direction, amount, serial, counterpartyName, memo } = lines.get(member)!;
        const text = [counterpartyName, memo].filter(Boolean).join(' ');
        return { id: member, occurredOn: on, direction, amount, number: serial, text, differenceId: open.get(member)! };
      }),
      legs: pair.legs.map((member) => {
        const { on, direction, amount, number, memo } = legs.get(member)!;
        return { id: member, occurredOn: on, direction, amount, number, text: memo, differenceId: open.get(member)! };
      }),
    }));
}

/** Of the members of some proposals those that are still live differences, with the difference they are. */
async function openAmong(tx: Tx, accountNo: string, pairs: RunResult['proposals']): Promise<Map<string, string>> {
  const lineIds = pairs.flatMap(({ lines }) => lines.map(BigInt));
  const places = pairs.flatMap(({ legs }) => legs.map(placeOf));
  const rows = await tx.difference.findMany({
    where: { accountNo, closedOn: null, OR: [{ lineId: { in: lineIds } }, ...places] },
  });
  return new Map(rows.map((d) => [d.lineId === null ? `${d.seq}:${d.lineNo}` : `${d.lineId}`, `${d.id}`]));
}

async function referenceOf(tx: Tx, { poolCode, seq }: Difference): Promise<string | null> {
  if (seq === null) return null;
  const [entry] = await tx.$queryRaw<{ reference: string }[]>`
    SELECT reference FROM ledger.entry WHERE book_id = ${poolCode} AND seq = ${seq}`;
  return entry?.reference ?? null;
}

/** Those who may be named to clear up a difference of a pool: the people of finance. */
export async function listOwners(ctx: Context): Promise<{ id: string; name: string }[]> {
  permit(ctx, 'difference.resolve');
  return inTransaction(ctx, (tx) =>
    tx.user.findMany({
      where: { role: 'finance', disabledAt: null },
      select: { id: true, name: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
  );
}
