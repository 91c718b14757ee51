import { useCallback } from 'react';
import { Link } from 'react-router';
import { lastDay, periodOf, previousPeriod } from '../../../calendar/settlement-period.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import type { Filter } from '../../parts/FilterBar.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { useBooks } from '../../parts/useBooks.ts';
import { may, useMe } from '../../session.ts';
import { type Account, useAccounts } from '../reconciliations/useAccounts.ts';
import { DropFiles } from './DropFiles.tsx';
import { ExportLines } from './ExportLines.tsx';
import { Profiles } from './Profiles.tsx';
import { ReadingCard } from './ReadingCard.tsx';
import type { Statement } from './types.ts';
import { useReading } from './useReading.ts';
import './bank-statements.css';

/** 银行流水: files dropped in and read one by one, then every statement there is. */
export default function StatementsPage() {
  const me = useMe();
  const accounts = useAccounts();
  const { readings, add, again, drop } = useReading();
  const onFiles = useCallback(add, []);
  const { books } = useBooks();
  const filters: Filter[] = [
    { name: 'q', label: '账号或文件名', kind: 'search' },
    ...(books.length > 1 ? [{ name: 'poolCode', label: '账套', kind: 'select' as const, options: books }] : []),
  ];
  return (
    <Page title="银行流水" sentence={accounts.length > 0 && sentenceOf(accounts, me.today)} actions={<ExportLines />}>
      {may(me, 'bankStatement.import') && <DropFiles onFiles={onFiles} />}
      <div aria-live="polite">
        {readings.map((reading) => (
          <ReadingCard
            key={reading.key}
            reading={reading}
            onAgain={(said) => again(reading, said)}
            onDrop={() => drop(reading.key)}
          />
        ))}
      </div>
      <h2>已导入的对账单</h2>
      <DataTable<Statement>
        from="/bank-statements"
        rowKey="id"
        columns={useColumnsOf()}
        filters={filters}
        empty="还没有导入对账单。从银行网银导出专户的交易明细，拖到上面即可。"
      />
      {may(me, 'bankStatement.import') && <Profiles />}
    </Page>
  );
}

function useColumnsOf(): Column<Statement>[] {
  const { bookName } = useBooks();
  const money = (key: 'opening' | 'moneyIn' | 'moneyOut' | 'closing', title: string): Column<Statement> => ({
    ...{ key, title, align: 'right', render: (row) => <Money value={row[key]} /> },
  });
  return [
    { key: 'poolCode', title: '账套', sortable: true, render: ({ poolCode }) => bookName(poolCode) },
    {
      key: 'accountNo',
      title: '账号',
      sortable: true,
      render: (row) => <span className="figure left">{row.accountNo}</span>,
    },
    { key: 'from', title: '起', sortable: true },
    { key: 'to', title: '止', sortable: true, render: ({ id, to }) => <Link to={`/bank-statements/${id}`}>{to}</Link> },
    money('opening', '期初余额'),
    money('moneyIn', '收入'),
    money('moneyOut', '支出'),
    money('closing', '期末余额'),
    { key: 'lines', title: '笔数', align: 'right' },
    { key: 'newLines', title: '其中新增', align: 'right', hidden: true },
    { key: 'fileName', title: '文件', hidden: true },
    { key: 'format', title: '格式', hidden: true },
    { key: 'importedOn', title: '导入日期', sortable: true, hidden: true },
  ];
}

/** Up to when each account's statements reach, the furthest behind first. */
function sentenceOf(accounts: Account[], today: string): string {
  const end = lastDay(previousPeriod(periodOf(today)));
  const behind = accounts
    .filter(({ coveredTo }) => coveredTo === null || coveredTo < end)
    .toSorted((a, b) => ((a.coveredTo ?? '') < (b.coveredTo ?? '') ? -1 : 1));
  if (behind.length === 0) return `${accounts.length} 个专户的流水均已导入至 ${end} 或以后。`;
  const words = behind
    .slice(0, 3)
    .map(({ poolName, coveredTo }) => (coveredTo ? `${poolName}只到 ${coveredTo}` : `${poolName}还没有导入`));
  return `${accounts.length} 个专户中有 ${behind.length} 个的流水不到 ${end}：${words.join('，')}${behind.length > 3 ? '等' : ''}。`;
}
