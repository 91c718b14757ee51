import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { firstDay, lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { inOrder, type MatchLine, RULES, type Rule } from './match.ts';
import { OTHER_RULES } from './match-list-service.ts';
import type { OpenLeg } from './run.ts';
import { readInputs } from './run-store.ts';
import type { DepositAccount } from './statement-store.ts';

/** As many open items of a side as are shown at a time, the oldest first. */
const SHOWN = 2000;

/** The difference that an open item is, where a run has found it one. */
interface Known {
  differenceId: string | null;
  differenceStatus: string | null;
  /** after the month's end, shown because it may settle what was on its way */
  beyond: boolean;
}
export type DeskLine = Omit<MatchLine, 'on'> & Known & { occurredOn: LocalDate };
export type DeskLeg = Omit<OpenLeg, 'on'> & Known & { occurredOn: LocalDate };

/** 对账工作台: what is open on both sides of an account now, and by which rules what else there is of the month was matched. */
export interface Desk {
  lines: DeskLine[];
  legs: DeskLeg[];
  openLines: number;
  openLegs: number;
  matched: { rule: string; label: string; count: number; amount: string }[];
}

/** The two sides of a run's account and month as they stand now. @throws DomainError NOT_FOUND (404) */
export async function openSides(ctx: Context, id: bigint): Promise<Desk> {
  permit(ctx, 'reconciliation.read');
  return inTransaction(ctx, async (tx) => {
    const run = await tx.reconciliation.findUnique({
      where: { id },
      select: { poolCode: true, accountNo: true, period: true },
    });
    if (!run) throw new DomainError('NOT_FOUND', '没有这次对账', { status: 404 });
    const inputs = await readInputs(tx, run, run.period);
    const [lines, legs] = [inOrder(inputs?.lines ?? []), inOrder(inputs?.legs ?? [])];
    const known = await differencesOf(tx, run.accountNo);
    const end = lastDay(run.period);
    const about = (key: string, day: LocalDate): Known => ({
      ...(known.get(key) ?? { differenceId: null, differenceStatus: null }),
      beyond: day > end,
    });
    return {
      lines: lines.slice(0, SHOWN).map(({ on, ...line }) => ({ ...line, occurredOn: on, ...about(line.id, on) })),
      legs: legs.slice(0, SHOWN).map(({ on, ...leg }) => ({ ...leg, occurredOn: on, ...about(leg.id, leg.bookedOn) })),
      ...{ openLines: lines.length, openLegs: legs.length },
      matched: await matchedIn(tx, run, run.period),
    };
  });
}

/** Live differences of an account by the line (`12`) or the leg (`12:1`) that they are. */
async function differencesOf(tx: Tx, accountNo: string): Promise<Map<string, Omit<Known, 'beyond'>>> {
  const rows = await tx.difference.findMany({ where: { accountNo, closedOn: null } });
  return new Map(
    rows.map(({ id, status, lineId, seq, lineNo }) => [
      lineId === null ? `${seq}:${lineNo}` : `${lineId}`,
      { differenceId: `${id}`, differenceStatus: status },
    ]),
  );
}

/** Matches that have a line of the bank (or, of entries that take each other back, an entry) in a month: how many by each rule, and what they come to. */
async function matchedIn(tx: Tx, { accountNo }: DepositAccount, period: SettlementPeriod): Promise<Desk['matched']> {
  const [from, to] = [firstDay(period), lastDay(period)];
  const rows = await tx.$queryRaw<{ rule: string; count: number; amount: string }[]>`
    SELECT m.rule, count(*)::int AS count, sum(s.amount)::text AS amount FROM bank_match m CROSS JOIN LATERAL (
      SELECT sum(d.amount) AS amount, min(d.day) AS first, max(d.day) AS last FROM (
        SELECT b.amount, b.occurred_on AS day FROM bank_match_line u JOIN bank_line b ON b.id = u.line_id WHERE u.match_id = m.id UNION ALL
        SELECT CASE l.side WHEN 'D' THEN l.amount ELSE 0 END, l.occurred_on FROM bank_match_leg u JOIN ledger.line l ON l.book_id = u.pool_code AND l.seq = u.seq AND l.line_no = u.line_no
         WHERE u.match_id = m.id AND m.rule = 'reversal') d) s
     WHERE m.account_no = ${accountNo} AND m.undone_on IS NULL AND s.first <= ${to}::date AND s.last >= ${from}::date GROUP BY m.rule ORDER BY count(*) DESC, m.rule`;
  return rows.map((row) => ({ ...row, label: labelOf(row.rule) }));
}

const labelOf = (rule: string): string =>
  (RULES[rule as Rule] as (typeof RULES)[Rule] | undefined)?.label ?? OTHER_RULES[rule as keyof typeof OTHER_RULES];
