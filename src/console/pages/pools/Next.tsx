import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import type { Board } from './board.ts';

const STANDS = { within: '限额之内', near: '接近限额', past: '超过限额' };

/** The pool's answer in one sentence, and what waits for the person. */
export function Next({ board: { pool, leverage, next, todo } }: { board: Board }) {
  return (
    <>
      可用额度 <Money value={pool.headroom} withUnit />
      ，已用 {leverage.used} 倍，上限 {leverage.limit} 倍<Toned tone={leverage.tone}>{STANDS[leverage.tone]}</Toned>{' '}
      {monthText(next)}
      {todo.length > 0 && (
        <ul className="plain">
          {todo.map(({ kind, title, count, dueOn, late, href }) => (
            <li key={`${kind}${title}`}>
              <Link to={href}>{title}</Link>
              {count > 1 && `　${count} 项`}
              {dueOn && <Toned tone={late ? 'past' : 'near'}>{late ? `已逾期，应于 ${dueOn}` : `${dueOn} 前`}</Toned>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function monthText({ period, over, dueOn, missing }: Board['next']): string {
  if (!over) return `下一个结算月份 ${period}，尚未结束。`;
  if (missing.length === 0) return `${period} 可以结算，应于 ${dueOn} 前办理。`;
  const lacking = missing.map(({ bankName, loans }) => `${bankName} ${loans} 笔`).join('、');
  return `${period} 缺月报：${lacking}；应于 ${dueOn} 前办理，此时办理为暂结。`;
}
