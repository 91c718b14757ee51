import { Link } from 'react-router';
import { Toned } from '../../parts/StateTag.tsx';
import type { Check, Year } from './types.ts';

const STATES = { done: ['已完成', 'within'], missing: ['未完成', 'past'], note: ['须知', 'near'] } as const;

/** 检查表: each thing a closing rests on, how it stands, whose it is, and where it is done; `closed`: what is missing was done without. */
export function Checklist({ items, closed }: { items: (Check | Year['checklist'][number])[]; closed?: boolean }) {
  return (
    <ul className="plain">
      {items.map(({ code, label, state, text, owner, href }) => {
        const waived = closed === true && state === 'missing';
        const [word, tone] = waived ? (['例外', 'near'] as const) : STATES[state as keyof typeof STATES];
        return (
          <li key={`${code}${text}`} className="check">
            <Toned tone={tone}>{word}</Toned>
            <strong className="check-label">{label}</strong>
            <span className="said">{text}</span>
            {owner && !waived && <span className="hint">由{owner}办理</span>}
            {href && <Link to={href}>{state === 'missing' && !waived ? '去办理' : '查看'}</Link>}
          </li>
        );
      })}
    </ul>
  );
}
