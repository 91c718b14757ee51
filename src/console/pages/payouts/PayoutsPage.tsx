import { Link } from 'react-router';
import { money, sum, toWire } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { usePoolName, usePools } from '../../parts/useChoices.ts';
import { may, useMe } from '../../session.ts';
import { entryAt } from '../ledger/links.ts';
import { Payables } from './Payables.tsx';
import { PayoutDecision } from './PayoutDecision.tsx';
import { type Payable, type Payout, STATES } from './types.ts';

/** 应付各方款项: what pools owe banks, guarantors and borrowers out of recoveries, paid by two people. */
export default function PayoutsPage() {
  const me = useMe();
  const pools = usePools();
  const poolName = usePoolName();
  const { data, error, refetch } = useAsk(['payables'], () => ask(api.payables.$get({ query: {} })));
  return (
    <Page title="应付各方款项" sentence={data && <Sentence rows={data.items} bank={me.role === 'bank'} />}>
      <ProblemAlert error={error} retry={refetch} />
      <h2>应付余额</h2>
      <Payables rows={data?.items ?? []} loading={!data && !error} />
      <h2>拨付记录</h2>
      <DataTable<Payout>
        from="/payouts"
        rowKey="id"
        columns={columnsFor({ poolName, books: may(me, 'ledger.read') }).filter(
          ({ key }) => key !== 'id' || may(me, 'payout.make'),
        )}
        filters={[
          { name: 'q', label: '收款方代码或凭证号', kind: 'search' },
          ...(pools.length > 1 ? [{ name: 'poolCode', label: '资金池', kind: 'select' as const, options: pools }] : []),
          { name: 'status', label: '状态', kind: 'select', options: OPTIONS },
        ]}
        empty="还没有拨付。应付款项由财务提出拨付，另一人复核后入账。"
      />
    </Page>
  );
}

const OPTIONS = Object.entries(STATES).map(([value, label]) => ({ value, label }));

function Sentence({ rows, bank }: { rows: Payable[]; bank: boolean }) {
  if (rows.length === 0) return bank ? '资金池没有应付本行的款项。' : '没有应付未付的款项。';
  const owed = toWire(sum(rows.map((row) => money(row.owed))));
  return (
    <>
      {bank ? '资金池应付本行' : `应付 ${rows.length} 项，共`} <Money value={owed} withUnit />
      。回款中资金池以外各方分得的部分记在这里，由财务提出、另一人复核后拨付。
    </>
  );
}

interface Names {
  poolName(code: string | null): string;
  books: boolean;
}

const columnsFor = ({ poolName, books }: Names): Column<Payout>[] => [
  { key: 'paidOn', title: '拨付日期', sortable: true },
  {
    key: 'partyName',
    title: '收款方',
    render: ({ party, partyName }) => <span title={party}>{partyName}</span>,
  },
  {
    ...{ key: 'amount', title: '金额', align: 'right', sortable: true },
    render: ({ id, poolCode, amount, status }) =>
      books && status === 'confirmed' ? (
        <Link to={entryAt(poolCode, `payout:${id}`)}>
          <Money value={amount} />
        </Link>
      ) : (
        <Money value={amount} />
      ),
  },
  { key: 'voucherNo', title: '凭证号' },
  { key: 'status', title: '状态', sortable: true, render: ({ status }) => <PayoutState status={status} /> },
  {
    ...{ key: 'proposedBy', title: '提出' },
    render: ({ proposedOn, proposedBy, mine }) => `${proposedOn} ${proposedBy ?? ''}${mine ? '（本人）' : ''}`,
  },
  { key: 'decidedOn', title: '办结日期', hidden: true, render: ({ decidedOn }) => decidedOn ?? '—' },
  { key: 'poolCode', title: '资金池', sortable: true, render: ({ poolCode }) => poolName(poolCode) },
  { key: 'accountNo', title: '付款账号', hidden: true },
  { key: 'id', title: '复核', render: (payout) => <PayoutDecision of={payout} /> },
];

const TONES: Record<string, string> = { confirmed: 'done' };

function PayoutState({ status }: { status: string }) {
  const labels = { done: STATES.confirmed, proposed: STATES.proposed, withdrawn: STATES.withdrawn };
  return <StateTag state={TONES[status] ?? status} labels={labels} />;
}
