import { Table } from 'antd';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useBanks } from '../../parts/useChoices.ts';
import type { BankSum } from './words.ts';

/** Each bank's loans as the three have them. */
export function BankSums({ banks }: { banks: BankSum[] }) {
  const names = useBanks();
  const money = (title: string, field: 'reported' | 'registered' | 'reserve' | 'ledgerReserve') => ({
    title,
    align: 'right' as const,
    render: (_: unknown, row: BankSum) => <Money value={row[field]} />,
  });
  const count = (title: string, field: 'loans' | 'reportedLoans') => ({
    title,
    align: 'right' as const,
    render: (_: unknown, row: BankSum) => <span className="figure">{row[field]}</span>,
  });
  return (
    <section>
      <h2>各银行合计</h2>
      <Table<BankSum>
        size="small"
        rowKey="bankCode"
        pagination={false}
        dataSource={banks}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            title: '合作银行',
            render: (_, { bankCode }) => names.find(({ value }) => value === bankCode)?.label ?? bankCode,
          },
          { title: '银行（月报）', children: [count('笔数', 'reportedLoans'), money('贷款余额（元）', 'reported')] },
          {
            title: '主管部门（台账）',
            children: [
              count('笔数', 'loans'),
              money('贷款余额（元）', 'registered'),
              money('准备金占用额（元）', 'reserve'),
            ],
          },
          { title: '资金池（账面）', children: [money('准备金占用额（元）', 'ledgerReserve')] },
          {
            title: '差异',
            render: (_, { differences }) =>
              differences === 0 ? <Toned tone="within">一致</Toned> : <Toned tone="past">{differences} 项</Toned>,
          },
        ]}
      />
    </section>
  );
}
