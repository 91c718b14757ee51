import { Card } from 'antd';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { usePoolName } from '../../parts/useChoices.ts';
import { RevocationDecision } from '../loans/Revocation.tsx';
import type { RevocationItem } from './useWaiting.ts';

/** A revocation that somebody proposed: which loan would leave the pool, on which ground, and the decision. */
export function OpenRevocation({ of: item }: { of: RevocationItem }) {
  const poolName = usePoolName();
  const { loanId, dueBillNo, enterpriseName, poolCode, outstandingPrincipal } = item;
  return (
    <Card
      className="month"
      title={
        <Link to={`/loans/${loanId}`}>
          {enterpriseName}（{dueBillNo}）
        </Link>
      }
    >
      <p>
        {poolName(poolCode)}，贷款余额 <Money value={outstandingPrincipal} withUnit />
        ；同意后出池，释放准备金，不予补偿。
      </p>
      <RevocationDecision loan={{ id: loanId, dueBillNo }} of={item} />
    </Card>
  );
}
