import { Empty, Skeleton } from 'antd';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';
import { OpenContributions } from './OpenContributions.tsx';
import { ProposalCard } from './ProposalCard.tsx';

/** 复核: what a second person has to look at, with what it would change and who proposed it; one's own cannot be approved. */
export default function ApprovalsPage() {
  const me = useMe();
  const { data, error, refetch } = useAsk(['policies', 'proposed'], () =>
    ask(api['policy-versions'].$get({ query: { status: 'proposed', limit: '500' } })),
  );
  const count = data?.items.length ?? 0;
  return (
    <Page
      title="复核"
      sentence={data && (count > 0 ? `有 ${count} 项待复核。提出人不得复核自己提出的事项。` : '没有待复核的事项。')}
    >
      <ProblemAlert error={error} retry={refetch} />
      <h2>条款新版本</h2>
      {!data && !error && <Skeleton active />}
      {data && count === 0 && <Empty description="没有待复核的条款版本" />}
      {data?.items.map((proposal) => (
        <ProposalCard key={proposal.id} proposal={proposal} />
      ))}
      {may(me, 'ledger.read') && <OpenContributions />}
    </Page>
  );
}
