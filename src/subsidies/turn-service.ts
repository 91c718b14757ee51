import type { Context } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import type { SubsidyApplication } from '../generated/node/client.ts';
import { valueOn } from '../policy/clause.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import type { ApplicationStatus } from './steps.ts';
import { clocksOf, type Standing, type StepClock, type Turn, turnOf } from './turn.ts';

/** Whose turn it is with each of these applications, and the clocks of their steps. */
export async function turnsOf(
  tx: Tx,
  ctx: Context,
  rows: readonly SubsidyApplication[],
): Promise<{ turn: Turn; clocks: StepClock[] }[]> {
  if (rows.length === 0) return [];
  const { added, notices } = await rulebook(tx);
  const ends = await objectionsEnd(tx, rows);
  return rows.map((row) => {
    const one = standingOf(row, ends.get(batchKey(row)) ?? null);
    const { clocks: clause } = schemeByCode(row.schemeCode);
    const { value } = valueOn(clause, row.appliedOn ? dateFromDb(row.appliedOn) : ctx.today, added);
    const clocks = clocksOf({ clause, value }, one, { today: ctx.today, notices });
    return { turn: turnOf(one, clocks), clocks };
  });
}

const batchKey = ({ schemeCode, year, batchNo }: SubsidyApplication): string => `${schemeCode} ${year} ${batchNo}`;

/** The last days for objections of the batches that are public. */
async function objectionsEnd(tx: Tx, rows: readonly SubsidyApplication[]): Promise<Map<string, string>> {
  const open = rows.filter(({ status }) => status === 'published');
  if (open.length === 0) return new Map();
  const keys = [...new Map(open.map((row) => [batchKey(row), row])).values()];
  const batches = await tx.subsidyBatch.findMany({
    where: { OR: keys.map(({ schemeCode, year, batchNo }) => ({ schemeCode, year, no: batchNo })) },
  });
  return new Map(
    batches.flatMap(({ schemeCode, year, no, objectionsTo }) =>
      objectionsTo ? [[`${schemeCode} ${year} ${no}`, dateFromDb(objectionsTo)] as const] : [],
    ),
  );
}

function standingOf(row: SubsidyApplication, objectionsTo: string | null): Standing {
  const day = (at: Date | null) => at && dateFromDb(at);
  return {
    ...{ status: row.status as ApplicationStatus, county: row.poolCode !== null, reason: row.reason, objectionsTo },
    ...{ submittedOn: day(row.submittedOn), recommendedOn: day(row.recommendedOn), reviewedOn: day(row.reviewedOn) },
    ...{ auditedOn: day(row.auditedOn), decidedOn: day(row.decidedOn) },
    ...{ decided: row.decided?.toFixed(2) ?? null, granted: row.granted?.toFixed(2) ?? null },
  };
}
