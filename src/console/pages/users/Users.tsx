import type { InferResponseType } from 'hono/client';
import { ROLES } from '../../../access/roles.ts';
import { api, ask } from '../../api.ts';
import { DataTable } from '../../parts/DataTable.tsx';
import type { Filter } from '../../parts/FilterBar.tsx';
import { type Tone, Toned } from '../../parts/StateTag.tsx';
import { clock } from '../../parts/times.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { UserActs } from './UserActs.tsx';

export type User = InferResponseType<typeof api.users.$get, 200>['items'][number];

const STATES: Record<User['state'], [label: string, tone: Tone]> = {
  active: ['正常', 'within'],
  locked: ['已锁定', 'near'],
  disabled: ['已停用', 'past'],
};

const FILTERS: Filter[] = [
  { name: 'q', label: '姓名、用户名、邮箱', kind: 'search' },
  { name: 'role', label: '角色', kind: 'select', options: options(ROLES), width: 160 },
  {
    name: 'state',
    label: '状态',
    kind: 'select',
    options: options(Object.fromEntries(Object.entries(STATES).map(([state, [label]]) => [state, label]))),
  },
];

/** The people who can log in, and what can be done about their logins. */
export function Users() {
  const { data } = useAsk(['institutions', 'owners'], () => ask(api.institutions.$get({ query: { limit: '500' } })));
  const institutions = (data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }));
  return (
    <DataTable<User>
      from="/users"
      rowKey="id"
      filters={[
        ...FILTERS,
        { name: 'institutionCode', label: '机构', kind: 'select', options: institutions, width: 200 },
      ]}
      empty="还没有用户，可点「邀请用户」"
      columns={[
        { key: 'name', title: '姓名' },
        { key: 'username', title: '用户名', sortable: true },
        { key: 'role', title: '角色', sortable: true, render: ({ role }) => ROLES[role] },
        {
          key: 'institutionName',
          title: '所属',
          render: ({ institutionName, enterpriseName }) => institutionName ?? enterpriseName ?? '—',
        },
        {
          key: 'state',
          title: '状态',
          render: ({ state, lockedUntil }) => (
            <>
              <Toned tone={STATES[state][1]}>{STATES[state][0]}</Toned>
              {state === 'locked' && `至 ${clock(lockedUntil)}`}
            </>
          ),
        },
        { key: 'secondFactor', title: '动态口令', render: ({ secondFactor }) => (secondFactor ? '已启用' : '未启用') },
        { key: 'sessions', title: '登录中', align: 'right' },
        { key: 'lastLoginAt', title: '最近登录', sortable: true, render: ({ lastLoginAt }) => clock(lastLoginAt) },
        { key: 'email', title: '邮箱', hidden: true },
        {
          key: 'createdAt',
          title: '建立时间',
          hidden: true,
          sortable: true,
          render: ({ createdAt }) => clock(createdAt),
        },
        { key: 'id', title: '办理', render: (user) => <UserActs user={user} /> },
      ]}
    />
  );
}

function options(labels: Record<string, string>) {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}
