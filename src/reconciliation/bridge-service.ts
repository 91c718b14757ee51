import { actorNames } from '../access/actor-names.ts';
import { sealIn } from '../access/audit-chain-service.ts';
import type { Context } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { issue } from '../documents/service.ts';
import type { Reconciliation } from '../generated/node/client.ts';
import { lockBook } from '../ledger/store.ts';
import { bridgePaper } from './bridge-paper.ts';
import type { RunInputs, RunResult } from './run.ts';

/** 余额调节表 on paper of a run that the actor has just confirmed, in the same transaction. */
export async function issueBridge(
  tx: Tx,
  ctx: Context,
  row: Reconciliation,
  inputs: RunInputs,
  result: RunResult,
): Promise<void> {
  const { accountName, bankName, book, programme } = await holderOf(tx, row);
  const names = await actorNames(tx, [row.runBy, ctx.actor.id]);
  const { head, entries } = await lockBook(tx, row.poolCode);
  const of = {
    ...{ programme, poolName: book, issuer: accountName, issuedOn: ctx.today },
    account: { name: accountName, bank: bankName, number: row.accountNo },
    prepared: { by: names.get(row.runBy) ?? '', on: dateFromDb(row.runOn) },
    checked: { by: names.get(ctx.actor.id) ?? '', on: ctx.today },
    ledger: { head, entries: Number(entries) },
    // What has been done so far is anchored on paper, too.
    audit: await sealIn(tx),
  };
  await issue(tx, ctx, {
    ...{ kind: 'bankReconciliation', subject: subjectOf(row.id), poolCode: row.poolCode, bankCode: null },
    view: bridgePaper(of, inputs, result),
    publicFacts: [
      { label: '月份', value: row.period },
      { label: '银行对账单余额', value: inputs.bankClosing },
      { label: '账面余额', value: inputs.ledgerClosing },
    ],
  });
}

const subjectOf = (id: bigint): string => `reconciliation:${id}`;

/** The paper of a run; null where it is not confirmed, or was before there was one. */
export async function bridgeDocument(tx: Tx, id: bigint): Promise<string | null> {
  const where = { kind_subject: { kind: 'bankReconciliation', subject: subjectOf(id) } };
  return (await tx.document.findUnique({ where, select: { id: true } }))?.id ?? null;
}

/** In whose name an account is and at which bank, with the pool or subsidy budget whose book it is in. */
async function holderOf(
  tx: Tx,
  { accountNo, poolCode }: Reconciliation,
): Promise<{ accountName: string; bankName: string; book: string; programme: string }> {
  const [row] = await tx.$queryRaw<{ accountName: string; bankName: string; book: string; programme: string }[]>`
    SELECT a.account_name AS "accountName", a.bank_name AS "bankName", p.name AS book, p.programme FROM bank_account a JOIN pool p ON p.code = a.pool_code WHERE a.account_no = ${accountNo}
    UNION ALL SELECT b.account_name, b.bank_name, b.name, b.name FROM subsidy_budget b WHERE b.code = ${poolCode} AND b.account_no = ${accountNo}`;
  return row!;
}
