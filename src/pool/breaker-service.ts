import { audit } from '../access/audit.ts';
import { type Context, permit, SYSTEM } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { firstDay, periodOf, previousPeriod, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction, seeingAll } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { Pool } from '../generated/node/client.ts';
import { type AddedVersion, valueOn } from '../policy/clause.ts';
import { citationOf, reportDueOn } from '../policy/decide.ts';
import { STOPS } from '../policy/kinds/breaker-words.ts';
import type { Policy } from '../policy/policy.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { type BreakerVerdict, breakerVerdicts } from './breaker.ts';
import { type BoardLine, boardLines, breakerSteps, measuresOf, type Standing } from './breaker-steps.ts';
import {
  breakerSums,
  endSuspensions,
  insertSuspension,
  markBelow,
  missingReports,
  type StopRow,
  standingOf,
  stopRows,
} from './breaker-store.ts';
import { issueBreakerNotice } from './notice-service.ts';
import { seesPool } from './service.ts';
import { lockPool, poolUnknown } from './store.ts';

/** What made the circuit breaker look: an event of the pool, its reference (e.g. `claim:12`) and its day. */
export interface BreakerTrigger {
  event: 'report' | 'compensation' | 'refund' | 'payout' | 'settlement' | 'revocation' | 'lift' | 'day';
  reference: string;
  on: LocalDate;
}

/**
 * 熔断: measures every bank, the cooperating unit and the pool as they stand now, in the transaction of whatever moved them; warns, suspends and leaves
 * notices where a line is newly reached. Call it once at the end, when loans, claims and ledger are written; it takes the pool's lock, works under any
 * actor, and doing it again changes nothing.
 */
export async function checkBreaker(tx: Tx, ctx: Context, poolCode: string, trigger: BreakerTrigger): Promise<void> {
  await lockPool(tx, poolCode);
  await seeingAll(tx, async () => {
    const pool = await tx.pool.findUniqueOrThrow({ where: { code: poolCode } });
    const { standing, verdicts } = await look(tx, pool, trigger.on);
    for (const step of breakerSteps(standing, verdicts)) {
      if (step.does === 'open') await open(tx, ctx, poolCode, step.verdict, trigger);
      else if (step.does === 'end') await end(tx, ctx, step.id, trigger);
      else await markBelow(tx, step.id, step.does === 'below' ? ctx.today : null);
    }
    await checkReports(tx, ctx, pool, standing, trigger);
  });
}

/** Where everyone in a pool stands now, by the lines of a day, beside the episodes that have not ended. */
export async function look(
  tx: Tx,
  pool: Pool,
  on: LocalDate,
): Promise<{ standing: Standing[]; verdicts: BreakerVerdict[] }> {
  const { added } = await rulebook(tx);
  const opened = dateFromDb(pool.openedOn);
  const measured = measuresOf(pool, await breakerSums(tx, pool.code));
  const verdicts = breakerVerdicts(policyByCode(pool.policyCode), on < opened ? opened : on, measured, added);
  return { standing: await standingOf(tx, pool.code), verdicts };
}

async function open(tx: Tx, ctx: Context, poolCode: string, verdict: BreakerVerdict, trigger: BreakerTrigger) {
  const { scope, key: party, stops, message, cites } = verdict;
  const level = verdict.level as 'warn' | 'suspend';
  const since = ctx.today;
  const id = await insertSuspension(tx, {
    ...{ poolCode, scope, party, level, stops, verdict, message, cites, since },
    ...{ trigger: trigger.event, reference: trigger.reference },
  });
  await issueBreakerNotice(tx, ctx, { poolCode, id, action: level, verdict, reasons: [] });
  await audit(tx, ctx, {
    action: `breaker.${level}`,
    subject: `suspension:${id}`,
    after: { poolCode, scope, party, message, trigger: trigger.reference },
  });
}

async function end(tx: Tx, ctx: Context, id: bigint, trigger: BreakerTrigger): Promise<void> {
  await endSuspensions(tx, [id], ctx.today);
  await audit(tx, ctx, { action: 'breaker.end', subject: `suspension:${id}`, after: { trigger: trigger.reference } });
}

/** Banks that are late with a report are suspended until it comes, and go on by themselves when it has come. */
async function checkReports(tx: Tx, ctx: Context, pool: Pool, standing: Standing[], trigger: BreakerTrigger) {
  const poolCode = pool.code;
  const late = await lateReports(tx, pool, ctx.today);
  const now = standing.filter((s) => s.measure === null);
  for (const s of now.filter(({ party }) => !late.some(({ bank }) => bank === party)))
    await end(tx, ctx, s.id, trigger);
  for (const { bank, message, cites } of late.filter((l) => !now.some(({ party }) => party === l.bank))) {
    const id = await insertSuspension(tx, {
      ...{ poolCode, scope: 'bank', party: bank, level: 'suspend', stops: 'filings', verdict: null, message, cites },
      ...{ trigger: trigger.event, reference: trigger.reference, since: ctx.today },
    });
    const after = { poolCode, scope: 'bank', party: bank, message, trigger: trigger.reference };
    await audit(tx, ctx, { action: 'breaker.suspend', subject: `suspension:${id}`, after });
  }
}

/** Banks of a pool whose report of a month is late on a day, where the clause suspends their filings for it. */
async function lateReports(tx: Tx, pool: Pool, today: LocalDate, bank: string | null = null) {
  const policy = policyByCode(pool.policyCode);
  const { added } = await rulebook(tx);
  const last = lastLate(policy, today, dateFromDb(pool.openedOn), added);
  if (last === null) return [];
  return (await missingReports(tx, pool.code, last, bank)).map(({ bank, period, loans }) => {
    const cites: Citation[] = citationOf(policy.reporting, period, added);
    const dueOn = reportDueOn(policy, period, added);
    const message = `有 ${loans} 笔贷款自 ${period} 起缺报月报（应于 ${dueOn} 前报送），补报前暂停${STOPS.filings}`;
    return { bank, message, cites };
  });
}

/** The last month whose report is late by now, or null: none yet, or a missing report suspends nothing. */
function lastLate(policy: Policy, today: LocalDate, opened: LocalDate, added: readonly AddedVersion[]) {
  let period: SettlementPeriod = previousPeriod(periodOf(today));
  while (period >= periodOf(opened) && reportDueOn(policy, period, added) >= today) period = previousPeriod(period);
  if (period < periodOf(opened)) return null;
  return valueOn(policy.reporting, firstDay(period), added).value.suspendsFilings ? period : null;
}

/** Why something is stopped, as it is told. */
export interface Stop {
  code: 'SUSPENDED' | 'POOL_ENDED';
  message: string;
  cites: Citation[];
}

/** What stops a bank's filings or claims in a pool now: suspensions with the ratio then and now, reports that are late, the end of the pool. */
export async function stopsOf(
  tx: Tx,
  { today }: Pick<Context, 'today'>,
  about: { poolCode: string; bankCode: string; stops: 'filings' | 'claims' },
): Promise<Stop[]> {
  const { poolCode, bankCode, stops } = about;
  const pool = await tx.pool.findUniqueOrThrow({ where: { code: poolCode } });
  const rows = await stopRows(tx, poolCode, bankCode, stops);
  const ratios = rows.filter(({ measure }) => measure !== null);
  const { verdicts } = ratios.length > 0 ? await seeingAll(tx, () => look(tx, pool, today)) : { verdicts: [] };
  const found = ratios.map((row) => stopOf(row, verdicts));
  if (stops === 'claims') return found;
  const late = await lateReports(tx, pool, today, bankCode);
  found.push(...late.map(({ message, cites }): Stop => ({ code: 'SUSPENDED', message, cites })));
  const endsOn = pool.endsOn && dateFromDb(pool.endsOn);
  if (endsOn && endsOn <= today)
    found.push({ code: 'POOL_ENDED', message: `资金池已于 ${endsOn} 终止，不再受理新备案`, cites: [] });
  return found;
}

function stopOf({ scope, party, measure, message, cites, since }: StopRow, verdicts: BreakerVerdict[]): Stop {
  const now = verdicts.find((v) => v.scope === scope && v.key === party && v.measure === measure);
  const changed = now && !message.includes(now.explanation.value) ? `（现为 ${now.explanation.value}）` : '';
  return { code: 'SUSPENDED', message: `自 ${since} 起：${message}${changed}，解除前不再受理`, cites };
}

/**
 * Refuses what a suspension of the bank, its cooperating unit or its pool stops: `claims` for claims (submission), `filings` for filings and consents.
 * @throws DomainError SUSPENDED (409) with the ratio, the line and the article; POOL_ENDED (409)
 */
export async function refuseStopped(
  tx: Tx,
  ctx: Context,
  about: { poolCode: string; bankCode: string; stops: 'filings' | 'claims' },
): Promise<void> {
  const stops = await stopsOf(tx, ctx, about);
  if (stops.length === 0) return;
  const [{ code, message }] = stops as [Stop];
  throw new DomainError(code, message, { status: 409, errors: stops, cites: stops.flatMap((s) => s.cites) });
}

/** The daily look at every pool: reports that have become late suspend, without anything having moved. */
export async function checkPools(ctx: Context): Promise<void> {
  permit(ctx, 'system.run');
  const pools = await inTransaction(ctx, (tx) =>
    tx.pool.findMany({ select: { code: true }, orderBy: { code: 'asc' } }),
  );
  for (const { code } of pools)
    await inTransaction(ctx, (tx) =>
      checkBreaker(tx, ctx, code, { event: 'day', reference: `day:${ctx.today}`, on: ctx.today }),
    );
}

/** The circuit breaker of one pool: every ratio against its lines, and banks whose reports are late. */
export interface BreakerBoard {
  poolCode: string;
  poolName: string;
  asOf: LocalDate;
  lines: (BoardLine & { partyName: string; since: LocalDate | null })[];
  late: { bankCode: string; bankName: string; message: string; cites: Citation[] }[];
}

/** Where everyone stands in the pools that the actor sees; a bank sees itself, its cooperating unit and its pool, a guarantor itself and the pool. */
export async function breakerBoard(ctx: Context, poolCode?: string): Promise<BreakerBoard[]> {
  permit(ctx, 'suspension.read');
  const { today, actor } = ctx;
  return inTransaction({ db: ctx.db, actor: SYSTEM }, async (tx) => {
    const where = poolCode === undefined ? {} : { code: poolCode };
    const pools: Pool[] = [];
    for (const pool of await tx.pool.findMany({ where, orderBy: { code: 'asc' } }))
      if (await seesPool(tx, actor, pool.code, today)) pools.push(pool);
    if (poolCode !== undefined && pools.length === 0) throw poolUnknown(poolCode);
    const boards: BreakerBoard[] = [];
    for (const pool of pools) boards.push(await boardOf(tx, ctx, pool));
    return boards;
  });
}

async function boardOf(tx: Tx, { today, actor }: Context, pool: Pool): Promise<BreakerBoard> {
  const mine = (party: string) => (actor.role !== 'bank' && actor.role !== 'guarantor') || party === actor.institution;
  const { standing, verdicts } = await look(tx, pool, today);
  const shown = verdicts.filter((v) => (v.scope === 'bank' || v.scope === 'guarantor' ? mine(v.key) : true));
  const names = new Map(
    (await tx.institution.findMany({ select: { code: true, name: true } })).map((i) => [i.code, i.name]),
  );
  const since = new Map(
    (
      await tx.suspension.findMany({
        where: { id: { in: standing.map((s) => s.id) } },
        select: { id: true, since: true },
      })
    ).map((s) => [`${s.id}`, dateFromDb(s.since)]),
  );
  const late = (await lateReports(tx, pool, today)).filter(({ bank }) => mine(bank));
  return {
    ...{ poolCode: pool.code, poolName: pool.name, asOf: today },
    lines: boardLines(shown, standing).map((line) => ({
      ...line,
      partyName: line.scope === 'pool' ? pool.name : (names.get(line.party) ?? line.party),
      since: since.get(line.suspensionId ?? '') ?? null,
    })),
    late: late.map(({ bank, ...rest }) => ({ bankCode: bank, bankName: names.get(bank) ?? bank, ...rest })),
  };
}
