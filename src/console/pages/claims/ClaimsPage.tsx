import { Button, Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { CLAIM_STATUSES } from '../../../compensation/claim-steps.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { usePlaceFilters, usePools } from '../../parts/useChoices.ts';
import { useKeys } from '../../parts/useKeys.ts';
import { may, useMe } from '../../session.ts';
import { Clock } from '../reviews/Clock.tsx';
import { KeyHelp } from '../reviews/KeyHelp.tsx';
import { ClaimState } from './ClaimState.tsx';
import { FIRST_DUE, handlesClaims, viewOf } from './queue.ts';
import type { ClaimItem } from './types.ts';

const KEYS: [string, string][] = [
  ['j / k', '下一份／上一份'],
  ['Enter', '打开这一份'],
  ['?', '显示本说明'],
];

/** 风险补偿: the claims one may see; reviewers and finance begin with those that wait for them, what has waited longest first. */
export default function ClaimsPage() {
  const me = useMe();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [rows, setRows] = useState<ClaimItem[]>([]);
  const [at, setAt] = useState(0);
  const [help, setHelp] = useState(false);
  const view = viewOf(search, me);
  const here = rows[Math.min(at, rows.length - 1)];
  const query = search.size > 0 ? `?${search}` : '';
  const addressOf = (id: string) => `/claims/${id}${query}`;
  useEffect(() => {
    document.querySelector(`tr[data-row-key="${here?.id}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [here?.id]);
  useKeys({
    j: () => setAt(Math.min(at + 1, rows.length - 1)),
    k: () => setAt(Math.max(at - 1, 0)),
    Enter: () => here && navigate(addressOf(here.id)),
    '?': () => setHelp(true),
  });
  const choose = (next: string) => {
    const changed = new URLSearchParams(search);
    changed.set('view', next);
    if (next === 'todo') changed.delete('status');
    setSearch(changed, { replace: true });
  };
  return (
    <Page
      title="风险补偿"
      sentence={EXPLAINED[view]}
      actions={
        <>
          <Button onClick={() => setHelp(true)}>键盘操作 ?</Button>
          {may(me, 'claim.create') && (
            <Link to="/claims/new">
              <Button type="primary">申请补偿</Button>
            </Link>
          )}
        </>
      }
    >
      <DataTable<ClaimItem>
        key={view}
        from="/claims"
        fixed={view === 'todo' ? { todo: 'mine', sort: FIRST_DUE } : { sort: '-id' }}
        rowKey="id"
        columns={useColumnsOf(addressOf)}
        filters={useFilters(view)}
        empty={view === 'todo' ? '没有待您办理的申请。可以切换到「全部」查看其他申请。' : NOTHING[me.role]}
        actions={
          handlesClaims(me) && (
            <Segmented
              aria-label="查看范围"
              options={[
                { value: 'todo', label: '待我办理' },
                { value: 'all', label: '全部' },
              ]}
              value={view}
              onChange={choose}
            />
          )
        }
        onRows={setRows}
        table={{
          rowClassName: (row) => (row.id === here?.id ? 'current-row' : ''),
          onRow: (row) => ({ onClick: () => setAt(rows.indexOf(row)) }),
        }}
      />
      <KeyHelp keys={KEYS} open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}

const EXPLAINED = {
  todo: '下一步由您办理的申请，等候最久的在前。您经办过、须由他人接着办理的不在其中。',
  all: '银行对已发生的本金损失申请补偿，经合作单位审核、自治区审批和复核后，由资金池拨付。',
};

const NOTHING: Record<string, string> = {
  bank: '还没有补偿申请。风险事件成立后，从贷款页面或上方「申请补偿」起草。',
  countyReviewer: '还没有补偿申请。银行提交后出现在这里。',
};

function useColumnsOf(addressOf: (id: string) => string): Column<ClaimItem>[] {
  const me = useMe();
  const one = usePools().length === 1;
  const money = (
    key: 'unpaidPrincipal' | 'requested' | 'recognised' | 'compensation' | 'recovered' | 'writtenOff',
  ) => ({
    ...{ key, align: 'right' as const, render: (row: ClaimItem) => <Money value={row[key]} /> },
  });
  const all: Column<ClaimItem>[] = [
    {
      ...{ key: 'dueBillNo', title: '借据号', sortable: true },
      render: ({ id, dueBillNo }) => <Link to={addressOf(id)}>{dueBillNo}</Link>,
    },
    { key: 'enterpriseName', title: '企业', sortable: true },
    { key: 'status', title: '状态', sortable: true, render: ({ status }) => <ClaimState status={status} /> },
    { key: 'dueOn', title: '本环节应办结', render: ({ dueOn }) => (dueOn ? <Clock dueOn={dueOn} /> : '—') },
    { ...money('unpaidPrincipal'), title: '未偿还本金', sortable: true },
    { ...money('compensation'), title: '补偿金额', sortable: true },
    { ...money('recovered'), title: '资金池已收回', sortable: true },
    { key: 'bankName', title: '合作银行' },
    { key: 'poolName', title: '资金池' },
    { key: 'claimedOn', title: '申请日期', sortable: true, render: ({ claimedOn }) => claimedOn ?? '未提交' },
    { key: 'paidOn', title: '拨付日期', sortable: true, render: ({ paidOn }) => paidOn ?? '—' },
    { key: 'contractNo', title: '合同号', sortable: true, hidden: true },
    { ...money('requested'), title: '申请金额', hidden: true },
    { ...money('recognised'), title: '核定的本金', hidden: true },
    { ...money('writtenOff'), title: '已核销', hidden: true },
    { key: 'occurredOn', title: '风险事件日', sortable: true, hidden: true },
    { key: 'waitingSince', title: '本环节开始', sortable: true, hidden: true },
    { key: 'queueNo', title: '批准次序', sortable: true, align: 'right', hidden: true },
  ];
  return all.filter(({ key }) => !(key === 'bankName' && me.role === 'bank') && !(key === 'poolName' && one));
}

function useFilters(view: 'todo' | 'all') {
  const bank = useMe().role === 'bank';
  const statuses = Object.entries(CLAIM_STATUSES)
    .filter(([value]) => bank || value !== 'draft')
    .map(([value, label]) => ({ value, label }));
  return [
    { name: 'q', label: '借据号、合同号、企业名称或代码', kind: 'search' as const, width: 260 },
    ...(view === 'all'
      ? [{ name: 'status', label: '状态', kind: 'select' as const, options: statuses, width: 150 }]
      : []),
    ...usePlaceFilters(),
    { name: 'from', label: '申请日期起', kind: 'date' as const },
    { name: 'to', label: '申请日期止', kind: 'date' as const },
  ];
}
