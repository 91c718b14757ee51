import { audit } from '../access/audit.ts';
import { type Context, ownBank, permit } from '../access/context.ts';
import type { DayCountBasis } from '../calendar/day-count.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { placeInOpenMonth } from '../ledger/journal-entry.ts';
import { postMany } from '../ledger/store.ts';
import { Exact, money, sum } from '../money/money.ts';
import { ratePercent } from '../money/rate.ts';
import { type Check, faultsOf } from '../policy/check.ts';
import { valueOn } from '../policy/clause.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { countedOutstanding } from '../pool/exposure.ts';
import { isPartner, lockPool } from '../pool/service.ts';
import type { LockedPool } from '../pool/store.ts';
import { judgeGuarantee } from './judge.ts';
import { liabilityEntry, moveLiabilities } from './liability-service.ts';
import { FEES, GUARANTEE_ROLES, type GuaranteeRole } from './roles.ts';
import { type GuaranteedLoan, guaranteedLoan, type HeldGuarantee, standingGuarantees } from './store.ts';
import { type GuaranteeView, guaranteeViews } from './view-service.ts';

/** What a bank tells of one party that answers for part of a loan. */
export interface NewGuarantee {
  party: string;
  role: GuaranteeRole;
  /** percent of the loan's counted outstanding */
  percent: string;
  contractNo: string;
  signedOn: LocalDate;
  /** percent a year, where a fee was agreed */
  annualRate?: string;
  dayCountBasis?: DayCountBasis;
}

/**
 * Records a guarantee (担保) of a filing or loan of the bank's own; once the loan is in the pool its liability is booked at once. The same party with the
 * same content again is the same guarantee. @throws DomainError GUARANTEE_REFUSED (422) with every fault and its article; GUARANTEE_CONFLICT, LOAN_CLOSED (409)
 */
export async function recordGuarantee(
  ctx: Context,
  loanId: bigint,
  input: NewGuarantee,
): Promise<{ created: boolean; guarantee: GuaranteeView }> {
  permit(ctx, 'guarantee.record');
  ownBank(ctx);
  return inTransaction(ctx, async (tx) => {
    const { pool, loan } = await lockGuaranteed(tx, loanId);
    const held = await standingGuarantees(tx, [loanId]);
    const before = await tx.guarantee.findFirst({ where: { loanId, party: input.party, status: 'active' } });
    if (before && sameTerms(before, input)) return { created: false, guarantee: await one(tx, before.id) };
    if (before)
      throw new DomainError('GUARANTEE_CONFLICT', `「${input.party}」对该笔贷款的担保已登记，内容不同`, {
        status: 409,
      });
    refuseClosed(loan);
    const checks = await judged(tx, ctx, { pool, loan, held }, input);
    const faults = faultsOf(checks);
    if (faults.length > 0)
      throw new DomainError('GUARANTEE_REFUSED', `担保不符合要求，共 ${faults.length} 处：${faults[0]!.message}`, {
        errors: faults,
        cites: faults.flatMap((f) => f.cites ?? []),
      });
    const id = await insert(tx, ctx, loan, input, checks);
    if (loan.loanStatus !== null) await begin(tx, ctx, pool, loan, id, input.signedOn);
    await audit(tx, ctx, {
      action: 'guarantee.record',
      subject: `guarantee:${id}`,
      after: { loan: `${loanId}`, ...input },
    });
    return { created: true, guarantee: await one(tx, id) };
  });
}

/** A guarantee told by mistake is taken back while nothing has been paid on it: what it answered for is released. @throws DomainError GUARANTEE_PAID (409) */
export async function cancelGuarantee(ctx: Context, id: bigint, reason: string): Promise<GuaranteeView> {
  permit(ctx, 'guarantee.record');
  return inTransaction(ctx, async (tx) => {
    const seen = await tx.guarantee.findUnique({ where: { id } });
    if (!seen) throw new DomainError('NOT_FOUND', '没有这笔担保', { status: 404 });
    const { pool } = await lockGuaranteed(tx, seen.loanId);
    const row = await tx.guarantee.findUniqueOrThrow({ where: { id } });
    if (row.status === 'cancelled' && row.reason === reason) return one(tx, id);
    if (row.status === 'cancelled') throw new DomainError('ALREADY_DECIDED', '该笔担保已撤销', { status: 409 });
    if (!fromDb(row.paid).isZero())
      throw new DomainError('GUARANTEE_PAID', '该笔担保已有代偿，不能撤销', { status: 409 });
    const liability = fromDb(row.liability);
    const at = { reference: 'cancelled', memo: `撤销担保 ${row.dueBillNo}`, occurredOn: ctx.today, belongsTo: null };
    if (!liability.isZero())
      await postMany(tx, pool.code, ctx.actor.id, 'guarantee', [], [liabilityEntry(row, liability.negated(), at)]);
    const cancelled = { cancelledBy: ctx.actor.id, cancelledOn: dateToDb(ctx.today) };
    await tx.guarantee.update({
      where: { id },
      data: { status: 'cancelled', liability: '0.00', reason, ...cancelled },
    });
    await audit(tx, ctx, { action: 'guarantee.cancel', subject: `guarantee:${id}`, after: { reason } });
    return one(tx, id);
  });
}

/** The filing with its pool locked: whoever records, cancels or moves it comes one after the other. @throws DomainError NOT_FOUND (404) */
async function lockGuaranteed(tx: Tx, id: bigint): Promise<{ pool: LockedPool; loan: GuaranteedLoan }> {
  const seen = await guaranteedLoan(tx, id);
  if (!seen) throw new DomainError('NOT_FOUND', '没有这笔备案', { status: 404 });
  const pool = await lockPool(tx, seen.poolCode);
  return { pool, loan: (await guaranteedLoan(tx, id))! };
}

function refuseClosed({ filingStatus, loanStatus }: GuaranteedLoan): void {
  if (filingStatus !== 'submitted' && filingStatus !== 'consented')
    throw new DomainError('FILING_CLOSED', '备案未获同意或已撤回，不能登记担保', { status: 409 });
  if (loanStatus !== null && loanStatus !== 'active')
    throw new DomainError('LOAN_CLOSED', '贷款已结清、已补偿或备案已撤销，不能登记担保', { status: 409 });
}

/** What is wrong with the party, the loan, the percentage and the fee: every fault at once. */
async function judged(
  tx: Tx,
  ctx: Context,
  { pool, loan, held }: { pool: LockedPool; loan: GuaranteedLoan; held: HeldGuarantee[] },
  input: NewGuarantee,
): Promise<Check[]> {
  const { party, role, signedOn } = input;
  const policy = policyByCode(pool.policyCode);
  const { added } = await rulebook(tx);
  const { value } = valueOn(policy.lossShares, signedOn, added);
  const bearers = new Set(
    [...(value.shares ?? []), ...(value.rows ?? []).flatMap((r) => r.shares)].map((s) => s.bearer),
  );
  const terms = {
    ...{ role, signedOn, percent: new Exact(input.percent), counted: money(loan.counted) },
    annualRate: input.annualRate === undefined ? null : ratePercent(input.annualRate),
    others: sum(held.map((g) => g.percent)),
    unnamed: sum(held.filter((g) => !bearers.has(g.role)).map((g) => g.percent)),
  };
  return [
    ...(await partyChecks(tx, ctx, loan, party, role)),
    ...signedChecks(ctx, signedOn),
    ...judgeGuarantee(policy, terms, added),
  ];
}

const fail = (code: string, field: string, value: string, message: string): Check => {
  return { code, verdict: 'fail', clause: '', field, value, message, cites: [] };
};

function signedChecks({ today }: Context, signedOn: LocalDate): Check[] {
  return signedOn > today
    ? [fail('DATE_IN_FUTURE', 'signedOn', signedOn, `签订日期 ${signedOn} 晚于今天 ${today}`)]
    : [];
}

async function partyChecks(tx: Tx, { today }: Context, loan: GuaranteedLoan, party: string, role: GuaranteeRole) {
  const found: Check[] = [];
  const institution = await tx.institution.findUnique({ where: { code: party } });
  const label = GUARANTEE_ROLES[role];
  if (!institution) found.push(fail('INSTITUTION_UNKNOWN', 'party', party, `没有机构「${party}」`));
  else if (institution.kind !== role)
    found.push(fail('PARTY_KIND', 'party', party, `「${institution.name}」不是${label}`));
  else if (!(await isPartner(tx, party, loan.poolCode, today)))
    found.push(fail('NOT_A_PARTNER', 'party', party, `「${institution.name}」在 ${today} 不是本资金池的合作机构`));
  if (role !== 'insurer' && loan.guaranteeMode !== 'guarantee' && loan.guaranteeMode !== 'combination')
    found.push(fail('GUARANTEE_MODE', 'role', role, `该笔贷款备案的担保方式不含保证，不能登记${label}`));
  return found;
}

type Stored = NonNullable<Awaited<ReturnType<Tx['guarantee']['findFirst']>>>;

function sameTerms(row: Stored, input: NewGuarantee): boolean {
  const rate = input.annualRate === undefined ? null : new Exact(input.annualRate);
  const sameRate = row.annualRate === null ? rate === null : rate !== null && fromDb(row.annualRate).eq(rate);
  const same =
    row.role === input.role && row.contractNo === input.contractNo && dateFromDb(row.signedOn) === input.signedOn;
  return same && sameRate && fromDb(row.percent).eq(input.percent) && row.dayCountBasis === basisOf(input);
}

const basisOf = ({ annualRate, dayCountBasis = 'actual360' }: NewGuarantee): string | null =>
  annualRate === undefined ? null : dayCountBasis;

async function insert(
  tx: Tx,
  ctx: Context,
  loan: GuaranteedLoan,
  input: NewGuarantee,
  checks: Check[],
): Promise<bigint> {
  const { party, role, percent, contractNo, signedOn, annualRate = null } = input;
  const { poolCode, bankCode, enterpriseUscc, dueBillNo } = loan;
  const { id } = await tx.guarantee.create({
    data: {
      ...{ loanId: loan.id, poolCode, bankCode, enterpriseUscc, dueBillNo, party, role, percent, contractNo },
      ...{ signedOn: dateToDb(signedOn), fee: annualRate === null ? null : FEES[role], annualRate },
      ...{ dayCountBasis: basisOf(input), checks: JSON.parse(JSON.stringify(checks)), status: 'active' },
      cites: JSON.parse(JSON.stringify(checks.flatMap((c) => c.cites))),
      ...{ recordedBy: ctx.actor.id, recordedOn: dateToDb(ctx.today) },
    },
    select: { id: true },
  });
  return id;
}

/** A guarantee of a loan that is in the pool already answers from its contract's day, not before the loan came in, in a month that is open. */
async function begin(tx: Tx, ctx: Context, pool: LockedPool, loan: GuaranteedLoan, id: bigint, signedOn: LocalDate) {
  const from = signedOn > loan.admittedOn! ? signedOn : loan.admittedOn!;
  const counted = countedOutstanding(money(loan.outstanding!), money(loan.counted), money(loan.principal));
  const at = placeInOpenMonth(from, ctx.today, pool.lockedThrough);
  const move = { loanId: loan.id, counted, reference: `recorded:${id}`, memo: `登记担保 ${loan.dueBillNo}`, ...at };
  await moveLiabilities(tx, ctx, pool.code, [move]);
}

async function one(tx: Tx, id: bigint): Promise<GuaranteeView> {
  return (await guaranteeViews(tx, [await tx.guarantee.findUniqueOrThrow({ where: { id } })]))[0]!;
}
