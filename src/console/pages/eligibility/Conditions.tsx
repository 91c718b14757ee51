import { Cites } from '../../parts/Cites.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import type { Programme } from './EligibilityPage.tsx';

type Clause = Programme['clauses'][number];

const WORDS = { pass: '符合', fail: '不符合', warn: '请留意', notChecked: '办理时核对' };
/** What is missing first, then what is doubtful, then what is kept. */
const ORDER = ['fail', 'warn', 'pass', 'notChecked'];

/** Each condition of a programme: verdict, how it stands for this enterprise, the rule in words, and its article. */
export function Conditions({ clauses }: { clauses: Clause[] }) {
  const now = clauses.filter(({ verdict }) => verdict !== 'notChecked');
  const later = clauses.filter(({ verdict }) => verdict === 'notChecked');
  const sorted = [...now].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return (
    <>
      {sorted.map((clause) => (
        <Condition key={clause.clause} clause={clause} />
      ))}
      {later.length > 0 && (
        <details>
          <summary>银行备案时还会核对 {later.length} 项（利率、期限、用途等）</summary>
          {later.map((clause) => (
            <Condition key={clause.clause} clause={clause} />
          ))}
        </details>
      )}
    </>
  );
}

function Condition({ clause: { title, text, message, verdict, cites } }: { clause: Clause }) {
  return (
    <div className="check">
      <StateTag state={verdict} labels={WORDS} />
      <div className="said">
        <strong>{title}</strong>
        {verdict !== 'notChecked' && <div>{message}</div>}
        {text && <div className="hint">{text}</div>}
        <Cites cites={cites} />
      </div>
    </div>
  );
}
