import { Cites } from '../../parts/Cites.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { SubsidyLine } from '../../parts/subsidy/SubsidyLine.tsx';
import type { Application, Line } from '../../parts/subsidy/types.ts';
import { VoucherTable } from '../../parts/subsidy/VoucherTable.tsx';
import { ProposeClawback } from '../clawbacks/ProposeClawback.tsx';
import { LineDecision } from './LineDecision.tsx';
import { Objection } from './Objection.tsx';
import type { Decision } from './useDecisions.ts';

interface Props {
  of: Application;
  line: Line;
  /** while it is this person's to decide */
  decision: Decision | undefined;
  onDecide(decision: Decision): void;
}

/** One line as a reviewer looks at it: what is stated beside what it was checked against, vouchers beside what counts, and what is decided of it. */
export function LineReview({ of, line, decision, onDecide }: Props) {
  const passed = line.checks.filter(({ verdict }) => verdict === 'pass');
  return (
    <SubsidyLine line={line}>
      <Facts line={line} />
      {line.vouchers.length > 0 && <VoucherTable vouchers={line.vouchers} name={line.name} />}
      {passed.length > 0 && (
        <details>
          <summary>通过的核对 {passed.length} 项</summary>
          {passed.map(({ code, message, cites }) => (
            <div key={`${code}${message}`} className="check">
              <span className="said">
                {message}
                <Cites cites={cites} />
              </span>
            </div>
          ))}
        </details>
      )}
      {decision && <LineDecision line={line} decision={decision} onChange={onDecide} />}
      <Objection of={of} line={line} />
      <ProposeClawback of={of} line={line} />
    </SubsidyLine>
  );
}

const VERDICTS = {
  agrees: ['一致', 'within'],
  differs: ['不一致', 'past'],
  notChecked: ['请核对材料', 'plain'],
} as const;

/** 企业填报 beside 系统核对. */
function Facts({ line: { facts, name } }: { line: Line }) {
  if (facts.length === 0) return null;
  return (
    <div className="stated">
      <table aria-label={`「${name}」的填报与核对`}>
        <thead>
          <tr>
            <th scope="col">项目</th>
            <th scope="col">企业填报</th>
            <th scope="col">系统核对</th>
            <th scope="col">结论</th>
          </tr>
        </thead>
        <tbody>
          {facts.map(({ field, label, stated, checked, verdict }) => (
            <tr key={field}>
              <th scope="row">{label}</th>
              <td className="figure-text">{stated ?? '未填报'}</td>
              <td>{checked ?? '—'}</td>
              <td>
                <Verdict stated={stated} verdict={verdict} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What nobody stated and the filing tells stands as filed. */
function Verdict({ stated, verdict }: { stated: string | null; verdict: keyof typeof VERDICTS }) {
  if (stated === null && verdict === 'agrees') return <Toned tone="within">以备案为准</Toned>;
  return <Toned tone={VERDICTS[verdict][1]}>{VERDICTS[verdict][0]}</Toned>;
}
