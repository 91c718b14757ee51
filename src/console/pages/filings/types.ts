import type { InferRequestType, InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

/** A filing in a list, a filing with its checks, one of its checks, and what a bank sends. */
export type FilingItem = InferResponseType<(typeof api)['loan-filings']['$get'], 200>['items'][number];
export type Filing = InferResponseType<(typeof api)['loan-filings'][':id']['$get'], 200>;
export type Check = Filing['checks'][number];
export type FilingRequest = InferRequestType<(typeof api)['loan-filings']['$post']>['json'];
