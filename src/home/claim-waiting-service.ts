import { addDays, type LocalDate } from '../calendar/local-date.ts';
import { doneSteps, runningClock } from '../compensation/view.ts';
import type { Tx } from '../db/client.ts';
import { valueOn } from '../policy/clause.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { openProposals, overdueUnclaimed, unremittedOf, type WaitingRow, waitingClaims } from './claim-store.ts';
import type { Claimable, ClaimsWaiting, Proposals, Unremitted } from './claims.ts';

/** So long after its end a window is still told of: then nothing can be done any more. */
const TOLD_FOR = 30;

/** Claims that wait for somebody in these states, with the day their step is due; `actor`: who may not check what went through their hands (null: nobody's). */
export async function claimsWaiting(
  tx: Tx,
  today: LocalDate,
  of: { statuses: ClaimsWaiting['status'][]; pools: string[] | null; actor: string | null },
): Promise<ClaimsWaiting[]> {
  const { added, notices } = await rulebook(tx);
  return (await waitingClaims(tx, of)).map((row) => {
    const { clocks } = policyByCode(row.policyCode).claim;
    const { value, citation } = valueOn(clocks, row.claimedOn, added);
    const steps = clocks.apply(value, { submittedOn: row.since, done: doneSteps(doneBefore(row)), today, notices });
    return { ...row, dueOn: runningClock(steps).dueOn!, cites: [citation] };
  });
}

/** The step that runs began the day the one before it was done. */
function doneBefore({ status, since }: WaitingRow): Parameters<typeof doneSteps>[0] {
  return {
    verifiedOn: status === 'submitted' ? null : since,
    confirmedOn: status === 'confirmed' ? since : null,
    paidOn: null,
  };
}

/** Loans a bank may claim for: their loss event has happened by the reports, a demand or suit taken for made, and the last day is not long gone. */
export async function claimable(tx: Tx, today: LocalDate, bank: string): Promise<Claimable[]> {
  const { added } = await rulebook(tx);
  return (await overdueUnclaimed(tx, bank)).flatMap((row) => {
    const { event, window } = policyByCode(row.policyCode).claim;
    const conditions = valueOn(event, today, added);
    const happenedOn = event.apply(conditions.value, { ...row, demandedOn: row.overdueSince });
    if (happenedOn === null || happenedOn > today) return [];
    const within = valueOn(window, happenedOn, added);
    const dueOn = window.apply(within.value, happenedOn);
    return addDays(dueOn, TOLD_FOR) < today ? [] : [{ ...row, dueOn, cites: [conditions.citation, within.citation] }];
  });
}

/** What a bank has reported as repaid on compensated loans and not remitted, with the day it is due. */
export async function unremitted(tx: Tx, bank: string): Promise<Unremitted[]> {
  const { added, notices } = await rulebook(tx);
  return (await unremittedOf(tx, bank)).map((row) => {
    const { recovery } = policyByCode(row.policyCode);
    const { value, citation } = valueOn(recovery, row.obtainedOn, added);
    const { dueOn } = recovery.apply(value, { obtainedOn: row.obtainedOn, notices });
    return { ...row, dueOn, cites: [citation] };
  });
}

/** What others proposed, of the kinds that somebody may check. */
export async function proposalsFor(tx: Tx, actor: string, kinds: (keyof Proposals)[]): Promise<Proposals> {
  const rows = await openProposals(tx, actor);
  return Object.fromEntries(rows.flatMap(({ kind, count }) => (kinds.includes(kind as never) ? [[kind, count]] : [])));
}
