import { Empty, Skeleton } from 'antd';
import { Link } from 'react-router';
import { Exact, formatYuan, sum } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { LOAN_STATES } from '../loans/types.ts';

const MOST = '200';

/** 我的贷款: an enterprise's filings that wait or were refused, and its loans, as cards that read on a phone. */
export default function LoansPage() {
  const loans = useAsk(['loans', 'my'], () => ask(api.loans.$get({ query: { sort: '-admittedOn', limit: MOST } })));
  const filings = useAsk(['loan-filings', 'my'], () =>
    ask(api['loan-filings'].$get({ query: { sort: '-filedOn', limit: MOST } })),
  );
  const error = loans.error ?? filings.error;
  if (error) return <ProblemPage error={error} retry={() => void Promise.all([loans.refetch(), filings.refetch()])} />;
  if (!loans.data || !filings.data) return <Skeleton className="page" active />;
  const active = loans.data.items.filter(({ status }) => status === 'active');
  const left = sum(active.map(({ outstandingPrincipal }) => new Exact(outstandingPrincipal)));
  const open = filings.data.items.filter(({ status }) => status !== 'consented');
  return (
    <Page
      title="我的贷款"
      sentence={
        active.length > 0
          ? `${active.length} 笔在贷，余额合计 ${formatYuan(left)} 元。`
          : '目前没有在贷的贷款。贷款由银行报送备案，审核同意后显示在这里。'
      }
    >
      {loans.data.items.map((loan) => (
        <div className="check" key={loan.id}>
          <div className="said">
            <Link to={`/loans/${loan.id}`}>
              <strong>{loan.bankName}</strong>　借据号 {loan.dueBillNo}
            </Link>
            <div>
              余额 <Money value={loan.outstandingPrincipal} withUnit />
              ，原贷 <Money value={loan.principal} withUnit />
            </div>
            <div className="hint">
              年利率 {loan.annualRate}%，{loan.disbursedOn ?? '尚未放款'} 至 {loan.maturesOn}
            </div>
          </div>
          <StateTag state={loan.status} labels={LOAN_STATES} />
        </div>
      ))}
      <h2>备案</h2>
      {open.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有等待审核或未通过的备案" />}
      {open.map((filing) => (
        <div className="check" key={filing.id}>
          <div className="said">
            <Link to={`/filings/${filing.id}`}>
              <strong>{filing.bankName}</strong>　借据号 {filing.dueBillNo}
            </Link>
            <div>
              备案金额 <Money value={filing.countedPrincipal} withUnit />
            </div>
            <div className="hint">
              {filing.filedOn} 受理
              {filing.reviewDueOn && `，${filing.reviewDueOn} 前审核`}
              {filing.reason && `。理由：${filing.reason}`}
            </div>
          </div>
          <StateTag state={filing.status} />
        </div>
      ))}
    </Page>
  );
}
