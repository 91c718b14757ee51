import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError, type Fault } from '../errors.ts';
import { money, toWire, ZERO } from '../money/money.ts';
import type { AddedVersion, ClauseCitation } from '../policy/clause.ts';
import { parseValue } from '../policy/clause.ts';
import type { Explanation } from '../policy/explanation.ts';
import type { CapFacts } from '../policy/kinds/loss-caps.ts';
import type { LossFacts } from '../policy/kinds/loss-condition.ts';
import type { Policy } from '../policy/policy.ts';
import { findClause, policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { happen, lifeOf } from './claim-life.ts';
import { capFacts, loanOfClaim } from './facts-store.ts';
import { guarantorCap } from './guarantor-cap.ts';
import { asClaimed } from './judge-service.ts';
import { type ClaimRequest, lossOf, type StatedFacts } from './request.ts';
import { shareLoss } from './shares.ts';

export interface SimulationRequest {
  /** a loan of the register … */
  loanId?: string;
  /** what is to be said of it beside its filing */
  facts?: StatedFacts;
  /** … or made-up facts */
  loan?: { principal: string; countedPrincipal: string; facts: LossFacts };
  unpaidPrincipal: string;
  /** what would come back, after costs */
  recovered?: string;
  occurredOn?: LocalDate;
  /** another policy than the loan's pool has */
  policyCode?: string;
  /** versions proposed and not approved yet */
  versionIds?: string[];
  /** values to try */
  versions?: { clauseId: string; value: unknown }[];
  caps?: CapFacts;
}

export interface SimulatedPart {
  bearer: string;
  label: string;
  kind: 'pool' | 'own';
  amount: string;
  /** of what would come back */
  recovered: string;
  left: string;
  cites: Citation[];
}

export interface Simulated {
  countedUnpaid: string;
  compensation: string;
  parts: SimulatedPart[];
  explanation: Explanation;
}

export interface Simulation {
  policyCode: string;
  occurredOn: LocalDate;
  /** as the rules are; null with the reason where they cannot say, and with what they lack by its field */
  now: Simulated | null;
  nowProblem: string | null;
  nowErrors: Fault[];
  /** with the versions asked for; null when none were */
  proposed: Simulated | null;
  proposedProblem: string | null;
  proposedErrors: Fault[];
}

/**
 * A loss of so much on a loan under a policy: who bears what, with and without proposed versions. Writes nothing.
 * @throws DomainError NOT_FOUND (404), SIMULATION_LOAN, POLICY_VALUE_INVALID, LOSS_AMOUNTS (422)
 */
export async function simulate(ctx: Context, request: SimulationRequest): Promise<Simulation> {
  permit(ctx, 'claim.simulate');
  const occurredOn = request.occurredOn ?? ctx.today;
  return inTransaction(ctx, async (tx) => {
    const { added } = await rulebook(tx);
    const { policy, loss, caps } = await subject(tx, ctx, request, occurredOn);
    const tried = await triedVersions(tx, request, occurredOn);
    const run = (versions: readonly AddedVersion[]) => attempt(policy, { ...loss, caps }, versions, request.recovered);
    const [now, proposed] = [run(added), tried.length > 0 ? run([...added, ...tried]) : null];
    return {
      ...{ policyCode: policy.code, occurredOn },
      ...{ now: asAnswer(now), nowProblem: asProblem(now), nowErrors: asFaults(now) },
      ...{ proposed: asAnswer(proposed), proposedProblem: asProblem(proposed), proposedErrors: asFaults(proposed) },
    };
  });
}

type Attempt = Simulated | DomainError | null;
const asAnswer = (found: Attempt): Simulated | null => (found instanceof DomainError ? null : found);
const asProblem = (found: Attempt): string | null => (found instanceof DomainError ? found.message : null);
const asFaults = (found: Attempt): Fault[] => (found instanceof DomainError ? found.errors : []);

async function subject(tx: Tx, ctx: Context, request: SimulationRequest, occurredOn: LocalDate) {
  const unpaid = money(request.unpaidPrincipal);
  const on = { occurredOn, claimedOn: ctx.today };
  if (request.loanId !== undefined) {
    const row = await loanOfClaim(tx, { id: BigInt(request.loanId) });
    if (!row) throw new DomainError('NOT_FOUND', '没有这笔贷款', { status: 404 });
    const policy = policyByCode(request.policyCode ?? row.policyCode);
    const { added } = await rulebook(tx);
    const asked: ClaimRequest = {
      dueBillNo: row.dueBillNo,
      unpaidPrincipal: request.unpaidPrincipal,
      facts: request.facts,
    };
    const loan = asClaimed(row, asked);
    const known = await capFacts(tx, { ...row, policyCode: policy.code }, ctx.today, {
      ...{ except: null, ...guarantorCap(policy, row.guarantees, undefined, added) },
    });
    return { policy, loss: lossOf(unpaid, on, loan), caps: stated(known, request.caps) };
  }
  if (!request.loan || !request.policyCode)
    throw new DomainError(
      'SIMULATION_LOAN',
      '请选择一笔贷款（loanId），或填写贷款情况（loan）和政策文件（policyCode）',
    );
  const { principal, countedPrincipal, facts } = request.loan;
  const made = { principal: money(principal), countedPrincipal: money(countedPrincipal), facts };
  return {
    policy: policyByCode(request.policyCode),
    loss: lossOf(unpaid, on, made),
    caps: stated(NOTHING_BEFORE, request.caps),
  };
}

/** What is known of earlier payments, with whatever was stated for the simulation in its place. */
const stated = (known: CapFacts, given: CapFacts = {}): CapFacts => {
  return { used: { ...known.used, ...given.used }, bases: { ...known.bases, ...given.bases } };
};

/** A loss by itself: nothing was paid before. */
const NOTHING_BEFORE: CapFacts = {
  used: {
    loan: '0.00',
    enterprise: '0.00',
    enterpriseYear: '0.00',
    bankYear: '0.00',
    poolYear: '0.00',
    pool: '0.00',
    poolNet: '0.00',
  },
};

async function triedVersions(tx: Tx, request: SimulationRequest, on: LocalDate): Promise<AddedVersion[]> {
  const rows = await tx.policyVersion.findMany({ where: { id: { in: request.versionIds ?? [] } } });
  if (rows.length < (request.versionIds ?? []).length)
    throw new DomainError('NOT_FOUND', '没有这个条款版本', { status: 404 });
  const fromRows = rows.map(
    (v): AddedVersion => ({
      ...{ clauseId: v.clauseId, effectiveFrom: on < dateFromDb(v.effectiveFrom) ? on : dateFromDb(v.effectiveFrom) },
      ...{ value: v.value, citation: v.citation as unknown as ClauseCitation },
    }),
  );
  const typed = (request.versions ?? []).map(({ clauseId, value }): AddedVersion => {
    const clause = findClause(clauseId);
    return {
      clauseId,
      effectiveFrom: on,
      value: parseValue(clause, value),
      citation: { ...clause.versions[0]!.citation, ...TRIED },
    };
  });
  return [...fromRows, ...typed];
}

const TRIED = { mark: 'A' as const, confirmed: false, source: '测算中试用的取值' };

function attempt(
  policy: Policy,
  loss: Parameters<typeof shareLoss>[1],
  added: readonly AddedVersion[],
  recovered = '0.00',
): Simulated | DomainError {
  try {
    const { countedUnpaid, compensation, parts, explanation } = shareLoss(policy, loss, added);
    const leaves = parts.map(({ bearer, kind, amount }) => ({ bearer, party: bearer, kind, amount }));
    const got = recovered === '0.00' ? leaves.map(() => ZERO) : recoveredBy(leaves, recovered);
    return {
      ...{ countedUnpaid: toWire(countedUnpaid), compensation: toWire(compensation), explanation },
      parts: parts.map(({ bearer, label, kind, amount, cites }, i) => ({
        ...{ bearer, label, kind, amount: toWire(amount), cites },
        ...{ recovered: toWire(got[i]!), left: toWire(amount.minus(got[i]!)) },
      })),
    };
  } catch (error) {
    if (error instanceof DomainError && error.code !== 'LOSS_AMOUNTS') return error;
    throw error;
  }
}

function recoveredBy(leaves: Parameters<typeof lifeOf>[0], recovered: string) {
  const paid = happen(lifeOf(leaves), { kind: 'paid', id: 'paid' }).life;
  const receipt = {
    kind: 'recovery',
    id: 'recovery',
    amount: money(recovered),
    basis: 'net',
    cost: ZERO,
    paidBy: 'bank',
  } as const;
  const { postings } = happen(paid, receipt);
  return leaves.map(({ bearer }) => postings.find((p) => p.kind === 'recovery' && p.bearer === bearer)?.amount ?? ZERO);
}
