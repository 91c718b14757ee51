import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

/** A 记账凭证 as the API answers it. */
export type Entry = InferResponseType<(typeof api.ledger.entries)['$get'], 200>['items'][number];

/** An account with its balance. */
export type Account = InferResponseType<(typeof api.ledger.accounts)['$get'], 200>['items'][number];
