import { Cites } from '../../parts/Cites.tsx';
import type { Offer } from './types.ts';

/** Rules in words, each with its article; folded, so that who knows them is not held up. */
export function Rules({ title, rules, open }: { title: string; rules: Offer['rules']; open?: boolean }) {
  return (
    <details className="rules" open={open}>
      <summary>{title}</summary>
      <dl>
        {rules.map((rule) => (
          <div key={rule.title}>
            <dt>{rule.title}</dt>
            <dd>
              {rule.text}
              <Cites cites={rule.cites} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
