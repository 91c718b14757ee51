import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

export type Trial = InferResponseType<(typeof api)['subsidy-applications']['trial']['$post'], 200>;
export type Moved = Trial['items'][number];
