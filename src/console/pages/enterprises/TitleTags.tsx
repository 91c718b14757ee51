import { daysBetween } from '../../../calendar/local-date.ts';
import { Toned } from '../../parts/StateTag.tsx';
import type { Title } from './types.ts';

/** So many days before its end a title is said to expire soon. */
const SOON = 90;

/** Whether a title counts on a day, and whether its end is near. `on` YYYY-MM-DD. */
export function TitleState({ title, on }: { title: Pick<Title, 'validFrom' | 'validTo'>; on: string }) {
  if (on < title.validFrom) return <Toned tone="plain">尚未生效</Toned>;
  if (on > title.validTo) return <Toned tone="past">已过期</Toned>;
  const left = daysBetween(on, title.validTo);
  return left <= SOON ? <Toned tone="near">{left} 天后到期</Toned> : <Toned tone="within">有效</Toned>;
}
