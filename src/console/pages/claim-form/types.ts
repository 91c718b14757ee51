import type { InferRequestType, InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';

/** A claim as its bank prepares it, a paper of its checklist, what is sent, and what a loss would be. */
export type Claim = InferResponseType<(typeof api.claims)[':id']['$get'], 200>;
export type Paper = Claim['papers'][number];
export type ClaimRequest = InferRequestType<typeof api.claims.$post>['json'];
export type Simulation = InferResponseType<typeof api.claims.simulate.$post, 200>;

/** What is typed: the request's fields, each perhaps not yet. */
export type Given = Partial<ClaimRequest>;
