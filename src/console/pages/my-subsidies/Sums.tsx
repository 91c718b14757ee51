import { Money } from '../../parts/Money.tsx';
import type { Application } from '../../parts/subsidy/types.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { figuresOf } from './where.ts';

/** The application's amounts, from what the rules give to what was paid. */
export function Sums({ application }: { application: Application }) {
  return (
    <section className="figures" aria-label="金额">
      {figuresOf(application).map(({ label, value }, i) => (
        <div key={label}>
          <div className="hint">
            {label}
            {i === 0 && <Why of={application.explanation as Explanation} title="按规定可得多少" />}
          </div>
          <span className="big">
            <Money value={value} withUnit />
          </span>
        </div>
      ))}
    </section>
  );
}
