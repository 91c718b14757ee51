import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

/** A claim in a list, a claim with everything it rests on, and parts of it. */
export type ClaimItem = InferResponseType<typeof api.claims.$get, 200>['items'][number];
export type Claim = InferResponseType<(typeof api.claims)[':id']['$get'], 200>;
export type ClaimEvent = Claim['events'][number];
export type WaterfallRow = NonNullable<Claim['waterfall']>['rows'][number];
