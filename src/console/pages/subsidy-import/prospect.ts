import { money } from '../../../money/money.ts';
import type { Tone } from '../../parts/StateTag.tsx';
import type { ImportedItem } from './types.ts';

/** What an application may come to: something, nothing for any of its costs, nothing since the enterprise itself is not eligible. */
export const PROSPECTS = {
  granted: ['符合申报条件', 'within'],
  nothing: ['没有可以补贴的支出', 'near'],
  refused: ['企业不符合申报条件', 'past'],
} as const satisfies Record<string, [label: string, tone: Tone]>;

export const prospectOf = ({ eligible, demand }: ImportedItem): keyof typeof PROSPECTS =>
  eligible ? (money(demand).isZero() ? 'nothing' : 'granted') : 'refused';
