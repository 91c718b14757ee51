import type { InferRequestType, InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

/** What a pool owes a party, a payment of it, and what finance types of one. */
export type Payable = InferResponseType<typeof api.payables.$get, 200>['items'][number];
export type Payout = InferResponseType<typeof api.payouts.$get, 200>['items'][number];
export type NewPayout = InferRequestType<typeof api.payouts.$post>['json'];

/** What shows something else after a payment. */
export const REFRESH = ['payouts', 'payables', 'ledger', 'pools', 'home'];

export const STATES = { proposed: '待复核', confirmed: '已拨付', withdrawn: '已撤回' };
