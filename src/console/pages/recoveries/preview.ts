import { type ClaimLife, happen, type ClaimEvent as LifeEvent, lifeOf } from '../../../compensation/claim-life.ts';
import { DomainError } from '../../../errors.ts';
import { money, toWire, ZERO } from '../../../money/money.ts';
import type { Claim, ClaimEvent, DistributionRow } from './types.ts';

/** A receipt as far as its sharing rests on it. Wire amounts. */
export interface PreviewedReceipt {
  amount: string;
  basis: 'gross' | 'net';
  cost: string;
  paidBy: string;
}

/** What a receipt would be shared out as: the same rule that the server books by, on what the page shows. A refusal is its message. */
export function previewOf(claim: Claim, { amount, basis, cost, paidBy }: PreviewedReceipt): DistributionRow[] | string {
  const receipt = { kind: 'recovery', id: 'preview', amount: money(amount), basis, cost: money(cost), paidBy } as const;
  try {
    const { postings } = happen(lifeOfClaim(claim), receipt);
    return postings.map((p) => ({
      ...p,
      amount: toWire(p.amount),
      label: labelOf(claim, p.bearer, p.kind) ?? p.party,
    }));
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}

/** A compensated loss and all that has happened to it, as the claim's page has it. */
function lifeOfClaim({ waterfall, events }: Claim): ClaimLife {
  const leaves = (waterfall?.rows ?? []).map(({ bearer, party, kind, amount }) => ({
    ...{ bearer, party, kind, amount: money(amount) },
  }));
  return lifeOf(
    leaves,
    events.filter(({ reversed }) => !reversed).flatMap((event) => lifeEvent(event) ?? []),
  );
}

/** What is kept beside a write-off. */
interface WrittenOff {
  amounts?: string[];
  cost?: { of: string; party: string; amount: string }[];
}

function lifeEvent({ reference: id, kind, amount, cost, basis, paidBy, details }: ClaimEvent): LifeEvent | undefined {
  const sum = amount ? money(amount) : ZERO;
  if (kind === 'paid' || kind === 'refund') return { kind, id };
  if (kind === 'cost') return { kind, id, amount: sum, paidBy: paidBy ?? '' };
  if (kind === 'interestProven') return { kind, id, amount: sum };
  if (kind === 'writeOff') {
    const { amounts = [], cost: parts = [] } = (details ?? {}) as WrittenOff;
    return { kind, id, amounts: amounts.map(money), cost: parts.map((p) => ({ ...p, amount: money(p.amount) })) };
  }
  if (kind !== 'recovery') return undefined;
  const spent = cost ? money(cost) : ZERO;
  return { kind, id, amount: sum, cost: spent, paidBy: paidBy ?? '', basis: basis === 'net' ? 'net' : 'gross' };
}

const OTHERS: Record<string, string> = {
  ...{ costRepaid: '追偿费用', costAfterWriteOff: '追偿费用' },
  ...{ borrower: '借款人', bankInterest: '合作银行利息' },
};

const labelOf = ({ waterfall }: Claim, bearer: string, kind: string): string | undefined =>
  waterfall?.rows.find((row) => row.bearer === bearer)?.label ?? OTHERS[kind];
