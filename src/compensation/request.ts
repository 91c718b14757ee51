import { addMonths, type LocalDate } from '../calendar/local-date.ts';
import { DomainError } from '../errors.ts';
import { type Money, money, toWire, ZERO } from '../money/money.ts';
import { type AddedVersion, valueOn } from '../policy/clause.ts';
import { CLASSIFICATIONS, type LoanClassification } from '../policy/five-categories.ts';
import type { CapFacts } from '../policy/kinds/loss-caps.ts';
import type { LossFacts } from '../policy/kinds/loss-condition.ts';
import type { LossEventFacts } from '../policy/kinds/loss-event.ts';
import type { Policy } from '../policy/policy.ts';
import type { ClaimedLoan, ClaimedLoss } from './claim.ts';
import type { Parties } from './parties.ts';
import { type Loss, type SharedLoss, shareLoss } from './shares.ts';

/** What only bank or guarantor can say of a loan and some documents ask for. */
export type StatedFacts = Pick<
  LossFacts,
  'firstTimeBorrower' | 'creditShare' | 'ipShare' | 'size' | 'projectKinds' | 'agreed'
>;

/** Public money of others for the same loss; the bank's balance at the end of last year; liabilities a guarantor ended this year. */
export interface StatedAmounts {
  publicMoney?: string;
  lastYearBalance?: string;
  guaranteedInYear?: string;
}

/** What caps look at: what the system knows, and where it does not what was stated. */
export function withStated(
  caps: CapFacts,
  { publicMoney, lastYearBalance, guaranteedInYear }: StatedAmounts = {},
): CapFacts {
  const bases = { lastYearBalance, guaranteedInYear, ...caps.bases };
  return { ...caps, used: { ...caps.used, publicMoney: publicMoney ?? caps.used?.publicMoney }, bases };
}

/** 收款账户 */
export interface PayeeAccount {
  accountName: string;
  bankName: string;
  accountNo: string;
}

/** A claim as a bank sends it. What it leaves out is taken from the loan, its reports and the rules. Money as text. */
export interface ClaimRequest {
  dueBillNo: string;
  unpaidPrincipal: string;
  countedUnpaid?: string;
  requested?: string;
  currency?: string;
  poolCode?: string;
  contractNo?: string;
  enterpriseUscc?: string;
  enterpriseName?: string;
  legalRepresentative?: string;
  overdueSince?: LocalDate;
  classification?: LoanClassification;
  classifiedOn?: LocalDate;
  demandedOn?: LocalDate;
  suedOn?: LocalDate;
  facts?: StatedFacts;
  /** Amounts that some ceilings need and only the claimant can tell (元). */
  capFacts?: StatedAmounts;
  /** Where the compensation is to be paid. */
  payee?: PayeeAccount;
  /** Who bears outside the pool, where no guarantee is recorded that says so. */
  parties?: Parties;
}

/** A request as one text: the same again gets the same answer. */
export function contentOf(request: ClaimRequest): string {
  const sorted = Object.entries(request)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(sorted);
}

/**
 * The claim with what the bank left out: identity as it is filed, amounts as the rules make them. Amounts that cannot be
 * worked out are 0.00, and the checks then say why. `papers`: codes of those handed in.
 */
export function completed(
  policy: Policy,
  request: ClaimRequest,
  { claimedOn, bankCode, papers }: Pick<ClaimedLoss, 'claimedOn' | 'bankCode' | 'papers'>,
  loan: ClaimedLoan & { enterpriseName: string },
  { caps, added }: { caps?: CapFacts; added?: readonly AddedVersion[] },
): ClaimedLoss {
  const unpaidPrincipal = money(request.unpaidPrincipal);
  const shared =
    request.countedUnpaid && request.requested ? null : tryShare(policy, unpaidPrincipal, claimedOn, loan, caps, added);
  return {
    ...{ claimedOn, bankCode, dueBillNo: request.dueBillNo, unpaidPrincipal },
    poolCode: request.poolCode ?? loan.poolCode,
    contractNo: request.contractNo ?? loan.contractNo,
    enterpriseUscc: request.enterpriseUscc ?? loan.enterpriseUscc,
    enterpriseName: request.enterpriseName ?? loan.enterpriseName,
    currency: request.currency ?? 'CNY',
    countedUnpaid: request.countedUnpaid ? money(request.countedUnpaid) : (shared?.countedUnpaid ?? ZERO),
    requested: request.requested ? money(request.requested) : (shared?.compensation ?? ZERO),
    legalRepresentative: request.legalRepresentative,
    papers,
    parties: request.parties,
    payeeName: request.payee?.accountName,
  };
}

/** The day the loss event happened by the rules of the day claimed, or null. Throws POLICY_OUTSIDE_DATES. */
export function eventDay(
  { claim }: Policy,
  event: LossEventFacts,
  claimedOn: LocalDate,
  added?: readonly AddedVersion[],
): LocalDate | null {
  return claim.event.apply(valueOn(claim.event, claimedOn, added).value, event);
}

/** The loss of a claim as the rules see it; `unpaidPrincipal` may be less than claimed, where not all of it is recognised. */
export function lossOf(
  unpaidPrincipal: Money,
  { occurredOn, claimedOn }: Pick<Loss, 'occurredOn' | 'claimedOn'>,
  { principal, countedPrincipal, facts }: Pick<ClaimedLoan, 'principal' | 'countedPrincipal' | 'facts'>,
  caps?: CapFacts,
): Loss {
  return { unpaidPrincipal, occurredOn, claimedOn, principal, countedPrincipal, facts, caps };
}

function tryShare(
  policy: Policy,
  unpaid: Money,
  claimedOn: LocalDate,
  loan: ClaimedLoan,
  caps?: CapFacts,
  added?: readonly AddedVersion[],
): SharedLoss | null {
  try {
    const occurredOn = eventDay(policy, loan.event, claimedOn, added) ?? claimedOn;
    return shareLoss(policy, lossOf(unpaid, { occurredOn, claimedOn }, loan, caps), added);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** What a loan's filing says that shares may depend on, with what the bank states beside it. */
export function lossFactsOf(
  filing: {
    guaranteeMode: string;
    firstLoan: boolean;
    disbursedOn: LocalDate;
    maturesOn: LocalDate;
    revenue: string;
    titles: readonly string[];
  },
  guaranteed: boolean,
  stated: StatedFacts = {},
): LossFacts {
  const { guaranteeMode, firstLoan, disbursedOn, maturesOn, revenue, titles } = filing;
  return {
    ...(guaranteeMode === 'credit' ? { creditShare: '100' } : {}),
    ...(guaranteeMode === 'ipPledge' ? { ipShare: '100' } : {}),
    ...{ guaranteeMode, guaranteed, firstLoan, revenue, titles, termMonths: wholeMonths(disbursedOn, maturesOn) },
    ...stated,
  };
}

function wholeMonths(from: LocalDate, to: LocalDate): number {
  const [y1, m1] = from.split('-').map(Number);
  const [y2, m2] = to.split('-').map(Number);
  const months = (y2! - y1!) * 12 + m2! - m1!;
  return addMonths(from, months) > to ? months - 1 : months;
}

/** How 五级分类 is called in a message. */
export const classLabel = (code: string): string => CLASSIFICATIONS.find((c) => c.code === code)?.label ?? code;

/** Wire text of amounts that a claim is kept with. */
export function amountsOf({ unpaidPrincipal, countedUnpaid, requested }: ClaimedLoss) {
  return {
    unpaidPrincipal: toWire(unpaidPrincipal),
    countedUnpaid: toWire(countedUnpaid),
    requested: toWire(requested),
  };
}
