import { Table, Tooltip } from 'antd';
import { Link } from 'react-router';
import { money, sum, toWire } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useNames } from '../../parts/useNames.ts';
import { may, useMe } from '../../session.ts';
import { entryAt } from '../ledger/links.ts';
import { isShare, wordsOf } from './Distribution.tsx';
import { ReverseEvent } from './ReverseEvent.tsx';
import type { Claim, DistributionRow, Recovery } from './types.ts';

/** 回款 of a claim, each with what every bearer got of it, and the sums; whether the bank remitted in time; a mistaken one is taken back. */
export function Receipts({ claim, onChanged }: { claim: Claim; onChanged(): void }) {
  const nameOf = useNames();
  const { data, error, refetch } = useAsk(['recoveries', claim.id], () =>
    ask(api.recoveries.$get({ query: { claimId: claim.id, sort: 'id', limit: '500' } })),
  );
  const all = data?.items ?? [];
  const counted = all.filter(({ reversed }) => !reversed);
  const columns = columnsOf(claim, all, nameOf);
  return (
    <>
      <ProblemAlert error={error} retry={refetch} />
      <Table<Recovery>
        size="small"
        rowKey="id"
        pagination={false}
        loading={!data && !error}
        dataSource={all}
        scroll={{ x: 'max-content' }}
        rowClassName={({ reversed }) => (reversed ? 'reversed' : '')}
        locale={{ emptyText: '还没有回款。银行收到后应在规定时限内汇入专户，由财务登记。' }}
        columns={[
          { title: '到账日期', dataIndex: 'receivedOn' },
          {
            title: '回单号',
            render: (_, { receiptNo, accountNo }) => <span title={`到账账号 ${accountNo}`}>{receiptNo}</span>,
          },
          { title: '到账金额', align: 'right', render: (_, row) => <Booked of={row} claim={claim} /> },
          ...columns.map(({ key, title }) => ({
            ...{ key, title, align: 'right' as const },
            render: (_: unknown, row: Recovery) => <Money value={amountIn(row, key)} />,
          })),
          { title: '汇缴', render: (_, row) => <Remitted of={row} /> },
          {
            title: '所属月份',
            render: (_, { belongsTo, occurredOn }) =>
              belongsTo ? `${belongsTo}（记入 ${occurredOn.slice(0, 7)}）` : occurredOn.slice(0, 7),
          },
          {
            ...{ title: '', key: 'act', className: 'no-print' },
            render: (_, { id }) => {
              const event = claim.events.find((e) => e.id === id);
              return event && <ReverseEvent claimId={claim.id} of={event} onChanged={onChanged} />;
            },
          },
        ]}
        summary={() =>
          counted.length > 0 && (
            <Table.Summary.Row className="sum-row">
              <Table.Summary.Cell index={0} colSpan={2}>
                合计 {counted.length} 笔
              </Table.Summary.Cell>
              <Table.Summary.Cell index={2} align="right">
                <Money value={total(counted.map(({ amount }) => amount))} />
              </Table.Summary.Cell>
              {columns.map(({ key }, i) => (
                <Table.Summary.Cell key={key} index={3 + i} align="right">
                  <Money value={total(counted.map((row) => amountIn(row, key) ?? '0.00'))} />
                </Table.Summary.Cell>
              ))}
              <Table.Summary.Cell index={3 + columns.length} colSpan={3} />
            </Table.Summary.Row>
          )
        }
      />
    </>
  );
}

/** What came in, with its entry for who may read the book. */
function Booked({ of: { id, amount }, claim: { events, poolCode } }: { of: Recovery; claim: Claim }) {
  const reference = events.find((event) => event.id === id)?.reference;
  const shown = <Money value={amount} />;
  return may(useMe(), 'ledger.read') && reference ? <Link to={entryAt(poolCode, reference)}>{shown}</Link> : shown;
}

const total = (amounts: string[]): string => toWire(sum(amounts.map(money)));

/** The column an amount stands in: that of its bearer, also after a write-off, or of what else it was for. */
const placeOf = ({ kind, bearer, party }: DistributionRow): string =>
  isShare({ kind } as DistributionRow) ? `${bearer} ${party}` : kind;

function amountIn({ distribution }: Recovery, place: string): string | undefined {
  const here = distribution.filter((row) => placeOf(row) === place);
  return here.length > 0 ? total(here.map(({ amount }) => amount)) : undefined;
}

/** A column for every bearer, and for what else receipts were used for where there was any. */
function columnsOf({ waterfall }: Claim, receipts: Recovery[], nameOf: (code: string) => string) {
  const bearers = (waterfall?.rows ?? []).map(({ bearer, party, label }) => ({
    key: `${bearer} ${party}`,
    title: <Tooltip title={nameOf(party)}>{label}</Tooltip>,
  }));
  const others = receipts.flatMap(({ distribution }) => distribution.filter((row) => !isShare(row)));
  return [
    ...bearers,
    ...new Map(others.map((row) => [row.kind, { key: row.kind, title: <>{wordsOf(row)}</> }])).values(),
  ];
}

/** Whether the bank kept its days. */
export function Remitted({ of: { remittance } }: { of: Recovery }) {
  const late = remittance.verdict === 'warn';
  return (
    <Tooltip title={remittance.message}>
      <span>
        <Toned tone={late ? 'past' : 'within'}>{late ? '逾期汇缴' : '按期汇缴'}</Toned>
      </span>
    </Tooltip>
  );
}
