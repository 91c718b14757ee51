import { Button, Empty, Skeleton } from 'antd';
import { useState } from 'react';
import { Exact, formatYuan, money, sum } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FilterBar } from '../../parts/FilterBar.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { may, useMe } from '../../session.ts';
import { BudgetCard } from './BudgetCard.tsx';
import { NewBudget } from './NewBudget.tsx';
import type { Budget } from './types.ts';
import './budgets.css';

/** 补贴预算: what each year has for each scheme, how much of it is promised, paid and come back; every figure a balance of its book. */
export default function BudgetsPage() {
  const me = useMe();
  const [opening, setOpening] = useState(false);
  const [filter, change] = useFilters('year', 'scheme');
  const { data, error, refetch } = useAsk(['budgets'], () => ask(api.budgets.$get({ query: {} })));
  const all = data?.items ?? [];
  const rows = all.filter(
    ({ year, scheme }) => (!filter.year || filter.year === `${year}`) && (!filter.scheme || filter.scheme === scheme),
  );
  const options = (values: [string, string][]) => [...new Map(values)].map(([value, label]) => ({ value, label }));
  const schemes = options(all.map(({ scheme, schemeTitle }) => [scheme, schemeTitle]));
  return (
    <Page
      title="补贴预算"
      sentence={data && sentenceOf(rows)}
      actions={
        may(me, 'budget.write') && (
          <Button type="primary" onClick={() => setOpening(true)}>
            登记年度预算
          </Button>
        )
      }
    >
      <ProblemAlert error={error} retry={refetch} />
      {!data && !error && <Skeleton active />}
      {all.length > 1 && (
        <div className="table-bar no-print">
          <FilterBar
            filters={[
              {
                ...{ name: 'year', label: '年度', kind: 'select' },
                options: options(all.map(({ year }) => [`${year}`, `${year} 年`])),
              },
              ...(schemes.length > 1
                ? [{ name: 'scheme', label: '政策', kind: 'select' as const, options: schemes, width: 320 }]
                : []),
            ]}
            values={filter as Record<string, string>}
            onChange={change}
          />
        </div>
      )}
      {data && rows.length === 0 && (
        <Empty description="没有登记预算。预算批复后由财务登记，登记后方可公示和分配补贴。" />
      )}
      {rows.map((budget) => (
        <BudgetCard key={budget.code} budget={budget} />
      ))}
      {opening && <NewBudget onClose={() => setOpening(false)} />}
    </Page>
  );
}

function sentenceOf(rows: Budget[]): string {
  if (rows.length === 0) return '还没有登记的预算。';
  const total = (pick: (budget: Budget) => string) => sum(rows.map((budget) => money(pick(budget))));
  const amount = total((b) => b.amount);
  const paid = total((b) => b.paid);
  const rate = amount.isZero() ? '0.00' : new Exact(paid).times(100).div(amount).toFixed(2);
  return `${rows.length} 项预算共 ${formatYuan(amount)} 元，已拨付 ${formatYuan(paid)} 元（${rate}%），尚可分配 ${formatYuan(total((b) => b.available))} 元。`;
}
