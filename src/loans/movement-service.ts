import type { Context } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { moveLiabilities } from '../guarantee/liability-service.ts';
import { type Money, ZERO } from '../money/money.ts';
import { leverageOn } from '../policy/decide.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { countedOutstanding } from '../pool/exposure.ts';
import { moveExposures } from '../pool/service.ts';
import type { LockedPool } from '../pool/store.ts';
import { insertEvents, type LoanRow, writeOutstanding } from './store.ts';

/** One loan's way to a new outstanding amount: what happened, when it counts, and under which key it is done once. */
export interface LoanMove {
  loan: LoanRow;
  outstanding: Money;
  kind: 'disbursement' | 'repayment' | 'report';
  reference: string;
  occurredOn: LocalDate;
  belongsTo: SettlementPeriod | null;
  interest?: Money;
  details?: unknown;
}

const GUARANTEE_MEMOS = {
  ...{ disbursement: '放款核定，担保责任调整', repayment: '还款解除担保责任', report: '月报余额，担保责任调整' },
};
const MEMOS = { disbursement: '放款核定，准备金调整', repayment: '还款释放准备金', report: '月报余额，准备金调整' };

/** Moves loans of a locked pool to new outstanding amounts: exposure and reserve follow, an event each, in a few set-based statements. */
export async function moveLoans(tx: Tx, ctx: Context, pool: LockedPool, moves: LoanMove[]): Promise<void> {
  if (moves.length === 0) return;
  const { added } = await rulebook(tx);
  const { multiple: leverage, cites } = leverageOn(policyByCode(pool.policyCode), ctx.today, added);
  const steps = await moveExposures(
    ...([tx, ctx, pool, { leverage, cites, admission: false }] as const),
    moves.map(({ loan, outstanding, reference, occurredOn, belongsTo, kind }) => ({
      ...{
        key: loan.id,
        bank: loan.bankCode,
        subject: loan.dueBillNo,
        reference,
        occurredOn,
        belongsTo,
        memo: `${MEMOS[kind]} ${loan.dueBillNo}`,
      },
      // What was compensated or revoked has left the pool: whatever is reported of it ties up nothing again.
      counted: hasLeft(loan) ? ZERO : countedOutstanding(outstanding, loan.countedPrincipal, loan.principal),
    })),
  );
  await insertEvents(
    tx,
    pool.code,
    ctx.actor.id,
    moves.map((move, i) => ({
      ...move,
      principalDelta: move.outstanding.minus(move.loan.outstandingPrincipal),
      ...steps[i]!,
    })),
  );
  await writeOutstanding(
    tx,
    moves.map(({ loan, outstanding, occurredOn }) => ({ id: loan.id, outstanding, on: occurredOn })),
  );
  await moveLiabilities(
    ...([tx, ctx, pool.code] as const),
    moves.map(({ loan, outstanding, reference, occurredOn, belongsTo, kind }) => ({
      ...{ loanId: loan.id, reference, occurredOn, belongsTo, memo: `${GUARANTEE_MEMOS[kind]} ${loan.dueBillNo}` },
      // A compensated loss does not free who answers for its own part of it.
      counted:
        loan.status === 'revoked' ? ZERO : countedOutstanding(outstanding, loan.countedPrincipal, loan.principal),
    })),
  );
}

const hasLeft = ({ status }: LoanRow): boolean => status === 'compensated' || status === 'revoked';
