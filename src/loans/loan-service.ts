import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { periodOf } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Loan, LoanEvent } from '../generated/node/client.ts';
import { money, toWire, ZERO } from '../money/money.ts';
import { ratePercent, toPercent } from '../money/rate.ts';
import { type Check, faultsOf } from '../policy/check.ts';
import { checkExtension, leverageOn } from '../policy/decide.ts';
import type { Explanation } from '../policy/explanation.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { explainReserve } from '../pool/explain.ts';
import { lockPool } from '../pool/service.ts';
import type { LockedPool } from '../pool/store.ts';
import { moveLoans } from './movement-service.ts';
import { placeOf } from './placement.ts';
import { insertEvents, type LoanRow, lockLoans } from './store.ts';

export interface Repayment {
  amount: string;
  interest?: string;
  paidOn: LocalDate;
  /** the bank's own number of the repayment; without it day and amount are its key */
  repaymentNo?: string;
}

/**
 * 还款 or 结清 as the bank tells it: outstanding down, reserve released by the difference. The same again answers the same (`created` false).
 * A month that the bank has reported already holds its repayments: its balance stands.
 */
export async function repay(ctx: Context, id: bigint, input: Repayment): Promise<{ created: boolean; loan: LoanView }> {
  permit(ctx, 'loan.report');
  const amount = money(input.amount);
  if (!amount.greaterThan(ZERO)) throw new DomainError('AMOUNT_NOT_POSITIVE', `归还本金应大于零，收到 ${input.amount}`);
  let created = true;
  const loan = await changeLoan(ctx, id, async (tx, pool, loan) => {
    const reference = `repayment:${id}:${input.repaymentNo ?? `${input.paidOn}:${toWire(amount)}`}`;
    const details = { paidOn: input.paidOn, amount: toWire(amount), interest: input.interest ?? null };
    const before = await tx.loanEvent.findUnique({ where: { reference } });
    created = before === null;
    if (before) {
      const same = Object.entries(details).every(([k, v]) => (before.details as Record<string, unknown>)[k] === v);
      if (same) return;
      throw new DomainError('REPAYMENT_CONFLICT', `还款「${input.repaymentNo ?? input.paidOn}」已登记，内容不同`, {
        status: 409,
      });
    }
    refuseDay(ctx, loan, input.paidOn);
    if (loan.lastReportPeriod !== null && periodOf(input.paidOn) <= loan.lastReportPeriod) {
      throw new DomainError(
        'REPAYMENT_REPORTED',
        `${loan.lastReportPeriod} 的月报已收到，${input.paidOn} 的还款应已含在月报余额中，余额以月报为准`,
        { status: 409 },
      );
    }
    if (amount.greaterThan(loan.outstandingPrincipal)) {
      throw new DomainError(
        'REPAYMENT_TOO_LARGE',
        `归还本金 ${input.amount} 元大于贷款余额 ${toWire(loan.outstandingPrincipal)} 元`,
        {
          errors: [
            {
              code: 'REPAYMENT_TOO_LARGE',
              field: 'amount',
              value: input.amount,
              message: `不得大于贷款余额 ${toWire(loan.outstandingPrincipal)}`,
            },
          ],
        },
      );
    }
    const place = placeOf(input.paidOn, loan, ctx.today, pool.lockedThrough);
    const interest = input.interest === undefined ? undefined : money(input.interest);
    await moveLoans(tx, ctx, pool, [
      {
        loan,
        kind: 'repayment',
        reference,
        ...place,
        interest,
        outstanding: loan.outstandingPrincipal.minus(amount),
        details,
      },
    ]);
    await audit(tx, ctx, {
      action: 'loan.repay',
      subject: `loan:${id}`,
      before: { outstanding: toWire(loan.outstandingPrincipal) },
      after: { ...input },
    });
  });
  return { created, loan };
}

/**
 * 放款 after consent: the day and the amount actually lent. Counted stays what was filed, at most what was lent; the reserve follows it.
 */
export async function disburse(
  ctx: Context,
  id: bigint,
  input: { amount: string; disbursedOn: LocalDate },
): Promise<LoanView> {
  permit(ctx, 'loan.report');
  const amount = money(input.amount);
  return changeLoan(ctx, id, async (tx, pool, loan) => {
    if (loan.disbursedOn !== null) {
      if (loan.disbursedOn === input.disbursedOn && loan.principal.equals(amount)) return;
      throw new DomainError('ALREADY_DISBURSED', `该笔贷款已于 ${loan.disbursedOn} 放款 ${toWire(loan.principal)} 元`, {
        status: 409,
      });
    }
    if (!amount.greaterThan(ZERO) || amount.greaterThan(loan.principal)) {
      throw new DomainError(
        'DISBURSEMENT_AMOUNT',
        `放款金额应大于零且不超过同意的 ${toWire(loan.principal)} 元，收到 ${input.amount}`,
      );
    }
    if (input.disbursedOn > ctx.today || input.disbursedOn < loan.admittedOn || input.disbursedOn >= loan.maturesOn) {
      throw new DomainError(
        'DISBURSEMENT_DAY',
        `放款日 ${input.disbursedOn} 应在同意日 ${loan.admittedOn} 与今天之间，且早于到期日 ${loan.maturesOn}`,
      );
    }
    const counted = amount.lessThan(loan.countedPrincipal) ? amount : loan.countedPrincipal;
    const actual = { ...loan, principal: amount, countedPrincipal: counted };
    const place = placeOf(input.disbursedOn, loan, ctx.today, pool.lockedThrough);
    await moveLoans(tx, ctx, pool, [
      {
        loan: actual,
        kind: 'disbursement',
        reference: `disbursement:${id}`,
        ...place,
        outstanding: amount,
        details: { ...input },
      },
    ]);
    await tx.loan.update({
      where: { id },
      data: { disbursedOn: dateToDb(input.disbursedOn), principal: toWire(amount), countedPrincipal: toWire(counted) },
    });
    await audit(tx, ctx, {
      action: 'loan.disburse',
      subject: `loan:${id}`,
      before: { principal: toWire(loan.principal), countedPrincipal: toWire(loan.countedPrincipal) },
      after: { ...input, countedPrincipal: toWire(counted) },
    });
  });
}

/**
 * 展期: asked before maturity, as often and as long as the clause allows; the reserve stays. What counts as asked is the day it reaches us: an
 * agreement of an earlier day that is told after maturity does not undo an overdue loan.
 */
export async function extend(
  ctx: Context,
  id: bigint,
  input: { maturesOn: LocalDate; agreedOn: LocalDate },
): Promise<LoanView & { checks: Check[] }> {
  permit(ctx, 'loan.report');
  let checks: Check[] = [];
  const view = await changeLoan(ctx, id, async (tx, pool, loan) => {
    const reference = `extension:${id}:${input.maturesOn}`;
    if (await tx.loanEvent.findUnique({ where: { reference } })) return;
    const before = await tx.loanEvent.count({ where: { loanId: id, kind: 'extension' } });
    const { added } = await rulebook(tx);
    const facts = {
      askedOn: ctx.today,
      maturesOn: loan.maturesOn,
      newMaturesOn: input.maturesOn,
      previousExtensions: before,
    };
    checks = checkExtension(policyByCode(pool.policyCode), facts, added);
    const errors = faultsOf(checks).map((f) => ({ ...f, field: f.field === 'newMaturesOn' ? 'maturesOn' : f.field }));
    if (errors.length > 0)
      throw new DomainError('EXTENSION_REFUSED', errors[0]!.message, { errors, cites: errors[0]!.cites });
    refuseDay(ctx, loan, input.agreedOn);
    const place = placeOf(input.agreedOn, loan, ctx.today, pool.lockedThrough);
    await insertEvents(tx, pool.code, ctx.actor.id, [
      {
        loan,
        kind: 'extension',
        reference,
        ...place,
        principalDelta: ZERO,
        countedDelta: ZERO,
        reserveDelta: ZERO,
        details: { from: loan.maturesOn, to: input.maturesOn },
      },
    ]);
    await tx.loan.update({ where: { id }, data: { maturesOn: dateToDb(input.maturesOn) } });
    await audit(tx, ctx, {
      action: 'loan.extend',
      subject: `loan:${id}`,
      before: { maturesOn: loan.maturesOn },
      after: { ...input },
    });
  });
  return { ...view, checks };
}

function refuseDay(ctx: Context, loan: LoanRow, day: LocalDate): void {
  if (loan.disbursedOn === null) throw new DomainError('NOT_DISBURSED', '该笔贷款尚未报送放款', { status: 409 });
  if (loan.status === 'paidOff') throw new DomainError('LOAN_PAID_OFF', '贷款已结清', { status: 409 });
  if (loan.status === 'compensated')
    throw new DomainError('LOAN_COMPENSATED', '贷款已补偿，此后收回的款项请汇缴资金池，按追偿回款登记', {
      status: 409,
    });
  if (day > ctx.today || day < loan.disbursedOn) {
    throw new DomainError('DATE_OUT_OF_RANGE', `日期 ${day} 应在放款日 ${loan.disbursedOn} 与今天 ${ctx.today} 之间`);
  }
}

async function changeLoan(
  ctx: Context,
  id: bigint,
  change: (tx: Tx, pool: LockedPool, loan: LoanRow) => Promise<void>,
): Promise<LoanView> {
  return inTransaction(ctx, async (tx) => {
    const seen = await tx.loan.findUnique({ where: { id }, select: { poolCode: true } });
    if (!seen) throw loanUnknown();
    const pool = await lockPool(tx, seen.poolCode);
    const [loan] = await lockLoans(tx, [id]);
    await change(tx, pool, loan!);
    return readLoan(tx, id);
  });
}

function loanUnknown(): DomainError {
  return new DomainError('NOT_FOUND', '没有这笔贷款', { status: 404 });
}

export interface LoanView {
  id: string;
  poolCode: string;
  bankCode: string;
  enterpriseUscc: string;
  enterpriseName: string;
  contractNo: string;
  dueBillNo: string;
  principal: string;
  countedPrincipal: string;
  outstandingPrincipal: string;
  countedOutstanding: string;
  reserve: string;
  annualRate: string;
  admittedOn: LocalDate;
  disbursedOn: LocalDate | null;
  maturesOn: LocalDate;
  classification: string;
  overdueDays: number;
  lastReportPeriod: string | null;
  status: string;
}

/** What `asViews` needs of a loan's filing. */
export const WITH_FILING = { filing: { select: { contractNo: true, annualRate: true, facts: true } } } as const;
type WithFiling = Loan & { filing: { contractNo: string; annualRate: { toFixed(): string }; facts: unknown } };

/** Loans as they are answered, with what they tie up in their pools. */
export async function asViews(tx: Tx, loans: WithFiling[]): Promise<LoanView[]> {
  const held = await tx.poolExposure.findMany({
    where: { poolCode: { in: [...new Set(loans.map((l) => l.poolCode))] }, key: { in: loans.map((l) => l.id) } },
  });
  const byKey = new Map(held.map((e) => [e.key, e]));
  return loans.map((l) => ({
    ...{
      id: `${l.id}`,
      poolCode: l.poolCode,
      bankCode: l.bankCode,
      enterpriseUscc: l.enterpriseUscc,
      enterpriseName: (l.filing.facts as { name: string }).name,
    },
    ...{
      contractNo: l.filing.contractNo,
      dueBillNo: l.dueBillNo,
      annualRate: toPercent(ratePercent(l.filing.annualRate.toFixed())),
    },
    ...{
      principal: l.principal.toFixed(2),
      countedPrincipal: l.countedPrincipal.toFixed(2),
      outstandingPrincipal: l.outstandingPrincipal.toFixed(2),
    },
    ...{
      countedOutstanding: byKey.get(l.id)?.countedOutstanding.toFixed(2) ?? '0.00',
      reserve: byKey.get(l.id)?.reserve.toFixed(2) ?? '0.00',
    },
    ...{
      admittedOn: dateFromDb(l.admittedOn),
      disbursedOn: l.disbursedOn && dateFromDb(l.disbursedOn),
      maturesOn: dateFromDb(l.maturesOn),
    },
    ...{
      classification: l.classification,
      overdueDays: l.overdueDays,
      lastReportPeriod: l.lastReportPeriod,
      status: l.status,
    },
  }));
}

async function readLoan(tx: Tx, id: bigint): Promise<LoanView> {
  const loan = await tx.loan.findUnique({ where: { id }, include: WITH_FILING });
  if (!loan) throw loanUnknown();
  return (await asViews(tx, [loan]))[0]!;
}

/** A loan of the actor's own with what happened to it. @throws DomainError NOT_FOUND (404) */
export async function findLoan(
  ctx: Context,
  id: bigint,
): Promise<LoanView & { events: ReturnType<typeof eventView>[]; explanation: Explanation }> {
  permit(ctx, 'loan.read');
  return inTransaction(ctx, async (tx) => {
    const loan = await readLoan(tx, id);
    const events = await tx.loanEvent.findMany({ where: { loanId: id }, orderBy: { id: 'asc' } });
    const { policyCode } = await tx.pool.findUniqueOrThrow({ where: { code: loan.poolCode } });
    const moved = events.findLast((e) => !e.countedDelta.isZero()) ?? events[0]!;
    const { explanation } = leverageOn(
      policyByCode(policyCode),
      dateFromDb(moved.occurredOn),
      (await rulebook(tx)).added,
    );
    return { ...loan, events: events.map(eventView), explanation: explainReserve(loan, explanation) };
  });
}

function eventView(e: LoanEvent) {
  return {
    kind: e.kind,
    occurredOn: dateFromDb(e.occurredOn),
    belongsTo: e.belongsTo,
    recordedAt: e.recordedAt.toISOString(),
    principalDelta: e.principalDelta.toFixed(2),
    countedDelta: e.countedDelta.toFixed(2),
    reserveDelta: e.reserveDelta.toFixed(2),
    interest: e.interest?.toFixed(2) ?? null,
    details: e.details,
  };
}
