import type { Tone } from '../../parts/StateTag.tsx';
import type { AccountMonth } from './run.ts';

/** How a month of an account stands, as people say it. */
export const MONTHS: Record<AccountMonth['state'], [label: string, tone: Tone]> = {
  notOpen: ['未到', 'plain'],
  noStatement: ['缺流水', 'plain'],
  partial: ['流水不全', 'near'],
  ready: ['待对账', 'near'],
  differences: ['有差异', 'past'],
  toConfirm: ['待确认', 'near'],
  confirmed: ['已确认', 'within'],
};

/** The same with how many differences there are. */
export function wordOf({ state, undecided }: AccountMonth): string {
  return state === 'differences' && undecided > 0 ? `差异 ${undecided}` : MONTHS[state][0];
}

/** How a run stands, over the words that states have elsewhere. */
export const RUN_STATES = { open: '未确认', confirmed: '已确认' };
