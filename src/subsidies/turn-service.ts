import type { Context } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import type { SubsidyApplication } from '../generated/node/client.ts';
import { valueOn } from '../policy/clause.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import type { ApplicationStatus } from './steps.ts';
import { type After, clocksOf, type Standing, type StepClock, type Turn, turnOf } from './turn.ts';

/** Whose turn it is with each of these applications, and the clocks of their steps. */
export async function turnsOf(
  tx: Tx,
  ctx: Context,
  rows: readonly SubsidyApplication[],
): Promise<{ turn: Turn; clocks: StepClock[] }[]> {
  if (rows.length === 0) return [];
  const { added, notices } = await rulebook(tx);
  const [ends, afters] = [await publicityOf(tx, ctx, rows), await afterOf(tx, rows)];
  return rows.map((row) => {
    const one = standingOf(row, ends.get(batchKey(row)) ?? null, afters.get(row.id) ?? NOTHING_YET);
    const { clocks: clause } = schemeByCode(row.schemeCode);
    const { value } = valueOn(clause, row.appliedOn ? dateFromDb(row.appliedOn) : ctx.today, added);
    const clocks = clocksOf({ clause, value }, one, { today: ctx.today, notices });
    return { turn: turnOf(one, clocks), clocks };
  });
}

const batchKey = ({ schemeCode, year, batchNo }: SubsidyApplication): string => `${schemeCode} ${year} ${batchNo}`;

/** How far the batches are that are public. */
async function publicityOf(
  tx: Tx,
  ctx: Context,
  rows: readonly SubsidyApplication[],
): Promise<Map<string, Standing['publicity']>> {
  const open = rows.filter(({ status }) => status === 'published');
  if (open.length === 0) return new Map();
  const keys = [...new Map(open.map((row) => [batchKey(row), row])).values()];
  const batches = await tx.subsidyBatch.findMany({
    where: { OR: keys.map(({ schemeCode, year, batchNo }) => ({ schemeCode, year, no: batchNo })) },
  });
  return new Map(
    batches.flatMap(({ schemeCode, year, no, objectionsTo, status }) => {
      if (!objectionsTo) return [];
      const to = dateFromDb(objectionsTo);
      return [[`${schemeCode} ${year} ${no}`, { to, over: to < ctx.today, shared: status !== 'published' }] as const];
    }),
  );
}

const NOTHING_YET: After = { paid: '0.00', held: 0, kept: 0, back: null, owed: '0.00' };
/** States in which an application has been published and not ended. */
const PUBLIC = ['published', 'granted', 'approved', 'paid'];

/** What became of applications after they were published: paid, sent back by the bank, held by an objection, or kept since it was dismissed, claimed back. */
async function afterOf(tx: Tx, rows: readonly SubsidyApplication[]): Promise<Map<bigint, After>> {
  const ids = rows.filter(({ status }) => PUBLIC.includes(status)).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  // Sent back and not made again: what is paid again is a payment of the same batch or supplement.
  const found = await tx.$queryRaw<({ id: bigint } & After)[]>`
    SELECT a.id, coalesce((SELECT sum(p.amount) FROM subsidy_payment p WHERE p.application_id = a.id AND p.status = 'paid'), 0.00)::text AS paid,
           (SELECT count(*)::int FROM subsidy_line l WHERE l.application_id = a.id AND l.status = 'held') AS held,
           (SELECT count(*)::int FROM subsidy_line l WHERE l.application_id = a.id AND l.status = 'allowed' AND l.reserved > 0) AS kept,
           (SELECT jsonb_build_object('reason', p.return_reason, 'mended', EXISTS (
                     SELECT FROM subsidy_event e WHERE e.application_id = a.id AND e.kind = 'payeeMended' AND e.id > (
                       SELECT max(b.id) FROM subsidy_event b WHERE b.application_id = a.id AND b.kind = 'returnedByBank')))
              FROM subsidy_payment p WHERE p.application_id = a.id AND p.status = 'returned' AND a.status = 'approved' AND NOT EXISTS (
                SELECT FROM subsidy_payment q WHERE q.application_id = a.id AND q.supplement_id IS NOT DISTINCT FROM p.supplement_id AND q.attempt > p.attempt)
             ORDER BY p.attempt DESC LIMIT 1) AS back,
           coalesce((SELECT sum(c.amount - c.received) FROM subsidy_clawback c WHERE c.application_id = a.id AND c.status = 'ordered'), 0.00)::text AS owed
      FROM subsidy_application a WHERE a.id = ANY (${ids}::bigint[])`;
  return new Map(found.map(({ id, ...after }) => [id, after]));
}

function standingOf(row: SubsidyApplication, publicity: Standing['publicity'], after: After): Standing {
  const day = (at: Date | null) => at && dateFromDb(at);
  return {
    ...{ status: row.status as ApplicationStatus, county: row.poolCode !== null, reason: row.reason, publicity, after },
    ...{ submittedOn: day(row.submittedOn), recommendedOn: day(row.recommendedOn), reviewedOn: day(row.reviewedOn) },
    ...{ auditedOn: day(row.auditedOn), decidedOn: day(row.decidedOn), decided: row.decided?.toFixed(2) ?? null },
    granted: row.granted?.plus(row.adjusted).toFixed(2) ?? null,
  };
}
