import type { InferResponseType } from 'hono/client';
import { GUARANTEE_ROLES } from '../../../guarantee/roles.ts';
import type { api } from '../../api.ts';
import type { Tone } from '../../parts/StateTag.tsx';

/** What one party answers for of one loan; with its life: liability, fees and 代偿. */
export type Guarantee = InferResponseType<typeof api.guarantees.$get, 200>['items'][number];
export type GuaranteeLife = InferResponseType<(typeof api.guarantees)[':id']['$get'], 200>;

export { GUARANTEE_ROLES as ROLES };

/** What a party's contract and its fee are called, by its role. */
export const FEE_NAMES = { guarantor: '担保费', reguarantor: '再担保费', insurer: '保费' } as const;

/** How a guarantee stands. */
export function stateOf({ status, liability, paid }: Pick<Guarantee, 'status' | 'liability' | 'paid'>): [string, Tone] {
  if (status === 'cancelled') return ['已撤销', 'plain'];
  if (paid !== '0.00') return [liability === '0.00' ? '已代偿' : '部分代偿', 'past'];
  return liability === '0.00' ? ['责任余额为零', 'plain'] : ['在保', 'within'];
}
