import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

/** A month of a pool, settled, with the statements of its parties. */
export type Settlement = InferResponseType<(typeof api.settlements)[':id']['$get'], 200>;

export type Section = Settlement['sections'][number];
