import { Button, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
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
import { entriesOf } from './links.ts';
import { useBooks } from './useBooks.ts';

type TrialBalance = InferResponseType<(typeof api.ledger)['trial-balance']['$get'], 200>;
type Row = TrialBalance['rows'][number];

/** 试算平衡表 as of a day: on and off the balance sheet each by itself; every amount opens its entries. */
export default function TrialBalancePage() {
  const me = useMe();
  const [{ poolCode, asOf = me.today }, change] = useFilters('poolCode', 'asOf');
  const { data, error, refetch } = useAsk(['ledger', 'trial-balance', poolCode, asOf], () =>
    ask(api.ledger['trial-balance'].$get({ query: { asOf, ...(poolCode ? { poolCode } : {}) } })),
  );
  const { books, bookName } = useBooks();
  const whose = poolCode ? bookName(poolCode) : '全部账套';
  return (
    <Page
      title="试算平衡表"
      trail={[{ title: '记账凭证', to: '/ledger' }]}
      sentence={data && sentenceOf(data, whose)}
      actions={
        <>
          <Button onClick={() => window.print()}>打印</Button>
          <ExportBook list="/ledger/trial-balance" poolCode={poolCode} asOf={asOf} />
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
      {data && <Sheet of={data} />}
    </Page>
  );
}

function sentenceOf({ asOf, difference }: TrialBalance, whose: string) {
  return difference === '0.00'
    ? `${whose} ${asOf} 日终借贷平衡。`
    : `${whose} ${asOf} 日终借贷不平，差额 ${difference} 元，请立即核验账簿。`;
}

function Sheet({ of: { rows, onBalance, offBalance, asOf, ...total } }: { of: TrialBalance }) {
  const { bookName } = useBooks();
  const nameOf = useNames();
  const figure = (row: Row, value: string) =>
    value === '0.00' ? null : (
      <Link to={entriesOf({ poolCode: row.poolCode, account: row.code, key: row.key, to: asOf })}>
        <Money value={value} />
      </Link>
    );
  const sums = [
    ['表内合计', onBalance],
    ['表外合计', offBalance],
    ['合计', total],
  ] as const;
  return (
    <Table<Row>
      size="small"
      rowKey={({ poolCode, code, key }) => `${poolCode}/${code}/${key}`}
      pagination={false}
      dataSource={rows}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: '这一天还没有凭证' }}
      columns={[
        { title: '账套', render: (_, { poolCode }) => bookName(poolCode) },
        { title: '科目', dataIndex: 'code' },
        { title: '科目名称', dataIndex: 'name' },
        { title: '明细', render: (_, { key }) => nameOf(key) },
        { title: '借方余额', align: 'right', render: (_, row) => figure(row, row.debit) },
        { title: '贷方余额', align: 'right', render: (_, row) => figure(row, row.credit) },
      ]}
      summary={() => (
        <Table.Summary fixed>
          {sums.map(([label, { totalDebit, totalCredit }]) => (
            <Table.Summary.Row key={label}>
              <Table.Summary.Cell index={0} colSpan={4}>
                <strong>{label}</strong>
              </Table.Summary.Cell>
              <Table.Summary.Cell index={4} align="right">
                <Money value={totalDebit} />
              </Table.Summary.Cell>
              <Table.Summary.Cell index={5} align="right">
                <Money value={totalCredit} />
              </Table.Summary.Cell>
            </Table.Summary.Row>
          ))}
        </Table.Summary>
      )}
    />
  );
}
