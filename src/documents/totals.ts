import { DomainError } from '../errors.ts';
import { type Exact, money, sum, toWire, ZERO } from '../money/money.ts';
import type { MonthlyLedgerRow, SettlementStatementView } from './view-models.ts';

/** Sums of a monthly ledger, wire strings. */
export interface LedgerTotals {
  count: number;
  principal: string;
  countedPrincipal: string;
  outstandingPrincipal: string;
  countedOutstanding: string;
  reserve: string;
}

/** Adds up the amount columns of the ledger, so that a printed total is always that of the printed rows. */
export function ledgerTotals(rows: MonthlyLedgerRow[]): LedgerTotals {
  const total = (pick: (row: MonthlyLedgerRow) => string) => toWire(sum(rows.map((row) => money(pick(row)))));
  return {
    count: rows.length,
    principal: total((row) => row.principal),
    countedPrincipal: total((row) => row.countedPrincipal),
    outstandingPrincipal: total((row) => row.outstandingPrincipal),
    countedOutstanding: total((row) => row.countedOutstanding),
    reserve: total((row) => row.reserve),
  };
}

/** The same sums per 五级分类, in the order of the classification's first appearance in `order`, absent ones left out. */
export function totalsByClassification(
  rows: MonthlyLedgerRow[],
  order: string[],
): (LedgerTotals & { classification: string })[] {
  const groups = new Map<string, MonthlyLedgerRow[]>(order.map((label) => [label, []]));
  for (const row of rows) {
    const group = groups.get(row.classification);
    if (group) group.push(row);
    else groups.set(row.classification, [row]);
  }
  return [...groups]
    .filter(([, group]) => group.length > 0)
    .map(([classification, group]) => ({ classification, ...ledgerTotals(group) }));
}

/**
 * The last look before a statement is printed and signed: opening + movements = closing in every section, to the
 * fen. Throws DomainError STATEMENT_DOES_NOT_FOOT that names each section that does not.
 */
export function assertStatementFoots(view: Pick<SettlementStatementView, 'sections'>): void {
  const errors = view.sections.flatMap((section) => {
    const expected: Exact = money(section.opening).plus(money(section.movements));
    const difference = money(section.closing).minus(expected);
    if (difference.eq(ZERO)) return [];
    return [
      {
        code: 'STATEMENT_DOES_NOT_FOOT',
        field: section.name,
        value: section.closing,
        message: `「${section.name}」期初 ${section.opening} 加本期变动 ${section.movements} 应为 ${toWire(expected)}，期末却是 ${section.closing}`,
      },
    ];
  });
  if (errors.length > 0) {
    throw new DomainError('STATEMENT_DOES_NOT_FOOT', `结算单不平，不能打印：${errors[0]!.message}`, { errors });
  }
}

/** The sum of wire amounts, as one. */
export function addUp(amounts: string[]): string {
  return toWire(sum(amounts.map((amount) => money(amount))));
}

/** The last look before a paper about shares is printed: its parts are the whole, to the fen. @throws DomainError PAPER_DOES_NOT_ADD_UP */
export function assertAddsUp(what: string, parts: string[], whole: string): void {
  const found = addUp(parts);
  if (money(found).eq(money(whole))) return;
  const message = `${what}各项合计 ${found}，应为 ${whole}，不能打印`;
  throw new DomainError('PAPER_DOES_NOT_ADD_UP', message, { errors: [{ code: 'PAPER_DOES_NOT_ADD_UP', message }] });
}
