import { Alert, Descriptions, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { DAY_COUNT_BASES } from '../../../loans/terms.ts';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { StateTag, Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { may, useMe } from '../../session.ts';
import { labelOf } from '../filings/terms.ts';
import { Cancel } from './Cancel.tsx';
import { Fees } from './Fees.tsx';
import { Liability } from './Liability.tsx';
import { Payouts } from './Payouts.tsx';
import { FEE_NAMES, type GuaranteeLife, ROLES, stateOf } from './types.ts';

/** 担保详情: what a party answers for of a loan and since when, the fees, and what it paid. */
export default function GuaranteePage() {
  const me = useMe();
  const { id = '' } = useParams();
  const { data, error, refetch } = useAsk(['guarantees', id], () => ask(api.guarantees[':id'].$get({ param: { id } })));
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const [label, tone] = stateOf(data);
  return (
    <Page
      title={`担保 ${data.dueBillNo}`}
      trail={[{ title: '担保', to: '/guarantees' }]}
      sentence={
        <>
          <Toned tone={tone}>{label}</Toned>
          {data.partyName}按 {data.percent}% 担保，责任余额 <Money value={data.liability} withUnit />
          {data.paid !== '0.00' && (
            <>
              ，累计代偿 <Money value={data.paid} withUnit />
            </>
          )}
          。
        </>
      }
      actions={may(me, 'guarantee.record') && <Cancel guarantee={data} />}
    >
      {data.status === 'cancelled' && <Alert type="info" showIcon title={`已撤销，理由：${data.reason}`} />}
      <Facts of={data} />
      <Liability of={data} />
      <Payouts of={data} />
      <Fees of={data} />
    </Page>
  );
}

function Facts({ of: g }: { of: GuaranteeLife }) {
  const me = useMe();
  const fee = FEE_NAMES[g.role];
  const loan = me.role === 'guarantor' ? g.dueBillNo : <Link to={`/loans/${g.loanId}`}>{g.dueBillNo}</Link>;
  const basis = g.dayCountBasis ? `（${labelOf(DAY_COUNT_BASES, g.dayCountBasis)}）` : '';
  const items: [string, ReactNode][] = [
    ['担保方', `${g.partyName}（${ROLES[g.role]}）`],
    ['借据号', loan],
    ['企业', g.enterpriseName],
    ['合作银行', g.bankName],
    ['资金池', g.poolName],
    ['担保合同号', g.contractNo],
    ['签订日期', g.signedOn],
    ['担保比例', `备案余额的 ${g.percent}%`],
    [fee, g.annualRate ? `年费率 ${g.annualRate}%${basis}` : '不收取'],
    ['登记日期', g.recordedOn],
  ];
  return (
    <>
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, sm: 1, md: 2, xl: 3 }}
        items={items.map(([label, children]) => ({ key: label, label, children }))}
      />
      {g.checks.map(({ code, verdict, message, cites, explanation }) => (
        <div key={code} className="check">
          <StateTag state={verdict} />
          <span className="said">
            {message}
            <Why of={explanation as Explanation | undefined} />
            <Cites cites={cites} />
          </span>
        </div>
      ))}
    </>
  );
}
