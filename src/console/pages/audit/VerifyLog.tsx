import { Alert, Button, Space, Table } from 'antd';
import { useEffect } from 'react';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';

const PROBLEMS: Record<string, string> = {
  gap: '编号中断',
  hash: '散列值不符',
  missing: '已被删除',
  stray: '不在链上',
  head: '链末端不符',
  record: '留存资料不符',
  anchor: '与单据所印不符',
};

/** Recomputes the log's chain, also against what a printed statement says, and tells what it found. */
export function VerifyLog({ entries, head }: { entries?: string; head?: string }) {
  const verify = useAct(() => ask(api.audit.verify.$get({ query: entries && head ? { entries, head } : {} })));
  const { data } = verify;
  // Whoever comes from a statement wants to know.
  useEffect(() => {
    if (head) verify.mutate(undefined);
  }, [head]);
  return (
    <section aria-live="polite" className="no-print">
      <Space wrap>
        <Button loading={verify.isPending} onClick={() => verify.mutate(undefined)}>
          {verify.isPending ? '正在核验……' : '核验日志是否被改动'}
        </Button>
        {data && (
          <span className="hint">
            共 {data.entries.toLocaleString('zh-CN')} 条，链末端散列值 <code className="hash">{data.head}</code>
          </span>
        )}
      </Space>
      <ProblemAlert error={verify.error} />
      {data && (
        <Alert
          showIcon
          type={data.valid ? 'success' : 'error'}
          title={data.valid ? '审计日志与留存资料全部相符' : `有 ${data.broken.length} 处不符`}
        />
      )}
      {data && data.broken.length > 0 && (
        <Table
          size="small"
          rowKey={({ seq, subject, problem, detail }) => [seq, subject, problem, detail].join('/')}
          pagination={false}
          dataSource={data.broken}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: '链上编号', render: (_, { seq }) => seq ?? '—' },
            { title: '对象', render: (_, { subject }) => subject ?? '—' },
            { title: '问题', render: (_, { problem }) => PROBLEMS[problem] ?? problem },
            { title: '说明', dataIndex: 'detail' },
          ]}
        />
      )}
    </section>
  );
}
