import { type Context, ownBank, permit } from '../access/context.ts';
import { lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { BALANCE_COLUMNS } from '../files/balance-columns.ts';
import type { Sheet } from '../files/sheet.ts';
import { money, sum, toWire } from '../money/money.ts';
import { CLASSIFICATIONS } from '../policy/five-categories.ts';
import { prefilledLine } from './prefill.ts';
import { asReported } from './report-service.ts';
import { loansByDueBill, missingLoans, repaymentsByMonth } from './store.ts';

/** One file holds so many loans, as a report does. */
const MOST = 3000;

/**
 * 余额月报底稿: a month's report with every loan that is still to be reported, filled in as the contracts say, for the bank to check, correct and send.
 * @throws DomainError NOTHING_TO_REPORT
 */
export async function prefilledReport(
  ctx: Context,
  filter: { period: SettlementPeriod; poolCode?: string },
): Promise<Sheet> {
  permit(ctx, 'loan.report');
  const { period, poolCode } = filter;
  const bank = ownBank(ctx);
  return inTransaction(ctx, async (tx) => {
    const missing = await missingLoans(tx, bank, period, lastDay(period), MOST);
    const dueBills = missing
      .filter((loan) => !poolCode || loan.poolCode === poolCode)
      .map(({ dueBillNo }) => dueBillNo);
    if (dueBills.length === 0) throw new DomainError('NOTHING_TO_REPORT', `${period} 没有应报未报的贷款`);
    const loans = (await loansByDueBill(tx, bank, dueBills, poolCode ?? null)).map(asReported);
    const ids = loans.map(({ id }) => id);
    const repaid = Map.groupBy(await repaymentsByMonth(tx, ids), ({ loanId }) => loanId);
    const states = await tx.loan.findMany({
      where: { id: { in: ids } },
      select: { id: true, classification: true, overdueDays: true },
    });
    const stateOf = new Map(states.map((state) => [state.id, state]));
    const { name } = await tx.institution.findUniqueOrThrow({ where: { code: bank }, select: { name: true } });
    const rows = loans.map(({ id, dueBillNo, outstandingPrincipal, lastReportPeriod, terms }) => {
      const { classification, overdueDays } = stateOf.get(id)!;
      const repaidInMonth = sum(
        (repaid.get(id) ?? []).filter(({ month }) => month === period).map(({ amount }) => money(amount)),
      );
      const line = prefilledLine(
        { outstanding: outstandingPrincipal, overdueDays, lastReportPeriod, repaidInMonth, terms },
        period,
      );
      const amounts = [line.outstanding, line.repaid, line.interest].map(toWire);
      const label = CLASSIFICATIONS.find(({ code }) => code === classification)!.label;
      return [
        period,
        name,
        dueBillNo,
        ...amounts,
        label,
        `${line.overdueDays}`,
        line.outstanding.isZero() ? '是' : '否',
      ];
    });
    return { name: `${period} 余额月报`, columns: COLUMNS, rows };
  });
}

const KINDS: Record<string, 'money' | 'integer'> = { money: 'money', integer: 'integer' };
const COLUMNS = BALANCE_COLUMNS.map(({ title, kind }) => ({
  title,
  kind: KINDS[kind] ?? ('text' as const),
  width: Math.max(14, title.length * 2.4),
}));
