import { Table } from 'antd';
import { Link } from 'react-router';
import { Exact, sum, toWire } from '../../../money/money.ts';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useOptions } from './useOptions.ts';
import type { Difference, Options } from './words.ts';

type Pair = Options['pairs'][number];
type Row = Pair['lines'][number] & { side: string };

/** What on the other side may belong to a difference: both shown together, with what they differ by. */
export function Pairs({ of: { id } }: { of: Difference }) {
  const { data } = useOptions(id);
  if (!data || data.pairs.length === 0) return null;
  return (
    <section>
      <h2>可能对应的另一方</h2>
      {data.pairs.map((pair) => (
        <PairTable key={`${pair.lines.map((l) => l.id)}/${pair.legs.map((l) => l.id)}`} pair={pair} own={id} />
      ))}
    </section>
  );
}

function PairTable({ pair, own }: { pair: Pair; own: string }) {
  const total = (items: Pair['lines']) =>
    sum(items.map(({ direction, amount }) => (direction === 'in' ? new Exact(amount) : new Exact(amount).neg())));
  const gap = toWire(total(pair.lines).minus(total(pair.legs)));
  const rows: Row[] = [
    ...pair.lines.map((line) => ({ ...line, side: '银行' })),
    ...pair.legs.map((leg) => ({ ...leg, side: '账面' })),
  ];
  return (
    <>
      <p>
        <Toned tone="near">
          {pair.label} {pair.confidence}%
        </Toned>
        {pair.reason}
        <Advice rule={pair.rule} gap={gap} />
      </p>
      <Table<Row>
        size="small"
        rowKey={({ side, id }) => `${side}${id}`}
        pagination={false}
        dataSource={rows}
        rowClassName={({ differenceId }) => (differenceId === own ? 'current-row' : '')}
        columns={[
          { title: '哪一方', dataIndex: 'side' },
          { title: '日期', dataIndex: 'occurredOn' },
          {
            ...{ title: '金额', align: 'right' },
            render: (_, { direction, amount }) => <Money value={direction === 'in' ? amount : `-${amount}`} />,
          },
          { title: '流水号或回单号', render: (_, { number }) => number ?? '—' },
          {
            title: '对方与摘要',
            render: (_, { differenceId, text }) =>
              differenceId && differenceId !== own ? <Link to={`/differences/${differenceId}`}>{text}</Link> : text,
          },
        ]}
      />
    </>
  );
}

/** What to do about a pair: match it by hand, or find out which side is wrong. */
function Advice({ rule, gap }: { rule: string; gap: string }) {
  if (rule === 'ambiguous') return '；请在工作台逐笔标记后人工核对。';
  if (gap === '0.00') return '；两边金额相等，可在工作台接受。';
  return (
    <>
      ；银行与账面相差 <Money value={gap} withUnit />
      ，请查明后更正登记，或请银行更正。
    </>
  );
}
