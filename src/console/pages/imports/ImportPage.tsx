import { Alert, Button, Skeleton, Space } from 'antd';
import { Link, useParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { JobProgress } from '../../parts/JobProgress.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { Corrections } from './Corrections.tsx';
import { ImportState } from './ImportState.tsx';
import { sentenceOf } from './sentence.ts';
import { type Import, KINDS, type Kind } from './types.ts';
import { Warnings } from './Warnings.tsx';
import '../filings/filings.css';
import './imports.css';

/** 上传结果: how far it is, what came of it in one sentence, and each faulty row as the file has it, to be put right in place. */
export default function ImportPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useAsk(['imports', id], () => ask(api.imports[':id'].$get({ param: { id } })));
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const { status, jobId, fileName, rowsRefused, warnings, problem } = data;
  return (
    <Page
      title={fileName}
      trail={[{ title: '上传记录', to: '/imports' }]}
      sentence={
        <>
          <ImportState of={data} />
          {sentenceOf(data)}
        </>
      }
      actions={<Actions done={data} />}
    >
      {data.corrects && (
        <p>
          本次是对<Link to={`/imports/${data.corrects}`}>上一次上传</Link>的更正。
        </p>
      )}
      {status === 'staged' && jobId && <JobProgress jobId={jobId} onEnd={() => void refetch()} />}
      {problem && <Alert type="error" showIcon title={problem.message} />}
      {warnings.length > 0 && <Warnings warnings={warnings} />}
      {rowsRefused > 0 && <Corrections about={data} />}
    </Page>
  );
}

function Actions({ done: { kind, poolCode, status, rowsNew } }: { done: Import }) {
  const pool = poolCode ? `poolCode=${poolCode}&` : '';
  const next: Record<Kind, [to: string, label: string]> = {
    loanFilings: [`/filings?${pool}status=submitted`, '查看已报送的备案'],
    balanceReports: ['/reports', '查看余额月报'],
    enterprises: ['/enterprises', '查看企业'],
  };
  const [to, label] = next[kind as Kind];
  return (
    <Space wrap>
      {status === 'done' && rowsNew > 0 && (
        <Link to={to}>
          <Button type="primary">{label}</Button>
        </Link>
      )}
      <Link to={`/imports/new?kind=${kind}${poolCode ? `&pool=${poolCode}` : ''}`}>
        <Button>再传一个{KINDS[kind as Kind]}</Button>
      </Link>
    </Space>
  );
}
