import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

/** Everything about a filing that a decision needs. */
export type Review = InferResponseType<(typeof api)['loan-filings'][':id']['review']['$get'], 200>;
