import { type Context, ownBank, permit, SYSTEM } from '../access/context.ts';
import { addDays } from '../calendar/local-date.ts';
import { periodOf, previousPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { Exact, toWire } from '../money/money.ts';
import { enterprisesByUscc } from '../parties/enterprise-store.ts';
import { citationOf, leverageOn, reportDueOn, reviewDueOn } from '../policy/decide.ts';
import type { FilingContext } from '../policy/filing.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { explainHeadroom } from '../pool/explain.ts';
import { headroom } from '../pool/exposure.ts';
import { bankHome } from './bank.ts';
import { claimable, claimsWaiting, proposalsFor, unremitted } from './claim-waiting-service.ts';
import type { ClaimsWaiting } from './claims.ts';
import { readEligibility } from './eligibility-service.ts';
import { enterpriseHome, unboundHome } from './enterprise.ts';
import { financeHome } from './finance.ts';
import { guarantorHome } from './guarantor.ts';
import type { Home } from './home.ts';
import { matchWaiting } from './match-service.ts';
import { openSettlements } from './open-months-service.ts';
import { reconciling } from './reconciling-store.ts';
import { reviewerHome, type Waiting } from './reviewer.ts';
import * as store from './store.ts';
import { ownSubsidies } from './subsidy-store.ts';
import { subsidiesWaiting, subsidyWork } from './subsidy-waiting-service.ts';
import { topUpTodos } from './top-up.ts';
import { auditorHome, calendarGaps, operatorHome } from './watch.ts';
import { auditState, operatorState } from './watch-store.ts';

/** The first page of whoever asks: the answer to its role's question, figures, and what waits, all within its scope. */
export async function home(ctx: Context): Promise<Home> {
  permit(ctx, 'home.read');
  // A guarantor sees no loans but what it answers for: the sums are asked for by its name.
  if (ctx.actor.role === 'guarantor') return inTransaction({ db: ctx.db, actor: SYSTEM }, (tx) => ofGuarantor(tx, ctx));
  return inTransaction(ctx, (tx) => {
    switch (ctx.actor.role) {
      case 'bank':
        return ofBank(tx, ctx);
      case 'countyReviewer':
      case 'regionalReviewer':
        return ofReviewer(tx, ctx);
      case 'finance':
        return ofFinance(tx, ctx);
      case 'enterprise':
        return ofEnterprise(tx, ctx);
      case 'auditor':
        return ofAuditor(tx, ctx);
      default:
        return ofOperator(tx, ctx);
    }
  });
}

async function ofBank(tx: Tx, ctx: Context): Promise<Home> {
  const { today } = ctx;
  const bank = ownBank(ctx);
  const last = previousPeriod(periodOf(today));
  const { added } = await rulebook(tx);
  const filings = await store.waitingFilings(tx, { bank, pools: null });
  return bankHome({
    ...{ today, last, cells: await store.cells(tx, { bank, pools: null }, today, last) },
    dueOf: (code, period) => {
      const { reporting } = policyByCode(code);
      const dueOn = reportDueOn(policyByCode(code), period, added);
      return { dueOn, cites: citationOf(reporting, period, added) };
    },
    waiting: filings.map((f) => ({ name: `${f.poolName} ${f.filedOn} 报送`, value: `${f.count}` })),
    stopped: await store.stoppedPools(tx, bank),
    refused: await store.refusedImports(tx, bank, addDays(today, -30)),
    returned: await tx.claim.count({ where: { bankCode: bank, status: 'returned' } }),
    ...{ claimable: await claimable(tx, today, bank), unremitted: await unremitted(tx, bank) },
  });
}

async function ofReviewer(tx: Tx, ctx: Context): Promise<Home> {
  const { today, actor } = ctx;
  const county = actor.role === 'countyReviewer';
  const pools = county ? actor.pools : null;
  const rules = await rulebook(tx);
  const states = await store.poolStates(tx, pools);
  const approves = { status: 'proposed', proposedBy: { not: actor.id } };
  const statuses: ClaimsWaiting['status'][] = county ? ['submitted'] : ['verified', 'approved'];
  return reviewerHome({
    ...{ today, pools: states.map((p) => withHeadroom(p, ctx, rules)), match: await matchWaiting(tx, today, states) },
    waiting: (await store.waitingFilings(tx, { bank: null, pools })).map((f): Waiting => {
      const by = county ? 'cooperatingUnit' : 'region';
      const { dueOn, explanation } = reviewDueOn(policyByCode(f.policyCode), f.filedOn, by, rules);
      return { ...f, dueOn, cites: explanation.cites };
    }),
    registrations: await store.waitingRegistrations(tx, pools),
    claims: await claimsWaiting(tx, today, { statuses, pools, actor: actor.id }),
    subsidies: county
      ? await subsidiesWaiting(tx, { steps: ['recommend'], pools, actor: actor.id })
      : await subsidyWork(tx, { steps: ['recommend', 'review', 'decide'], actor: actor.id }),
    proposals: county
      ? {}
      : await proposalsFor(tx, actor.id, ['writeOff', 'refund', 'cost', 'capital', 'revocation', 'lift']),
    suspended: await store.suspendedPools(tx, pools),
    versions: county ? null : await tx.policyVersion.count({ where: approves }),
    cells: await store.cells(tx, { bank: null, pools }, today, previousPeriod(periodOf(today))),
  });
}

async function ofFinance(tx: Tx, ctx: Context): Promise<Home> {
  const { today, actor } = ctx;
  const rules = await rulebook(tx);
  const states = await store.poolStates(tx, null);
  const pools = states.map((p) => withHeadroom(p, ctx, rules));
  const open = await openSettlements(tx, states, today);
  const undrawn = await tx.document.count({ where: { pdfSha256: null } });
  const topUps = topUpTodos(states, today, rules.added);
  return financeHome({
    ...{ today, pools, open, match: await matchWaiting(tx, today, states), topUps, undrawn },
    claims: await claimsWaiting(tx, today, { statuses: ['confirmed'], pools: null, actor: actor.id }),
    reconciling: await reconciling(tx, today, actor.id),
    subsidies: await subsidyWork(tx, { steps: ['audit'], actor: actor.id }),
    proposals: await proposalsFor(tx, actor.id, ['writeOff', 'refund', 'cost', 'payout', 'capital']),
  });
}

async function ofEnterprise(tx: Tx, ctx: Context): Promise<Home> {
  const { today, actor } = ctx;
  const uscc = actor.enterprise;
  if (uscc === null) {
    const row = await tx.registration.findUnique({ where: { userId: actor.id } });
    return unboundHome({ today, registration: row && { ...row, submittedOn: dateFromDb(row.submittedOn) } });
  }
  const active = await tx.loan.findMany({
    where: { enterpriseUscc: uscc, status: 'active' },
    select: { dueBillNo: true, outstandingPrincipal: true, maturesOn: true },
  });
  const soon = dateToDb(addDays(today, 30));
  const record = (await enterprisesByUscc(tx, [uscc])).get(uscc);
  return enterpriseHome({
    ...{ today, eligibility: await readEligibility(tx, ctx, uscc), titles: record?.titles ?? [] },
    loans: {
      active: active.map((l) => ({ name: `借据 ${l.dueBillNo}`, value: l.outstandingPrincipal.toFixed(2) })),
      waiting: await tx.loanFiling.count({ where: { enterpriseUscc: uscc, status: 'submitted' } }),
      maturing: active.filter((l) => l.maturesOn <= soon).length,
    },
    documents: await tx.document.count({ where: { enterpriseUscc: uscc } }),
    subsidies: await ownSubsidies(tx, uscc),
  });
}

async function ofGuarantor(tx: Tx, { actor, today }: Context): Promise<Home> {
  return guarantorHome({ today, ...(await store.guarantorState(tx, actor.institution ?? '')) });
}

async function ofAuditor(tx: Tx, { today }: Context): Promise<Home> {
  return auditorHome(await auditState(tx, addDays(today, -6)), today);
}

async function ofOperator(tx: Tx, { actor, today }: Context): Promise<Home> {
  const { lprQuotes, notices } = await rulebook(tx);
  return operatorHome(await operatorState(tx, actor.id, today), calendarGaps(today, lprQuotes, notices), today);
}

/** A pool with what it may still back under the leverage of today. */
function withHeadroom<T extends store.PoolState>(pool: T, { today }: Context, { added }: FilingContext) {
  const on = today < pool.openedOn ? pool.openedOn : today;
  const { multiple, explanation: leverage } = leverageOn(policyByCode(pool.policyCode), on, added);
  const [capital, counted] = [new Exact(pool.capital), new Exact(pool.counted)];
  const [limit, free] = [toWire(multiple.times(capital)), headroom(multiple, capital, counted)];
  return { ...pool, limit, headroom: toWire(free), explanation: explainHeadroom(free, leverage, capital, counted) };
}
