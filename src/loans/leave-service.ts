import type { Context } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb } from '../db/decimal.ts';
import { DomainError } from '../errors.ts';
import { moveLiabilities } from '../guarantee/liability-service.ts';
import { ZERO } from '../money/money.ts';
import { leverageOn } from '../policy/decide.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { moveExposures } from '../pool/service.ts';
import type { LockedPool } from '../pool/store.ts';
import { insertEvents, type LoanRow, lockLoans } from './store.ts';

/** A loan of a locked pool, locked with it. @throws DomainError NOT_FOUND (404) */
export async function lockLoan(tx: Tx, id: bigint): Promise<LoanRow> {
  const [loan] = await lockLoans(tx, [id]);
  if (!loan) throw new DomainError('NOT_FOUND', '没有这笔贷款', { status: 404 });
  return loan;
}

/**
 * A loan leaves the pool because its loss was compensated: its reserve is wholly released, it counts for nothing any more, and what is still unpaid stays
 * its outstanding principal, so that ratios are gross of compensation.
 */
export async function leaveCompensated(
  tx: Tx,
  ctx: Context,
  pool: LockedPool,
  loan: LoanRow,
  at: { occurredOn: LocalDate; belongsTo: SettlementPeriod | null },
): Promise<void> {
  const { added } = await rulebook(tx);
  const { multiple: leverage, cites } = leverageOn(policyByCode(pool.policyCode), ctx.today, added);
  const move = {
    ...{ key: loan.id, bank: loan.bankCode, subject: loan.dueBillNo, counted: ZERO, ...at },
    ...{ reference: `compensation:${loan.id}`, memo: `风险补偿释放准备金 ${loan.dueBillNo}` },
  };
  const [moved] = await moveExposures(tx, ctx, pool, { leverage, cites, admission: false }, [move]);
  const event = { loan, kind: 'compensation', reference: move.reference, ...at, principalDelta: ZERO, ...moved! };
  await insertEvents(tx, pool.code, ctx.actor.id, [event]);
  await tx.loan.update({ where: { id: loan.id }, data: { status: 'compensated' } });
}

/**
 * A loan leaves the pool because its filing was revoked: its reserve is released and its principal leaves the portfolio with it, so that no report is due
 * of it any more, no ratio counts it and no claim is received.
 */
export async function leaveRevoked(
  tx: Tx,
  ctx: Context,
  pool: LockedPool,
  loan: LoanRow,
  { details, ...at }: { occurredOn: LocalDate; belongsTo: SettlementPeriod | null; details: object },
): Promise<void> {
  const { added } = await rulebook(tx);
  const { multiple: leverage, cites } = leverageOn(policyByCode(pool.policyCode), ctx.today, added);
  const move = {
    ...{ key: loan.id, bank: loan.bankCode, subject: loan.dueBillNo, counted: ZERO, ...at },
    ...{ reference: `revocation:${loan.id}`, memo: `撤销备案释放准备金 ${loan.dueBillNo}` },
  };
  const [moved] = await moveExposures(tx, ctx, pool, { leverage, cites, admission: false }, [move]);
  const principalDelta = loan.outstandingPrincipal.negated();
  const event = { loan, kind: 'revocation', reference: move.reference, ...at, principalDelta, details, ...moved! };
  await insertEvents(tx, pool.code, ctx.actor.id, [event]);
  const freed = { loanId: loan.id, counted: ZERO, memo: `撤销备案解除担保责任 ${loan.dueBillNo}`, ...at };
  await moveLiabilities(tx, ctx, pool.code, [{ ...freed, reference: move.reference }]);
  const gone = { outstandingPrincipal: '0.00', paidOffOn: dateToDb(at.occurredOn) };
  await tx.loan.update({ where: { id: loan.id }, data: { status: 'revoked', ...gone } });
}
