import type { Db } from '../../src/db/client.ts';

/** A version of a clause as if two people had brought it into force, for tests whose story needs another rule than the shipped one. */
export async function bringIntoForce(
  db: Db,
  clauseId: string,
  value: object,
  effectiveFrom = '2026-01-01',
): Promise<void> {
  const citation = { document: '《测试用办法》', article: '第一条', confirmed: false, mark: 'A' };
  const day = new Date(effectiveFrom);
  const people = { proposedBy: 'operator-1', decidedBy: 'operator-2', decidedOn: day };
  await db.policyVersion.create({
    data: { clauseId, value, citation, effectiveFrom: day, status: 'approved', ...people },
  });
}

/** Months without a report suspend nothing: for tests of other things that let weeks go by. */
export const waiveReports = (db: Db): Promise<void> =>
  bringIntoForce(db, 'ningkedai-2025.reporting', { day: 10, suspendsFilings: false });
