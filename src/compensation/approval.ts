import { type Money, toWire, ZERO } from '../money/money.ts';
import type { AddedVersion } from '../policy/clause.ts';
import { derived, given } from '../policy/explanation.ts';
import { addPart } from '../policy/kinds/loss-resolve.ts';
import type { Policy } from '../policy/policy.ts';
import { type BornePart, type Loss, type SharedLoss, shareLoss } from './shares.ts';

/**
 * A loss of which only a part is recognised (部分核定): that part is shared by the rules, the rest stays with the bank, so that the parts still add up to
 * all that is unpaid. @throws DomainError as `shareLoss`
 */
export function shareRecognised(
  policy: Policy,
  loss: Loss,
  recognised: Money,
  added?: readonly AddedVersion[],
): SharedLoss {
  const shared = shareLoss(policy, { ...loss, unpaidPrincipal: recognised }, added);
  const rest = loss.unpaidPrincipal.minus(recognised);
  if (rest.isZero()) return shared;
  const cites = shared.cites;
  const amounts = shared.parts.map(({ bearer, label, amount }) => ({ bearer, label, amount }));
  addPart(amounts, BANK, rest);
  const parts = amounts.map(({ bearer, label, amount }): BornePart => {
    const before = shared.parts.find((part) => part.bearer === bearer);
    return before ? { ...before, amount } : { bearer, label, kind: 'own', to: 'bank', contributors: [], amount, cites };
  });
  const { explanation } = shared;
  const unrecognised = given('未核定的本金，由银行承担', `${toWire(rest)} 元`);
  return {
    ...shared,
    parts,
    explanation: derived(explanation.label, explanation.value, explanation.cites, [
      ...explanation.inputs,
      unrecognised,
    ]),
  };
}

const BANK = { code: 'bank', label: '合作银行' };

/** Parts as they are kept with a claim: wire amounts, and who it is that bears one outside the pool. */
export interface KeptPart extends Omit<BornePart, 'amount' | 'contributors'> {
  contributors: string[] | 'all';
  amount: string;
  party?: string;
}

/** To be kept as JSON. `parties`: institution codes by bearer. */
export function keepParts(
  parts: readonly BornePart[],
  parties: Readonly<Record<string, string | undefined>>,
): KeptPart[] {
  return parts.map((part) => ({
    ...part,
    contributors: part.contributors === 'all' ? 'all' : [...part.contributors],
    amount: toWire(part.amount),
    ...(part.kind === 'own' && parties[part.bearer] ? { party: parties[part.bearer] } : {}),
  }));
}

/** What one bearer bears in all after a part was moved, e.g. by what a pool could not pay. */
export function movedParts(
  parts: readonly KeptPart[],
  leaves: readonly { bearer: string; amount: Money }[],
): KeptPart[] {
  const total = (bearer: string) =>
    leaves.filter((l) => l.bearer === bearer).reduce((sum, l) => sum.plus(l.amount), ZERO);
  return parts.map((part) => ({ ...part, amount: toWire(total(part.bearer)) }));
}
