import { Table } from 'antd';
import { money, sum, toWire } from '../../../money/money.ts';
import { Money } from '../../parts/Money.tsx';
import type { Part, Simulated, Simulation } from './inputs.ts';
import { Steps } from './Steps.tsx';

interface Row {
  bearer: string;
  label: string;
  kind: Part['kind'];
  now: Part | undefined;
  proposed: Part | undefined;
}
type Side = 'now' | 'proposed';
type Field = 'amount' | 'recovered' | 'left';

/** Who bears what, as the rules are and as they would be, drawn and as one table. */
export function Result({ of, unpaid, recovered }: { of: Simulation; unpaid: string; recovered: boolean }) {
  const { now, proposed, occurredOn } = of;
  return (
    <>
      <p className="sentence" role="status">
        <Sentence now={now} proposed={proposed} occurredOn={occurredOn} unpaid={unpaid} />
      </p>
      <div className="columns two">
        {now && <Steps title={proposed ? '按现行条款' : '损失由谁承担'} of={now} unpaid={unpaid} />}
        {proposed && (
          <Steps title="按拟改条款" of={proposed} unpaid={unpaid} note="拟改的版本和试用的取值未经复核，只供比较。" />
        )}
      </div>
      <Compared now={now} proposed={proposed} recovered={recovered} />
    </>
  );
}

type Both = Pick<Simulation, 'now' | 'proposed'>;

function Sentence({ now, proposed, occurredOn, unpaid }: Both & { occurredOn: string; unpaid: string }) {
  const shown = now ?? proposed!;
  const more = now && proposed ? money(proposed.compensation).minus(now.compensation) : null;
  return (
    <>
      按 {occurredOn} 的{now ? '现行' : '拟改'}条款，损失 <Money value={unpaid} withUnit />
      {shown.countedUnpaid !== unpaid && (
        <>
          ，其中备案部分 <Money value={shown.countedUnpaid} withUnit />
        </>
      )}
      ，资金池支付 <Money value={shown.compensation} withUnit />
      {more && proposed && (
        <>
          ；按拟改条款支付 <Money value={proposed.compensation} withUnit />
          {more.isZero() ? '，没有变化' : more.isNegative() ? '，减少 ' : '，增加 '}
          {!more.isZero() && <Money value={toWire(more.abs())} withUnit />}
        </>
      )}
      。
    </>
  );
}

function Compared({ now, proposed, recovered }: Both & { recovered: boolean }) {
  const rows = rowsOf(now, proposed);
  const both = Boolean(now && proposed);
  const sides: Side[] = [...(now ? (['now'] as const) : []), ...(proposed ? (['proposed'] as const) : [])];
  const fields: [Field, string][] = recovered
    ? [
        ['amount', '承担'],
        ['recovered', '追偿归还'],
        ['left', '净损失'],
      ]
    : [['amount', '承担']];
  const cells = sides.flatMap((side) => fields.map(([field, title]) => ({ side, field, title })));
  const last = fields.at(-1)![0];
  const changeOf = (row: Row) => toWire(money(row.proposed?.[last] ?? '0.00').minus(row.now?.[last] ?? '0.00'));
  return (
    <Table<Row>
      size="small"
      rowKey="bearer"
      pagination={false}
      dataSource={rows}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '承担方', dataIndex: 'label' },
        { title: '承担方式', render: (_, { kind }) => (kind === 'pool' ? '资金池支付' : '自行承担') },
        ...cells.map(({ side, field, title }) => ({
          title: both ? `${side === 'now' ? '现行' : '拟改'}${title}` : title,
          key: `${side}${field}`,
          align: 'right' as const,
          render: (_: unknown, row: Row) => <Money value={row[side]?.[field] ?? '0.00'} />,
        })),
        ...(both
          ? [
              {
                ...{ title: recovered ? '净损失增减' : '增减', key: 'change', align: 'right' as const },
                render: (_: unknown, row: Row) => <Money value={changeOf(row)} />,
              },
            ]
          : []),
      ]}
      summary={() => (
        <Table.Summary.Row className="sum-row">
          <Table.Summary.Cell index={0} colSpan={2}>
            合计
          </Table.Summary.Cell>
          {cells.map(({ side, field }, i) => (
            <Table.Summary.Cell key={`${side}${field}`} index={2 + i} align="right">
              <Money value={toWire(sum(rows.map((row) => money(row[side]?.[field] ?? '0.00'))))} />
            </Table.Summary.Cell>
          ))}
          {both && (
            <Table.Summary.Cell index={2 + cells.length} align="right">
              <Money value={toWire(sum(rows.map((row) => money(changeOf(row)))))} />
            </Table.Summary.Cell>
          )}
        </Table.Summary.Row>
      )}
    />
  );
}

/** Everybody who bears of it on either side, in the clause's order. */
function rowsOf(now: Simulated | null, proposed: Simulated | null): Row[] {
  const all = [...(now?.parts ?? []), ...(proposed?.parts ?? [])];
  return [...new Map(all.map((part) => [part.bearer, part])).values()].map(({ bearer, label, kind }) => ({
    ...{ bearer, label, kind },
    now: now?.parts.find((part) => part.bearer === bearer),
    proposed: proposed?.parts.find((part) => part.bearer === bearer),
  }));
}
