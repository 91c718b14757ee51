import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { SampleMark } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { may, useMe } from '../../session.ts';
import type { Claim } from './types.ts';

/** What a claim is about and for how much, each computed amount with how it came about. */
export function Amounts({ claim }: { claim: Claim }) {
  const me = useMe();
  const { loanId, dueBillNo, contractNo, enterpriseName, enterpriseUscc, bankName, poolCode, poolName } = claim;
  const event = claim.checks.find(({ code }) => code === 'LOSS_EVENT');
  const window = claim.checks.find(({ code }) => code === 'CLAIM_WINDOW' || code === 'CLAIM_LATE');
  const explanation = claim.explanation as Explanation | null;
  const items: [label: string, children: ReactNode][] = [
    ['企业', <Link key="" to={`/enterprises/${enterpriseUscc}`} children={enterpriseName} />],
    ['借据号', <Link key="" to={`/loans/${loanId}`} children={dueBillNo} />],
    ['借款合同号', contractNo],
    ['合作银行', bankName],
    ['资金池', <Link key="" to={`/pools/${poolCode}`} children={poolName} />],
    [
      '风险事件日',
      <>
        {claim.occurredOn ?? '尚未成立'}
        <Why of={event?.explanation as Explanation | undefined} />
      </>,
    ],
    [
      '申请日期',
      <>
        {claim.claimedOn ?? '未提交'}
        {claim.submittedOn !== claim.claimedOn && `，${claim.submittedOn} 补正后再次提交`}
        <Why of={window?.explanation as Explanation | undefined} />
      </>,
    ],
    ['未偿还本金', <Money key="" value={claim.unpaidPrincipal} withUnit />],
    [
      '未偿还备案本金',
      <>
        <Money value={claim.countedUnpaid} withUnit />
        <Why of={explanation?.inputs?.find(({ label }) => label === '补偿基数')} />
      </>,
    ],
    ['申请补偿金额', <Money key="" value={claim.requested} withUnit />],
    [
      '核定的本金',
      claim.recognised ? (
        <>
          <Money value={claim.recognised} withUnit />
          {claim.recognised !== claim.unpaidPrincipal && '（部分核定）'}
        </>
      ) : (
        '尚未审批'
      ),
    ],
    [
      '资金池补偿金额',
      <strong key="">
        <Money value={claim.compensation} withUnit />
        <Why of={explanation} title="资金池补偿金额" />
        {claim.provisional && <SampleMark />}
      </strong>,
    ],
  ];
  if (!may(me, 'enterprise.read')) items[0] = ['企业', enterpriseName];
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, sm: 1, md: 2, xl: 3 }}
      items={items.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}
