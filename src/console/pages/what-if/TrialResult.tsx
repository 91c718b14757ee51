import { Button, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Exact, formatYuan, money, toWire } from '../../../money/money.ts';
import { Money } from '../../parts/Money.tsx';
import { kindWords } from '../../parts/subsidy/words.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { saveCsv } from './save-csv.ts';
import type { Moved, Trial } from './types.ts';

const change = ({ before, after }: { before: string; after: string }): string => toWire(money(after).minus(before));

/** One value that was tried, beside the one that holds. */
interface Tried {
  label: string;
  before: string;
  after: string;
}

/** What a trial found: the totals before and after, who gains and who loses, line by line with why. */
export function TrialResult({ trial, tried }: { trial: Trial; tried: Tried[] }) {
  const [open, setOpen] = useState<readonly React.Key[]>([]);
  const { items, changed, kinds } = trial;
  return (
    <section aria-label="试算结果" aria-live="polite">
      <h2>试算结果</h2>
      <p className="sentence">{sentenceOf(trial)}</p>
      {tried.map(({ label, before, after }) => (
        <p key={label}>
          {label}：{before} → <mark>{after}</mark>
        </p>
      ))}
      <div className="figures">
        <Figure label="按现行取值" value={trial.demandBefore} hint={`${trial.eligibleBefore} 项可得补贴`} />
        <Figure label="按拟议取值" value={trial.demandAfter} hint={`${trial.eligibleAfter} 项可得补贴`} />
        <Figure
          label="变化"
          value={toWire(money(trial.demandAfter).minus(trial.demandBefore))}
          hint={`${trial.gaining} 项增加，${trial.losing} 项减少`}
        />
      </div>
      <h2>补贴类别</h2>
      <Table<Trial['kinds'][number]>
        size="small"
        rowKey="kind"
        pagination={false}
        dataSource={kinds}
        columns={[
          { title: '类别', render: (_, { kind }) => kindWords([kind]) },
          { title: '现行', align: 'right', render: (_, { before }) => <Money value={before} /> },
          { title: '拟议', align: 'right', render: (_, { after }) => <Money value={after} /> },
          { title: '变化', align: 'right', render: (_, row) => <Change of={row} /> },
        ]}
      />
      <div className="table-bar">
        <h2>受影响的申请（{changed} 项）</h2>
        {changed > 0 && (
          <Button className="no-print" onClick={() => saveCsv(trial)}>
            导出 CSV
          </Button>
        )}
      </div>
      {items.length < changed && <p className="hint-line">列出变化最大的 {items.length} 项。</p>}
      <Table<Moved>
        size="small"
        rowKey="id"
        pagination={items.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        dataSource={items}
        locale={{ emptyText: '没有申请受影响' }}
        expandable={{
          expandedRowKeys: open,
          onExpandedRowsChange: setOpen,
          expandedRowRender: (row) => <Lines of={row} />,
        }}
        columns={[
          {
            title: '企业',
            render: (_, { id, enterpriseName }) => <Link to={`/subsidies/${id}`}>{enterpriseName}</Link>,
          },
          {
            title: '现行',
            align: 'right',
            render: (_, { before, explanation }) => (
              <span className="nowrap">
                <Money value={before} />
                <Why of={explanation.before as Explanation} title="按现行取值" />
              </span>
            ),
          },
          {
            title: '拟议',
            align: 'right',
            render: (_, { after, explanation }) => (
              <span className="nowrap">
                <Money value={after} />
                <Why of={explanation.after as Explanation} title="按拟议取值" />
              </span>
            ),
          },
          { title: '变化', align: 'right', render: (_, row) => <Change of={row} /> },
        ]}
      />
    </section>
  );
}

function Figure({ label, value, hint }: { label: string; value: string; hint: string }) {
  return (
    <div>
      <div className="hint">{label}</div>
      <strong className="big">
        <Money value={value} withUnit />
      </strong>
      <div className="hint">{hint}</div>
    </div>
  );
}

/** A change with its sign, so that it is told by more than colour. */
function Change({ of }: { of: { before: string; after: string } }) {
  const by = change(of);
  return (
    <span className="nowrap">
      {by !== '0.00' && !by.startsWith('-') && '+'}
      <Money value={by} />
    </span>
  );
}

function Lines({ of: { lines } }: { of: Moved }) {
  return (
    <Table<Moved['lines'][number]>
      size="small"
      rowKey="place"
      pagination={false}
      dataSource={lines}
      columns={[
        { title: '项', dataIndex: 'place', width: 60 },
        { title: '项目', dataIndex: 'name' },
        { title: '类别', render: (_, { kind }) => kindWords([kind]) },
        { title: '现行', align: 'right', render: (_, { before }) => <Money value={before} /> },
        { title: '拟议', align: 'right', render: (_, { after }) => <Money value={after} /> },
        { title: '变化', align: 'right', render: (_, row) => <Change of={row} /> },
      ]}
    />
  );
}

function sentenceOf({ year, applications, changed, gaining, losing, demandBefore, demandAfter }: Trial): string {
  const by = money(demandAfter).minus(demandBefore);
  if (changed === 0) return `${year} 年 ${applications} 项申请的补贴都不变。`;
  const share = new Exact(demandBefore).isZero() ? '' : `（${by.times(100).div(demandBefore).toFixed(2)}%）`;
  const verb = by.isNegative() ? '减少' : '增加';
  return `${year} 年 ${applications} 项申请中 ${changed} 项会改变：${gaining} 项增加，${losing} 项减少；需求${verb} ${formatYuan(by.abs())} 元${share}。预算分配以前的金额。`;
}
