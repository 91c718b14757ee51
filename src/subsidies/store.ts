import type { Context } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb } from '../db/decimal.ts';
import { DomainError } from '../errors.ts';
import type { Prisma, SubsidyApplication } from '../generated/node/client.ts';
import { type Money, toWire } from '../money/money.ts';
import type { PanelDecision } from '../parties/panel.ts';
import type { EvaluatedLine } from './evaluate.ts';
import { type Judged, plain } from './judge-service.ts';
import { announce } from './papers-announce-service.ts';
import type { ApplicationRequest, Use } from './request.ts';

/** Applications by their ids, locked in one order until the transaction ends. @throws DomainError NOT_FOUND (404), also for what is another's */
export async function lockApplications(tx: Tx, ids: readonly bigint[]): Promise<SubsidyApplication[]> {
  const wanted = [...new Set(ids)];
  const found = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM subsidy_application WHERE id = ANY (${wanted}::bigint[]) ORDER BY id FOR UPDATE`;
  if (found.length !== wanted.length) throw new DomainError('NOT_FOUND', '没有这项补贴申请', { status: 404 });
  return tx.subsidyApplication.findMany({ where: { id: { in: wanted } }, orderBy: { id: 'asc' } });
}

/** One at a time for an enterprise and a scheme until the transaction ends: caps add up over its applications. */
export async function lockApplicants(tx: Tx, scheme: string, usccs: readonly string[]): Promise<void> {
  for (const uscc of [...new Set(usccs)].sort()) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`subsidy:${scheme}:${uscc}`}, 0))`;
  }
}

type Row = Pick<SubsidyApplication, 'id' | 'schemeCode' | 'year' | 'poolCode' | 'enterpriseUscc'>;

/** The lines of an application as they are kept, from what judging made of them. */
export function lineRows(row: Row, judged: Judged): Prisma.SubsidyLineCreateManyInput[] {
  const { id: applicationId, schemeCode, year, poolCode, enterpriseUscc } = row;
  return judged.evaluation.lines.map((line, i) => ({
    ...{ applicationId, place: i + 1, schemeCode, year, poolCode, enterpriseUscc, status: 'open' },
    ...lineColumns(line, judged, i),
  }));
}

/** What judging says of a line. */
export function lineColumns(line: EvaluatedLine, { vouchers, facts }: Judged, i: number) {
  const { item, checks, explanation, asked, amount } = line;
  return {
    ...{ kind: item.kind, class: item.class ?? null, name: item.name },
    ...{ cost: toWire(item.cost), otherMoney: toWire(item.otherMoney), asked: toWire(asked), amount: toWire(amount) },
    item: plain({ ...item, vouchers: vouchers[i], facts: facts[i] }) as object,
    checks: plain(checks) as object[],
    explanation: plain(explanation) as object,
  };
}

/** Writes the lines of an application anew. */
export async function replaceLines(tx: Tx, row: Row, judged: Judged): Promise<void> {
  await tx.subsidyLine.deleteMany({ where: { applicationId: row.id } });
  await tx.subsidyLine.createMany({ data: lineRows(row, judged) });
}

/** Takes what applications use: a policy, an invoice, a loan may be used once. What they used before is given back. */
export async function takeUses(tx: Tx, taken: { row: Row; uses: Use[] }[]): Promise<void> {
  await releaseUses(
    tx,
    taken.map(({ row }) => row.id),
  );
  await tx.subsidyUse.createMany({
    data: taken.flatMap(({ row: { id, poolCode, enterpriseUscc }, uses }) =>
      uses.map(({ kind, key }) => ({ applicationId: id, poolCode, enterpriseUscc, kind, key })),
    ),
  });
}

/** Gives back what applications used: they were refused or withdrawn. */
export async function releaseUses(tx: Tx, ids: readonly bigint[]): Promise<void> {
  await tx.subsidyUse.updateMany({ where: { applicationId: { in: [...ids] }, live: true }, data: { live: false } });
}

/** What an application used goes to another of the same enterprise. */
export async function moveUses(tx: Tx, from: bigint, to: bigint): Promise<void> {
  const uses = await tx.subsidyUse.findMany({ where: { applicationId: from, live: true } });
  await releaseUses(tx, [from]);
  await tx.subsidyUse.createMany({
    data: uses.map(({ poolCode, enterpriseUscc, kind, key }) => ({
      ...{ applicationId: to, poolCode, enterpriseUscc, kind, key },
    })),
  });
}

/** An application ends: what it used is free, or stays in use by the application by which its rest goes on. */
export async function passUses(tx: Tx, id: bigint): Promise<void> {
  const [heir] = await tx.$queryRaw<{ id: bigint }[]>`
    WITH RECURSIVE later AS (
      SELECT id, status FROM subsidy_application WHERE continues_id = ${id}
      UNION ALL SELECT a.id, a.status FROM subsidy_application a JOIN later ON a.continues_id = later.id)
    SELECT id FROM later WHERE status NOT IN ('deferred', 'refused', 'withdrawn') ORDER BY id LIMIT 1`;
  if (heir) await moveUses(tx, id, heir.id);
  else await releaseUses(tx, [id]);
}

/** A step on the way of applications, kept for good; its papers and letters follow. One application may take a step twice at once: two payments of it. */
export async function happened<R extends Pick<Row, 'id' | 'poolCode' | 'enterpriseUscc'>>(
  tx: Tx,
  ctx: Context,
  rows: readonly R[],
  kind: string,
  details: (row: R) => { amount?: Money; [more: string]: unknown } = () => ({}),
): Promise<void> {
  const told = rows.map((row) => ({ row, details: details(row) }));
  await tx.subsidyEvent.createMany({
    data: told.map(({ row, details: { amount, ...more } }) => ({
      ...{ applicationId: row.id, poolCode: row.poolCode, enterpriseUscc: row.enterpriseUscc, kind },
      ...{ amount: amount && toWire(amount), details: plain(more) as object },
      ...{ recordedBy: ctx.actor.id, recordedOn: dateToDb(ctx.today) },
    })),
  });
  await announce(
    tx,
    ctx,
    kind,
    told.map(({ row: { id }, details: of }) => ({ id, details: of })),
  );
}

/** The next place in the order of arrival. */
export async function nextReceivedNo(tx: Tx): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ no: bigint }[]>`SELECT nextval('subsidy_received_no') AS no`;
  return row!.no;
}

/** A request as it was sent. */
export const requestOf = (row: SubsidyApplication): ApplicationRequest => row.request as unknown as ApplicationRequest;

/** A line as it was decided. */
type DecidedLine = ReturnType<typeof lineColumns> & {
  applicationId: bigint;
  place: number;
  decided: string;
  status: string;
  reason: string | null;
};

/** Writes decided lines, all in one statement. */
export async function writeDecidedLines(tx: Tx, lines: DecidedLine[]): Promise<void> {
  const of = <T>(pick: (line: DecidedLine) => T) => lines.map(pick);
  await tx.$executeRaw`
    UPDATE subsidy_line l SET cost = w.cost, asked = w.asked, amount = w.amount, decided = w.decided, status = w.status, reason = w.reason,
           item = w.item::jsonb, checks = w.checks::jsonb, explanation = w.explanation::jsonb
      FROM unnest(${of((l) => l.applicationId)}::bigint[], ${of((l) => l.place)}::int[], ${of((l) => l.cost)}::numeric[], ${of((l) => l.asked)}::numeric[],
             ${of((l) => l.amount)}::numeric[], ${of((l) => l.decided)}::numeric[], ${of((l) => l.status)}::text[], ${of((l) => l.reason)}::text[],
             ${of((l) => JSON.stringify(l.item))}::text[], ${of((l) => JSON.stringify(l.checks))}::text[], ${of((l) => JSON.stringify(l.explanation))}::text[])
           w(application_id, place, cost, asked, amount, decided, status, reason, item, checks, explanation)
     WHERE l.application_id = w.application_id AND l.place = w.place`;
}

/** Writes what was decided of applications, all in one statement. */
export async function writeDecisions(
  tx: Tx,
  { by, on, panel }: { by: string; on: string; panel: PanelDecision | null },
  all: { id: bigint; demand: string; decided: string }[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE subsidy_application a SET status = 'decided', demand = w.demand, decided = w.decided, decided_by = ${by}, decided_on = ${on}::date,
           panel = ${panel && JSON.stringify(panel)}::jsonb
      FROM unnest(${all.map((one) => one.id)}::bigint[], ${all.map((one) => one.demand)}::numeric[], ${all.map((one) => one.decided)}::numeric[]) w(id, demand, decided)
     WHERE a.id = w.id`;
}

/** Writes to which accounts applications are to be paid, all in one statement. */
export async function writePayees(
  tx: Tx,
  payees: { id: bigint; accountName: string; bankName: string; accountNo: string }[],
): Promise<void> {
  const texts = payees.map(({ id: _, ...payee }) => JSON.stringify(payee));
  await tx.$executeRaw`
    UPDATE subsidy_application a SET request = jsonb_set(a.request, '{payee}', w.payee::jsonb)
      FROM unnest(${payees.map(({ id }) => id)}::bigint[], ${texts}::text[]) w(id, payee) WHERE a.id = w.id`;
}

/** Writes payments as made by the bank, all in one statement. */
export async function writePaid(
  tx: Tx,
  { by, on }: { by: string; on: string },
  paid: { id: bigint; voucherNo: string }[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE subsidy_payment p SET status = 'paid', voucher_no = w.voucher, paid_by = ${by}, paid_on = ${on}::date
      FROM unnest(${paid.map(({ id }) => id)}::bigint[], ${paid.map(({ voucherNo }) => voucherNo)}::text[]) w(id, voucher) WHERE p.id = w.id`;
}
