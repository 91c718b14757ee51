import { Button } from 'antd';
import { Link } from 'react-router';
import { DataTable } from '../../parts/DataTable.tsx';
import type { Filter } from '../../parts/FilterBar.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { clock } from '../../parts/times.ts';
import { useNames } from '../../parts/useNames.ts';
import type { Entry } from './entry.ts';
import { ACCOUNTS, entryAt, KINDS, optionsOf } from './links.ts';
import { useBooks } from './useBooks.ts';

/** 记账凭证: every entry of the books, found by book, account, party, day or loan. */
export default function EntriesPage() {
  const nameOf = useNames();
  const { books, bookName } = useBooks();
  const filters: Filter[] = [
    { name: 'q', label: '摘要、业务号、借据号', kind: 'search', width: 220 },
    { name: 'poolCode', label: '账套', kind: 'select', options: books, width: 160 },
    { name: 'account', label: '会计科目', kind: 'select', options: optionsOf(ACCOUNTS), width: 180 },
    { name: 'key', label: '明细', kind: 'search', width: 160 },
    { name: 'kind', label: '类别', kind: 'select', options: optionsOf(KINDS) },
    { name: 'from', label: '起始日期', kind: 'date' },
    { name: 'to', label: '截止日期', kind: 'date' },
    { name: 'belongsTo', label: '所属月份', kind: 'month' },
  ];
  return (
    <Page
      title="记账凭证"
      actions={
        <>
          <Link to="/ledger/accounts">
            <Button>科目余额</Button>
          </Link>
          <Link to="/ledger/trial-balance">
            <Button>试算平衡表</Button>
          </Link>
          <Link to="/ledger/verify">
            <Button>核验账簿</Button>
          </Link>
        </>
      }
    >
      <DataTable<Entry>
        from="/ledger/entries"
        fixed={{ sort: '-occurredOn' }}
        rowKey="hash"
        filters={filters}
        empty="还没有凭证。登记出资、贷款入池、还款等业务发生时，凭证自动生成。"
        columns={[
          {
            key: 'seq',
            title: '凭证号',
            sortable: true,
            render: ({ poolCode, reference, seq }) => <Link to={entryAt(poolCode, reference)}>{seq}</Link>,
          },
          { key: 'occurredOn', title: '发生日期', sortable: true },
          {
            key: 'memo',
            title: '摘要',
            render: ({ memo, kind, reversedBy }) => (
              <div className="memo">
                {memo || (KINDS[kind] ?? kind)}
                {reversedBy && <Toned tone="near">已冲销</Toned>}
              </div>
            ),
          },
          {
            key: 'account',
            title: '科目与明细',
            render: ({ lines }) => (
              <Lines
                of={lines}
                show={(l) => (
                  <span title={`${l.name}　${l.key}`}>
                    {l.code} {nameOf(l.key)}
                  </span>
                )}
              />
            ),
          },
          {
            key: 'debit',
            title: '借方',
            align: 'right',
            render: ({ lines }) => <Lines of={lines} show={(l) => l.side === 'debit' && <Money value={l.amount} />} />,
          },
          {
            key: 'credit',
            title: '贷方',
            align: 'right',
            render: ({ lines }) => <Lines of={lines} show={(l) => l.side === 'credit' && <Money value={l.amount} />} />,
          },
          { key: 'poolCode', title: '账套', render: ({ poolCode }) => bookName(poolCode) },
          {
            key: 'subject',
            title: '借据号',
            hidden: true,
            render: ({ lines }) => lines.find((l) => l.subject)?.subject ?? '',
          },
          { key: 'belongsTo', title: '所属月份', hidden: true },
          { key: 'reference', title: '业务唯一号', hidden: true },
          { key: 'recordedAt', title: '登记时间', hidden: true, render: ({ recordedAt }) => clock(recordedAt) },
          { key: 'hash', title: '散列值', hidden: true },
        ]}
      />
    </Page>
  );
}

function Lines({ of: lines, show }: { of: Entry['lines']; show(line: Entry['lines'][number]): React.ReactNode }) {
  return (
    <div className="entry-lines">
      {lines.map((line) => (
        <div key={line.lineNo}>{show(line) || ' '}</div>
      ))}
    </div>
  );
}
