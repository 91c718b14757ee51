import { App, Button, Space, Table, Tooltip } from 'antd';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import { PERMISSIONS, type Permission, ROLES, type Role } from '../../../access/roles.ts';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { clock } from '../../parts/times.ts';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useNames } from '../../parts/useNames.ts';
import { useMe } from '../../session.ts';
import { IssueDialog } from './IssueDialog.tsx';

type Key = InferResponseType<(typeof api)['api-keys']['$get'], 200>['items'][number];

/** API 密钥: issued, seen by what they may do and when they were last used, made to sign, revoked. */
export default function KeysPage() {
  const me = useMe();
  const nameOf = useNames();
  const [issuing, setIssuing] = useState(false);
  const { data, error, refetch } = useAsk(['keys'], () => ask(api['api-keys'].$get()));
  return (
    <Page
      title="API 密钥"
      sentence="供银行与其他系统调用接口，只在签发时显示一次。审核、财务和管理人员的密钥由本人签发，以本人身份办理，这里可以查看和撤销。"
      actions={
        <Button type="primary" onClick={() => setIssuing(true)}>
          签发密钥
        </Button>
      }
    >
      <ProblemAlert error={error} retry={refetch} />
      <Table<Key>
        size="small"
        rowKey="id"
        loading={!data && !error}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={data?.items ?? []}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '还没有密钥' }}
        columns={[
          {
            title: '名称',
            render: (_, { name, id, createdBy, createdAt }) => (
              <Tooltip title={`编号 ${id}，${clock(createdAt).slice(0, 10)} 由${createdBy ?? '系统'}签发`}>
                {name}
              </Tooltip>
            ),
          },
          { title: '状态', render: (_, key) => <Standing of={key} today={me.today} /> },
          { title: '角色', render: (_, { role }) => ROLES[role as Role] ?? role },
          {
            title: '所属',
            render: (_, { institutionCode, enterpriseUscc, ownerName }) => (
              <>
                {institutionCode ? nameOf(institutionCode) : (enterpriseUscc ?? (ownerName ? '' : '—'))}
                {ownerName && <div className="hint">{ownerName}本人</div>}
              </>
            ),
          },
          { title: '权限', render: (_, { scopes }) => <Scopes of={scopes} /> },
          { title: '签名', render: (_, { signed }) => (signed ? '必须' : '不要求') },
          { title: '有效期至', render: (_, { expiresOn }) => expiresOn ?? '长期' },
          { title: '最近使用', render: (_, { lastUsedAt }) => (lastUsedAt ? clock(lastUsedAt).slice(0, 10) : '从未') },
          { title: '办理', render: (_, key) => <Acts of={key} /> },
        ]}
      />
      <IssueDialog open={issuing} onClose={() => setIssuing(false)} />
    </Page>
  );
}

/** What a key may do; the whole list on hover. */
export function Scopes({ of: scopes }: { of: string[] }) {
  if (scopes.length === 0) return '角色全部';
  const labels = scopes.map((scope) => PERMISSIONS[scope as Permission]?.label ?? scope);
  return (
    <Tooltip title={labels.join('、')}>
      {scopes.length > 2 ? `${labels[0]}等 ${scopes.length} 项` : labels.join('、')}
    </Tooltip>
  );
}

/** Whether a key counts today. */
export function Standing({
  of: { revokedAt, expiresOn },
  today,
}: {
  of: Pick<Key, 'revokedAt' | 'expiresOn'>;
  today: string;
}) {
  if (revokedAt) return <Toned tone="plain">{`${clock(revokedAt).slice(0, 10)} 撤销`}</Toned>;
  if (expiresOn && expiresOn < today) return <Toned tone="past">已过期</Toned>;
  return <Toned tone="within">有效</Toned>;
}

function Acts({ of: { id, name, revokedAt, signed } }: { of: Key }) {
  const { modal } = App.useApp();
  const revoke = useAct(() => ask(api['api-keys'][':id'].revoke.$post({ param: { id } })), {
    done: '密钥已撤销',
    refresh: ['keys'],
  });
  const sign = useAct(() => ask(api['api-keys'][':id']['require-signature'].$post({ param: { id } })), {
    done: '此后未签名的请求一律退回',
    refresh: ['keys'],
  });
  if (revokedAt) return null;
  const confirm = (title: string, content: string, onOk: () => void) => modal.confirm({ title, content, onOk });
  return (
    <Space>
      {!signed && (
        <Button
          size="small"
          onClick={() => confirm(`要求「${name}」签名？`, '此后未签名的请求一律退回，不能改回。', () => sign.mutate())}
        >
          要求签名
        </Button>
      )}
      <Button
        size="small"
        danger
        onClick={() =>
          confirm(`撤销「${name}」？`, '使用此密钥的系统立即不能再调用接口，不能恢复。', () => revoke.mutate())
        }
      >
        撤销
      </Button>
    </Space>
  );
}
