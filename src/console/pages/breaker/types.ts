import type { InferResponseType } from 'hono/client';
import { BREAKER_MEASURES, BREAKER_SCOPES, STOPS } from '../../../policy/kinds/breaker-words.ts';
import type { api } from '../../api.ts';
import type { Tone } from '../../parts/StateTag.tsx';

/** The circuit breaker of one pool, one of its ratios, and one warning or suspension. */
export type Board = InferResponseType<typeof api.breaker.$get, 200>['items'][number];
export type Line = Board['lines'][number];
export type Suspension = InferResponseType<(typeof api.suspensions)[':id']['$get'], 200>;

export { BREAKER_SCOPES as SCOPES, STOPS };

/** What is measured, in words. */
export const measureOf = (measure: Line['measure']): string => BREAKER_MEASURES[measure].label;

/** What people decided of a ratio, or the lines did by themselves. */
export const STATES: Record<Line['state'], [label: string, tone: Tone]> = {
  ok: ['正常', 'within'],
  warn: ['警示', 'near'],
  suspended: ['暂停', 'past'],
  lifted: ['已解除', 'plain'],
};

/** How a warning or suspension is called while it stands and after. */
export function episodeOf({ level, status }: Pick<Suspension, 'level' | 'status'>): [label: string, tone: Tone] {
  const word = level === 'warn' ? '警示' : '暂停';
  if (status === 'active') return [`${word}中`, level === 'warn' ? 'near' : 'past'];
  return [status === 'lifted' ? '已解除' : '已结束', 'plain'];
}

/** What happened to a ratio, in a few words: 「石嘴山银行不良率」, 「石嘴山银行缺报月报」. */
export const whatOf = ({ partyName, measure }: Pick<Suspension, 'partyName' | 'measure'>): string =>
  `${partyName}${measure ? measureOf(measure) : '缺报月报'}`;

/** What made the circuit breaker look, and the page where it can be read. */
const TRIGGERS: Record<string, string> = {
  ...{ report: '余额月报', compensation: '补偿资金拨付', refund: '退回补偿', payout: '代偿', settlement: '月度结算' },
  ...{ revocation: '撤销备案', lift: '解除暂停', day: '每日检查' },
};
const PLACES: Record<string, string> = {
  ...{ report: 'reports', claim: 'claims', loan: 'loans', suspension: 'suspensions', settlement: 'settlements' },
};
export function triggerOf({ trigger, reference }: Suspension): { text: string; to?: string } {
  const [kind = '', id = ''] = reference.split(':');
  const text = TRIGGERS[trigger] ?? trigger;
  return PLACES[kind] && id ? { text, to: `/${PLACES[kind]}/${id}` } : { text };
}
