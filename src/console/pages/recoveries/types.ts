import type { InferRequestType, InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

/** A claim with what became of it, something that happened to it, and a proposal that a second person decides. */
export type Claim = InferResponseType<(typeof api.claims)[':id']['$get'], 200>;
export type ClaimEvent = Claim['events'][number];
export type Proposal = Claim['proposals'][number];
export type LossRow = NonNullable<Claim['waterfall']>['rows'][number];

/** A receipt with how it was shared out, one amount of it, and what finance types of it. */
export type Recovery = InferResponseType<typeof api.recoveries.$get, 200>['items'][number];
export type DistributionRow = Recovery['distribution'][number];
export type NewRecovery = InferRequestType<(typeof api.claims)[':id']['recoveries']['$post']>['json'];

/** Pages that show something else after money or a decision. */
export const REFRESH = ['claims', 'recoveries', 'claim-proposals', 'payables', 'ledger', 'pools', 'documents', 'home'];
