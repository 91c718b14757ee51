import type { ReactNode } from 'react';
import { SUBSIDY_KINDS, type SubsidyKind } from '../../../policy/kinds/subsidy-line.ts';
import { Cites } from '../Cites.tsx';
import { Money } from '../Money.tsx';
import { StateTag, Toned } from '../StateTag.tsx';
import { type Explanation, Why } from '../Why.tsx';
import { LineState } from './SubsidyState.tsx';
import type { Check, JudgedLine, Line } from './types.ts';
import './subsidy.css';

type Shown = JudgedLine & Partial<Pick<Line, 'decided' | 'granted' | 'adjusted' | 'status' | 'reason'>>;

/**
 * One cost of an application: what it cost, what the rules give and why, what was decided and granted; what stands against it with its article.
 * `children`: its vouchers, or what can be done about it.
 */
export function SubsidyLine({ line, children }: { line: Shown; children?: ReactNode }) {
  const { place, kind, name, base, asked, amount, decided, granted, status, reason, explanation, checks, cites } = line;
  const adjusted = line.adjusted ?? '0.00';
  const against = checks.filter(({ verdict }) => verdict === 'fail');
  const later = checks.filter(({ verdict }) => verdict === 'warn' || verdict === 'notChecked');
  return (
    <section className="subsidy-line" aria-label={`第 ${place} 项 ${name}`}>
      <h3>
        {place}. {name}　<span className="hint">{SUBSIDY_KINDS[kind as SubsidyKind] ?? kind}</span>　
        {status && status !== 'open' && <LineState status={status} />}
        {against.length > 0 && <Toned tone="past">不符合规定</Toned>}
      </h3>
      <dl className="line-figures">
        <Amount label="支出" value={base} />
        {asked !== amount && <Amount label="限额前" value={asked} />}
        <Amount
          label="按规定可得"
          value={amount}
          why={<Why of={explanation as Explanation} title={`「${name}」为什么是这个数`} />}
        />
        {decided !== undefined && decided !== null && <Amount label="核定" value={decided} />}
        {granted !== undefined && granted !== null && <Amount label="预算分配" value={granted} />}
        {adjusted !== '0.00' && <Amount label="更正增减" value={adjusted} />}
      </dl>
      {reason && <p className="line-reason">理由：{reason}</p>}
      {[...against, ...later].map((check) => (
        <LineCheck key={`${check.code}${check.field}${check.value}`} check={check} />
      ))}
      {against.length === 0 && <Cites cites={cites} />}
      {children}
    </section>
  );
}

function Amount({ label, value, why }: { label: string; value: string; why?: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Money value={value} withUnit />
        {why}
      </dd>
    </div>
  );
}

const WORDS = { pass: '符合', fail: '不符合', warn: '请留意', notChecked: '由审核人员核实' };

/** What a rule says, with its article. */
export function LineCheck({ check: { verdict, message, cites, explanation } }: { check: Check }) {
  return (
    <div className="check">
      <StateTag state={verdict} labels={WORDS} />
      <div className="said">
        {message}
        <Why of={explanation as Explanation | undefined} />
        <Cites cites={cites} />
      </div>
    </div>
  );
}
