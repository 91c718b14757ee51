import { actorNames } from '../access/actor-names.ts';
import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { Revocation } from '../generated/node/client.ts';
import { toWire } from '../money/money.ts';
import { valueOn } from '../policy/clause.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { checkBreaker } from '../pool/breaker-service.ts';
import { lockPool } from '../pool/service.ts';
import type { LockedPool } from '../pool/store.ts';
import { leaveRevoked, lockLoan } from './leave-service.ts';
import { placeOf } from './placement.ts';
import type { LoanRow } from './store.ts';

export interface NewRevocation {
  /** code of the clause's ground */
  ground: string;
  reason: string;
  /** when it happened */
  occurredOn: LocalDate;
}

/** 撤销备案: on which ground, why, and who agreed. */
export interface RevocationView {
  id: string;
  loanId: string;
  ground: string;
  groundName: string;
  reason: string;
  occurredOn: LocalDate;
  status: 'proposed' | 'confirmed' | 'refused';
  proposedBy: string | null;
  proposedOn: LocalDate;
  mine: boolean;
  decidedBy: string | null;
  decidedOn: LocalDate | null;
  decision: string | null;
  cites: Citation[];
}

/**
 * Proposes to revoke a filing on a ground of the clause. The same again by the same person is the same proposal.
 * @throws DomainError GROUND_UNKNOWN, DATE_OUT_OF_RANGE (422), LOAN_PAID_OFF, LOAN_COMPENSATED, LOAN_REVOKED, CLAIM_LIVE, REVOCATION_PROPOSED (409)
 */
export async function proposeRevocation(ctx: Context, loanId: bigint, input: NewRevocation): Promise<RevocationView> {
  permit(ctx, 'revocation.propose');
  return change(ctx, loanId, async (tx, pool, loan) => {
    const open = await tx.revocation.findFirst({ where: { loanId, status: { not: 'refused' } } });
    const same = open?.proposedBy === ctx.actor.id && open.ground === input.ground && open.reason === input.reason;
    if (open && same) return open;
    if (open?.status === 'proposed')
      throw new DomainError('REVOCATION_PROPOSED', '已有人提出撤销，请先办结', { status: 409 });
    await refuseRevoking(tx, loan);
    const { label, cites } = await groundOf(tx, pool, input);
    if (input.occurredOn > ctx.today || input.occurredOn < loan.admittedOn)
      throw new DomainError('DATE_OUT_OF_RANGE', `发生日期应在入池日 ${loan.admittedOn} 与今天 ${ctx.today} 之间`);
    const row = await tx.revocation.create({
      data: {
        ...{ loanId, poolCode: pool.code, bankCode: loan.bankCode, ground: input.ground, label, reason: input.reason },
        ...{ occurredOn: dateToDb(input.occurredOn), cites: JSON.parse(JSON.stringify(cites)), status: 'proposed' },
        ...{ proposedBy: ctx.actor.id, proposedOn: dateToDb(ctx.today) },
      },
    });
    await audit(tx, ctx, { action: 'loan.proposeRevocation', subject: `loan:${loanId}`, after: { ...input } });
    return row;
  });
}

/**
 * Another person agrees: the loan leaves the pool, its reserve is released, and no claim is received for it.
 * @throws DomainError NO_REVOCATION_PROPOSED, CLAIM_LIVE (409), SAME_PERSON (403)
 */
export async function confirmRevocation(ctx: Context, loanId: bigint): Promise<RevocationView> {
  permit(ctx, 'revocation.decide');
  return change(ctx, loanId, async (tx, pool, loan) => {
    const done = await tx.revocation.findFirst({ where: { loanId, status: 'confirmed' } });
    if (done?.decidedBy === ctx.actor.id) return done;
    const open = await openRevocation(tx, ctx, loanId);
    await refuseRevoking(tx, loan);
    const place = placeOf(dateFromDb(open.occurredOn), loan, ctx.today, pool.lockedThrough);
    await leaveRevoked(tx, ctx, pool, loan, { ...place, details: { ground: open.ground, reason: open.reason } });
    const decided = { decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today) };
    const row = await tx.revocation.update({ where: { id: open.id }, data: { status: 'confirmed', ...decided } });
    await audit(tx, ctx, {
      ...{ action: 'loan.revoke', subject: `loan:${loanId}` },
      before: { status: loan.status, outstanding: toWire(loan.outstandingPrincipal) },
      after: { status: 'revoked', ground: open.ground },
    });
    const trigger = { event: 'revocation', reference: `loan:${loanId}`, on: ctx.today } as const;
    await checkBreaker(tx, ctx, pool.code, trigger);
    return row;
  });
}

/** Another person does not agree: the loan stays. @throws DomainError NO_REVOCATION_PROPOSED (409), SAME_PERSON (403) */
export async function refuseRevocation(ctx: Context, loanId: bigint, reason: string): Promise<RevocationView> {
  permit(ctx, 'revocation.decide');
  return change(ctx, loanId, async (tx) => {
    const open = await openRevocation(tx, ctx, loanId);
    const decided = { decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today), decision: reason };
    const row = await tx.revocation.update({ where: { id: open.id }, data: { status: 'refused', ...decided } });
    await audit(tx, ctx, { action: 'loan.refuseRevocation', subject: `loan:${loanId}`, after: { reason } });
    return row;
  });
}

/** A revocation with the loan it is about. */
export interface RevocationItem extends RevocationView {
  poolCode: string;
  bankCode: string;
  dueBillNo: string;
  enterpriseName: string;
  outstandingPrincipal: string;
}

/** Revocations that wait for a second person, of loans the actor sees, the oldest first. */
export async function openRevocations(ctx: Context): Promise<RevocationItem[]> {
  permit(ctx, 'loan.read');
  return inTransaction(ctx, async (tx) => {
    const open = { where: { status: 'proposed' }, orderBy: { id: 'asc' } } as const;
    const rows = await tx.revocation.findMany({ ...open, include: { loan: true } });
    const uscc = { in: rows.map(({ loan }) => loan.enterpriseUscc) };
    const found = await tx.enterprise.findMany({ where: { uscc }, select: { uscc: true, name: true } });
    const names = new Map(found.map((e) => [e.uscc, e.name]));
    const shown = await views(tx, ctx, rows);
    return rows.map(({ loan: { poolCode, bankCode, dueBillNo, enterpriseUscc, outstandingPrincipal } }, i) => ({
      ...{ ...shown[i]!, poolCode, bankCode, dueBillNo, outstandingPrincipal: outstandingPrincipal.toFixed(2) },
      enterpriseName: names.get(enterpriseUscc) ?? enterpriseUscc,
    }));
  });
}

/** What was proposed and decided of a loan, the latest first; on which grounds one may be proposed today, and by which article. */
export interface Revocations {
  grounds: { code: string; label: string }[];
  cites: Citation[];
  items: RevocationView[];
}

/** The revocations of a loan, and their grounds. @throws DomainError NOT_FOUND (404) */
export async function revocationsOf(ctx: Context, loanId: bigint): Promise<Revocations> {
  permit(ctx, 'loan.read');
  return inTransaction(ctx, async (tx) => {
    const loan = await tx.loan.findUnique({ where: { id: loanId }, select: { poolCode: true } });
    if (!loan) throw loanUnknown();
    const { policyCode } = await tx.pool.findUniqueOrThrow({ where: { code: loan.poolCode } });
    const { added } = await rulebook(tx);
    const { value, citation } = valueOn(policyByCode(policyCode).revocation, ctx.today, added);
    const rows = await tx.revocation.findMany({ where: { loanId }, orderBy: { id: 'desc' } });
    return { grounds: value.oneOf, cites: [citation], items: await views(tx, ctx, rows) };
  });
}

const loanUnknown = () => new DomainError('NOT_FOUND', '没有这笔贷款', { status: 404 });

async function change(
  ctx: Context,
  loanId: bigint,
  work: (tx: Tx, pool: LockedPool, loan: LoanRow) => Promise<Revocation>,
): Promise<RevocationView> {
  return inTransaction(ctx, async (tx) => {
    const seen = await tx.loan.findUnique({ where: { id: loanId }, select: { poolCode: true } });
    if (!seen) throw loanUnknown();
    const pool = await lockPool(tx, seen.poolCode);
    return (await views(tx, ctx, [await work(tx, pool, await lockLoan(tx, loanId))]))[0]!;
  });
}

async function openRevocation(tx: Tx, ctx: Context, loanId: bigint): Promise<Revocation> {
  const open = await tx.revocation.findFirst({ where: { loanId, status: 'proposed' } });
  if (!open) throw new DomainError('NO_REVOCATION_PROPOSED', '没有待复核的撤销', { status: 409 });
  if (open.proposedBy === ctx.actor.id)
    throw new DomainError('SAME_PERSON', '提出人不得复核自己提出的撤销，请由他人办理', { status: 403 });
  return open;
}

/** Only what is in the pool can be revoked, and not over the head of a claim. */
async function refuseRevoking(tx: Tx, { id, status }: LoanRow): Promise<void> {
  const refuse = (code: string, message: string) => new DomainError(code, message, { status: 409 });
  if (status === 'paidOff') throw refuse('LOAN_PAID_OFF', '贷款已结清，不需要撤销备案');
  if (status === 'revoked') throw refuse('LOAN_REVOKED', '备案已经撤销');
  if (status === 'compensated') throw refuse('LOAN_COMPENSATED', '贷款已补偿，不符合条件的请办理退回补偿');
  const live = await tx.claim.count({ where: { loanId: id, status: { notIn: ['draft', 'refused', 'withdrawn'] } } });
  if (live > 0) throw refuse('CLAIM_LIVE', '该笔贷款的补偿申请尚未办结，请先退回或不予补偿');
}

async function groundOf(
  tx: Tx,
  pool: LockedPool,
  { ground, occurredOn }: NewRevocation,
): Promise<{ label: string; cites: Citation[] }> {
  const { added } = await rulebook(tx);
  const { value, citation } = valueOn(policyByCode(pool.policyCode).revocation, occurredOn, added);
  const found = value.oneOf.find(({ code }) => code === ground);
  if (found) return { label: found.label, cites: [citation] };
  const message = `「${ground}」不是办法规定的撤销情形，可用：${value.oneOf.map((g) => `${g.code} ${g.label}`).join('、')}`;
  const errors = [{ code: 'GROUND_UNKNOWN', field: 'ground', value: ground, message, cites: [citation] }];
  throw new DomainError('GROUND_UNKNOWN', message, { errors, cites: [citation] });
}

/** Banks and enterprises need not know who of the staff decided. */
async function views(tx: Tx, { actor }: Context, rows: Revocation[]): Promise<RevocationView[]> {
  const insiders = actor.role !== 'bank' && actor.role !== 'enterprise';
  const people = rows.flatMap((r) => [r.proposedBy, ...(r.decidedBy ? [r.decidedBy] : [])]);
  const names = insiders ? await actorNames(tx, people) : new Map<string, string>();
  return rows.map((r) => ({
    ...{ id: `${r.id}`, loanId: `${r.loanId}`, ground: r.ground, groundName: r.label, reason: r.reason },
    ...{ occurredOn: dateFromDb(r.occurredOn), status: r.status as RevocationView['status'] },
    ...{ proposedBy: names.get(r.proposedBy) ?? null, proposedOn: dateFromDb(r.proposedOn) },
    ...{ mine: r.proposedBy === actor.id, decidedBy: r.decidedBy && (names.get(r.decidedBy) ?? null) },
    ...{ decidedOn: r.decidedOn && dateFromDb(r.decidedOn), decision: r.decision },
    cites: r.cites as unknown as Citation[],
  }));
}
