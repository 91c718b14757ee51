import { Table } from 'antd';
import { money, sum, toWire } from '../../../money/money.ts';
import { Money } from '../../parts/Money.tsx';
import { useNames } from '../../parts/useNames.ts';
import { receivableOf } from './receivable.ts';
import type { Claim, LossRow } from './types.ts';

/** What a write-off would take from each contributor, as the sheet has it: borne = recovered + written off before + now. */
export function ContributorSheet({ claim }: { claim: Claim }) {
  const nameOf = useNames();
  const rows = (claim.waterfall?.rows ?? []).filter(({ kind }) => kind === 'pool');
  const total = (of: (row: LossRow) => string) => toWire(sum(rows.map((row) => money(of(row)))));
  const columns: [title: string, of: (row: LossRow) => string][] = [
    ['补偿承担', ({ amount }) => amount],
    ['已收回', ({ recovered }) => recovered],
    ['此前已核销', ({ writtenOff }) => writtenOff],
    ['本次核销', receivableOf],
  ];
  return (
    <Table<LossRow>
      size="small"
      rowKey={({ bearer, party }) => `${bearer} ${party}`}
      pagination={false}
      dataSource={rows}
      columns={[
        { title: '出资单位', render: (_, { party }) => nameOf(party) },
        ...columns.map(([title, of]) => ({
          ...{ key: title, title, align: 'right' as const },
          render: (_: unknown, row: LossRow) => <Money value={of(row)} />,
        })),
      ]}
      summary={() => (
        <Table.Summary.Row className="sum-row">
          <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
          {columns.map(([title, of], i) => (
            <Table.Summary.Cell key={title} index={i + 1} align="right">
              <Money value={total(of)} />
            </Table.Summary.Cell>
          ))}
        </Table.Summary.Row>
      )}
    />
  );
}
