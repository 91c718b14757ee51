import { Table } from 'antd';
import { money, sum, toWire } from '../../../money/money.ts';
import { Money } from '../../parts/Money.tsx';
import { useNames } from '../../parts/useNames.ts';
import { receivableOf } from './receivable.ts';
import type { Claim, LossRow } from './types.ts';

/** What of a contributor's is at stake: its parts of the loss, and its part of what the pool paid for the pursuit. */
interface SheetRow {
  party: string;
  own: LossRow[];
  cost: string;
}

/** What a write-off would take from each contributor, as the sheet has it: borne = recovered + written off before + now, and what the pool paid for the pursuit beside it. */
export function ContributorSheet({ claim }: { claim: Claim }) {
  const nameOf = useNames();
  const rows = sheetRows(claim);
  const columns = columnsFor(claim);
  return (
    <Table<SheetRow>
      size="small"
      rowKey="party"
      pagination={false}
      dataSource={rows}
      columns={[
        { title: '出资单位', render: (_, { party }) => nameOf(party) },
        ...columns.map(([title, of]) => ({
          ...{ key: title, title, align: 'right' as const },
          render: (_: unknown, row: SheetRow) => <Money value={of(row)} />,
        })),
      ]}
      summary={() => (
        <Table.Summary.Row className="sum-row">
          <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
          {columns.map(([title, of], i) => (
            <Table.Summary.Cell key={title} index={i + 1} align="right">
              <Money value={toWire(sum(rows.map((row) => money(of(row)))))} />
            </Table.Summary.Cell>
          ))}
        </Table.Summary.Row>
      )}
    />
  );
}

function sheetRows({ waterfall, writeOffCost }: Claim): SheetRow[] {
  const byParty = Map.groupBy(
    (waterfall?.rows ?? []).filter(({ kind }) => kind === 'pool'),
    ({ party }) => party,
  );
  const costs = new Map(writeOffCost.map(({ party, amount }) => [party, amount]));
  const parties = [...new Set([...byParty.keys(), ...costs.keys()])];
  return parties.map((party) => ({ party, own: byParty.get(party) ?? [], cost: costs.get(party) ?? '0.00' }));
}

function columnsFor({ writeOffCost }: Claim): [title: string, of: (row: SheetRow) => string][] {
  const total =
    (of: (row: LossRow) => string) =>
    ({ own }: SheetRow) =>
      toWire(sum(own.map((row) => money(of(row)))));
  const now = total(receivableOf);
  return [
    ['补偿承担', total(({ amount }) => amount)],
    ['已收回', total(({ recovered }) => recovered)],
    ['此前已核销', total(({ writtenOff }) => writtenOff)],
    ['本次核销', now],
    ...(writeOffCost.length === 0
      ? []
      : ([
          ['垫付追偿费用', ({ cost }) => cost],
          ['核销合计', (row) => toWire(money(now(row)).plus(row.cost))],
        ] as [string, (row: SheetRow) => string][])),
  ];
}
