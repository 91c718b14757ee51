import { Button, Descriptions, Skeleton } from 'antd';
import { useParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useBooks } from '../../parts/useBooks.ts';
import { ExportLines } from './ExportLines.tsx';
import type { BankLine, Statement } from './types.ts';

/** One statement: its figures, its lines as the bank gave them, and the file itself. */
export default function StatementPage() {
  const { id = '' } = useParams();
  const { bookName } = useBooks();
  const { data, error, refetch } = useAsk(['bank-statements', id], () =>
    ask(api['bank-statements'][':id'].$get({ param: { id } })),
  );
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const { poolCode, accountNo, from, to } = data;
  return (
    <Page
      title={`${bookName(poolCode)} 银行流水`}
      trail={[{ title: '银行流水', to: '/bank-statements' }]}
      sentence={sentenceOf(data)}
      actions={
        <>
          <ExportLines accountNo={accountNo} />
          <Button href={`/api/v1/bank-statements/${id}/file`}>下载原件</Button>
        </>
      }
    >
      <Facts of={data} />
      <h2>
        {from} 至 {to} 的明细
      </h2>
      <DataTable<BankLine>
        from="/bank-lines"
        fixed={{ accountNo, from, to }}
        rowKey="id"
        pageSize={50}
        columns={COLUMNS}
        filters={[
          { name: 'q', label: '流水号、对方、摘要', kind: 'search' },
          {
            ...{ name: 'direction', label: '收支', kind: 'select' },
            options: [
              { value: 'in', label: '收' },
              { value: 'out', label: '付' },
            ],
          },
        ]}
        empty="这一期间没有交易。"
      />
    </Page>
  );
}

function Facts({ of: { poolCode, accountNo, from, to, fileName, format, importedOn, ...s } }: { of: Statement }) {
  const { bookName } = useBooks();
  const items = [
    ['专户', `${bookName(poolCode)} ${accountNo}`],
    ['期间', `${from} 至 ${to}`],
    ['导入', `${importedOn}，${s.lines} 笔中新增 ${s.newLines} 笔`],
    ['期初余额', <Money key="" value={s.opening} />],
    ['收入', <Money key="" value={s.moneyIn} />],
    ['支出', <Money key="" value={s.moneyOut} />],
    ['期末余额', <Money key="" value={s.closing} />],
    ['原件', `${fileName}（${format}）`],
  ] as const;
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 2, xl: 3 }}
      items={items.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}

const COLUMNS: Column<BankLine>[] = [
  {
    key: 'occurredOn',
    title: '日期',
    sortable: true,
    render: ({ occurredOn, time }) => <span className="nowrap">{`${occurredOn}${time ? ` ${time}` : ''}`}</span>,
  },
  {
    key: 'in',
    title: '收入',
    align: 'right',
    render: ({ direction, amount }) => direction === 'in' && <Money value={amount} />,
  },
  {
    key: 'out',
    title: '支出',
    align: 'right',
    render: ({ direction, amount }) => direction === 'out' && <Money value={amount} />,
  },
  { key: 'balance', title: '余额', align: 'right', render: ({ balance }) => <Money value={balance} /> },
  {
    key: 'counterpartyName',
    title: '对方',
    render: (row) => <div className="memo">{row.counterpartyName ?? '—'}</div>,
  },
  { key: 'memo', title: '摘要', render: ({ memo }) => <div className="memo">{memo || '—'}</div> },
  { key: 'serial', title: '流水号', render: ({ serial }) => serial ?? '—' },
  { key: 'counterpartyAccount', title: '对方账号', hidden: true },
];

function sentenceOf({ opening, moneyIn, moneyOut, closing, lines }: Statement) {
  return (
    <>
      期初 <Money value={opening} /> 元，收入 <Money value={moneyIn} /> 元，支出 <Money value={moneyOut} /> 元，期末{' '}
      <Money value={closing} /> 元；{lines} 笔的余额逐行相符。
    </>
  );
}
