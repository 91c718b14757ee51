import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { GUARANTEE_MODES } from '../../../loans/terms.ts';
import { Money } from '../../parts/Money.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { usePoolName } from '../../parts/useChoices.ts';
import { labelOf } from '../filings/terms.ts';
import type { Filing } from '../filings/types.ts';
import type { Loan } from '../loans/types.ts';

/** The loan a claim is for, as it is filed and reported: these cannot differ in the claim. */
export function LoanFacts({ loan, filing }: { loan: Loan; filing: Filing | undefined }) {
  const poolName = usePoolName();
  const { id, dueBillNo, contractNo, enterpriseName, enterpriseUscc, classification, overdueDays } = loan;
  const items: [label: string, children: ReactNode][] = [
    ['企业', `${enterpriseName}（${enterpriseUscc}）`],
    [
      '借据号',
      <Link key="" to={`/loans/${id}`}>
        {dueBillNo}
      </Link>,
    ],
    ['借款合同号', contractNo],
    ['资金池', poolName(loan.poolCode)],
    ['贷款金额', <Money key="" value={loan.principal} withUnit />],
    ['备案金额', <Money key="" value={loan.countedPrincipal} withUnit />],
    ['系统余额', <Money key="" value={loan.outstandingPrincipal} withUnit />],
    ['担保方式', filing ? labelOf(GUARANTEE_MODES, filing.guaranteeMode) : '—'],
    ['到期日期', loan.maturesOn],
    [
      '最近月报',
      <>
        {loan.lastReportPeriod ?? '尚未报送'} <StateTag state={classification} />
        {overdueDays > 0 && `逾期 ${overdueDays} 天`}
      </>,
    ],
  ];
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 2, xl: 3 }}
      items={items.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}
