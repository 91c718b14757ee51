import { addDays, type LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import { firstDay, lastDay } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { feeOf } from '../guarantee/accrual.ts';
import { feeBearing, payoutsBetween } from '../guarantee/store.ts';
import type { Money } from '../money/money.ts';
import { type AddedVersion, valueOn } from '../policy/clause.ts';
import { policyByCode } from '../policy/register.ts';

/** What guarantors, re-guarantors and insurers of a pool were owed for a month, and what they paid banks in it. */
export interface GuaranteeMonth {
  parties: Map<string, 'guarantor' | 'reguarantor' | 'insurer'>;
  fees: { party: string; from: string; to: string; dueBillNo: string; amount: Money }[];
  payouts: { party: string; bank: string; amount: string }[];
}

/** The month's fees by the movements of each liability, and its payouts. */
export async function guaranteeMonth(
  tx: Tx,
  pool: { code: string; policyCode: string },
  period: SettlementPeriod,
  added: readonly AddedVersion[],
): Promise<GuaranteeMonth> {
  const [start, end] = [firstDay(period), lastDay(period)];
  const clause = policyByCode(pool.policyCode).feeCeilings;
  const value = clause ? valueOn(clause, end, added).value : null;
  const next: LocalDate = addDays(end, 1);
  const fees = (await feeBearing(tx, pool.code, end)).flatMap((g) => {
    const due = feeOf(value, g, start, next);
    return due ? [{ party: g.party, dueBillNo: g.dueBillNo, ...due }] : [];
  });
  const kinds = await tx.institution.findMany({
    where: { kind: { in: ['guarantor', 'reguarantor', 'insurer'] } },
    select: { code: true, kind: true },
  });
  return {
    parties: new Map(kinds.map(({ code, kind }) => [code, kind as 'guarantor'])),
    fees,
    payouts: await payoutsBetween(tx, pool.code, start, end),
  };
}
