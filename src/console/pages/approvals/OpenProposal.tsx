import { Card } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useClauses } from '../../parts/useClauses.ts';
import { ContributorSheet } from '../recoveries/ContributorSheet.tsx';
import { ProposalDecision } from '../recoveries/ProposalDecision.tsx';
import { ProposalFacts } from '../recoveries/ProposalFacts.tsx';
import type { ProposalItem } from './useWaiting.ts';

const WORDS: Record<string, string> = { refund: '退回补偿', cost: '垫付追偿费用' };

/** A write-off, a refund or a cost of the pool that somebody proposed: what it would take from whom, what the rules say, and the decision. */
export function OpenProposal({ of: proposal }: { of: ProposalItem }) {
  const { claimId, kind, enterpriseName, dueBillNo, poolCode } = proposal;
  const { clause } = useClauses(poolCode);
  const grounds = clause<{ grounds: { code: string; label: string }[] }>('refund')?.value?.grounds ?? [];
  const { data, error } = useAsk(['claims', claimId], () => ask(api.claims[':id'].$get({ param: { id: claimId } })));
  const what = WORDS[kind] ?? '核销';
  return (
    <Card
      className="month"
      title={
        <Link to={`/claims/${claimId}`}>
          {what}：{enterpriseName}（{dueBillNo}）
        </Link>
      }
    >
      <ProblemAlert error={error} />
      {kind === 'writeOff' && data && <ContributorSheet claim={data} />}
      <ProposalFacts of={proposal} grounds={Object.fromEntries(grounds.map(({ code, label }) => [code, label]))} />
      <ProposalDecision claimId={claimId} of={proposal} />
    </Card>
  );
}
