import { Table } from 'antd';
import { useMemo } from 'react';
import { percentOf } from '../../../loans/ratio.ts';
import { formatYuan, money, sum, toWire } from '../../../money/money.ts';
import { Chart } from '../../parts/Chart.tsx';
import { Cites } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { useNames } from '../../parts/useNames.ts';
import { flowOf, flowOption, flowSummary, type Part, partsOf } from './flow.ts';
import type { Claim } from './types.ts';

type Field = 'amount' | 'recovered' | 'receivable' | 'writtenOff' | 'refunded';

/** 损失由谁承担: drawn as it flows from the unpaid principal to who bears it and what became of it, and as a table with the articles. */
export function Waterfall({ claim }: { claim: Claim }) {
  const institution = useNames();
  const name = (part: Part) => {
    const party = institution(part.party);
    return part.party === part.bearer || party === part.party || part.label.includes(party)
      ? part.label
      : `${part.label}（${party}）`;
  };
  const parts = partsOf(claim);
  const names = parts.map(name).join();
  const option = useMemo(() => flowOption(flowOf(claim, institution)), [claim, names]);
  if (parts.length === 0) return <p className="hint-line">按填报的内容还不能算出各方承担多少，见下方核对结果。</p>;
  const paid = claim.waterfall !== null;
  const height = Math.max(220, 64 * parts.filter(({ amount }) => amount !== '0.00').length + 60);
  return (
    <section aria-label="损失由谁承担">
      <h2>损失由谁承担{paid ? '、收回多少' : ''}</h2>
      <div className="flow">
        <Chart option={option} height={height} summary={flowSummary(claim, name)} />
      </div>
      <Table<Part>
        size="small"
        rowKey="key"
        pagination={false}
        dataSource={parts}
        columns={[
          { title: '承担方', render: (_, part) => name(part) },
          {
            title: '承担方式',
            className: 'nowrap',
            render: (_, { kind }) => (kind === 'pool' ? '资金池支付' : '自行承担'),
          },
          amount('承担金额', 'amount'),
          {
            title: '占比',
            align: 'right',
            render: (_, part) => (
              <span className="figure">{percentOf(money(part.amount), money(claim.unpaidPrincipal))}%</span>
            ),
          },
          ...(paid ? [amount('已收回', 'recovered'), amount('尚未收回', 'receivable')] : []),
          ...(some(parts, 'writtenOff') ? [amount('已核销', 'writtenOff')] : []),
          ...(some(parts, 'refunded') ? [amount('已退回', 'refunded')] : []),
          {
            title: '依据',
            render: (_, { bearer }) => <Cites cites={claim.shares.find((s) => s.bearer === bearer)?.cites ?? []} />,
          },
        ]}
        summary={() => <Total parts={parts} paid={paid} />}
      />
      <BeyondBearers claim={claim} />
    </section>
  );
}

const some = (parts: Part[], field: Field) => parts.some((part) => part[field] !== '0.00');
const total = (parts: Part[], field: Field) => toWire(sum(parts.map((part) => money(part[field]))));
const amount = (title: string, field: Field) => ({
  ...{ title, align: 'right' as const, render: (_: unknown, part: Part) => <Money value={part[field]} /> },
});

function Total({ parts, paid }: { parts: Part[]; paid: boolean }) {
  const fields: Field[] = [
    ...(paid ? (['recovered', 'receivable'] as const) : []),
    ...(['writtenOff', 'refunded'] as const).filter((field) => some(parts, field)),
  ];
  return (
    <Table.Summary.Row className="sum-row">
      <Table.Summary.Cell index={0} colSpan={2}>
        合计
      </Table.Summary.Cell>
      <Table.Summary.Cell index={2} align="right">
        <Money value={total(parts, 'amount')} />
      </Table.Summary.Cell>
      <Table.Summary.Cell index={3} align="right">
        <span className="figure">100.00%</span>
      </Table.Summary.Cell>
      {fields.map((field, i) => (
        <Table.Summary.Cell key={field} index={4 + i} align="right">
          <Money value={total(parts, field)} />
        </Table.Summary.Cell>
      ))}
      <Table.Summary.Cell index={4 + fields.length} />
    </Table.Summary.Row>
  );
}

/** Costs of the pursuit, and what came back beyond every bearer's part. */
function BeyondBearers({ claim: { waterfall } }: { claim: Claim }) {
  if (!waterfall) return null;
  const { costs, bankInterest, borrower } = waterfall;
  const said = [
    costs.paid === '0.00' ? '' : `追偿费用 ${yuan(costs.paid)}，已从回款中抵付 ${yuan(costs.repaid)}`,
    costs.writtenOff === '0.00' ? '' : `资金池垫付的追偿费用已核销 ${yuan(costs.writtenOff)}`,
    bankInterest === '0.00' ? '' : `各方收回后归合作银行经证明的利息 ${yuan(bankInterest)}`,
    borrower === '0.00' ? '' : `退还借款人 ${yuan(borrower)}`,
  ].filter(Boolean);
  return said.length > 0 ? <p className="hint-line">{said.join('；')}。</p> : null;
}

const yuan = (value: string): string => `${formatYuan(money(value))} 元`;
