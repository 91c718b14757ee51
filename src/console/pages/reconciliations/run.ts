import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

/** One 对账 with its bridge and proposals, and how the months of an account stand. */
export type Run = InferResponseType<(typeof api.reconciliations)[':id']['$get'], 200>;
export type AccountYear = InferResponseType<(typeof api)['reconciliation-months']['$get'], 200>['items'][number];
export type AccountMonth = AccountYear['months'][number];

/** What looks different once an account is reconciled, matched by hand, or a difference is settled. */
export const REFRESH = [
  ...['reconciliations', 'reconciliation-months', 'bank-matches', 'differences', 'desk'],
  ...['ledger', 'pools', 'home', 'closing'],
];
