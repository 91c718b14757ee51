import { Toned } from '../../parts/StateTag.tsx';
import type { Application } from '../../parts/subsidy/types.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { historyOf, type Stage, wayOf } from './way.ts';

const WORDS: Record<Stage['state'], string> = { done: '已完成', now: '正在办理', waiting: '未开始', stopped: '已结束' };

/** 办理进度: every stage to the payment, what is done and when, where it stands now, and all that happened. */
export function Way({ application }: { application: Application }) {
  return (
    <section aria-labelledby="way">
      <h2 id="way">办理进度</h2>
      <ol className="way">
        {wayOf(application).map(({ key, title, state, on, says, explanation }) => (
          <li key={key} className={state} aria-current={state === 'now' ? 'step' : undefined}>
            <div className="stage">
              <strong>{title}</strong>
              {state === 'now' && <Toned tone="near">{WORDS.now}</Toned>}
              {state === 'stopped' && <Toned tone="past">{WORDS.stopped}</Toned>}
              <span className="hint">{on ?? (state === 'waiting' ? WORDS.waiting : '')}</span>
            </div>
            {says.map((text) => (
              <div key={text}>
                {text}
                {explanation !== undefined && text === says[0] && (
                  <Why of={explanation as Explanation} title="为什么分到这么多" />
                )}
              </div>
            ))}
          </li>
        ))}
      </ol>
      <details>
        <summary>全部经过</summary>
        <ul className="plain">
          {historyOf(application).map(({ on, says }, i) => (
            <li key={`${on}${says}${application.steps[i]?.kind}`}>
              <span className="figure">{on}</span>　{says}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
