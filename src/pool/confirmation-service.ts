import type { Context } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, fromDb } from '../db/decimal.ts';
import { DOCUMENT_KINDS } from '../documents/kinds.ts';
import { issue } from '../documents/service.ts';
import type { ContributorTotal } from '../documents/view-models.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { BankAccount, Contribution } from '../generated/node/client.ts';
import { Exact, type Money, toWire, ZERO } from '../money/money.ts';
import { matchOwed } from '../policy/decide.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { contributedBalances, type LockedPool } from './store.ts';

/** A contribution as it was posted. */
export interface Received {
  row: Contribution & { bankAccount: BankAccount };
  /** 凭证号 in the pool's book */
  voucher: bigint;
  match: { owed: Money | null; dueOn: LocalDate | null; cites: Citation[] };
}

/**
 * 出资确认书 to the contributor, in the transaction that posted its money. The cooperating unit, whose account receives, confirms what others pay in;
 * what it pays in itself, the matching unit confirms: nobody signs for its own money. @returns the document's id
 */
export async function issueConfirmation(tx: Tx, ctx: Context, pool: LockedPool, received: Received): Promise<string> {
  const { row, voucher, match } = received;
  const balances = await contributedBalances(tx, pool.code);
  const names = await namesOf(tx, [...balances.map(({ party }) => party), pool.cooperatingUnit, pool.matchingUnit]);
  const nameOf = (code: string) => names.get(code) ?? code;
  const amount = fromDb(row.amount);
  const cites = await basis(tx, pool, row);
  const receivedOn = dateFromDb(row.receivedOn);
  const { accountName, bankName, accountNo } = row.bankAccount;
  const owed =
    match.owed && match.dueOn
      ? { party: nameOf(pool.matchingUnit), amount: toWire(match.owed), dueOn: match.dueOn, cites: match.cites }
      : undefined;
  return issue(tx, ctx, {
    kind: 'contributionConfirmation',
    subject: `contribution:${row.id}`,
    poolCode: pool.code,
    bankCode: null,
    publicFacts: [
      { label: '出资单位', value: nameOf(row.contributor) },
      { label: '资金池', value: pool.name },
      { label: '到账日期', value: receivedOn },
      { label: '到账金额', value: toWire(amount) },
    ],
    view: {
      ...{ title: DOCUMENT_KINDS.contributionConfirmation.label, programme: pool.programme },
      issuer: nameOf(row.contributor === pool.cooperatingUnit ? pool.matchingUnit : pool.cooperatingUnit),
      issuedOn: ctx.today,
      provisionalFigures: cites.some((c) => !c.confirmed),
      cites,
      ...{ addressee: nameOf(row.contributor), poolName: pool.name, receivedOn, amount: toWire(amount) },
      account: { name: accountName, bank: bankName, number: accountNo },
      receiptNo: row.receiptNo,
      contributors: balances.map(({ party, balance }) =>
        totalOf(nameOf(party), new Exact(balance), party === row.contributor ? amount : ZERO),
      ),
      match: owed,
      voucher: `${voucher}`,
    },
  });
}

/** What the parties pay in by: the clause that says who contributes and who matches it; none where money came before the rules did. */
async function basis(tx: Tx, pool: LockedPool, row: Contribution): Promise<Citation[]> {
  const { added } = await rulebook(tx);
  try {
    return matchOwed(policyByCode(pool.policyCode), fromDb(row.amount), dateFromDb(row.receivedOn), added).cites;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'POLICY_OUTSIDE_DATES') return [];
    throw error;
  }
}

const totalOf = (party: string, after: Money, amount: Money): ContributorTotal => ({
  ...{ party, before: toWire(after.minus(amount)), amount: toWire(amount), after: toWire(after) },
});

async function namesOf(tx: Tx, codes: string[]): Promise<Map<string, string>> {
  const rows = await tx.institution.findMany({ where: { code: { in: codes } }, select: { code: true, name: true } });
  return new Map(rows.map(({ code, name }) => [code, name]));
}
