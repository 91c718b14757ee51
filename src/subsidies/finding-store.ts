import type { Context } from '../access/context.ts';
import { addMonths, type LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb } from '../db/decimal.ts';
import type { SubsidyApplication } from '../generated/node/client.ts';
import type { Finding, FindingCode } from './finding.ts';

/** Months for which a breach that was found with one application stands against the enterprise's others (近两年). */
const CARRIED = 24;

interface FindingRow extends Finding {
  applicationId: bigint;
  uscc: string;
  recordedOn: LocalDate;
}

/** What was found of applicants, the last word of each: of the application itself, else of another of the enterprise where it was bad and is of the last two years. */
export async function findingsOf(
  tx: Tx,
  asked: { id: bigint | null; uscc: string; appliedOn: LocalDate }[],
): Promise<Finding[][]> {
  const rows = await tx.$queryRaw<FindingRow[]>`
    SELECT DISTINCT ON (application_id, code) application_id AS "applicationId", enterprise_uscc AS uscc, code, holds, recorded_on::text AS "recordedOn"
      FROM subsidy_finding WHERE enterprise_uscc = ANY (${[...new Set(asked.map(({ uscc }) => uscc))]}::text[])
     ORDER BY application_id, code, id DESC`;
  const byEnterprise = Map.groupBy(rows, ({ uscc }) => uscc);
  return asked.map(({ id, uscc, appliedOn }) => {
    const all = byEnterprise.get(uscc) ?? [];
    const own = all.filter((row) => row.applicationId === id);
    const carried = all.filter(
      ({ applicationId, code, holds, recordedOn }) =>
        applicationId !== id && holds && code !== 'contest' && addMonths(recordedOn, CARRIED) > appliedOn,
    );
    return [...carried, ...own].map(({ code, holds }) => ({ code, holds }));
  });
}

/** Keeps what was looked up, for several applications alike. */
export async function keepFindings(
  tx: Tx,
  ctx: Context,
  rows: { row: SubsidyApplication; findings: readonly { code: FindingCode; holds: boolean; source: string }[] }[],
): Promise<void> {
  await tx.subsidyFinding.createMany({
    data: rows.flatMap(({ row: { id, poolCode, enterpriseUscc }, findings }) =>
      findings.map((finding) => ({
        ...{ ...finding, applicationId: id, poolCode, enterpriseUscc },
        ...{ recordedBy: ctx.actor.id, recordedOn: dateToDb(ctx.today) },
      })),
    ),
  });
}

/** Writes what is checked of enterprises anew, all in one statement. */
export async function writeChecks(tx: Tx, all: { id: bigint; checks: object }[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE subsidy_application a SET checks = w.checks::jsonb
      FROM unnest(${all.map(({ id }) => id)}::bigint[], ${all.map(({ checks }) => JSON.stringify(checks))}::text[]) w(id, checks) WHERE a.id = w.id`;
}
