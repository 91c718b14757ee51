import { Table } from 'antd';
import type { DayCountBasis } from '../../../calendar/day-count.ts';
import { type Instalment, type RepaymentMethod, schedule } from '../../../loans/schedule.ts';
import { formatYuan, money, sum, toWire } from '../../../money/money.ts';
import { ratePercent } from '../../../money/rate.ts';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import type { Filing } from '../filings/types.ts';
import type { Loan } from './types.ts';

/** 还款计划: the instalments by the contract's own arithmetic, the one the monthly report is compared with; the next one is marked. */
export function Schedule({ loan, filing, today }: { loan: Loan; filing: Filing; today: string }) {
  const lines = linesOf(loan, filing);
  const next = loan.status === 'active' ? lines.find(({ dueOn }) => dueOn >= today) : undefined;
  const interest = sum(lines.map((line) => line.interest));
  return (
    <section aria-label="还款计划">
      <h2>还款计划</h2>
      <p>
        按合同条件计算，共 {lines.length} 次，利息合计 {formatYuan(interest)} 元。
        {next && `下一次 ${next.dueOn}，本金 ${formatYuan(next.principal)} 元，利息 ${formatYuan(next.interest)} 元。`}
        {loan.maturesOn !== filing.maturesOn && `已展期，原到期日 ${filing.maturesOn}。`}
      </p>
      <Table<Instalment>
        size="small"
        rowKey="dueOn"
        pagination={lines.length > 12 && { pageSize: 12, showSizeChanger: false }}
        dataSource={lines}
        columns={[
          {
            title: '应还日期',
            render: (_, line) => (
              <>
                {line.dueOn} {line === next && <Toned tone="near">下一次</Toned>}
              </>
            ),
          },
          { title: '本金', align: 'right', render: (_, { principal }) => <Money value={toWire(principal)} /> },
          { title: '利息', align: 'right', render: (_, line) => <Money value={toWire(line.interest)} /> },
          { title: '还后余额', align: 'right', render: (_, line) => <Money value={toWire(line.outstandingAfter)} /> },
        ]}
      />
    </section>
  );
}

function linesOf(loan: Loan, filing: Filing): Instalment[] {
  return schedule({
    principal: money(loan.principal),
    annualRate: ratePercent(loan.annualRate),
    disbursedOn: loan.disbursedOn ?? filing.disbursedOn,
    maturesOn: loan.maturesOn,
    dayCountBasis: filing.dayCountBasis as DayCountBasis,
    repaymentMethod: filing.repaymentMethod as RepaymentMethod,
  });
}
