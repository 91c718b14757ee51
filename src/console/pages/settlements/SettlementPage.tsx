import { useQueryClient } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { JobProgress } from '../../parts/JobProgress.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { SettlementBody } from './SettlementBody.tsx';
import type { Settlement } from './settlement.ts';

/** One settled month of a pool: every party's balances, what was provisional and why, and the statements. */
export default function SettlementPage() {
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const { data, error, refetch } = useAsk(['settlements', id], () =>
    ask(api.settlements[':id'].$get({ param: { id } })),
  );
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const { poolName, period, status, jobId } = data;
  return (
    <Page
      title={`${poolName} ${period} 结算`}
      trail={[{ title: '结算', to: `/settlements?pool=${data.poolCode}&period=${period}` }]}
      sentence={sentenceOf(data)}
      actions={<Button onClick={() => window.print()}>打印</Button>}
    >
      {status === 'running' && jobId ? (
        <JobProgress jobId={jobId} onEnd={() => void queries.invalidateQueries({ queryKey: ['settlements'] })} />
      ) : (
        <SettlementBody of={data} />
      )}
    </Page>
  );
}

function sentenceOf({ status, settledOn, statements, notes }: Settlement): string {
  if (status === 'running') return '正在结算。';
  const papers = `${statements.length} 份结算单`;
  if (status === 'settled') return `已于 ${settledOn} 结算，出具 ${papers}。`;
  const lacking = notes.filter(({ kind }) => kind === 'missingReport').map(({ text }) => text);
  return `已于 ${settledOn} 按暂定数结算，出具 ${papers}：${lacking.join('；')}。`;
}
