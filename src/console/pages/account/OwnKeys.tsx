import { App, Button, Card, Checkbox, DatePicker, Form, Input, Table } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import type { Permission } from '../../../access/roles.ts';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { clock } from '../../parts/times.ts';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useMe } from '../../session.ts';
import { KeyDialog, LONGEST_YEARS, ScopesField } from '../keys/IssueDialog.tsx';
import { Scopes, Standing } from '../keys/KeysPage.tsx';

type Key = InferResponseType<(typeof api.me)['api-keys']['$get'], 200>['items'][number];

interface Given {
  name: string;
  scopes?: Permission[];
  expiresOn?: Dayjs;
  signed?: boolean;
  code: string;
}

/** 我的密钥: programs that work in one's own name, for one's own role; what they do, one has done oneself. */
export function OwnKeys() {
  const me = useMe();
  const [issuing, setIssuing] = useState(false);
  const { data, error, refetch } = useAsk(['keys', 'own'], () => ask(api.me['api-keys'].$get()));
  return (
    <Card title="我的密钥" extra={<Button onClick={() => setIssuing(true)}>签发密钥</Button>}>
      <p>供您自己的程序调用接口。用它办理的一切都算您本人办理：您经办的，不能用它复核。</p>
      <ProblemAlert error={error} retry={refetch} />
      <Table<Key>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={data?.items ?? []}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '还没有密钥' }}
        columns={[
          { title: '名称', dataIndex: 'name' },
          { title: '状态', render: (_, key) => <Standing of={key} today={me.today} /> },
          { title: '权限', render: (_, { scopes }) => <Scopes of={scopes} /> },
          { title: '签名', render: (_, { signed }) => (signed ? '必须' : '不要求') },
          { title: '有效期至', dataIndex: 'expiresOn' },
          { title: '最近使用', render: (_, { lastUsedAt }) => (lastUsedAt ? clock(lastUsedAt).slice(0, 10) : '从未') },
          { title: '办理', render: (_, key) => <Revoke of={key} /> },
        ]}
      />
      <KeyDialog
        open={issuing}
        onClose={() => setIssuing(false)}
        title="签发我的密钥"
        form={(onIssued) => <OwnForm onIssued={onIssued} />}
      />
    </Card>
  );
}

function Revoke({ of: { id, name, revokedAt } }: { of: Key }) {
  const { modal } = App.useApp();
  const revoke = useAct(() => ask(api.me['api-keys'][':id'].revoke.$post({ param: { id } })), {
    done: '密钥已撤销',
    refresh: ['keys'],
  });
  if (revokedAt) return null;
  const content = '使用此密钥的程序立即不能再调用接口，不能恢复。';
  return (
    <Button
      size="small"
      danger
      onClick={() => modal.confirm({ title: `撤销「${name}」？`, content, onOk: () => revoke.mutate() })}
    >
      撤销
    </Button>
  );
}

function OwnForm({ onIssued }: { onIssued(key: string): void }) {
  const me = useMe();
  const today = dayjs(me.today);
  const issue = useAct(
    ({ expiresOn, ...rest }: Given) =>
      ask(
        api.me['api-keys'].$post({
          json: { ...rest, ...(expiresOn ? { expiresOn: expiresOn.format('YYYY-MM-DD') } : {}) },
        }),
      ),
    { refresh: ['keys'] },
  );
  return (
    <Form<Given>
      layout="vertical"
      requiredMark={false}
      validateTrigger="onBlur"
      initialValues={{ signed: true, expiresOn: today.add(1, 'year') }}
      onFinish={(given) => issue.mutate(given, { onSuccess: ({ key }) => onIssued(key) })}
    >
      <ProblemAlert error={issue.error} />
      <Form.Item
        name="name"
        label="名称"
        extra="用途，如 每日取数程序"
        rules={[{ required: true, whitespace: true, message: '请填写名称' }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <ScopesField role={me.role} but={['key.own']} />
      <Form.Item name="expiresOn" label="有效期至" extra="最长两年；不填为一年">
        <DatePicker minDate={today} maxDate={today.add(LONGEST_YEARS, 'year')} />
      </Form.Item>
      <Form.Item name="signed" valuePropName="checked" extra="签名方法与示例见银行接入说明">
        <Checkbox>只接受签名的请求（HMAC-SHA256）</Checkbox>
      </Form.Item>
      <Form.Item
        name="code"
        label="动态口令"
        extra="手机上当前的六位数字，证明是您本人签发"
        rules={[{ required: true, pattern: /^\d{3} ?\d{3}$/, message: '请输入六位数字' }]}
      >
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={7} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={issue.isPending}>
        签发
      </Button>
    </Form>
  );
}
