import type { InferResponseType } from 'hono/client';
import { DIFFERENCE_KINDS, DIFFERENCE_STATUSES } from '../../../reconciliation/difference.ts';
import type { api } from '../../api.ts';
import type { Tone } from '../../parts/StateTag.tsx';

/** A difference, and what may be done about it. */
export type Difference = InferResponseType<(typeof api.differences)[':id']['$get'], 200>;
export type Options = InferResponseType<(typeof api.differences)[':id']['options']['$get'], 200>;
export type Option = Options['options'][number];

/** How a difference stands, with the colour of its meaning. */
export const STATUSES: Record<string, [label: string, tone: Tone]> = {
  open: [DIFFERENCE_STATUSES.open, 'past'],
  proposed: [DIFFERENCE_STATUSES.proposed, 'near'],
  explained: [DIFFERENCE_STATUSES.explained, 'within'],
  resolved: [DIFFERENCE_STATUSES.resolved, 'within'],
  matched: [DIFFERENCE_STATUSES.matched, 'within'],
};

export const KINDS: Record<string, string> = DIFFERENCE_KINDS;
export const optionsOf = (of: Record<string, string>) => Object.entries(of).map(([value, label]) => ({ value, label }));
export const isLive = ({ status }: Pick<Difference, 'status'>): boolean => !['resolved', 'matched'].includes(status);

/** The days after which a difference should not still be there. */
const NEAR = 10;
const PAST = 30;
export const ageTone = (age: number): Tone => (age > PAST ? 'past' : age > NEAR ? 'near' : 'plain');

/** What happened, in one sentence: 「银行 2026-10-21 收到 …，账面没有记」; 「对账时账面没有记」 once it is settled. */
export function factOf({ side, direction, occurredOn, status }: Difference): [before: string, after: string] {
  const verb = direction === 'in' ? '收到' : '支付';
  const when = isLive({ status }) ? '' : '对账时';
  return side === 'bank'
    ? [`银行 ${occurredOn} ${verb} `, ` 元，${when}账面没有记`]
    : [`账面 ${occurredOn} 记了${verb} `, ` 元，${when}银行没有`];
}

/** What looks different once a difference is settled. */
export const REFRESH = [
  ...['differences', 'desk', 'reconciliations', 'reconciliation-months', 'bank-matches'],
  ...['ledger', 'pools', 'home', 'payables', 'closing'],
];
