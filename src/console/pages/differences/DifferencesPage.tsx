import { Segmented } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import type { Filter } from '../../parts/FilterBar.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useBooks } from '../../parts/useBooks.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { may, useMe } from '../../session.ts';
import { ageTone, type Difference, KINDS, optionsOf, STATUSES } from './words.ts';

type Scope = 'live' | 'mine' | 'all';
const SCOPES: Record<Scope, string> = { live: '未了结', mine: '由我经办', all: '全部' };
const FIXED: Record<Scope, Record<string, string>> = {
  live: { live: 'true' },
  mine: { live: 'true', mine: 'true' },
  all: {},
};

/** 对账差异: what only one side has, the oldest first, by whose it is to clear up. */
export default function DifferencesPage() {
  const me = useMe();
  const [{ scope = 'live' }, change] = useFilters('scope');
  const { books } = useBooks();
  const owners = useAsk(['owners'], () => ask(api['difference-owners'].$get()), {
    enabled: may(me, 'difference.resolve'),
  });
  const statuses = Object.fromEntries(Object.entries(STATUSES).map(([code, [label]]) => [code, label]));
  const filters: Filter[] = [
    { name: 'q', label: '对方、摘要、流水号', kind: 'search' },
    { name: 'kind', label: '类别', kind: 'select', options: optionsOf(KINDS) },
    { name: 'status', label: '状态', kind: 'select', options: optionsOf(statuses) },
    ...(owners.data && scope !== 'mine'
      ? [{ name: 'owner', label: '经办人', kind: 'select' as const, options: ownersOf(owners.data.items) }]
      : []),
    ...(books.length > 1 ? [{ name: 'poolCode', label: '账套', kind: 'select' as const, options: books }] : []),
  ];
  const scopes = (Object.keys(SCOPES) as Scope[]).filter((one) => one !== 'mine' || may(me, 'difference.resolve'));
  const known = scopes.find((one) => one === scope) ?? 'live';
  return (
    <Page title="对账差异" sentence={<Waiting />}>
      <Segmented<Scope>
        className="no-print"
        aria-label="范围"
        value={known}
        options={scopes.map((value) => ({ value, label: SCOPES[value] }))}
        onChange={(next) => change({ scope: next === 'live' ? undefined : next })}
      />
      <DataTable<Difference>
        key={known}
        from="/differences"
        fixed={FIXED[known]}
        rowKey="id"
        pageSize={50}
        columns={useColumnsOf()}
        filters={filters}
        empty={known === 'all' ? '还没有对账差异。' : '没有未了结的差异。对账以后，只有一方有的款项会列在这里。'}
      />
    </Page>
  );
}

const ownersOf = (people: { id: string; name: string }[]) => [
  { value: 'none', label: '未指定经办人' },
  ...people.map(({ id, name }) => ({ value: id, label: name })),
];

function useColumnsOf(): Column<Difference>[] {
  const { bookName } = useBooks();
  return [
    {
      ...{ key: 'occurredOn', title: '日期', sortable: true },
      render: ({ id, occurredOn }) => <Link to={`/differences/${id}`}>{occurredOn}</Link>,
    },
    {
      ...{ key: 'age', title: '账龄' },
      render: ({ age, status }) => (
        <Toned tone={STATUSES[status]?.[1] === 'within' ? 'plain' : ageTone(age)}>{age} 天</Toned>
      ),
    },
    { key: 'kind', title: '类别', sortable: true, render: ({ kind }) => KINDS[kind] ?? kind },
    {
      ...{ key: 'amount', title: '金额', align: 'right', sortable: true },
      render: ({ direction, amount }) => <Money value={direction === 'in' ? amount : `-${amount}`} />,
    },
    { key: 'side', title: '只在', render: ({ side }) => (side === 'bank' ? '银行' : '账面') },
    {
      ...{ key: 'text', title: '对方与摘要' },
      render: ({ id, text }) => (
        <div className="memo">
          <Link to={`/differences/${id}`}>{text || '（无摘要）'}</Link>
        </div>
      ),
    },
    {
      ...{ key: 'status', title: '状态', sortable: true },
      render: ({ status }) => <Toned tone={STATUSES[status]?.[1] ?? 'plain'}>{STATUSES[status]?.[0] ?? status}</Toned>,
    },
    { key: 'ownerName', title: '经办人', render: ({ ownerName }) => ownerName ?? '—' },
    { key: 'poolCode', title: '账套', sortable: true, render: ({ poolCode }) => bookName(poolCode) },
    { key: 'accountNo', title: '账号', hidden: true },
  ];
}

/** How many there are, how old the oldest is, and what waits for a second person. */
function Waiting() {
  const of = (query: Record<string, string>) => ask(api.differences.$get({ query: { limit: '1', ...query } as never }));
  const live = useAsk(['differences', 'live'], () => of({ live: 'true', sort: 'occurredOn' }));
  const proposed = useAsk(['differences', 'proposed'], () => of({ status: 'proposed' }));
  if (!live.data || !proposed.data) return '正在统计……';
  const [oldest] = live.data.items;
  if (!oldest) return '没有未了结的差异。';
  const waits = proposed.data.total > 0 ? `，其中 ${proposed.data.total} 项待另一人复核` : '';
  return `${live.data.total} 项差异未了结${waits}；最早的一项发生在 ${oldest.occurredOn}，已 ${oldest.age} 天。`;
}
