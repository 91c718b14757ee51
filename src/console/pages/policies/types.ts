import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

type Policies = (typeof api)['policies'];
export type Clause = InferResponseType<Policies['$get'], 200>['items'][number];
export type PolicyDocument = InferResponseType<Policies['$get'], 200>['documents'][number];
export type ClauseDetail = InferResponseType<Policies[':code']['clauses'][':clause']['$get'], 200>;
export type Version = InferResponseType<
  Policies[':code']['clauses'][':clause']['versions']['$get'],
  200
>['items'][number];
export type Preview = InferResponseType<(typeof api)['policy-versions']['preview']['$post'], 200>;

export const STATES = {
  inForce: ['施行中', 'within'],
  coming: ['将施行', 'near'],
  expired: ['已失效', 'plain'],
  replaced: ['已被取代', 'plain'],
  proposed: ['待复核', 'near'],
  refused: ['已退回', 'past'],
  withdrawn: ['已撤回', 'plain'],
} as const;
