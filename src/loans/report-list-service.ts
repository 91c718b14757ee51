import { type Context, permit } from '../access/context.ts';
import { lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import { dateFromDb } from '../db/decimal.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import type { ReportSummary } from './report-service.ts';
import { missingLoans } from './store.ts';

const BANK_NAME = '(SELECT i.name FROM institution i WHERE i.code = r.bank_code)';

const REPORTS: Listing = {
  from: 'balance_report r',
  key: { sql: 'r.id', type: 'uuid' },
  fields: {
    period: { sql: 'r.period', type: 'text' },
    bankCode: { sql: 'r.bank_code', type: 'text' },
    receivedOn: { sql: 'r.received_on', type: 'date' },
  },
  search: ['r.period', 'r.bank_code', BANK_NAME],
  order: '-period,bankCode',
};
/** What monthly reports may be put in order by. */
export const REPORT_SORTS = Object.keys(REPORTS.fields);

export type ReportItem = ReportSummary & { bankName: string };

export interface ReportFilter {
  bankCode?: string;
  period?: SettlementPeriod;
  /** first and last month */
  from?: SettlementPeriod;
  to?: SettlementPeriod;
}

/** The reports the actor may see, the newest month first when no other order is asked for. */
export async function listReports(ctx: Context, filter: ReportFilter, ask: ListAsk): Promise<Listed<ReportItem>> {
  permit(ctx, 'loan.read');
  const conditions: Condition[] = [
    ['r.bank_code = ?', filter.bankCode],
    ['r.period = ?', filter.period],
    ['r.period >= ?', filter.from],
    ['r.period <= ?', filter.to],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, REPORTS, conditions, ask);
    const rows = await tx.balanceReport.findMany({
      where: { id: { in: ids } },
      include: { _count: { select: { lines: true } } },
    });
    const banks = await tx.institution.findMany({
      where: { code: { in: [...new Set(rows.map((row) => row.bankCode))] } },
      select: { code: true, name: true },
    });
    const names = new Map(banks.map(({ code, name }) => [code, name]));
    const items: ReportItem[] = [];
    for (const { id, bankCode, period, receivedOn, _count } of inOrder(ids, rows, (row) => row.id)) {
      const [first] = await missingLoans(tx, bankCode, period, lastDay(period), 1);
      items.push({
        ...{ id, bankCode, bankName: names.get(bankCode) ?? bankCode, period, receivedOn: dateFromDb(receivedOn) },
        ...{ lines: _count.lines, missingTotal: first?.total ?? 0 },
      });
    }
    return { ...page, items };
  });
}
