import { addDays, type LocalDate } from '../calendar/local-date.ts';
import { firstDay, lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import { column } from '../db/bulk.ts';
import type { Tx } from '../db/client.ts';
import type { Match, MatchLine } from './match.ts';
import type { OpenLeg, RunInputs } from './run.ts';
import type { DepositAccount } from './statement-store.ts';

/** How far beyond a month's end both sides are looked at for what was on its way. */
const BEYOND = 31;

/** All that a run of an account and a month looks at, as it stands; null where no statement speaks of the account up to that month. */
export async function readInputs(
  tx: Tx,
  { poolCode, accountNo }: DepositAccount,
  period: SettlementPeriod,
): Promise<RunInputs | null> {
  const end = lastDay(period);
  // Entries are only added: up to one of them the ledger stands still, whoever is posting.
  const [book] = await tx.$queryRaw<
    { entries: number }[]
  >`SELECT entries::int AS entries FROM ledger.book WHERE id = ${poolCode}`;
  const { entries } = book!;
  const closing = await closings(tx, { poolCode, accountNo }, end, entries);
  if (!closing.coveredTo || closing.bankClosing === null) return null;
  const [counted] = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM bank_line b JOIN bank_match_line u ON u.line_id = b.id AND u.live
     WHERE b.account_no = ${accountNo} AND b.occurred_on BETWEEN ${firstDay(period)}::date AND ${end}::date`;
  return {
    ...{ poolCode, accountNo, period, entries, bankClosing: closing.bankClosing, ledgerClosing: closing.ledgerClosing },
    ...{ coveredTo: closing.coveredTo, matchedBefore: counted!.n },
    lines: await openLines(tx, accountNo, end),
    legs: await openLegs(tx, { poolCode, accountNo }, end, entries),
    spanning: await spanning(tx, { poolCode, accountNo }, end, entries),
    ...(await openingOf(tx, accountNo)),
  };
}

async function closings(tx: Tx, { poolCode, accountNo }: DepositAccount, end: LocalDate, entries: number) {
  const [row] = await tx.$queryRaw<
    { bankClosing: string | null; ledgerClosing: string; coveredTo: LocalDate | null }[]
  >`
    SELECT ((SELECT opening FROM bank_statement WHERE account_no = ${accountNo} AND from_day <= ${end}::date ORDER BY from_day, id LIMIT 1)
         + coalesce((SELECT sum(CASE direction WHEN 'in' THEN amount ELSE -amount END) FROM bank_line WHERE account_no = ${accountNo} AND occurred_on <= ${end}::date), 0))::text AS "bankClosing",
           coalesce((SELECT sum(CASE l.side WHEN 'D' THEN l.amount ELSE -l.amount END) FROM ledger.account a JOIN ledger.line l ON l.account_id = a.id AND l.occurred_on <= ${end}::date AND l.seq <= ${entries}
                      WHERE a.book_id = ${poolCode} AND a.code = '1002' AND a.sub_key = ${accountNo}), 0.00)::text AS "ledgerClosing",
           (SELECT max(to_day)::text FROM bank_statement WHERE account_no = ${accountNo} AND from_day <= ${end}::date) AS "coveredTo"`;
  return row!;
}

/** What the first statement of an account opened with, and the day of the last entry that stands against it. */
async function openingOf(tx: Tx, accountNo: string): Promise<Pick<RunInputs, 'opening'>> {
  const [opening] = await tx.$queryRaw<NonNullable<RunInputs['opening']>[]>`
    SELECT s.from_day::text AS on, s.opening::text AS amount, (SELECT max(l.occurred_on)::text FROM bank_match m JOIN bank_match_leg u ON u.match_id = m.id
             JOIN ledger.line l ON l.book_id = u.pool_code AND l.seq = u.seq AND l.line_no = u.line_no WHERE m.account_no = ${accountNo} AND m.rule = 'opening' AND m.undone_on IS NULL) AS "settledOn"
      FROM bank_statement s WHERE s.account_no = ${accountNo} ORDER BY s.from_day, s.id LIMIT 1`;
  return opening && opening.amount !== '0.00' ? { opening } : {};
}

async function openLines(tx: Tx, accountNo: string, end: LocalDate): Promise<MatchLine[]> {
  return tx.$queryRaw`
    SELECT b.id::text, b.occurred_on::text AS on, b.direction, b.amount::text, b.serial, b.counterparty_name AS "counterpartyName", b.counterparty_account AS "counterpartyAccount", b.memo
      FROM bank_line b WHERE b.account_no = ${accountNo} AND b.occurred_on <= ${end}::date + ${BEYOND}::int AND NOT EXISTS (SELECT FROM bank_match_line u WHERE u.line_id = b.id AND u.live)
     ORDER BY b.id`;
}

/** What the business knows of an entry on a deposit account: the bank's number, the day of the fact, and whom it was with. */
async function legsWhere(
  tx: Tx,
  { poolCode, accountNo }: DepositAccount,
  places: { seq: bigint; lineNo: number }[] | null,
  until: LocalDate,
  entries: number,
): Promise<OpenLeg[]> {
  const all = places === null;
  const asked = places ?? [];
  return tx.$queryRaw`
    WITH leg AS MATERIALIZED (
      SELECT l.book_id, l.seq, l.line_no, l.side, l.amount, l.subject, l.occurred_on FROM ledger.account a JOIN ledger.line l ON l.account_id = a.id
       WHERE a.book_id = ${poolCode} AND a.code = '1002' AND a.sub_key = ${accountNo} AND l.seq <= ${entries} AND l.occurred_on <= ${until}::date
         AND CASE WHEN ${all} THEN NOT EXISTS (SELECT FROM bank_match_leg u WHERE u.pool_code = l.book_id AND u.seq = l.seq AND u.line_no = l.line_no AND u.live)
                  ELSE (l.seq, l.line_no) IN (SELECT * FROM unnest(cut(${column(asked.map(({ seq }) => seq))})::bigint[], cut(${column(asked.map(({ lineNo }) => lineNo))})::smallint[])) END
    )
    SELECT g.seq || ':' || g.line_no AS id, CASE g.side WHEN 'D' THEN 'in' ELSE 'out' END AS direction, g.amount::text, g.subject, g.occurred_on::text AS "bookedOn",
           coalesce(c.received_on, (v.details ->> 'receivedOn')::date, p.paid_on, o.paid_on, g.occurred_on)::text AS on, coalesce(c.receipt_no, v.receipt_no, p.voucher_no, o.voucher_no, s.number) AS number,
           e.memo, e.reference, e.reverses, coalesce(w.parties, '{}') AS parties
      FROM leg g JOIN ledger.entry e ON e.book_id = g.book_id AND e.seq = g.seq
      LEFT JOIN contribution c ON e.kind = 'contribution' AND e.reverses IS NULL AND e.reference = 'contribution:' || c.id
      LEFT JOIN claim_event v ON v.pool_code = g.book_id AND v.reference = e.reference
      LEFT JOIN pool_payout p ON e.kind = 'payout' AND e.reference = 'payout:' || p.id
      LEFT JOIN capital_order o ON e.kind = 'contributionReturn' AND e.reference = 'capital-order:' || o.id
      LEFT JOIN LATERAL (
        SELECT y.voucher_no AS number FROM subsidy_payment y WHERE e.kind = 'subsidyPaid' AND e.reference = 'subsidy:' || y.application_id || ':paid:' || y.attempt
        UNION ALL SELECT substr(e.reference, length('budget:' || g.book_id) + 2) WHERE e.kind = 'budgetReceived'
        UNION ALL SELECT r.receipt_no FROM subsidy_clawback_receipt r WHERE e.kind = 'clawbackReceived' AND e.reference = 'clawback:' || r.clawback_id || ':received:' || r.receipt_no
        UNION ALL SELECT r.voucher_no FROM subsidy_remittance r WHERE e.kind = 'clawbackRemitted' AND e.reference = 'clawback:' || r.clawback_id || ':remitted:' || r.id
      ) s ON true
      LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT n.name ORDER BY n.name) AS parties FROM (
          SELECT v.bank_code AS code UNION SELECT CASE WHEN a.code = '1218' AND a.sub_key LIKE '%:%' THEN split_part(a.sub_key, ':', 2) ELSE a.sub_key END
            FROM ledger.line x JOIN ledger.account a ON a.id = x.account_id AND a.code IN ('1218', '2303', '2307', '2901') WHERE x.book_id = g.book_id AND x.seq = g.seq
        ) k JOIN LATERAL (
          SELECT i.name FROM institution i WHERE i.code = k.code UNION ALL SELECT f.name FROM enterprise f WHERE f.uscc = k.code
          UNION ALL SELECT unnest(ARRAY[b.account_no, b.account_name]) FROM bank_account b WHERE b.institution_code = k.code
        ) n ON true) w ON true
     ORDER BY g.seq, g.line_no`;
}

const openLegs = (tx: Tx, account: DepositAccount, end: LocalDate, entries: number): Promise<OpenLeg[]> =>
  legsWhere(tx, account, null, addBeyond(end), entries);

/** Live matches of which one part lies up to the end of a month and another beyond it. */
async function spanning(
  tx: Tx,
  account: DepositAccount,
  end: LocalDate,
  entries: number,
): Promise<RunInputs['spanning']> {
  const found = await tx.$queryRaw<{ lines: string[]; legs: string[] }[]>`
    SELECT coalesce((SELECT array_agg(u.line_id::text ORDER BY u.line_id) FROM bank_match_line u WHERE u.match_id = m.id), '{}') AS lines,
           coalesce((SELECT array_agg(u.seq || ':' || u.line_no ORDER BY u.seq, u.line_no) FROM bank_match_leg u WHERE u.match_id = m.id), '{}') AS legs
      FROM bank_match m CROSS JOIN LATERAL (
        SELECT min(day) AS first, max(day) AS last FROM (
          SELECT b.occurred_on AS day FROM bank_match_line u JOIN bank_line b ON b.id = u.line_id WHERE u.match_id = m.id
          UNION ALL SELECT l.occurred_on FROM bank_match_leg u JOIN ledger.line l ON l.book_id = u.pool_code AND l.seq = u.seq AND l.line_no = u.line_no WHERE u.match_id = m.id) d
      ) s WHERE m.account_no = ${account.accountNo} AND m.undone_on IS NULL AND s.first <= ${end}::date AND s.last > ${end}::date ORDER BY m.id`;
  if (found.length === 0) return [];
  const legs = await legsWhere(
    tx,
    account,
    found.flatMap((m) => m.legs.map(placeOf)),
    '9999-12-31',
    entries,
  );
  const lines = await tx.$queryRaw<MatchLine[]>`
    SELECT b.id::text, b.occurred_on::text AS on, b.direction, b.amount::text, b.serial, b.counterparty_name AS "counterpartyName", b.counterparty_account AS "counterpartyAccount", b.memo
      FROM bank_line b WHERE b.id = ANY (cut(${column(found.flatMap((m) => m.lines))})::bigint[])`;
  const byId = { lines: new Map(lines.map((l) => [l.id, l])), legs: new Map(legs.map((l) => [l.id, l])) };
  return found.map((m) => ({
    lines: m.lines.map((id) => byId.lines.get(id)!),
    legs: m.legs.map((id) => byId.legs.get(id)!),
  }));
}

/** Entry and line of `12:1`. */
export function placeOf(id: string): { seq: bigint; lineNo: number } {
  const [seq = '', lineNo = ''] = id.split(':');
  return { seq: BigInt(seq), lineNo: Number(lineNo) };
}

const addBeyond = (end: LocalDate): LocalDate => addDays(end, BEYOND);

/** Keeps matches with their lines and legs, in three statements. The database refuses a line or leg that is used already, and a match that is not equal. */
export async function insertMatches(
  tx: Tx,
  account: DepositAccount,
  by: { actor: string; on: LocalDate; runId: bigint | null },
  matches: readonly (Omit<Match, 'rule'> & { rule: string; reason?: string })[],
): Promise<bigint[]> {
  if (matches.length === 0) return [];
  const ids = (
    await tx.$queryRaw<
      { id: bigint }[]
    >`SELECT nextval('bank_match_id_seq') AS id FROM generate_series(1, ${matches.length}::int)`
  ).map(({ id }) => id);
  const lines = matches.flatMap((m, i) => m.lines.map((line) => ({ match: ids[i]!, line })));
  const legs = matches.flatMap((m, i) => m.legs.map((leg) => ({ match: ids[i]!, ...placeOf(leg) })));
  await tx.$executeRaw`
    INSERT INTO bank_match (id, pool_code, account_no, rule, reason, run_id, matched_by, matched_on)
    SELECT u.id, ${account.poolCode}, ${account.accountNo}, u.rule, u.reason, ${by.runId}::bigint, ${by.actor}, ${by.on}::date
      FROM unnest(cut(${column(ids)})::bigint[], cut(${column(matches.map((m) => m.rule))}), cut(${column(matches.map((m) => m.reason))})) u(id, rule, reason)`;
  await tx.$executeRaw`
    INSERT INTO bank_match_line (match_id, line_id) SELECT * FROM unnest(cut(${column(lines.map((u) => u.match))})::bigint[], cut(${column(lines.map((u) => u.line))})::bigint[])`;
  await tx.$executeRaw`
    INSERT INTO bank_match_leg (match_id, pool_code, seq, line_no)
    SELECT u.match, ${account.poolCode}, u.seq, u.line_no FROM unnest(cut(${column(legs.map((u) => u.match))})::bigint[], cut(${column(legs.map((u) => u.seq))})::bigint[], cut(${column(legs.map((u) => u.lineNo))})::smallint[]) u(match, seq, line_no)`;
  return ids;
}
