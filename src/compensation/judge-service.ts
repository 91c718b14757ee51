import { attachmentsOf } from '../attachments/store.ts';
import type { DayCountBasis } from '../calendar/day-count.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { fromDb } from '../db/decimal.ts';
import { DomainError } from '../errors.ts';
import type { LoanTerms, RepaymentMethod } from '../loans/schedule.ts';
import { Exact } from '../money/money.ts';
import { ratePercent } from '../money/rate.ts';
import type { Check } from '../policy/check.ts';
import type { AddedVersion } from '../policy/clause.ts';
import type { CapFacts } from '../policy/kinds/loss-caps.ts';
import type { Policy } from '../policy/policy.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import type { ClaimedLoan, ClaimedLoss } from './claim.ts';
import { checkClaim, type JudgedClaim } from './claim-checks.ts';
import { banOf, capFacts, type LoanOfClaim, loanOfClaim } from './facts-store.ts';
import { guarantorCap } from './guarantor-cap.ts';
import { partiesOf } from './parties.ts';
import { compareReports, eventOf } from './reported.ts';
import { type ClaimRequest, completed, eventDay, lossFactsOf, withStated } from './request.ts';

/** A claim with everything it is judged by. */
export interface Gathered {
  policy: Policy;
  added: readonly AddedVersion[];
  row: LoanOfClaim;
  loan: ClaimedLoan;
  claim: ClaimedLoss;
  caps: CapFacts;
}

/** A claim judged, with the day its loss event happened by the rules. */
export interface Judged extends JudgedClaim, Gathered {
  occurredOn: LocalDate | null;
  /** institution codes of those who bear outside the pool */
  bearers: Record<string, string>;
}

/** The loan a bank claims for. @throws DomainError LOAN_UNKNOWN (422) */
export async function claimedLoan(tx: Tx, bankCode: string, dueBillNo: string): Promise<LoanOfClaim> {
  const row = await loanOfClaim(tx, { bankCode, dueBillNo });
  if (row) return row;
  const message = `没有借据号为「${dueBillNo}」的入池贷款`;
  throw new DomainError('LOAN_UNKNOWN', message, {
    errors: [{ code: 'LOAN_UNKNOWN', field: 'dueBillNo', value: dueBillNo, message }],
  });
}

/** Everything about a claim that the rules ask for, in a few look-ups. `id`: the claim itself, whose papers count and which caps leave out. */
export async function gatherClaim(
  tx: Tx,
  row: LoanOfClaim,
  request: ClaimRequest,
  { claimedOn, today, id }: { claimedOn: LocalDate; today: LocalDate; id: bigint | null },
): Promise<Gathered> {
  const { added } = await rulebook(tx);
  const policy = policyByCode(row.policyCode);
  const caps = withStated(
    await capFacts(tx, row, today, {
      ...{ except: id, ...guarantorCap(policy, row.guarantees, request.parties, added) },
    }),
    request.capFacts,
  );
  const loan = asClaimed(row, request);
  const named = { ...loan, enterpriseName: row.enterpriseName };
  const handed = id === null ? [] : await attachmentsOf(tx, `claim:${id}`);
  const papers = [...new Set(handed.map(({ paper }) => paper))];
  const claim = completed(policy, request, { claimedOn, bankCode: row.bankCode, papers }, named, { caps, added });
  return { policy, added, row, loan, claim, caps };
}

/** Judges a claim as it stands now: what the rules say of it, and where it differs from what was reported. */
export async function judgeClaim(
  tx: Tx,
  row: LoanOfClaim,
  request: ClaimRequest,
  on: { claimedOn: LocalDate; today: LocalDate; id: bigint | null },
): Promise<Judged> {
  const gathered = await gatherClaim(tx, row, request, on);
  const { policy, added, loan, claim, caps } = gathered;
  const others = await tx.claim.findMany({
    where: { loanId: row.id, id: { not: on.id ?? 0n }, status: { notIn: ['refused', 'withdrawn'] } },
    select: { id: true, status: true },
  });
  const enterprise = {
    name: row.enterpriseName,
    legalRepresentative: row.legalRepresentative ?? undefined,
    representativeAtFiling: row.representativeAtFiling ?? undefined,
  };
  const { checks, shared } = checkClaim(
    policy,
    {
      ...{ claim, loan, enterprise, caps, bannedUntil: await banOf(tx, row, claim.claimedOn) },
      payees: [row.bankName, ...row.guarantees.flatMap(({ role, name }) => (role === 'guarantor' ? [name] : []))],
      others: others.map(({ id, status }) => ({ id: `${id}`, status })),
    },
    added,
  );
  const reported: Check[] = compareReports(policy, loan.event, row.reports, claim.claimedOn, added);
  const occurredOn = eventDay(policy, loan.event, claim.claimedOn, added);
  const bearers = { ...partiesOf(row.guarantees, request.parties), bank: row.bankCode };
  return { ...gathered, checks: [...checks, ...reported], shared, occurredOn, bearers };
}

/** Whether a guarantor stands behind a loan: as it was filed, as its guarantees say, or else as the claim does. */
export function isGuaranteed(
  { guaranteeMode, guarantees }: LoanOfClaim,
  { parties }: Pick<ClaimRequest, 'parties'>,
): boolean {
  if (guaranteeMode === 'guarantee' || guarantees.some(({ role }) => role === 'guarantor')) return true;
  return parties?.guarantor !== undefined;
}

/** What the contract says of when it is repaid, to its first maturity. */
const termsOf = (row: LoanOfClaim): LoanTerms => ({
  ...{ principal: new Exact(row.principal), annualRate: ratePercent(row.annualRate), disbursedOn: row.disbursedOn },
  ...{ maturesOn: row.firstMaturesOn, dayCountBasis: row.dayCountBasis as DayCountBasis },
  repaymentMethod: row.repaymentMethod as RepaymentMethod,
});

/** A loan of the register as a claim for it sees it. */
export function asClaimed(row: LoanOfClaim, request: ClaimRequest): ClaimedLoan {
  const { poolCode, bankCode, enterpriseUscc, contractNo, dueBillNo, firstMaturesOn, extensions, maturesOn } = row;
  const guaranteed = isGuaranteed(row, request);
  return {
    ...{ poolCode, bankCode, enterpriseUscc, contractNo, dueBillNo, firstMaturesOn, extensions, maturesOn, guaranteed },
    guarantees: row.guarantees,
    status: row.status as ClaimedLoan['status'],
    principal: new Exact(row.principal),
    countedPrincipal: new Exact(row.counted),
    outstandingPrincipal: fromDb(row.outstanding),
    event: eventOf(request, row.reports),
    terms: termsOf(row),
    facts: lossFactsOf({ ...row, maturesOn: firstMaturesOn }, guaranteed, request.facts),
  };
}
