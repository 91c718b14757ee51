import { Button } from 'antd';
import type { InferResponseType } from 'hono/client';
import { ROLES } from '../../../access/roles.ts';
import { api, ask } from '../../api.ts';
import { DataTable } from '../../parts/DataTable.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { type Tone, Toned } from '../../parts/StateTag.tsx';
import { clock } from '../../parts/times.ts';
import { useAct } from '../../parts/useAct.ts';
import { useNames } from '../../parts/useNames.ts';

type Invitation = InferResponseType<typeof api.invitations.$get, 200>['items'][number];

const STATES: Record<Invitation['state'], [label: string, tone: Tone]> = {
  open: ['待接受', 'near'],
  accepted: ['已接受', 'within'],
  revoked: ['已撤回', 'plain'],
  expired: ['已过期', 'past'],
};

/** Invitations: who has been asked, until when the link counts, and what became of it. */
export function Invitations() {
  const nameOf = useNames();
  const revoke = useAct((id: string) => ask(api.invitations[':id'].revoke.$post({ param: { id } })), {
    done: '邀请已撤回，链接作废',
    refresh: ['invitations'],
  });
  return (
    <>
      <ProblemAlert error={revoke.error} />
      <DataTable<Invitation>
        from="/invitations"
        rowKey="id"
        filters={[
          { name: 'q', label: '姓名、用户名', kind: 'search' },
          {
            name: 'state',
            label: '状态',
            kind: 'select',
            options: Object.entries(STATES).map(([value, [label]]) => ({ value, label })),
          },
        ]}
        empty="还没有发出邀请"
        columns={[
          { key: 'name', title: '姓名' },
          { key: 'username', title: '用户名', sortable: true },
          { key: 'email', title: '邮箱' },
          { key: 'role', title: '角色', render: ({ role }) => ROLES[role] },
          {
            key: 'institutionCode',
            title: '所属',
            render: ({ institutionCode, enterpriseUscc }) =>
              institutionCode ? nameOf(institutionCode) : (enterpriseUscc ?? '—'),
          },
          { key: 'invitedBy', title: '邀请人' },
          { key: 'createdAt', title: '邀请时间', sortable: true, render: ({ createdAt }) => clock(createdAt) },
          { key: 'expiresAt', title: '有效期至', sortable: true, render: ({ expiresAt }) => clock(expiresAt) },
          {
            key: 'state',
            title: '状态',
            render: ({ state }) => <Toned tone={STATES[state][1]}>{STATES[state][0]}</Toned>,
          },
          {
            key: 'id',
            title: '办理',
            render: ({ id, state }) =>
              state === 'open' && (
                <Button size="small" onClick={() => revoke.mutate(id)}>
                  撤回
                </Button>
              ),
          },
        ]}
      />
    </>
  );
}
