import { audit } from '../access/audit.ts';
import { type Actor, type Context, permit, SYSTEM } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import { ACCOUNTS } from '../ledger/journal-entry.ts';
import { openBook, postMany } from '../ledger/store.ts';
import { Exact, type Money, sum, toWire, ZERO } from '../money/money.ts';
import { leverageOn } from '../policy/decide.ts';
import type { Explanation } from '../policy/explanation.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { explainHeadroom } from './explain.ts';
import { headroom, moveTo } from './exposure.ts';
import {
  depositsAsOf,
  exposuresOf,
  type LockedPool,
  lockPool,
  poolUnknown,
  sumsAsOf,
  writeExposures,
} from './store.ts';

export interface NewPool {
  code: string;
  name: string;
  programme: string;
  policyCode: string;
  regions: string[];
  cooperatingUnit: string;
  matchingUnit: string;
  accounts: { accountNo: string; accountName: string; bankName: string; cnaps?: string }[];
}

/** Founds a pool: its policy, its region, who contributes and who matches, its deposit accounts, and its book. */
export async function createPool(ctx: Context, input: NewPool): Promise<PoolView> {
  permit(ctx, 'pool.create');
  const policy = policyByCode(input.policyCode);
  await inTransaction(ctx, async (tx) => {
    for (const code of [input.cooperatingUnit, input.matchingUnit]) {
      if (!(await tx.institution.findUnique({ where: { code } })))
        throw new DomainError('INSTITUTION_UNKNOWN', `没有机构「${code}」`);
    }
    if (await foundedAlready(tx, input)) return;
    const { added } = await rulebook(tx);
    const { accounts, ...pool } = input;
    const leverage = leverageOn(policy, ctx.today, added).multiple.toFixed();
    await tx.pool.create({
      data: {
        ...pool,
        openedOn: dateToDb(ctx.today),
        position: { create: { leverage } },
        accounts: { create: accounts },
      },
    });
    await openBook(tx, input.code, input.name);
    await audit(tx, ctx, { action: 'pool.create', subject: `pool:${input.code}`, after: { ...input } });
  });
  return poolFigures(ctx, input.code);
}

export interface PoolView {
  code: string;
  name: string;
  /** of the document whose rules hold in it */
  policyCode: string;
  asOf: LocalDate;
  leverage: string;
  deposits: string;
  contributed: string;
  capital: string;
  reserved: string;
  headroom: string;
  loanCount: number;
  principal: string;
  countedPrincipal: string;
  outstandingPrincipal: string;
  countedOutstanding: string;
  /** deposits by bank account */
  accounts: { accountNo: string; bankName: string; balance: string }[];
  provisional: boolean;
  cites: Citation[];
  explanation: Explanation;
}

/**
 * A pool's figures at the end of a day (today when none is named). Whoever may see the pool sees the same figures.
 * @throws DomainError POOL_UNKNOWN (404), also for a pool that is not the actor's
 */
export async function poolFigures(ctx: Context, code: string, asOf: LocalDate = ctx.today): Promise<PoolView> {
  permit(ctx, 'pool.read');
  refuseFuture(ctx, asOf);
  return inTransaction({ db: ctx.db, actor: SYSTEM }, (tx) => figures(tx, ctx, code, asOf));
}

/** The same pool founded again is the same pool. @throws DomainError POOL_EXISTS (409) when its code is taken by another */
async function foundedAlready(tx: Tx, { accounts, ...input }: NewPool): Promise<boolean> {
  const pool = await tx.pool.findUnique({ where: { code: input.code }, include: { accounts: true } });
  if (!pool) return false;
  const same = (Object.keys(input) as (keyof typeof input)[]).every((k) => `${pool[k]}` === `${input[k]}`);
  const numbers = (of: { accountNo: string }[]) =>
    of
      .map((a) => a.accountNo)
      .sort()
      .join();
  if (same && numbers(pool.accounts) === numbers(accounts)) return true;
  throw new DomainError('POOL_EXISTS', `资金池「${input.code}」已设立，内容不同`, { status: 409 });
}

/** All pools the actor may see, by code. */
export async function listPools(ctx: Context, asOf: LocalDate = ctx.today): Promise<PoolView[]> {
  permit(ctx, 'pool.read');
  refuseFuture(ctx, asOf);
  return inTransaction({ db: ctx.db, actor: SYSTEM }, async (tx) => {
    const views: PoolView[] = [];
    for (const { code } of await tx.pool.findMany({ select: { code: true }, orderBy: { code: 'asc' } })) {
      if (await seesPool(tx, ctx.actor, code, ctx.today)) views.push(await figures(tx, ctx, code, asOf));
    }
    return views;
  });
}

function refuseFuture(ctx: Context, asOf: LocalDate): void {
  if (asOf > ctx.today) throw new DomainError('DATE_IN_FUTURE', `日期 ${asOf} 晚于今天 ${ctx.today}`);
}

async function figures(tx: Tx, ctx: Context, code: string, asOf: LocalDate): Promise<PoolView> {
  const pool = await tx.pool.findUnique({ where: { code } });
  if (!pool || !(await seesPool(tx, ctx.actor, code, ctx.today))) throw poolUnknown(code);
  const opened = dateFromDb(pool.openedOn);
  const { countedOutstanding, ...sums } = await sumsAsOf(tx, code, asOf);
  const { added } = await rulebook(tx);
  const on = asOf < opened ? opened : asOf;
  const { multiple: leverage, cites, explanation } = leverageOn(policyByCode(pool.policyCode), on, added);
  const [capital, counted] = [new Exact(sums.capital), new Exact(countedOutstanding)];
  const free = headroom(leverage, capital, counted);
  return {
    code,
    name: pool.name,
    policyCode: pool.policyCode,
    asOf,
    leverage: leverage.toFixed(),
    ...sums,
    countedOutstanding,
    headroom: toWire(free),
    accounts: await depositsAsOf(tx, code, asOf),
    provisional: cites.some((c) => !c.confirmed),
    cites,
    explanation: explainHeadroom(free, explanation, capital, counted),
  };
}

/** Banks and guarantors see the pools they cooperate with, counties their own, everyone else all. */
export async function seesPool(tx: Tx, actor: Actor, code: string, on: LocalDate): Promise<boolean> {
  if (actor.role === 'countyReviewer') return actor.pools.includes(code);
  if (actor.role !== 'bank' && actor.role !== 'guarantor') return true;
  return isPartner(tx, actor.institution ?? '', code, on);
}

/** Whether an institution is a partner of a pool on a day. */
export async function isPartner(tx: Tx, institution: string, pool: string, on: LocalDate): Promise<boolean> {
  const day = dateToDb(on);
  const found = await tx.partnership.findFirst({
    where: {
      institutionCode: institution,
      validFrom: { lte: day },
      AND: [{ OR: [{ poolCode: pool }, { poolCode: null }] }, { OR: [{ validTo: null }, { validTo: { gte: day } }] }],
    },
  });
  return found !== null;
}

/** A change of what one key ties up, and where it stands in the books. */
export interface ExposureMove {
  key: bigint;
  bank: string;
  /** 借据号 */
  subject: string;
  counted: Money;
  reference: string;
  occurredOn: LocalDate;
  belongsTo: SettlementPeriod | null;
  memo: string;
}

/**
 * Moves exposures of a locked pool to new counted amounts: the reserve follows by the difference and is posted off the balance sheet per bank,
 * the pool's totals with it. An admission above the headroom is refused, here and by the database; what has happened to a loan is always booked.
 * @returns for each move what changed @throws DomainError HEADROOM_EXCEEDED
 */
export async function moveExposures(
  tx: Tx,
  ctx: Context,
  pool: LockedPool,
  terms: { leverage: Exact; cites: Citation[]; admission: boolean },
  moves: ExposureMove[],
): Promise<{ countedDelta: Money; reserveDelta: Money }[]> {
  const now = await exposuresOf(
    tx,
    pool.code,
    moves.map((m) => m.key),
  );
  const steps = moves.map((move, i) => moveTo(now[i]!, move.counted, terms.leverage));
  const change = {
    counted: sum(steps.map((s) => s.countedDelta)),
    reserve: sum(steps.map((s) => s.reserveDelta)),
    admitted: ZERO,
  };
  if (terms.admission) change.admitted = change.counted;
  const free = headroom(terms.leverage, pool.capital, pool.countedOutstanding);
  if (terms.admission && change.counted.greaterThan(free)) {
    throw new DomainError(
      'HEADROOM_EXCEEDED',
      `资金池「${pool.name}」可用额度 ${toWire(free)} 元，不足 ${toWire(change.counted)} 元`,
      { status: 409, cites: terms.cites },
    );
  }
  await writeExposures(
    tx,
    pool.code,
    terms.leverage,
    moves.map((m, i) => ({ key: m.key, bank: m.bank, subject: m.subject, ...steps[i]!.to })),
    change,
  );
  const posted = moves.flatMap((move, i) => reserveEntry(move, steps[i]!.reserveDelta));
  await postMany(tx, pool.code, ctx.actor.id, 'reserve', terms.cites, posted);
  return steps;
}

function reserveEntry(move: ExposureMove, delta: Money) {
  if (delta.isZero()) return [];
  const up = delta.greaterThan(ZERO);
  const line = { key: move.bank, amount: delta.abs(), subject: move.subject };
  const { reference, occurredOn, belongsTo, memo } = move;
  return [
    {
      reference: `reserve:${reference}`,
      occurredOn,
      belongsTo,
      memo,
      lines: [
        { ...line, code: up ? ACCOUNTS.reserve : ACCOUNTS.reserveMirror, side: 'D' as const },
        { ...line, code: up ? ACCOUNTS.reserveMirror : ACCOUNTS.reserve, side: 'C' as const },
      ],
    },
  ];
}

export { lockPool };
