import { Money } from '../../parts/Money.tsx';
import type { Application } from '../../parts/subsidy/types.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { useFunds } from '../subsidies/useFunds.ts';
import { figuresOf } from './where.ts';

/** The application's amounts, from what the rules give to what was paid and given back. */
export function Sums({ application }: { application: Application }) {
  const { data: funds } = useFunds(application);
  return (
    <section className="figures" aria-label="金额">
      {figuresOf(application, funds).map(({ label, value }, i) => (
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
