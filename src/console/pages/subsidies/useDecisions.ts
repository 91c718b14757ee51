import { useEffect } from 'react';
import { type Money, money, sum } from '../../../money/money.ts';
import type { Application } from '../../parts/subsidy/types.ts';
import { useDraft } from '../../parts/useDraft.ts';
import { amountOf } from '../filings/amount.ts';

/** What is decided of a line: all that the rules give, less with a reason, or nothing. */
export interface Decision {
  as: 'full' | 'less' | 'none';
  amount?: string;
  reason?: string;
}

export type Decisions = ReturnType<typeof useDecisions>;

/** The decisions of an application's lines while they are being made, kept on the server as one goes. */
export function useDecisions(application: Application, deciding: boolean) {
  const draft = useDraft<Record<string, Decision>>(`subsidy-decision:${application.id}`, {});
  useEffect(() => {
    // What was half decided and is no longer this person's to decide.
    if (!deciding && draft.found) void draft.discard();
  }, [deciding, draft.found]);
  const of = (place: number): Decision => draft.value[place] ?? { as: 'full' };
  const amountFor = ({ place, amount }: { place: number; amount: string }): Money => {
    const { as, amount: less } = of(place);
    if (as === 'full') return money(amount);
    return as === 'none' ? money('0.00') : (amountOf(less) ?? money(amount));
  };
  return {
    of,
    set: (place: number, decision: Decision) => draft.save({ ...draft.value, [place]: decision }),
    discard: draft.discard,
    total: sum(application.lines.map(amountFor)),
    /** the first line whose decision says too little, in words */
    lacking: application.lines.flatMap((line) => lackOf(line, of(line.place)))[0],
    /** as the API takes them: only what is not simply by the rules */
    sent: application.lines.flatMap((line) => {
      const { as, reason } = of(line.place);
      if (as === 'full' || line.amount === '0.00') return [];
      return [{ place: line.place, amount: amountFor(line).toFixed(2), reason: reason?.trim() ?? '' }];
    }),
  };
}

/** Why a decision cannot be sent as it stands. */
export function lackOf(
  { place, amount: most }: { place: number; amount: string },
  { as, amount, reason }: Decision,
): string[] {
  if (as === 'full') return [];
  const less = amountOf(amount);
  if (as === 'less' && !less) return [`第 ${place} 项请填写核定金额`];
  if (as === 'less' && less && (less.isNegative() || less.gte(most)))
    return [`第 ${place} 项核减后的金额应小于 ${most} 元`];
  return reason?.trim() ? [] : [`第 ${place} 项请写明理由`];
}
