import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';
import type { Tone } from '../../parts/StateTag.tsx';

/** A month's closing in the list and with its checklist; a year's likewise, with its statements. */
export type ClosingItem = InferResponseType<typeof api.closings.$get, 200>['items'][number];
export type Closing = InferResponseType<(typeof api.closings)[':id']['$get'], 200>;
export type Check = Closing['checklist'][number];
export type Year = InferResponseType<(typeof api)['year-closings'][':id']['$get'], 200>;
export type Statement = Year['statements'][number];

/** How far a month or a year is from being closed. */
export const STATES: Record<string, [label: string, tone: Tone]> = {
  open: ['未具备条件', 'plain'],
  ready: ['可以结账', 'near'],
  proposed: ['待复核', 'near'],
  closed: ['已结账', 'within'],
  future: ['未结束', 'plain'],
};

/** What looks different once a month or a year is closed. */
export const REFRESH = ['closing', 'home', 'documents', 'ledger'];
