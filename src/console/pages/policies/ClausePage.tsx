import { Skeleton } from 'antd';
import { useParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { SampleMark } from '../../parts/Cites.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { may, useMe } from '../../session.ts';
import { Cases } from './Cases.tsx';
import { Propose } from './Propose.tsx';
import { Proposed } from './Proposed.tsx';
import { Versions } from './Versions.tsx';

/** One clause: what it says on a day, its versions side by side, what waits for approval, worked cases, and a new version to propose. */
export default function ClausePage() {
  const me = useMe();
  const { clauseId = '' } = useParams();
  const [{ asOf = me.today }] = useFilters('asOf');
  const param = { code: clauseId.split('.')[0]!, clause: clauseId };
  const clause = useAsk(['policies', clauseId, asOf], () =>
    ask(api.policies[':code'].clauses[':clause'].$get({ param, query: { asOf } })),
  );
  const versions = useAsk(['policies', clauseId, 'versions'], () =>
    ask(api.policies[':code'].clauses[':clause'].versions.$get({ param })),
  );
  const error = clause.error ?? versions.error;
  if (error)
    return <ProblemPage error={error} retry={() => void Promise.all([clause.refetch(), versions.refetch()])} />;
  if (!clause.data || !versions.data) return <Skeleton className="page" active />;
  const { title, text, outsideDates, confirmed, citation, unit, resolvedByText, cases, value, valueSchema } =
    clause.data;
  const { items } = versions.data;
  return (
    <Page
      title={title}
      trail={[{ title: '政策条款', to: '/policies' }]}
      sentence={
        <>
          {asOf}：{text ?? outsideDates}
          {citation && !confirmed && <SampleMark />}
        </>
      }
      actions={
        may(me, 'policy.propose') && (
          <Propose clauseId={clauseId} title={title} value={value} schema={valueSchema} citation={citation} />
        )
      }
    >
      <p className="hint-line">
        按{resolvedByText}取值。{citation && `依据 ${citation.document} ${citation.article}。`}
      </p>
      {items
        .filter(({ state }) => state === 'proposed')
        .map((version) => (
          <Proposed key={version.id} version={version} />
        ))}
      <h2>各版本</h2>
      <Versions versions={items} unit={unit} />
      <h2>算例</h2>
      <Cases cases={cases} />
    </Page>
  );
}
