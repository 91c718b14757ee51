import { audit } from '../access/audit.ts';
import { type Context, ownBank, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError, type Fault } from '../errors.ts';
import type { LoanFiling } from '../generated/node/client.ts';
import { moveLiabilities } from '../guarantee/liability-service.ts';
import type { Exact, Money } from '../money/money.ts';
import { money, toWire } from '../money/money.ts';
import { ratePercent, toPercent } from '../money/rate.ts';
import { type Check, faultsOf } from '../policy/check.ts';
import { checkFiling, leverageOn } from '../policy/decide.ts';
import type { FilingContext } from '../policy/filing.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { refuseStopped, stopsOf } from '../pool/breaker-service.ts';
import { isPartner, lockPool, moveExposures } from '../pool/service.ts';
import type { LockedPool } from '../pool/store.ts';
import type { FilingFields } from './filing.ts';
import { doubts, factsOf, type Judgement, judging, type Knowledge } from './judge.ts';
import { issueConsentLetter, issueFilingNotice } from './letter-service.ts';
import {
  contractsOf,
  type EnterpriseFacts,
  enterpriseFacts,
  insertEvents,
  insertFilings,
  knownFilings,
} from './store.ts';

/** A filing as a bank's system sends it: money and rates as text. */
export interface FilingRequest {
  poolCode: string;
  enterpriseUscc: string;
  contractNo: string;
  dueBillNo: string;
  principal: string;
  countedPrincipal: string;
  annualRate: string;
  disbursedOn: LocalDate;
  maturesOn: LocalDate;
  dayCountBasis: string;
  repaymentMethod: string;
  guaranteeMode: string;
  firstLoan: boolean;
  purpose: string;
  purposeText?: string | null;
  renewsContractNo?: string | null;
  accountNo?: string | null;
}

export interface FilingView extends Omit<FilingRequest, 'accountNo'> {
  id: string;
  bankCode: string;
  enterpriseName: string;
  filedOn: LocalDate;
  status: string;
  decidedOn: LocalDate | null;
  reason: string | null;
  checks: Check[];
}

/**
 * Files one loan (备案). The same content under the same 借据号 gets the same answer; other content is a conflict.
 * @throws DomainError FILING_REFUSED (422) with every fault and its article; FILING_CONFLICT (409)
 */
export async function fileLoan(
  ctx: Context,
  request: FilingRequest,
): Promise<{ created: boolean; filing: FilingView }> {
  permit(ctx, 'filing.create');
  return inTransaction(ctx, async (tx) => {
    const known = await gather(tx, ctx, request.poolCode, [request]);
    const judgement = judging(known)({ fields: fieldsOf(request), faults: [] });
    if (judgement.outcome === 'refused') throw refusal(judgement.faults);
    if (judgement.outcome === 'same') return { created: false, filing: await readFiling(tx, judgement.id) };
    const [id] = await acceptFilings(tx, ctx, request.poolCode, [judgement], null);
    return { created: true, filing: await readFiling(tx, id!) };
  });
}

function refusal(faults: Fault[]): DomainError {
  const conflict = faults.find((f) => f.code === 'FILING_CONFLICT');
  if (conflict) return new DomainError(conflict.code, conflict.message, { status: 409, errors: faults });
  return new DomainError('FILING_REFUSED', `备案不符合要求，共 ${faults.length} 处：${faults[0]?.message}`, {
    errors: faults,
    cites: faults.flatMap((f) => f.cites ?? []),
  });
}

/** What the rules need to know about a batch, in a handful of set-based look-ups. */
export async function gather(
  tx: Tx,
  ctx: Context,
  poolCode: string,
  batch: Pick<FilingFields, 'enterpriseUscc' | 'dueBillNo' | 'renewsContractNo'>[],
): Promise<Knowledge> {
  const bank = ownBank(ctx);
  const pool = await tx.pool.findUnique({ where: { code: poolCode } });
  if (!pool)
    throw new DomainError('POOL_UNKNOWN', `没有资金池「${poolCode}」`, {
      errors: [{ code: 'POOL_UNKNOWN', field: 'poolCode', value: poolCode, message: '没有这个资金池' }],
    });
  if (!(await isPartner(tx, bank, poolCode, ctx.today))) {
    throw new DomainError('NOT_A_PARTNER', `本行在 ${ctx.today} 不是资金池「${pool.name}」的合作银行`, { status: 403 });
  }
  const of = (name: 'enterpriseUscc' | 'dueBillNo' | 'renewsContractNo') => [
    ...new Set(batch.flatMap((b) => b[name] ?? [])),
  ];
  return {
    poolCode,
    poolRegions: pool.regions,
    policy: policyByCode(pool.policyCode),
    filedOn: ctx.today,
    enterprises: await enterpriseFacts(tx, of('enterpriseUscc')),
    filings: await knownFilings(tx, bank, of('dueBillNo')),
    contracts: await contractsOf(tx, bank, of('renewsContractNo')),
    rules: await rulebook(tx),
    stops: await stopsOf(tx, ctx, { poolCode, bankCode: bank, stops: 'filings' }),
  };
}

/** Writes what was judged new, with one audit row for the batch. @returns ids in order */
export async function acceptFilings(
  tx: Tx,
  ctx: Context,
  poolCode: string,
  accepted: Extract<Judgement, { outcome: 'new' }>[],
  importId: string | null,
): Promise<bigint[]> {
  if (accepted.length === 0) return [];
  const ids = await insertFilings(
    tx,
    { pool: poolCode, bank: ownBank(ctx), filedOn: ctx.today, filedBy: ctx.actor.id, importId },
    accepted,
  );
  await audit(tx, ctx, {
    action: 'filing.create',
    subject: importId ? `import:${importId}` : `filing:${ids[0]}`,
    after: { filings: ids.length, first: `${ids[0]}`, last: `${ids.at(-1)}` },
  });
  return ids;
}

/**
 * Consent (同意): the loan enters the pool, its reserve is occupied, the letter is issued; all or nothing. The cap per enterprise is looked at
 * again, since others may have been consented meanwhile. Consenting again answers the same.
 * @throws DomainError HEADROOM_EXCEEDED (409), FILING_REFUSED (422), ALREADY_DECIDED (409), SAME_PERSON (403)
 */
export async function consent(ctx: Context, id: bigint): Promise<FilingView> {
  permit(ctx, 'filing.decide');
  return inTransaction(ctx, async (tx) => {
    const { pool, filing } = await lockFiling(tx, id);
    if (filing.status === 'consented') return readFiling(tx, id);
    refuseDecided(ctx, filing);
    await refuseStopped(tx, ctx, { poolCode: pool.code, bankCode: filing.bankCode, stops: 'filings' });
    const rules = await rulebook(tx);
    const policy = policyByCode(pool.policyCode);
    const checks = await currentChecks(tx, filing, rules, pool);
    const faults = faultsOf(checks);
    if (faults.length > 0) throw refusal(faults);
    const { multiple: leverage, cites } = leverageOn(policy, ctx.today, rules.added);
    const reserve = await admit(tx, ctx, pool, filing, { leverage, cites });
    const decided = await tx.loanFiling.update({
      where: { id },
      data: { status: 'consented', decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today) },
    });
    await issueConsentLetter(tx, ctx, { pool, filing: decided, reserve, leverage, cites });
    await issueFilingNotice(tx, ctx, { pool, filing: decided, result: 'consented', checks, reasons: [] });
    await audit(tx, ctx, {
      action: 'filing.consent',
      subject: `filing:${id}`,
      before: { status: 'submitted' },
      after: { status: 'consented', reserve: toWire(reserve) },
    });
    return { ...summaryOf(decided), checks };
  });
}

/** 入池: the loan's row, its exposure with the reserve posted, and its first event. @returns the reserve it occupies */
async function admit(
  tx: Tx,
  ctx: Context,
  pool: LockedPool,
  filing: LoanFiling,
  terms: { leverage: Exact; cites: Citation[] },
): Promise<Money> {
  const { id, bankCode, enterpriseUscc, dueBillNo, maturesOn } = filing;
  const principal = fromDb(filing.principal);
  const counted = fromDb(filing.countedPrincipal);
  // A drawdown that was still planned when it was filed is told by the bank once it has happened.
  const disbursedOn = filing.disbursedOn <= filing.filedOn ? filing.disbursedOn : null;
  await tx.loan.create({
    data: {
      ...{ id, poolCode: pool.code, bankCode, enterpriseUscc, dueBillNo, disbursedOn, maturesOn, status: 'active' },
      ...{ principal: toWire(principal), countedPrincipal: toWire(counted), outstandingPrincipal: toWire(principal) },
      admittedOn: dateToDb(ctx.today),
    },
  });
  const at = { reference: `admission:${id}`, occurredOn: ctx.today, belongsTo: null };
  const move = { key: id, bank: bankCode, subject: dueBillNo, counted, ...at, memo: `入池占用准备金 ${dueBillNo}` };
  const [moved] = await moveExposures(tx, ctx, pool, { ...terms, admission: true }, [move]);
  const event = { loan: { id, bankCode }, kind: 'admission', ...at, principalDelta: principal, ...moved! };
  await insertEvents(tx, pool.code, ctx.actor.id, [event]);
  await moveLiabilities(tx, ctx, pool.code, [{ loanId: id, ...at, counted, memo: `入池承担担保责任 ${dueBillNo}` }]);
  return moved!.reserveDelta;
}

/** The filing with its pool locked: whoever decides or withdraws it comes one after the other. @throws DomainError NOT_FOUND (404) */
async function lockFiling(tx: Tx, id: bigint): Promise<{ pool: LockedPool; filing: LoanFiling }> {
  const seen = await tx.loanFiling.findUnique({ where: { id }, select: { poolCode: true } });
  if (!seen) throw notFound();
  const pool = await lockPool(tx, seen.poolCode);
  return { pool, filing: await tx.loanFiling.findUniqueOrThrow({ where: { id } }) };
}

/** Refusal (不同意), with its reason; the notice goes to the bank. */
export async function refuse(ctx: Context, id: bigint, reason: string): Promise<FilingView> {
  permit(ctx, 'filing.decide');
  return inTransaction(ctx, async (tx) => {
    const { pool, filing } = await lockFiling(tx, id);
    if (filing.status === 'refused' && filing.reason === reason) return readFiling(tx, id);
    refuseDecided(ctx, filing);
    const decided = await tx.loanFiling.update({
      where: { id },
      data: { status: 'refused', reason, decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today) },
    });
    await issueFilingNotice(tx, ctx, {
      pool,
      filing: decided,
      result: 'refused',
      checks: await checksOf(tx, decided),
      reasons: [reason],
    });
    await audit(tx, ctx, {
      action: 'filing.refuse',
      subject: `filing:${id}`,
      before: { status: 'submitted' },
      after: { status: 'refused', reason },
    });
    return readFiling(tx, id);
  });
}

/** The bank takes back what nobody has decided yet. */
export async function withdraw(ctx: Context, id: bigint): Promise<FilingView> {
  permit(ctx, 'filing.create');
  return inTransaction(ctx, async (tx) => {
    const { filing } = await lockFiling(tx, id);
    if (filing.status === 'withdrawn') return readFiling(tx, id);
    if (filing.status !== 'submitted')
      throw new DomainError('ALREADY_DECIDED', '备案已有审核结论，不能撤回', { status: 409 });
    await tx.loanFiling.update({
      where: { id },
      data: { status: 'withdrawn', decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today) },
    });
    await audit(tx, ctx, {
      action: 'filing.withdraw',
      subject: `filing:${id}`,
      before: { status: 'submitted' },
      after: { status: 'withdrawn' },
    });
    return readFiling(tx, id);
  });
}

function refuseDecided(ctx: Context, filing: LoanFiling): void {
  if (filing.status !== 'submitted')
    throw new DomainError('ALREADY_DECIDED', '备案已有审核结论或已撤回', { status: 409 });
  if (filing.filedBy === ctx.actor.id)
    throw new DomainError('SAME_PERSON', '报送人不得审核自己报送的备案', { status: 403 });
}

function notFound(): DomainError {
  return new DomainError('NOT_FOUND', '没有这笔备案', { status: 404 });
}

/** The checks of a filing as they stood when it was received: the same facts, the clauses of that day. */
async function checksOf(tx: Tx, filing: LoanFiling): Promise<Check[]> {
  const pool = await tx.pool.findUniqueOrThrow({ where: { code: filing.poolCode } });
  const rules = await rulebook(tx, dateFromDb(filing.filedOn));
  return checksWith(tx, filing, filing.facts as unknown as EnterpriseFacts, rules, pool.regions, pool.policyCode);
}

/** The same with what is known now: what others hold of the enterprise, without this filing itself. */
async function currentChecks(tx: Tx, filing: LoanFiling, rules: FilingContext, pool: LockedPool): Promise<Check[]> {
  const facts = (await enterpriseFacts(tx, [filing.enterpriseUscc])).get(filing.enterpriseUscc)!;
  const counted = toWire(money(facts.counted).minus(fromDb(filing.countedPrincipal)));
  return checksWith(tx, filing, { ...facts, counted }, rules, pool.regions, pool.policyCode);
}

async function checksWith(
  tx: Tx,
  filing: LoanFiling,
  facts: EnterpriseFacts,
  rules: FilingContext,
  poolRegions: string[],
  policyCode: string,
): Promise<Check[]> {
  const contracts = await contractsOf(tx, filing.bankCode, filing.renewsContractNo ? [filing.renewsContractNo] : []);
  const known = { filedOn: dateFromDb(filing.filedOn), poolRegions, contracts };
  const fields = fieldsOf(requestOf(filing));
  return [...checkFiling(policyByCode(policyCode), factsOf(fields, facts, known), rules), ...doubts(fields, facts)];
}

async function readFiling(tx: Tx, id: bigint): Promise<FilingView> {
  const filing = await tx.loanFiling.findUnique({ where: { id } });
  if (!filing) throw notFound();
  return { ...summaryOf(filing), checks: await checksOf(tx, filing) };
}

/** A filing of the actor's own, with why it was received. @throws DomainError NOT_FOUND (404) */
export async function findFiling(ctx: Context, id: bigint): Promise<FilingView> {
  permit(ctx, 'filing.read');
  return inTransaction(ctx, (tx) => readFiling(tx, id));
}

function requestOf(f: LoanFiling): FilingRequest {
  const {
    poolCode,
    enterpriseUscc,
    contractNo,
    dueBillNo,
    dayCountBasis,
    repaymentMethod,
    guaranteeMode,
    firstLoan,
    purpose,
    purposeText,
    renewsContractNo,
  } = f;
  return {
    ...{
      poolCode,
      enterpriseUscc,
      contractNo,
      dueBillNo,
      dayCountBasis,
      repaymentMethod,
      guaranteeMode,
      firstLoan,
      purpose,
      purposeText,
      renewsContractNo,
    },
    principal: f.principal.toFixed(2),
    countedPrincipal: f.countedPrincipal.toFixed(2),
    annualRate: toPercent(ratePercent(f.annualRate.toFixed())),
    disbursedOn: dateFromDb(f.disbursedOn),
    maturesOn: dateFromDb(f.maturesOn),
  };
}

/** A filing as lists show it, without why it was received. */
export function summaryOf(f: LoanFiling): Omit<FilingView, 'checks'> {
  const { bankCode, status, reason } = f;
  return {
    id: `${f.id}`,
    bankCode,
    status,
    reason,
    ...requestOf(f),
    enterpriseName: (f.facts as unknown as EnterpriseFacts).name,
    filedOn: dateFromDb(f.filedOn),
    decidedOn: f.decidedOn && dateFromDb(f.decidedOn),
  };
}

/** A stored filing as the rules read it. */
export function fieldsOf({ principal, countedPrincipal, annualRate, ...rest }: FilingRequest): FilingFields {
  return {
    ...rest,
    principal: money(principal),
    countedPrincipal: money(countedPrincipal),
    annualRate: ratePercent(annualRate),
  };
}
