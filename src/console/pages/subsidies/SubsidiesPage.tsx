import { Button, Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { APPLICATION_STATUSES } from '../../../subsidies/steps.ts';
import { DataTable } from '../../parts/DataTable.tsx';
import { Page } from '../../parts/Page.tsx';
import type { ApplicationItem } from '../../parts/subsidy/types.ts';
import { SUBSIDY_KIND_OPTIONS } from '../../parts/subsidy/words.ts';
import { usePools } from '../../parts/useChoices.ts';
import { useKeys } from '../../parts/useKeys.ts';
import { may, useMe } from '../../session.ts';
import { KeyHelp } from '../reviews/KeyHelp.tsx';
import { useSchemes } from '../subsidy-batches/useSchemes.ts';
import { STEPS, type Step, stepOf } from './acts.ts';
import { useColumnsOf } from './columns.tsx';
import { FIRST_COME, handlesSubsidies, viewOf } from './queue.ts';
import { StepDialog } from './StepDialog.tsx';
import { Waiting } from './Waiting.tsx';

const KEYS: [string, string][] = [
  ['j / k', '下一项／上一项'],
  ['Enter', '打开这一项'],
  ['x', '选中或取消'],
  ['a', '办理所选；没有选中的，办理这一项'],
  ['?', '显示本说明'],
];

/** 补贴申请: what waits for this person, what has waited longest first, one by one or many at once; and all the others. */
export default function SubsidiesPage() {
  const me = useMe();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [rows, setRows] = useState<ApplicationItem[]>([]);
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<string[]>([]);
  const [acting, setActing] = useState<{ step: Step; items: ApplicationItem[] }>();
  const [help, setHelp] = useState(false);
  const view = viewOf(search, me);
  const shape = view === 'all' && ENDED.includes(search.get('status') ?? '') ? ('ended' as const) : view;
  const here = rows[Math.min(at, rows.length - 1)];
  const query = search.size > 0 ? `?${search}` : '';
  const addressOf = (id: string) => `/subsidies/${id}${query}`;
  const selected = rows.filter(({ id }) => chosen.includes(id));
  const steps = [...new Set((selected.length > 0 ? selected : here ? [here] : []).map((row) => stepOf(row, me)))];
  // Several at once only where the same step is next for all of them.
  const step = view === 'todo' && steps.length === 1 ? steps[0] : null;
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id]);
  const act = (items: ApplicationItem[]) => step && items.length > 0 && setActing({ step, items });

  useEffect(() => {
    document.querySelector(`tr[data-row-key="${here?.id}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [here?.id]);
  useKeys({
    j: () => setAt(Math.min(at + 1, rows.length - 1)),
    k: () => setAt(Math.max(at - 1, 0)),
    Enter: () => here && navigate(addressOf(here.id)),
    x: () => here && view === 'todo' && toggle(here.id),
    a: () => act(selected.length > 0 ? selected : here ? [here] : []),
    '?': () => setHelp(true),
  });
  const choose = (next: string) => {
    const changed = new URLSearchParams(search);
    changed.set('view', next);
    changed.delete('status');
    setChosen([]);
    setSearch(changed, { replace: true });
  };
  return (
    <Page
      title="补贴申请"
      sentence={<Waiting view={view} />}
      actions={
        <>
          <Button onClick={() => setHelp(true)}>键盘操作 ?</Button>
          {may(me, 'subsidy.import') && (
            <Link to="/subsidies/import">
              <Button>导入纸质申请</Button>
            </Link>
          )}
          {view === 'todo' && (
            <Button type="primary" disabled={selected.length === 0 || !step} onClick={() => act(selected)}>
              {step ? STEPS[step].word : '办理'}
              {selected.length > 0 ? ` ${selected.length} 项` : ''}
            </Button>
          )}
        </>
      }
    >
      <DataTable<ApplicationItem>
        key={shape}
        from="/subsidy-applications"
        fixed={view === 'todo' ? { todo: 'mine', sort: FIRST_COME } : { sort: '-receivedNo' }}
        pageSize={view === 'todo' ? 100 : 50}
        rowKey="id"
        columns={useColumnsOf(addressOf, shape)}
        filters={useFilters(view)}
        empty={
          view === 'todo'
            ? '没有待您办理的补贴申请。可以切换到「全部」查看其他申请。'
            : '还没有补贴申请。企业提交、或由自治区导入纸质申请后出现在这里。'
        }
        actions={
          handlesSubsidies(me) && (
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
        onRows={(next) => {
          setRows(next);
          setChosen((before) => before.filter((id) => next.some((row) => row.id === id)));
        }}
        table={{
          ...(view === 'todo'
            ? { rowSelection: { selectedRowKeys: chosen, onChange: (keys) => setChosen(keys as string[]) } }
            : {}),
          rowClassName: (row) => (row.id === here?.id ? 'current-row' : ''),
          onRow: (row) => ({ onClick: () => setAt(rows.indexOf(row)) }),
        }}
      />
      {acting && <StepDialog {...acting} onClose={() => setActing(undefined)} onDone={() => setChosen([])} />}
      <KeyHelp keys={KEYS} open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}

/** What says why it does not go on. */
const ENDED = ['refused', 'returned', 'withdrawn'];

const STATUSES = Object.entries(APPLICATION_STATUSES)
  .filter(([value]) => value !== 'draft')
  .map(([value, label]) => ({ value, label }));

function useFilters(view: 'todo' | 'all') {
  const pools = usePools();
  const { schemes, batches } = useSchemes();
  const years = [...new Set(batches.map(({ year }) => `${year}`))];
  return [
    { name: 'q', label: '企业名称或代码', kind: 'search' as const, width: 200 },
    ...(view === 'all'
      ? [{ name: 'status', label: '状态', kind: 'select' as const, options: STATUSES, width: 150 }]
      : []),
    { name: 'kind', label: '补贴类别', kind: 'select' as const, options: SUBSIDY_KIND_OPTIONS, width: 150 },
    ...(schemes.length > 1 ? [{ name: 'scheme', label: '政策', kind: 'select' as const, options: schemes }] : []),
    { name: 'year', label: '年度', kind: 'select' as const, options: years.map((value) => ({ value, label: value })) },
    { name: 'batchNo', label: '批次', kind: 'select' as const, options: BATCHES },
    ...(pools.length > 1
      ? [{ name: 'poolCode', label: '推荐单位所在地', kind: 'select' as const, options: pools }]
      : []),
    {
      ...{ name: 'eligible', label: '申报条件', kind: 'select' as const },
      options: [
        { value: 'true', label: '符合' },
        { value: 'false', label: '不符合' },
      ],
    },
  ];
}

const BATCHES = ['1', '2', '3', '4'].map((value) => ({ value, label: `第 ${value} 批` }));
