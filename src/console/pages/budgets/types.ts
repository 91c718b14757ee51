import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

export type Budget = InferResponseType<typeof api.budgets.$get, 200>['items'][number];

/** What an act on a budget changes. */
export const CHANGED = ['budgets', 'subsidy-boards', 'subsidy-batches', 'home', 'ledger'];
