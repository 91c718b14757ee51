import type { InferResponseType } from 'hono/client';
import { CLAWBACK_GROUNDS, CLAWBACK_STATUSES } from '../../../subsidies/clawback.ts';
import type { api } from '../../api.ts';
import type { Tone } from '../../parts/StateTag.tsx';

type Routes = (typeof api)['subsidy-clawbacks'];
export type ClawbackItem = InferResponseType<Routes['$get'], 200>['items'][number];
export type Clawback = InferResponseType<Routes[':id']['$get'], 200>;
export type Remittance = Clawback['remittances'][number];

export const TONES: Record<string, Tone> = {
  ...{ proposed: 'near', ordered: 'near', received: 'within', remitted: 'within', declined: 'plain' },
  cancelled: 'plain',
};
export const statusOf = (status: string): string =>
  CLAWBACK_STATUSES[status as keyof typeof CLAWBACK_STATUSES] ?? status;
export const groundOf = (ground: string): string => CLAWBACK_GROUNDS[ground as keyof typeof CLAWBACK_GROUNDS] ?? ground;

export const GROUND_OPTIONS = Object.entries(CLAWBACK_GROUNDS).map(([value, label]) => ({ value, label }));
export const STATUS_OPTIONS = Object.entries(CLAWBACK_STATUSES).map(([value, label]) => ({ value, label }));

/** Where what comes back goes. */
export const CREDITS: Record<string, string> = { expense: '冲减当年支出', treasury: '应缴财政' };

/** What an act on a clawback changes. */
export const CHANGED = ['subsidy-clawbacks', 'subsidy-applications', 'budgets', 'home', 'documents', 'ledger'];
