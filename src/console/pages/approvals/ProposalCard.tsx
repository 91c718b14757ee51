import { Button, Card, Descriptions, Form, Input, Modal, Skeleton, Space } from 'antd';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';

type Proposal = InferResponseType<(typeof api)['policy-versions']['$get'], 200>['items'][number];

const REFRESH = ['policies', 'home'];

/** A proposed value of a clause beside the one in force, and the decision of a second person. */
export function ProposalCard({ proposal }: { proposal: Proposal }) {
  const { id, clauseId, title, text, effectiveFrom, expiresOn, citation } = proposal;
  const [code = '', clause = ''] = clauseId.split('.');
  const { data, error } = useAsk(['policies', clauseId, 'versions'], () =>
    ask(api.policies[':code'].clauses[':clause'].versions.$get({ param: { code, clause } })),
  );
  const now = data?.items.find(({ state }) => state === 'inForce');
  const own = data?.items.find((version) => version.id === id);
  return (
    <Card
      className="month"
      title={<Link to={`/policies/${clauseId}`}>{title}</Link>}
      extra={own && `提出人：${own.proposedByName ?? '—'}`}
    >
      <ProblemAlert error={error} />
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'before', label: '现行', children: data ? (now?.text ?? '没有现行取值') : <Skeleton.Input active /> },
          { key: 'after', label: '拟改为', children: <mark>{text}</mark> },
          { key: 'beforeFrom', label: '现行施行期', children: now ? span(now) : '—' },
          { key: 'afterFrom', label: '拟施行期', children: span({ effectiveFrom, expiresOn }) },
          { key: 'beforeCite', label: '现行依据', children: now && <Cites cites={[now.citation]} /> },
          { key: 'afterCite', label: '拟改依据', children: <Cites cites={[citation]} /> },
        ]}
      />
      <Decision id={id} own={own?.own} />
    </Card>
  );
}

const span = ({ effectiveFrom, expiresOn }: { effectiveFrom: string; expiresOn: string | null }) =>
  `${effectiveFrom} 起${expiresOn ? `，至 ${expiresOn}` : ''}`;

function Decision({ id, own }: { id: string; own: boolean | undefined }) {
  const me = useMe();
  const [refusing, setRefusing] = useState(false);
  const approve = useAct(() => ask(api['policy-versions'][':id'].approve.$post({ param: { id } })), {
    done: '已复核通过，自施行日起生效',
    refresh: REFRESH,
  });
  const refuse = useAct(
    ({ reason }: { reason: string }) =>
      ask(api['policy-versions'][':id'].refuse.$post({ param: { id }, json: { reason } })),
    { done: '已退回', refresh: REFRESH },
  );
  if (!may(me, 'policy.approve')) return <p className="hint-line">条款由自治区审核员或系统管理员复核，您可以查看。</p>;
  if (own) return <p className="hint-line">这项由您提出，须由他人复核。</p>;
  return (
    <>
      <ProblemAlert error={approve.error} />
      <Space className="act">
        <Button type="primary" loading={approve.isPending} onClick={() => approve.mutate(undefined)}>
          复核通过
        </Button>
        <Button onClick={() => setRefusing(true)}>退回</Button>
      </Space>
      <Modal title="退回" open={refusing} footer={null} onCancel={() => setRefusing(false)} destroyOnHidden>
        <Form<{ reason: string }>
          layout="vertical"
          requiredMark={false}
          onFinish={(given) => refuse.mutate(given, { onSuccess: () => setRefusing(false) })}
        >
          <ProblemAlert error={refuse.error} />
          <Form.Item name="reason" label="理由" rules={[{ required: true, whitespace: true, message: '请填写理由' }]}>
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={refuse.isPending}>
            退回
          </Button>
        </Form>
      </Modal>
    </>
  );
}
