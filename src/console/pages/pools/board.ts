import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

/** A pool's figures on a day. */
export type Pool = InferResponseType<(typeof api.pools)[':id']['$get'], 200>;

/** A pool on one page, today. */
export type Board = InferResponseType<(typeof api.pools)[':id']['board']['$get'], 200>;

/** Contributions and the state of their match. */
export type ContributionList = InferResponseType<(typeof api.pools)[':id']['contributions']['$get'], 200>;

export type Contribution = ContributionList['items'][number];

/** What may leave a pool, what must come in, and what was proposed. */
export type Capital = InferResponseType<(typeof api.pools)[':id']['capital']['$get'], 200>;
