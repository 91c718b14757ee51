import { Card, Table } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { useBooks } from '../../parts/useBooks.ts';
import { ClosingCard } from '../closing/ClosingCard.tsx';
import { Decision } from '../differences/Decision.tsx';
import { factOf, KINDS } from '../differences/words.ts';
import { ConfirmRun } from '../reconciliations/ConfirmRun.tsx';
import type { useClosing } from './useClosing.ts';

type Found = ReturnType<typeof useClosing>['found'];

/** Differences, reconciled months and closings that wait for a second person, each with what its word would do. */
export function ClosingWaiting({
  of: { differences, identified, runs, closings, yearClosings },
  Section,
}: {
  of: Found;
  Section(props: { title: string; count: number; children: ReactNode }): ReactNode;
}) {
  const { bookName } = useBooks();
  return (
    <>
      <Section title="对账差异的处理" count={differences.length}>
        {differences.map((difference) => {
          const [before, after] = factOf(difference);
          return (
            <Card
              key={difference.id}
              className="month"
              title={
                <Link to={`/differences/${difference.id}`}>
                  {KINDS[difference.kind]}（{bookName(difference.poolCode)}）
                </Link>
              }
            >
              <p>
                {before}
                <Money value={difference.amount} />
                {after}
                {difference.text && `：${difference.text}`}。
              </p>
              <Decision of={difference} />
            </Card>
          );
        })}
      </Section>
      <Section title="待查款项的归属" count={identified.length}>
        <ul className="todos">
          {identified.map(({ id, occurredOn, amount, text }) => (
            <li key={id}>
              <Link to={`/differences/${id}`}>
                {occurredOn} {text}
              </Link>
              <Money value={amount} withUnit />
            </li>
          ))}
        </ul>
      </Section>
      <Section title="银行对账的确认" count={runs.length}>
        <Table<Found['runs'][number]>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={runs}
          scroll={{ x: 'max-content' }}
          columns={[
            {
              title: '月份',
              render: (_, { id, period }) => <Link to={`/reconciliations/${id}/bridge`}>{period} 余额调节表</Link>,
            },
            { title: '账套', render: (_, { poolCode }) => bookName(poolCode) },
            { title: '银行余额', align: 'right', render: (_, { bankClosing }) => <Money value={bankClosing} /> },
            { title: '账面余额', align: 'right', render: (_, { ledgerClosing }) => <Money value={ledgerClosing} /> },
            { title: '未说明', align: 'right', render: (_, { unexplained }) => <Money value={unexplained} /> },
            { title: '', key: 'act', render: (_, run) => <ConfirmRun of={run} /> },
          ]}
        />
      </Section>
      <Section title="结账" count={closings.length}>
        {closings.map(({ id, poolName: name, period }) => (
          <ClosingCard key={id} id={id} title={`${name} ${period}`} />
        ))}
      </Section>
      <Section title="年终结账" count={yearClosings.length}>
        <ul className="todos">
          {yearClosings.map(({ id, poolName: name, year }) => (
            <li key={id}>
              <Link to={`/year-closings/${id}`}>
                {name} {year} 年终结账
              </Link>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
