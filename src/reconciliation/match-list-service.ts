import { actorNames } from '../access/actor-names.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { firstDay, lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { RULES, type Rule } from './match.ts';

export interface MatchView {
  id: string;
  poolCode: string;
  accountNo: string;
  rule: string;
  ruleLabel: string;
  reason: string;
  amount: string;
  lines: { id: string; occurredOn: LocalDate; amount: string; direction: string; text: string }[];
  legs: { seq: number; lineNo: number; occurredOn: LocalDate; amount: string; direction: string; text: string }[];
  matchedOn: LocalDate;
  matchedBy: string | null;
  undoneOn: LocalDate | null;
  undoneReason: string | null;
}

/** Rules beside those of matching. */
export const OTHER_RULES = { manual: '人工核对', resolution: '差异入账', opening: '期初余额' } as const;

const MATCHES: Listing = {
  from: 'bank_match m',
  key: { sql: 'm.id', type: 'bigint' },
  fields: {
    id: { sql: 'm.id', type: 'bigint' },
    rule: { sql: 'm.rule', type: 'text' },
    matchedOn: { sql: 'm.matched_on', type: 'date' },
  },
  search: ['m.account_no', 'm.reason'],
  order: '-id',
};
/** What matches may be put in order by. */
export const MATCH_SORTS = Object.keys(MATCHES.fields);

/** A line within some days; or, of entries that take each other back, an entry. */
const IN_DAYS = `(SELECT ?::date <= max(s.day) AND ?::date >= min(s.day) FROM (
  SELECT b.occurred_on AS day FROM bank_match_line u JOIN bank_line b ON b.id = u.line_id WHERE u.match_id = m.id UNION ALL
  SELECT l.occurred_on FROM bank_match_leg u JOIN ledger.line l ON l.book_id = u.pool_code AND l.seq = u.seq AND l.line_no = u.line_no
   WHERE u.match_id = m.id AND m.rule = 'reversal') s)`;

/** 核对结果 that the actor sees, with both their sides. */
export async function listMatches(
  ctx: Context,
  filter: {
    poolCode?: string;
    accountNo?: string;
    rule?: string;
    runId?: string;
    live?: boolean;
    /** with a line of this month, or where the bank has none, an entry */
    period?: SettlementPeriod;
  },
  ask: ListAsk,
): Promise<Listed<MatchView>> {
  permit(ctx, 'reconciliation.read');
  const conditions: Condition[] = [
    ['m.pool_code = ?', filter.poolCode],
    ['m.account_no = ?', filter.accountNo],
    ['m.rule = ?', filter.rule],
    ['m.run_id = ?::bigint', filter.runId],
    ['(m.undone_on IS NULL) = ?', filter.live],
    [IN_DAYS, ...(filter.period ? [firstDay(filter.period), lastDay(filter.period)] : [undefined, undefined])],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, MATCHES, conditions, ask);
    return { ...page, items: inOrder(ids, await matchViews(tx, ids.map(BigInt)), ({ id }) => id) };
  });
}

/** Matches as they are shown. */
export async function matchViews(tx: Tx, ids: bigint[]): Promise<MatchView[]> {
  const rows = await tx.bankMatch.findMany({ where: { id: { in: ids } } });
  const sides = await tx.$queryRaw<
    { id: bigint; amount: string; lines: MatchView['lines']; legs: MatchView['legs'] }[]
  >`
    SELECT m.id, greatest(b.amount, g.amount)::text AS amount, coalesce(b.lines, '[]') AS lines, coalesce(g.legs, '[]') AS legs FROM bank_match m
      LEFT JOIN LATERAL (SELECT sum(l.amount) AS amount, jsonb_agg(jsonb_build_object('id', l.id::text, 'occurredOn', l.occurred_on, 'amount', l.amount::text, 'direction', l.direction,
          'text', concat_ws(' ', l.counterparty_name, nullif(l.memo, ''))) ORDER BY l.occurred_on, l.id) AS lines FROM bank_match_line u JOIN bank_line l ON l.id = u.line_id WHERE u.match_id = m.id) b ON true
      LEFT JOIN LATERAL (SELECT sum(l.amount) FILTER (WHERE l.side = 'D' OR m.rule <> 'reversal') AS amount, jsonb_agg(jsonb_build_object('seq', l.seq, 'lineNo', l.line_no, 'occurredOn', l.occurred_on, 'amount', l.amount::text,
          'direction', CASE l.side WHEN 'D' THEN 'in' ELSE 'out' END, 'text', e.memo) ORDER BY l.occurred_on, l.seq) AS legs
        FROM bank_match_leg u JOIN ledger.line l ON l.book_id = u.pool_code AND l.seq = u.seq AND l.line_no = u.line_no JOIN ledger.entry e ON e.book_id = l.book_id AND e.seq = l.seq WHERE u.match_id = m.id) g ON true
     WHERE m.id = ANY (${ids}::bigint[])`;
  const bySide = new Map(sides.map((side) => [side.id, side]));
  const names = await actorNames(
    tx,
    rows.map(({ matchedBy }) => matchedBy),
  );
  return rows.map((row) => {
    const { amount, lines, legs } = bySide.get(row.id)!;
    const known = RULES[row.rule as Rule] as (typeof RULES)[Rule] | undefined;
    const other = OTHER_RULES[row.rule as keyof typeof OTHER_RULES];
    return {
      ...{ id: `${row.id}`, poolCode: row.poolCode, accountNo: row.accountNo, rule: row.rule, amount, lines, legs },
      ...{
        ruleLabel: known?.label ?? other,
        reason: row.reason ?? known?.text ?? other,
        matchedOn: dateFromDb(row.matchedOn),
      },
      ...{
        matchedBy: names.get(row.matchedBy) ?? null,
        undoneOn: row.undoneOn && dateFromDb(row.undoneOn),
        undoneReason: row.undoneReason,
      },
    };
  });
}
