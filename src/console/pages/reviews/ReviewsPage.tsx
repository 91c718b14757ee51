import { Button } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useKeys } from '../../parts/useKeys.ts';
import { useMe } from '../../session.ts';
import { Clock } from './Clock.tsx';
import { KeyHelp } from './KeyHelp.tsx';
import { carriedOf, FIRST_DUE, type FilingItem } from './queue.ts';
import { RefuseDialog } from './RefuseDialog.tsx';
import { useBatchConsent, useConsent } from './useConsent.tsx';

const KEYS: [string, string][] = [
  ['j / k', '下一笔／上一笔'],
  ['Enter', '打开这一笔'],
  ['x', '选中或取消'],
  ['a', '同意所选；没有选中的，同意这一笔'],
  ['r', '不同意这一笔'],
  ['?', '显示本说明'],
];

/** 待审核备案: what waits for this reviewer, due first; opened, chosen and decided by mouse or keyboard. */
export default function ReviewsPage() {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [rows, setRows] = useState<FilingItem[]>([]);
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<string[]>([]);
  const [refusing, setRefusing] = useState<FilingItem>();
  const [help, setHelp] = useState(false);
  const one = useConsent(() => {});
  const batch = useBatchConsent(() => {
    setChosen([]);
    setAt(0);
  });
  const here = rows[Math.min(at, rows.length - 1)];
  const carried = new URLSearchParams(carriedOf(search)).toString();
  const addressOf = (id: string) => `/reviews/${id}${carried ? `?${carried}` : ''}`;
  const selected = rows.filter(({ id }) => chosen.includes(id));
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id]);

  useEffect(() => {
    document.querySelector(`tr[data-row-key="${here?.id}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [here?.id]);
  useKeys({
    j: () => setAt(Math.min(at + 1, rows.length - 1)),
    k: () => setAt(Math.max(at - 1, 0)),
    Enter: () => here && navigate(addressOf(here.id)),
    x: () => here && toggle(here.id),
    a: () => (selected.length > 0 ? batch.confirm(selected) : here && one.confirm(here)),
    r: () => here && setRefusing(here),
    '?': () => setHelp(true),
  });

  return (
    <Page
      title="待审核备案"
      sentence={<Waiting />}
      actions={
        <>
          <Button onClick={() => setHelp(true)}>键盘操作 ?</Button>
          <Button
            type="primary"
            disabled={selected.length === 0}
            loading={batch.busy}
            onClick={() => batch.confirm(selected)}
          >
            同意所选{selected.length > 0 ? ` ${selected.length} 笔` : ''}
          </Button>
        </>
      }
    >
      <ProblemAlert error={one.error ?? batch.error} />
      <DataTable<FilingItem>
        from="/loan-filings"
        fixed={{ status: 'submitted', sort: FIRST_DUE }}
        pageSize={50}
        rowKey="id"
        columns={useColumnsOf(addressOf)}
        filters={useFilters()}
        empty="没有待审核的备案。银行报送后会出现在这里，先到的排在前面。"
        onRows={(next) => {
          setRows(next);
          setChosen((before) => before.filter((id) => next.some((row) => row.id === id)));
        }}
        table={{
          rowSelection: { selectedRowKeys: chosen, onChange: (keys) => setChosen(keys as string[]) },
          rowClassName: (row) => (row.id === here?.id ? 'current-row' : ''),
          onRow: (row) => ({ onClick: () => setAt(rows.indexOf(row)) }),
        }}
      />
      {batch.result}
      <RefuseDialog filing={refusing} onClose={() => setRefusing(undefined)} onDone={() => setRefusing(undefined)} />
      <KeyHelp keys={KEYS} open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}

function useColumnsOf(addressOf: (id: string) => string): Column<FilingItem>[] {
  const { pools } = useMe();
  return [
    {
      key: 'enterpriseName',
      title: '企业',
      sortable: true,
      render: ({ id, enterpriseName }) => <Link to={addressOf(id)}>{enterpriseName}</Link>,
    },
    { key: 'reviewDueOn', title: '应办结', sortable: true, render: ({ reviewDueOn: d }) => d && <Clock dueOn={d} /> },
    { key: 'doubts', title: '核查', render: ({ doubts }) => <Doubts count={doubts ?? 0} /> },
    {
      key: 'countedPrincipal',
      title: '备案金额',
      align: 'right',
      sortable: true,
      render: (row) => <Money value={row.countedPrincipal} />,
    },
    {
      key: 'annualRate',
      title: '年利率',
      align: 'right',
      sortable: true,
      render: (row) => <span className="figure">{row.annualRate}%</span>,
    },
    { key: 'bankName', title: '银行' },
    ...(pools.length === 1 ? [] : [{ key: 'poolName', title: '资金池' }]),
    { key: 'dueBillNo', title: '借据号', sortable: true },
    { key: 'filedOn', title: '受理日', sortable: true },
    { key: 'disbursedOn', title: '放款日', sortable: true, hidden: true },
    { key: 'maturesOn', title: '到期日', sortable: true, hidden: true },
    { key: 'contractNo', title: '合同号', hidden: true },
    {
      key: 'principal',
      title: '贷款金额',
      align: 'right',
      hidden: true,
      render: (row) => <Money value={row.principal} />,
    },
  ];
}

function useFilters() {
  const { pools } = useMe();
  const { data } = useAsk(['institutions', 'partnerBank'], () =>
    ask(api.institutions.$get({ query: { kind: 'partnerBank', limit: '200' } })),
  );
  return useMemo(
    () => [
      { name: 'q', label: '企业、借据号、合同号', kind: 'search' as const },
      ...(pools.length === 1
        ? []
        : [{ name: 'poolCode', label: '资金池', kind: 'select' as const, options: pools.map(asOption) }]),
      { name: 'bankCode', label: '银行', kind: 'select' as const, options: (data?.items ?? []).map(asOption) },
      { name: 'to', label: '受理日不晚于', kind: 'date' as const },
    ],
    [pools, data],
  );
}

const asOption = ({ code, name }: { code: string; name: string }) => ({ value: code, label: name });

function Doubts({ count }: { count: number }) {
  return <Toned tone={count > 0 ? 'near' : 'within'}>{count > 0 ? `${count} 项须留意` : '通过'}</Toned>;
}

/** How many wait, and what is late, as the first page says it. */
function Waiting() {
  const { data } = useAsk(['home'], () => ask(api.home.$get()));
  if (!data) return '正在统计……';
  const filings = data.todo.filter(({ kind }) => kind === 'filing');
  const total = filings.reduce((n, { count }) => n + count, 0);
  const late = filings.filter((f) => f.late).reduce((n, { count }) => n + count, 0);
  const next = filings.find((f) => !f.late)?.dueOn;
  if (total === 0) return '没有待审核的备案。';
  return `${total} 笔备案待审核${late > 0 ? `，其中 ${late} 笔已超过审核时限` : ''}${next ? `；${late > 0 ? '其余' : ''}最早一笔应于 ${next} 前办结` : ''}。`;
}
