import { Card, Empty, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { usePoolName } from '../../parts/useChoices.ts';
import { may, useMe } from '../../session.ts';
import { LiftDecision } from '../breaker/Lifts.tsx';
import { whatOf } from '../breaker/types.ts';
import { OrderDecision } from '../pools/OrderDecision.tsx';
import { ClaimToConfirm } from './ClaimToConfirm.tsx';
import { ClosingWaiting } from './Closing.tsx';
import { OpenContributions } from './OpenContributions.tsx';
import { OpenPayouts } from './OpenPayouts.tsx';
import { OpenProposal } from './OpenProposal.tsx';
import { OpenRevocation } from './OpenRevocation.tsx';
import { OpenSubsidies } from './OpenSubsidies.tsx';
import { ProposalCard } from './ProposalCard.tsx';
import { useWaiting } from './useWaiting.ts';
import { useWaitingSubsidies } from './useWaitingSubsidies.ts';
import '../recoveries/recoveries.css';

/** 复核: what a second person has to look at, with what it would change and who proposed it; one's own cannot be approved. */
export default function ApprovalsPage() {
  const me = useMe();
  const poolName = usePoolName();
  const { claims, proposals, payouts, orders, lifts, revocations, versions, closing, ...all } = useWaiting();
  const subsidies = useWaitingSubsidies();
  const count = all.count + subsidies.count;
  const ready = all.ready && subsidies.ready;
  const { error = subsidies.error, retry } = all;
  return (
    <Page
      title="复核"
      sentence={ready && (count > 0 ? `有 ${count} 项待复核。提出人不得复核自己提出的事项。` : '没有待复核的事项。')}
    >
      <ProblemAlert error={error} retry={retry} />
      {!ready && !error && <Skeleton active />}
      {ready && count === 0 && (
        <Empty description="补偿审批、核销、拨付、退回出资、补贴分配、追回和预算调整等事项提出后，在这里由另一人复核" />
      )}
      <Section title="补偿申请" count={claims.length}>
        {claims.map(({ id, enterpriseName, dueBillNo }) => (
          <ClaimToConfirm key={id} id={id} title={`${enterpriseName}（${dueBillNo}）`} />
        ))}
      </Section>
      <Section title="核销与退回补偿" count={proposals.length}>
        {proposals.map((proposal) => (
          <OpenProposal key={proposal.id} of={proposal} />
        ))}
      </Section>
      <Section title="补贴" count={subsidies.count}>
        <OpenSubsidies of={subsidies} />
      </Section>
      <Section title="应付款拨付" count={payouts.length}>
        <OpenPayouts items={payouts} />
      </Section>
      <Section title="退回出资与终止" count={orders.length}>
        {orders.map((order) => (
          <Card
            key={order.id}
            className="month"
            title={<Link to={`/pools/${order.poolCode}`}>{poolName(order.poolCode)}</Link>}
          >
            <OrderDecision order={order} />
          </Card>
        ))}
      </Section>
      <Section title="解除暂停" count={lifts.length}>
        {lifts.map(({ of, lift }) => (
          <Card
            key={lift.id}
            className="month"
            title={
              <Link to={`/suspensions/${of.id}`}>
                {whatOf(of)}（{of.poolName}）
              </Link>
            }
          >
            <p>{of.message}</p>
            <LiftDecision of={of} lift={lift} />
          </Card>
        ))}
      </Section>
      <ClosingWaiting of={closing} Section={Section} />
      <Section title="撤销备案" count={revocations.length}>
        {revocations.map((item) => (
          <OpenRevocation key={item.id} of={item} />
        ))}
      </Section>
      <Section title="条款新版本" count={versions.length}>
        {versions.map((proposal) => (
          <ProposalCard key={proposal.id} proposal={proposal} />
        ))}
      </Section>
      {may(me, 'ledger.read') && <OpenContributions />}
    </Page>
  );
}

/** One kind of things that wait; nothing where none does. */
function Section({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <section aria-label={title}>
      <h2>
        {title}（{count}）
      </h2>
      {children}
    </section>
  );
}
