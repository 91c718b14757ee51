import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { dateFromDb } from '../db/decimal.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import type { BankLine } from '../generated/node/client.ts';

export interface BankLineView {
  id: string;
  statementId: string;
  poolCode: string;
  accountNo: string;
  occurredOn: LocalDate;
  time: string | null;
  direction: string;
  amount: string;
  ordinal: number;
  serial: string | null;
  balance: string | null;
  counterpartyName: string | null;
  counterpartyAccount: string | null;
  memo: string;
}

const LINES: Listing = {
  from: 'bank_line l',
  key: { sql: 'l.id', type: 'bigint' },
  fields: {
    id: { sql: 'l.id', type: 'bigint' },
    occurredOn: { sql: 'l.occurred_on', type: 'date' },
    amount: { sql: 'l.amount', type: 'numeric' },
    direction: { sql: 'l.direction', type: 'text' },
  },
  search: ['l.serial', 'l.counterparty_name', 'l.counterparty_account', 'l.memo'],
  order: 'occurredOn,id',
};
/** What bank lines may be put in order by. */
export const BANK_LINE_SORTS = Object.keys(LINES.fields);

/** 对账单明细 that the actor sees, each movement once. */
export async function listBankLines(
  ctx: Context,
  filter: {
    poolCode?: string;
    accountNo?: string;
    statementId?: string;
    direction?: string;
    from?: LocalDate;
    to?: LocalDate;
  },
  ask: ListAsk,
): Promise<Listed<BankLineView>> {
  permit(ctx, 'bankStatement.read');
  const conditions: Condition[] = [
    ['l.pool_code = ?', filter.poolCode],
    ['l.account_no = ?', filter.accountNo],
    ['l.statement_id = ?::bigint', filter.statementId],
    ['l.direction = ?', filter.direction],
    ['l.occurred_on >= ?::date', filter.from],
    ['l.occurred_on <= ?::date', filter.to],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, LINES, conditions, ask);
    const rows = await tx.bankLine.findMany({ where: { id: { in: ids.map(BigInt) } } });
    return { ...page, items: inOrder(ids, rows, ({ id }) => `${id}`).map(lineView) };
  });
}

function lineView(row: BankLine): BankLineView {
  const { poolCode, accountNo, time, direction, ordinal, serial, counterpartyName, counterpartyAccount, memo } = row;
  return {
    ...{
      id: `${row.id}`,
      statementId: `${row.statementId}`,
      poolCode,
      accountNo,
      occurredOn: dateFromDb(row.on),
      time,
    },
    ...{ direction, amount: row.amount.toFixed(2), ordinal, serial, balance: row.balance?.toFixed(2) ?? null },
    ...{ counterpartyName, counterpartyAccount, memo },
  };
}
