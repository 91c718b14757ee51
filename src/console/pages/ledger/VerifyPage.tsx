import { Alert, Button, Collapse, Form, Input, InputNumber, Select, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { entryAt } from './links.ts';
import { useBooks } from './useBooks.ts';

type Verification = InferResponseType<(typeof api.ledger.verify)['$get'], 200>;

const PROBLEMS: Record<string, string> = {
  gap: '编号中断',
  hash: '散列值不符',
  unbalanced: '借贷不平',
  lines: '分录缺失',
  line: '分录被改动',
  date: '日期不一致',
  account: '科目被改动',
  orphan: '分录无凭证',
  balance: '余额与分录不符',
  head: '链末端不符',
  anchor: '与单据所印不符',
};

interface Asked {
  poolCode?: string;
  entries?: number;
  head?: string;
}

/** 核验账簿: recomputes the chain, the lines and the balances of each book; also against what a printed statement says. */
export default function VerifyPage() {
  const [{ poolCode, entries, head }] = useFilters('poolCode', 'entries', 'head');
  const verify = useAct(({ poolCode, entries, head }: Asked) =>
    ask(
      api.ledger.verify.$get({
        query: {
          ...(poolCode ? { poolCode } : {}),
          ...(head ? { head: head.trim().toLowerCase() } : {}),
          ...(entries ? { entries: `${entries}` } : {}),
        },
      }),
    ),
  );
  const { books } = useBooks();
  return (
    <Page
      title="核验账簿"
      trail={[{ title: '记账凭证', to: '/ledger' }]}
      sentence="逐张重算散列链，逐行重加分录，与余额比对。任何一处被绕过程序改动，都会在这里指出是哪一张凭证。"
    >
      <Form<Asked>
        layout="vertical"
        className="narrow"
        initialValues={{ poolCode, head, ...(entries ? { entries: Number(entries) } : {}) }}
        onFinish={(asked) => verify.mutate(asked)}
      >
        <Form.Item name="poolCode" label="账套">
          <Select allowClear options={books} placeholder="全部账套" />
        </Form.Item>
        <Collapse
          ghost
          defaultActiveKey={head ? 'anchor' : []}
          items={[
            {
              key: 'anchor',
              label: '与结算单所印的账簿校验值核对（须选定账套）',
              forceRender: true,
              children: (
                <>
                  <Form.Item name="entries" label="凭证张数">
                    <InputNumber min={1} precision={0} />
                  </Form.Item>
                  <Form.Item
                    name="head"
                    label="散列值"
                    rules={[{ pattern: /^\s*[0-9a-fA-F]{64}\s*$/, message: '应为 64 位十六进制' }]}
                  >
                    <Input className="hash" />
                  </Form.Item>
                </>
              ),
            },
          ]}
        />
        <Button type="primary" htmlType="submit" loading={verify.isPending}>
          {verify.isPending ? '正在核验……' : '开始核验'}
        </Button>
      </Form>
      <ProblemAlert error={verify.error} />
      {verify.data && <Result of={verify.data} />}
    </Page>
  );
}

function Result({ of: { valid, entries, broken, books } }: { of: Verification }) {
  return (
    <section aria-live="polite">
      <h2>结果</h2>
      <Alert
        showIcon
        type={valid ? 'success' : 'error'}
        title={valid ? `共 ${entries} 张凭证，全部相符` : `共 ${entries} 张凭证，有 ${broken.length} 处不符`}
      />
      <h2>各账套</h2>
      <Table
        size="small"
        rowKey="poolCode"
        pagination={false}
        dataSource={books}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: '账套', render: (_, { poolCode, name }) => <Link to={`/pools/${poolCode}`}>{name}</Link> },
          {
            title: '结果',
            render: (_, { valid }) => <Toned tone={valid ? 'within' : 'past'}>{valid ? '相符' : '不符'}</Toned>,
          },
          { title: '凭证张数', dataIndex: 'entries', align: 'right' },
          { title: '链末端散列值', render: (_, { head }) => <code className="hash">{head}</code> },
        ]}
      />
      {broken.length > 0 && (
        <>
          <h2>不符之处</h2>
          <Table
            size="small"
            rowKey={({ poolCode, seq, lineNo, problem, detail }) => [poolCode, seq, lineNo, problem, detail].join('/')}
            pagination={false}
            dataSource={broken}
            scroll={{ x: 'max-content' }}
            columns={[
              { title: '账套', dataIndex: 'poolCode' },
              {
                title: '凭证号',
                render: (_, { poolCode, seq, reference }) =>
                  reference ? <Link to={entryAt(poolCode, reference)}>{seq}</Link> : (seq ?? '—'),
              },
              { title: '行次', render: (_, { lineNo }) => lineNo ?? '—' },
              { title: '问题', render: (_, { problem }) => PROBLEMS[problem] ?? problem },
              { title: '说明', dataIndex: 'detail' },
            ]}
          />
        </>
      )}
    </section>
  );
}
