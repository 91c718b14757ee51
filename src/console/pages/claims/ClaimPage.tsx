import { Button, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useKeys } from '../../parts/useKeys.ts';
import { useMe } from '../../session.ts';
import { Papers } from '../documents/Papers.tsx';
import { Checks } from '../filings/Checks.tsx';
import type { Check } from '../filings/types.ts';
import { AfterPayment } from '../recoveries/AfterPayment.tsx';
import { KeyHelp } from '../reviews/KeyHelp.tsx';
import { Acts } from './Acts.tsx';
import { Amounts } from './Amounts.tsx';
import { Checklist } from './Checklist.tsx';
import { ClaimState } from './ClaimState.tsx';
import { Clocks } from './Clocks.tsx';
import { FenLookup } from './FenLookup.tsx';
import { Panel } from './Panel.tsx';
import { handlesClaims, useQueue } from './queue.ts';
import { Timeline } from './Timeline.tsx';
import type { Claim } from './types.ts';
import { useClaimChanged } from './useClaimAct.ts';
import { Waterfall } from './Waterfall.tsx';
import { whereItStands } from './where.ts';
import './claims.css';

const KEYS: [string, string][] = [
  ['a', '办理：审核、审批、复核、拨付或提交'],
  ['r', '退回补正'],
  ['n / p', '待我办理的下一份／上一份'],
  ['u', '回到列表'],
  ['?', '显示本说明'],
];

/** 补偿申请: where it stands and whose turn it is, who bears what, what was checked and handed in, what happened; and what this person does with it. */
export default function ClaimPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useAsk(['claims', id], () => ask(api.claims[':id'].$get({ param: { id } })));
  if (error && !data) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  return <OneClaim key={id} claim={data} />;
}

function OneClaim({ claim }: { claim: Claim }) {
  const me = useMe();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [help, setHelp] = useState(false);
  const { total, at, previous, next } = useQueue(search, claim.id);
  const changed = useClaimChanged();
  const query = search.size > 0 ? `?${search}` : '';
  const go = (to: string | undefined) => navigate(to ? `/claims/${to}${query}` : `/claims${query}`);
  useKeys({
    n: () => next && go(next),
    p: () => previous && go(previous),
    u: () => go(undefined),
    '?': () => setHelp(true),
  });
  return (
    <Page
      title={`${claim.enterpriseName} 补偿申请`}
      trail={[{ title: '风险补偿', to: `/claims${query}` }]}
      sentence={
        <>
          <ClaimState status={claim.status} />
          {claim.late && <Toned tone="past">已超期</Toned>}
          {whereItStands(claim)}
        </>
      }
      actions={
        <Space>
          {handlesClaims(me) && (
            <>
              <span className="hint">{at >= 0 && `第 ${at + 1} 份，共 ${total} 份待您办理`}</span>
              <Button disabled={!previous} onClick={() => go(previous)}>
                上一份 p
              </Button>
              <Button disabled={!next} onClick={() => go(next)}>
                下一份 n
              </Button>
            </>
          )}
          <Button onClick={() => window.print()}>打印</Button>
          <Button aria-label="键盘操作" onClick={() => setHelp(true)}>
            ?
          </Button>
        </Space>
      }
    >
      <Amounts claim={claim} />
      <Waterfall claim={claim} />
      <AfterPayment claim={claim} onChanged={changed} />
      <FenLookup claim={claim} />
      <h2>核对与依据</h2>
      <Checks checks={claim.checks as Check[]} />
      <Checklist claim={claim} />
      <Clocks clocks={claim.clocks} cites={claim.clockCites} />
      <Panel panel={claim.panel} />
      <Papers subject={`claim:${claim.id}`} />
      <Timeline claim={claim} />
      <Acts claim={claim} />
      <KeyHelp keys={KEYS} open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}
