import { daysBetween } from '../../../calendar/local-date.ts';
import { Toned } from '../../parts/StateTag.tsx';
import { useMe } from '../../session.ts';

/** So many days before its end a clock is said to run out. */
const SOON = 3;

/** 审核时限: until when, and how many days are left or gone. `dueOn` YYYY-MM-DD. */
export function Clock({ dueOn }: { dueOn: string }) {
  const { today } = useMe();
  const left = daysBetween(today, dueOn);
  return (
    <span className="clock">
      {dueOn}　<Toned tone={left < 0 ? 'past' : left <= SOON ? 'near' : 'plain'}>{wordsOf(left)}</Toned>
    </span>
  );
}

function wordsOf(left: number): string {
  if (left < 0) return `已超 ${-left} 天`;
  return left === 0 ? '今日到期' : `还有 ${left} 天`;
}
