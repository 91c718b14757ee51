import { Table } from 'antd';
import { formatYuan, money, sum } from '../../../money/money.ts';
import { Money } from '../../parts/Money.tsx';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { FEE_NAMES, type GuaranteeLife } from './types.ts';

type Fee = GuaranteeLife['fees'][number];

/** The month, up to when it is counted, and whose settlement takes it where its own was closed. */
function monthOf({ period, through, takenIn }: Fee): string {
  if (through) return `${period}（至 ${through}）`;
  return takenIn ? `${period}（补计入 ${takenIn} 结算）` : period;
}

/** 担保费 month by month, by the liability of each day: who owes it to whom, and how it is worked out. */
export function Fees({ of: { fees, annualRate, role } }: { of: GuaranteeLife }) {
  const name = FEE_NAMES[role];
  if (!annualRate) return null;
  const total = sum(fees.map(({ amount }) => money(amount)));
  return (
    <section aria-label={name}>
      <h2>{name}</h2>
      <p className="hint-line">
        按责任余额逐日计算，年费率 {annualRate}%，至今共 {formatYuan(total)} 元；每月随结算列入结算单。
      </p>
      <Table<Fee>
        size="small"
        rowKey="period"
        pagination={fees.length > 12 && { pageSize: 12, showSizeChanger: false }}
        dataSource={[...fees].reverse()}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: `还没有产生${name}` }}
        columns={[
          { title: '月份', render: (_, fee) => monthOf(fee) },
          { title: '付费方', dataIndex: 'owedBy' },
          { title: '收费方', dataIndex: 'owedTo' },
          {
            title: '金额',
            align: 'right',
            render: (_, { amount, period, explanation }) => (
              <>
                <Why of={explanation as Explanation} title={`${period} ${name}`} />
                <Money value={amount} />
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
