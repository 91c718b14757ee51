import { Button, Table } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { FilterBar } from '../../parts/FilterBar.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { useNames } from '../../parts/useNames.ts';
import { useMe } from '../../session.ts';
import { ExportBook } from './ExportBook.tsx';
import type { Account } from './entry.ts';
import { entriesOf } from './links.ts';
import { useBooks } from './useBooks.ts';

/** 科目余额: what each account and party holds at the end of a day; each balance opens its entries. */
export default function AccountsPage() {
  const me = useMe();
  const nameOf = useNames();
  const [{ poolCode, asOf = me.today }, change] = useFilters('poolCode', 'asOf');
  const { data, error, refetch, isFetching } = useAsk(['ledger', 'accounts', poolCode, asOf], () =>
    ask(api.ledger.accounts.$get({ query: { asOf, ...(poolCode ? { poolCode } : {}) } })),
  );
  const { books, bookName } = useBooks();
  return (
    <Page
      title="科目余额"
      trail={[{ title: '记账凭证', to: '/ledger' }]}
      sentence={`${asOf} 日终余额，按余额方向列示；点开金额即见凭证。`}
      actions={
        <>
          <Link to={`/ledger/trial-balance?${new URLSearchParams({ asOf, ...(poolCode ? { poolCode } : {}) })}`}>
            <Button>试算平衡表</Button>
          </Link>
          <ExportBook list="/ledger/accounts" poolCode={poolCode} asOf={asOf} />
        </>
      }
    >
      <div className="table-bar no-print">
        <FilterBar
          filters={[
            { name: 'poolCode', label: '账套', kind: 'select', options: books, width: 180 },
            { name: 'asOf', label: '截至日期', kind: 'date' },
          ]}
          values={{ asOf, ...(poolCode ? { poolCode } : {}) }}
          onChange={change}
        />
      </div>
      <ProblemAlert error={error} retry={refetch} />
      <Table<Account>
        size="small"
        rowKey={({ poolCode, code, key }) => `${poolCode}/${code}/${key}`}
        pagination={false}
        loading={isFetching && { delay: 300 }}
        dataSource={data?.items ?? []}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: '账套', render: (_, { poolCode }) => bookName(poolCode) },
          { title: '科目', dataIndex: 'code' },
          { title: '科目名称', dataIndex: 'name' },
          { title: '明细', render: (_, { key }) => nameOf(key) },
          { title: '表内外', render: (_, { offBalance }) => (offBalance ? '表外' : '表内') },
          { title: '方向', render: (_, { normalSide }) => (normalSide === 'debit' ? '借' : '贷') },
          {
            title: '余额',
            align: 'right',
            render: (_, { poolCode, code, key, balance }) => (
              <Link to={entriesOf({ poolCode, account: code, key, to: asOf })}>
                <Money value={balance} />
              </Link>
            ),
          },
        ]}
      />
    </Page>
  );
}
