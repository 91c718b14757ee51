import { Card, Space } from 'antd';
import { Link } from 'react-router';
import { BUDGET_CHANGES, type BudgetChangeKind } from '../../../subsidies/budget-change.ts';
import { Money } from '../../parts/Money.tsx';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { Decide } from '../budgets/BudgetChanges.tsx';
import { ClawbackActs } from '../clawbacks/ClawbackActs.tsx';
import { type Clawback, groundOf } from '../clawbacks/types.ts';
import { Approve } from '../subsidy-batches/BatchActs.tsx';
import { SupplementActs } from '../subsidy-batches/Supplements.tsx';
import { batchName } from '../subsidy-batches/types.ts';
import type { WaitingSubsidies } from './useWaitingSubsidies.ts';

/** What of the subsidies waits for a second person: allocations, what is shared out afterwards, clawbacks and their cancelling, changes of budgets. */
export function OpenSubsidies({ of: { batches, supplements, clawbacks, changes } }: { of: WaitingSubsidies }) {
  return (
    <>
      {batches.map((batch) => (
        <Card
          key={batch.id}
          className="month"
          title={<Link to={`/subsidy-batches/${batch.id}`}>{batchName(batch)}补贴预算分配</Link>}
        >
          <p>
            {batch.schemeTitle}：{batch.enterprises} 家企业核定需求 <Money value={batch.demand} withUnit />
            ，可用预算 <Money value={batch.available} withUnit />，{batch.allocatedOn} 分配{' '}
            <Money value={batch.granted} withUnit />。
          </p>
          <Space className="act" wrap>
            <Approve batch={batch} />
          </Space>
        </Card>
      ))}
      {supplements.map((supplement) => (
        <Card
          key={supplement.id}
          className="month"
          title={
            <Link to={`/subsidy-batches/${supplement.batchId}`}>
              补充分配：{supplement.enterpriseName}，第 {supplement.place} 项 {supplement.lineName}
            </Link>
          }
        >
          <p>
            {supplement.cause === 'correction' ? '更正核算' : '异议不成立'}，{supplement.allocatedOn} 补充分配{' '}
            <Money value={supplement.amount} withUnit />。
          </p>
          <SupplementActs of={supplement} />
        </Card>
      ))}
      {clawbacks.map((clawback) => (
        <OpenClawback key={clawback.id} of={clawback} />
      ))}
      {changes.map((change) => (
        <OpenChange key={change.id} of={change} />
      ))}
    </>
  );
}

function OpenChange({ of }: { of: WaitingSubsidies['changes'][number] }) {
  const { budgetName, kind, amount, document, reason, proposedOn, proposedByName, explanation } = of;
  return (
    <Card
      className="month"
      title={
        <Link to="/budgets">
          预算调整：{BUDGET_CHANGES[kind as BudgetChangeKind]}（{budgetName}）
        </Link>
      }
    >
      <p>
        {proposedByName} {proposedOn} 提出，依据：{document}；理由：{reason}。金额 <Money value={amount} withUnit />
        <Why of={explanation as Explanation | null} />
      </p>
      <Decide of={of} />
    </Card>
  );
}

function OpenClawback({ of }: { of: Clawback }) {
  const { id, enterpriseName, lineName, amount, ground, reason, cancelling, cancelReason } = of;
  return (
    <Card
      className="month"
      title={
        <Link to={`/clawbacks/${id}`}>
          {cancelling ? '撤销追回' : '追回'}：{enterpriseName}（{lineName}）
        </Link>
      }
    >
      <p>
        {cancelling ? `撤销理由：${cancelReason}。` : `${groundOf(ground)}：${reason}。`}追回金额{' '}
        <Money value={amount} withUnit />。
      </p>
      <Space className="act" wrap>
        <ClawbackActs of={of} />
      </Space>
    </Card>
  );
}
