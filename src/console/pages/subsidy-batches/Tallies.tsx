import { Table } from 'antd';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { SubsidyState } from '../../parts/subsidy/SubsidyState.tsx';
import { kindWords } from '../../parts/subsidy/words.ts';
import type { Board } from './types.ts';

/** How far the applications of a batch are, and what each kind of subsidy comes to. */
export function Tallies({ board }: { board: Board }) {
  const { scheme, year, batchNo } = board;
  const listOf = (status: string) =>
    `/subsidies?${new URLSearchParams({ view: 'all', scheme, year: `${year}`, batchNo: `${batchNo}`, status })}`;
  return (
    <div className="columns two">
      <section aria-label="各状态的申请">
        <h2>申请</h2>
        <Table<Board['states'][number]>
          size="small"
          rowKey="status"
          pagination={false}
          dataSource={board.states}
          columns={[
            {
              title: '状态',
              render: (_, { status }) => (
                <Link to={listOf(status)}>
                  <SubsidyState status={status} />
                </Link>
              ),
            },
            { title: '申请', align: 'right', render: (_, { count }) => `${count} 项` },
            { title: '按规定应得', align: 'right', render: (_, { amount }) => <Money value={amount} /> },
            { title: '核定', align: 'right', render: (_, { decided }) => <Money value={decided} /> },
          ]}
        />
      </section>
      <section aria-label="各类补贴">
        <h2>补贴类别</h2>
        <Table<Board['kinds'][number]>
          size="small"
          rowKey="kind"
          pagination={false}
          dataSource={board.kinds}
          locale={{ emptyText: '没有可以补贴的项目' }}
          columns={[
            { title: '类别', render: (_, { kind }) => kindWords([kind]) },
            { title: '项目', align: 'right', render: (_, { count }) => `${count} 项` },
            { title: '应得', align: 'right', render: (_, { amount }) => <Money value={amount} /> },
            { title: '核定', align: 'right', render: (_, { decided }) => <Money value={decided} /> },
            { title: '分配', align: 'right', render: (_, { granted }) => <Money value={granted} /> },
          ]}
        />
        {board.heldLines > 0 && (
          <p className="hint-line">{board.heldLines} 项因异议暂缓：份额照常计算并预留，异议不成立的补充分配。</p>
        )}
      </section>
    </div>
  );
}
