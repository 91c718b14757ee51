import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { LOAN_DIFFERENCE_KINDS, LOAN_DIFFERENCE_STATUSES } from '../../../reconciliation/three-way.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import type { Filter } from '../../parts/FilterBar.tsx';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useBanks } from '../../parts/useChoices.ts';
import { LoanDifferenceNotes } from './LoanDifferenceNotes.tsx';
import { kindOf, type LoanDifference, statusOf } from './words.ts';

const optionsOf = (of: Record<string, string>) => Object.entries(of).map(([value, label]) => ({ value, label }));
const FILTERS: Filter[] = [
  { name: 'q', label: '借据号、企业', kind: 'search' },
  { name: 'kind', label: '类别', kind: 'select', options: optionsOf(LOAN_DIFFERENCE_KINDS) },
  { name: 'status', label: '状态', kind: 'select', options: optionsOf(LOAN_DIFFERENCE_STATUSES) },
];

/** The loans of which the three do not say the same, with what was found out about each. */
export function LoanDifferences({ poolCode, period }: { poolCode: string; period: string }) {
  const [shown, show] = useState<LoanDifference | null>(null);
  return (
    <section>
      <h2>差异</h2>
      <DataTable<LoanDifference>
        from="/loan-differences"
        fixed={{ poolCode, period }}
        rowKey="id"
        pageSize={50}
        columns={useColumns(show)}
        filters={FILTERS}
        empty="没有差异：每一笔贷款，银行月报、台账和准备金都一致。"
      />
      <Drawer
        title={shown && `借据号 ${shown.dueBillNo}`}
        open={shown !== null}
        onClose={() => show(null)}
        size="large"
      >
        {shown && <LoanDifferenceNotes id={shown.id} />}
      </Drawer>
    </section>
  );
}

function useColumns(show: (row: LoanDifference) => void): Column<LoanDifference>[] {
  const banks = useBanks();
  const money = (value: string | null) => (value === null ? '—' : <Money value={value} />);
  return [
    {
      ...{ key: 'dueBillNo', title: '借据号' },
      render: (row) => (
        <Button type="link" size="small" onClick={() => show(row)}>
          {row.dueBillNo}
        </Button>
      ),
    },
    { key: 'enterprise', title: '企业', render: ({ enterprise }) => enterprise ?? '—' },
    {
      ...{ key: 'bankCode', title: '合作银行', sortable: true, hidden: banks.length < 2 },
      render: ({ bankCode }) => banks.find(({ value }) => value === bankCode)?.label ?? bankCode,
    },
    { key: 'kind', title: '类别', sortable: true, render: ({ kind }) => kindOf(kind) },
    { key: 'reported', title: '月报余额', align: 'right', render: ({ reported }) => money(reported) },
    { key: 'registered', title: '台账余额', align: 'right', render: ({ registered }) => money(registered) },
    { key: 'reserve', title: '准备金（台账）', align: 'right', hidden: true, render: ({ reserve }) => money(reserve) },
    {
      ...{ key: 'ledgerReserve', title: '准备金（账面）', align: 'right', hidden: true },
      render: ({ ledgerReserve }) => money(ledgerReserve),
    },
    { key: 'amount', title: '相差', align: 'right', sortable: true, render: ({ amount }) => money(amount) },
    { key: 'age', title: '账龄', render: ({ age }) => `${age} 天` },
    {
      ...{ key: 'status', title: '状态', sortable: true },
      render: ({ status }) => {
        const [label, tone] = statusOf(status);
        return <Toned tone={tone}>{label}</Toned>;
      },
    },
    { key: 'ownerName', title: '经办人', render: ({ ownerName }) => ownerName ?? '—' },
  ];
}
