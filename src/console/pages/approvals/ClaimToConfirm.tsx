import { Button, Card, Descriptions, Skeleton, Space, Table } from 'antd';
import { Link } from 'react-router';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { may, useMe } from '../../session.ts';
import type { Claim } from '../claims/types.ts';
import { useClaimAct } from '../claims/useClaimAct.ts';
import { Clock } from '../reviews/Clock.tsx';

type Share = Claim['shares'][number];

/** A claim that one of the region approved: what was recognised, who would bear it, and the decision of a second person. */
export function ClaimToConfirm({ id, title }: { id: string; title: string }) {
  const { data: claim, error, refetch } = useAsk(['claims', id], () => ask(api.claims[':id'].$get({ param: { id } })));
  return (
    <Card
      className="month"
      title={<Link to={`/claims/${id}`}>{title}</Link>}
      extra={claim && <ApprovedBy claim={claim} />}
    >
      <ProblemAlert error={error} retry={refetch} />
      {!claim && !error && <Skeleton active />}
      {claim && (
        <>
          <Facts claim={claim} />
          <Table<Share>
            size="small"
            rowKey="bearer"
            pagination={false}
            dataSource={claim.shares}
            columns={[
              { title: '承担方', dataIndex: 'label' },
              { title: '方式', render: (_, { kind }) => (kind === 'pool' ? '资金池支付' : '自行承担') },
              { title: '金额', align: 'right', render: (_, { amount }) => <Money value={amount} /> },
              { title: '依据', render: (_, { cites }) => <Cites cites={cites} /> },
            ]}
          />
          <Decision claim={claim} />
        </>
      )}
    </Card>
  );
}

const approvalOf = ({ events }: Claim) => events.findLast(({ kind }) => kind === 'approved');

function ApprovedBy({ claim }: { claim: Claim }) {
  const approval = approvalOf(claim);
  return `审批人：${approval?.recordedBy ?? '—'}${approval?.mine ? '（本人）' : ''}`;
}

function Facts({ claim }: { claim: Claim }) {
  const { bankName, poolName, dueBillNo, unpaidPrincipal, recognised, compensation, approvedOn, dueOn } = claim;
  const items = [
    ['合作银行', bankName],
    ['资金池', poolName],
    ['借据号', dueBillNo],
    ['未偿还本金', <Money key="" value={unpaidPrincipal} withUnit />],
    ['核定的本金', <Money key="" value={recognised} withUnit />],
    [
      '资金池补偿',
      <>
        <Money value={compensation} withUnit />
        <Why of={claim.explanation as Explanation | null} />
      </>,
    ],
    ['审批日期', approvedOn ?? '—'],
    ['应办结', dueOn ? <Clock key="" dueOn={dueOn} /> : '—'],
    ['审批意见', approvalOf(claim)?.details?.note ?? '—'],
  ] as const;
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 2, xl: 3 }}
      items={items.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}

function Decision({ claim: { id, enterpriseName, compensation, barred } }: { claim: Claim }) {
  const me = useMe();
  const askFirst = useAskFirst();
  const confirm = useClaimAct(() => ask(api.claims[':id'].confirm.$post({ param: { id } })), '已复核，待财务拨付');
  const more = <Link to={`/claims/${id}`}>打开申请，查看材料和核对结果</Link>;
  if (!may(me, 'claim.approve')) return <p className="hint-line">由自治区审核员复核，您可以查看。{more}</p>;
  if (barred)
    return (
      <p className="hint-line">
        {barred}。{more}
      </p>
    );
  const question = () =>
    askFirst({
      title: `复核同意 ${enterpriseName} 的补偿？`,
      content: `资金池补偿 ${formatYuan(money(compensation))} 元。复核后各方承担的金额即为确定，按批准先后排入拨付次序。`,
      okText: '复核同意',
      act: confirm,
    });
  return (
    <div className="act">
      <ProblemAlert error={confirm.error} />
      <Space wrap>
        <Button type="primary" loading={confirm.isPending} onClick={question}>
          复核同意
        </Button>
        <span>{more}；退回补正、不予补偿也在申请页面办理。</span>
      </Space>
    </div>
  );
}
