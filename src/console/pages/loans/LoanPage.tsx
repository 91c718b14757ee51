import { Descriptions, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { DAY_COUNT_BASES, GUARANTEE_MODES, REPAYMENT_METHODS } from '../../../loans/terms.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { usePoolName } from '../../parts/useChoices.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { may, useMe } from '../../session.ts';
import { Papers } from '../documents/Papers.tsx';
import { TermText } from '../filings/TermLine.tsx';
import { labelOf } from '../filings/terms.ts';
import type { Filing } from '../filings/types.ts';
import { Claims } from './Claims.tsx';
import { Events } from './Events.tsx';
import { Guarantees } from './Guarantees.tsx';
import { LoanActions } from './LoanActions.tsx';
import { Revocation } from './Revocation.tsx';
import { Schedule } from './Schedule.tsx';
import { LOAN_STATES, type Loan } from './types.ts';

/** 贷款详情: what is owed and tied up and why, the contract's terms and instalments, and everything that happened. */
export default function LoanPage() {
  const { id = '' } = useParams();
  const me = useMe();
  const loan = useAsk(['loans', id], () => ask(api.loans[':id'].$get({ param: { id } })));
  const filing = useAsk(['loan-filings', id], () => ask(api['loan-filings'][':id'].$get({ param: { id } })));
  const error = loan.error ?? filing.error;
  if (error) return <ProblemPage error={error} retry={() => void loan.refetch()} />;
  if (!loan.data || !filing.data) return <Skeleton className="page" active />;
  return (
    <Page
      title={`贷款 ${loan.data.dueBillNo}`}
      trail={[{ title: '贷款', to: '/loans' }]}
      sentence={<Sentence loan={loan.data} today={me.today} />}
      actions={may(me, 'loan.report') && <LoanActions loan={loan.data} />}
    >
      <Terms loan={loan.data} filing={filing.data} />
      <Claims loan={loan.data} />
      <Guarantees filingId={id} open={loan.data.status === 'active'} />
      <Events events={loan.data.events} />
      <Schedule loan={loan.data} filing={filing.data} today={me.today} />
      <Revocation loan={loan.data} />
      <Papers subject={`filing:${id}`} />
    </Page>
  );
}

function Sentence({ loan, today }: { loan: Loan; today: string }) {
  const { status, classification, overdueDays, outstandingPrincipal, maturesOn, disbursedOn, events } = loan;
  if (status === 'paidOff')
    return (
      <>
        <StateTag state={status} labels={LOAN_STATES} />
        {events.at(-1)?.occurredOn} 结清，准备金已全部释放。
      </>
    );
  if (status === 'compensated' || status === 'revoked')
    return (
      <>
        <StateTag state={status} labels={LOAN_STATES} />
        {status === 'revoked'
          ? '备案已撤销，准备金已释放，不予补偿。'
          : '资金池已补偿，准备金已释放；追偿回款按各方承担分配。'}
      </>
    );
  return (
    <>
      <StateTag state={classification} />
      {!disbursedOn && '已入池，尚未报送放款；'}余额 <Money value={outstandingPrincipal} withUnit />，
      {maturesOn < today ? `已于 ${maturesOn} 到期` : `${maturesOn} 到期`}
      {overdueDays > 0 ? `，逾期 ${overdueDays} 天` : ''}。
    </>
  );
}

function Terms({ loan, filing }: { loan: Loan; filing: Filing }) {
  const poolName = usePoolName();
  const items: [label: string, children: ReactNode][] = [
    ['企业', loan.enterpriseName],
    ['统一社会信用代码', loan.enterpriseUscc],
    ['资金池', poolName(loan.poolCode)],
    ['借款合同号', loan.contractNo],
    ['贷款金额', <Money key="" value={loan.principal} withUnit />],
    ['备案金额', <Money key="" value={loan.countedPrincipal} withUnit />],
    ['贷款余额', <Money key="" value={loan.outstandingPrincipal} withUnit />],
    ['备案余额', <Money key="" value={loan.countedOutstanding} withUnit />],
    [
      '准备金占用',
      <>
        <Money value={loan.reserve} withUnit />
        <Why of={loan.explanation as Explanation} />
      </>,
    ],
    ['年利率', `${loan.annualRate}%（${labelOf(DAY_COUNT_BASES, filing.dayCountBasis)}）`],
    ['放款日期', loan.disbursedOn ?? '未报送放款'],
    ['到期日期', loan.maturesOn],
    ['期限', <TermText key="" from={loan.disbursedOn ?? filing.disbursedOn} to={loan.maturesOn} />],
    ['还款方式', labelOf(REPAYMENT_METHODS, filing.repaymentMethod)],
    ['担保方式', labelOf(GUARANTEE_MODES, filing.guaranteeMode)],
    ['最近月报', loan.lastReportPeriod ?? '尚未报送'],
    [
      '备案',
      <Link key="" to={`/filings/${loan.id}`}>
        {filing.filedOn} 报送，{filing.decidedOn} 同意
      </Link>,
    ],
  ];
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, sm: 1, md: 2, xl: 3 }}
      items={items.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}
