import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { Claim } from '../generated/node/client.ts';
import { formatYuan, type Money, money, sum } from '../money/money.ts';
import { valueOn } from '../policy/clause.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import type { KeptPart } from './approval.ts';
import { waitingClaims } from './claim-store.ts';
import { type Holding, type Leaf, leavesOf, type Payment, payable, payableInOrder } from './contributors.ts';
import { holdingsOf } from './facts-store.ts';

/** Where an approved claim stands in its pool's order, and what it would be paid now. */
export interface Turn {
  payment: Payment;
  /** how many approved before it still wait */
  ahead: number;
  /** whether it can be paid now */
  now: boolean;
  /** the clause on a pool that holds too little */
  citation: Citation;
  /** that, and what the shares rest on */
  cites: Citation[];
}

/** Never more than each contributor holds: in order of approval, each in full unless the clause pays a part, and nothing overtakes. */
export async function turnOf(
  tx: Tx,
  pool: { code: string; policyCode: string; capital: Money },
  claim: Claim,
  on: LocalDate,
): Promise<Turn> {
  const { added } = await rulebook(tx);
  const { shortfall } = policyByCode(pool.policyCode).claim;
  const version = valueOn(shortfall, on, added);
  const holdings = await holdingsOf(tx, pool.code);
  const queue = await waitingClaims(tx, pool.code);
  const leaves = queue.map((waiting) => leavesFor(waiting, holdings));
  const ahead = queue.findIndex(({ id }) => id === claim.id);
  const inFull = payableInOrder(leaves, holdings);
  const payment = payable(shortfall, version, leaves[ahead]!, after(holdings, leaves.slice(0, ahead)));
  // Costs that the pool advanced are nobody's part, but the money is out all the same.
  const before = leaves
    .slice(0, ahead)
    .flat()
    .filter(({ kind }) => kind === 'pool')
    .map((l) => l.amount);
  const committed = sum([...before, payment.pays]);
  // Paid in part is paid for good: of nothing there is no part.
  const paysPart = payment.outcome === 'payPart' && ahead === inFull && payment.pays.gt(0);
  const now = (ahead < inFull || paysPart) && !committed.gt(pool.capital);
  const { citation } = version;
  return { payment, ahead, now, citation, cites: unique([...partsOf(claim).flatMap((p) => p.cites), citation]) };
}

/** What a claim is paid when it is its turn. @throws DomainError CLAIM_WAITS (409) naming its place and what is lacking */
export async function inTurn(...asked: Parameters<typeof turnOf>): Promise<Turn> {
  const turn = await turnOf(...asked);
  if (turn.now) return turn;
  const { ahead, payment, citation } = turn;
  const before = ahead > 0 ? `之前尚有 ${ahead} 份已批准的申请等候，` : '';
  const lacking = payment.lacking.isZero() ? '' : `，本申请尚缺 ${formatYuan(payment.lacking)} 元`;
  throw new DomainError('CLAIM_WAITS', `${before}资金池可用资金不足支付全额${lacking}，按批准先后等候`, {
    ...{ status: 409, cites: [citation] },
  });
}

/** Who bears what of a claim, as it is kept. */
export const partsOf = (claim: Claim): KeptPart[] => claim.shares as unknown as KeptPart[];

function leavesFor(claim: Claim, holdings: readonly Holding[]): Leaf[] {
  const parts = partsOf(claim).map((part) => ({ ...part, amount: money(part.amount) }));
  const parties = parts.flatMap(({ bearer, party }) => (party ? [[bearer, party] as const] : []));
  return leavesOf(parts, holdings, { bank: claim.bankCode, ...Object.fromEntries(parties) });
}

/** What everyone has left once those before have been paid. */
function after(holdings: readonly Holding[], before: readonly (readonly Leaf[])[]): Holding[] {
  const taken = (party: string) =>
    sum(
      before
        .flat()
        .filter((l) => l.kind === 'pool' && l.party === party)
        .map(({ amount }) => amount),
    );
  return holdings.map((h) => ({ ...h, available: h.available.minus(taken(h.party)) }));
}

function unique(cites: Citation[]): Citation[] {
  return [...new Map(cites.map((cite) => [JSON.stringify(cite), cite])).values()];
}
