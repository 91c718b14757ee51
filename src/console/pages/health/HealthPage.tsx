import { Alert, Descriptions, Skeleton } from 'antd';
import { Link } from 'react-router';
import { api, ask, send } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert, ProblemPage } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { Queues } from './Queues.tsx';

interface Ready {
  status: string;
  today: string;
  demonstration: boolean;
  books: number;
  notice: string | null;
}

const LOOK_EVERY_MS = 10_000;

/** 运行状况: whether the service can work, on what day and database, and what its queues hold. */
export default function HealthPage() {
  const { data, error, refetch, dataUpdatedAt } = useAsk(
    ['health'],
    async (): Promise<Ready> => (await send('/readyz')).json(),
    { refetchInterval: LOOK_EVERY_MS },
  );
  const system = useAsk(['health', 'system'], () => ask(api.system.$get()), { refetchInterval: LOOK_EVERY_MS });
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const ready = data.status === 'ready';
  return (
    <Page title="运行状况" sentence={ready ? '服务就绪，可以办理业务。' : `服务未就绪：${data.status}`}>
      {data.notice && <Alert type="info" showIcon title={data.notice} />}
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          {
            key: 'ready',
            label: '服务',
            children: <Toned tone={ready ? 'within' : 'past'}>{ready ? '就绪' : '未就绪'}</Toned>,
          },
          { key: 'today', label: '业务日期', children: data.today },
          { key: 'version', label: '版本', children: system.data?.version ?? '—' },
          {
            key: 'database',
            label: '数据库',
            children: system.data ? `${system.data.database}，${megabytes(system.data.databaseSize)}` : '—',
          },
          { key: 'books', label: '账套', children: <Link to="/ledger/verify">{data.books} 个</Link> },
          { key: 'demo', label: '演示数据', children: data.demonstration ? '已载入' : '没有' },
          { key: 'metrics', label: '指标', children: <a href="/metrics">Prometheus 格式</a> },
          {
            key: 'at',
            label: '查看时间',
            children: new Date(dataUpdatedAt).toLocaleTimeString('zh-CN', { hour12: false }),
          },
        ]}
      />
      <h2>任务队列</h2>
      <ProblemAlert error={system.error} retry={system.refetch} />
      {system.data && <Queues of={system.data.queues} />}
    </Page>
  );
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024).toLocaleString('zh-CN')} MB`;
