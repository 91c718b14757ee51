import { Alert, Button, Space, Table } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';

/** 记录是否完整: every book's chain and the audit log's computed anew, here and now. */
export function VerifyAll() {
  const verify = useAct(async () => {
    const [books, log] = await Promise.all([
      ask(api.ledger.verify.$get({ query: {} })),
      ask(api.audit.verify.$get({ query: {} })),
    ]);
    return { books, log };
  });
  const { books, log } = verify.data ?? {};
  return (
    <section>
      <h2>记录是否完整</h2>
      <ProblemAlert error={verify.error} />
      <Space wrap className="no-print">
        <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate(undefined)}>
          {verify.isPending ? '正在核验……' : '核验全部账簿和审计日志'}
        </Button>
        <span className="hint">
          逐张重算散列链。与纸面结算单所印校验值核对，见<Link to="/ledger/verify">核验账簿</Link>。
        </span>
      </Space>
      {books && log && (
        <div aria-live="polite" className="act">
          <Alert
            showIcon
            type={books.valid && log.valid ? 'success' : 'error'}
            title={
              books.valid && log.valid
                ? `${books.entries} 张凭证、${log.entries} 条审计日志全部相符`
                : `有 ${books.broken.length + log.broken.length} 处不符，详见核验账簿和审计日志`
            }
          />
          <Table
            className="act"
            size="small"
            rowKey="poolCode"
            pagination={false}
            dataSource={books.books}
            scroll={{ x: 'max-content' }}
            columns={[
              { title: '账套', dataIndex: 'name' },
              {
                title: '结果',
                render: (_, { valid }) => <Toned tone={valid ? 'within' : 'past'}>{valid ? '相符' : '不符'}</Toned>,
              },
              { title: '凭证张数', dataIndex: 'entries', align: 'right' },
              { title: '链末端散列值', render: (_, { head }) => <code className="hash">{head}</code> },
            ]}
          />
        </div>
      )}
    </section>
  );
}
