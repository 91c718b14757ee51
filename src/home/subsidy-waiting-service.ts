import { addWorkingDays } from '../calendar/working-days.ts';
import type { Tx } from '../db/client.ts';
import { valueOn } from '../policy/clause.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import type { SubsidiesWaiting, SubsidyWork } from './subsidies.ts';
import {
  openBatches,
  openBudgetChanges,
  openClawbacks,
  type SubsidyStep,
  unpublished,
  waitingSubsidies,
} from './subsidy-store.ts';

/** Applications that wait for somebody in these steps, with the day each is due by its scheme's clause. */
export async function subsidiesWaiting(
  tx: Tx,
  of: { steps: SubsidyStep[]; pools: string[] | null; actor: string },
): Promise<SubsidiesWaiting[]> {
  const rows = await waitingSubsidies(tx, of);
  if (rows.length === 0) return [];
  const { added, notices } = await rulebook(tx);
  return rows.map((row) => {
    const { clocks, document } = schemeByCode(row.scheme);
    const { value, citation } = valueOn(clocks, row.since, added);
    const days = value.steps.find(({ code }) => code === row.step)?.workingDays;
    const dueOn = days === undefined ? '9999-12-31' : addWorkingDays(row.since, days, notices).date;
    return { ...row, schemeTitle: document.title, dueOn, cites: [citation] };
  });
}

/** What of subsidies waits for a reviewer of the region or for finance. */
export async function subsidyWork(tx: Tx, of: { steps: SubsidyStep[]; actor: string }): Promise<SubsidyWork> {
  const titled = <T extends { scheme: string }>(row: T) => ({
    ...row,
    schemeTitle: schemeByCode(row.scheme).document.title,
  });
  return {
    waiting: await subsidiesWaiting(tx, { ...of, pools: null }),
    batches: (await openBatches(tx, of.actor)).map(titled),
    unpublished: (await unpublished(tx)).map((row) => ({
      ...titled(row),
      href: `/subsidies?scheme=${row.scheme}&year=${row.year}&batchNo=${row.batchNo}&status=decided`,
    })),
    clawbacks: await openClawbacks(tx, of.actor),
    budgetChanges: await openBudgetChanges(tx, of.actor),
  };
}
