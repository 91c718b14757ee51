import { Button, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { SampleMark } from '../../parts/Cites.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { SubsidyState } from '../../parts/subsidy/SubsidyState.tsx';
import type { Application } from '../../parts/subsidy/types.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useKeys } from '../../parts/useKeys.ts';
import { useMe } from '../../session.ts';
import { Clocks } from '../claims/Clocks.tsx';
import { Panel } from '../claims/Panel.tsx';
import { Papers } from '../documents/Papers.tsx';
import { Checks } from '../filings/Checks.tsx';
import type { Check } from '../filings/types.ts';
import { KeyHelp } from '../reviews/KeyHelp.tsx';
import { Acts } from './Acts.tsx';
import { stepOf } from './acts.ts';
import { Corrections } from './Corrections.tsx';
import { EnterpriseSide } from './EnterpriseSide.tsx';
import { Figures } from './Figures.tsx';
import { Findings } from './Findings.tsx';
import { History } from './History.tsx';
import { LineReview } from './LineReview.tsx';
import { PaperList } from './PaperList.tsx';
import { handlesSubsidies, useQueue } from './queue.ts';
import { useDecisions } from './useDecisions.ts';
import { whereItStands } from './where.ts';
import './subsidies.css';

const KEYS: [string, string][] = [
  ['a', '办理：审核推荐、形式审查、登记审计意见或核定'],
  ['r', '退回补正'],
  ['d', '不予补贴'],
  ['n / p', '待我办理的下一项／上一项'],
  ['u', '回到列表'],
  ['?', '显示本说明'],
];

/** One application for those who review it: the enterprise, each line beside what was checked and computed, the papers, the decision at the foot. */
export default function SubsidyPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useAsk(['subsidy-applications', id], () =>
    ask(api['subsidy-applications'][':id'].$get({ param: { id } })),
  );
  if (error && !data) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  return <OneApplication key={id} of={data} />;
}

function OneApplication({ of }: { of: Application }) {
  const me = useMe();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [help, setHelp] = useState(false);
  const { total, at, previous, next } = useQueue(search, of.id);
  const decides = stepOf(of, me) === 'decide' && !of.barred;
  const decisions = useDecisions(of, decides);
  const query = search.size > 0 ? `?${search}` : '';
  const go = (to: string | undefined) => navigate(to ? `/subsidies/${to}${query}` : `/subsidies${query}`);
  useKeys({
    n: () => next && go(next),
    p: () => previous && go(previous),
    u: () => go(undefined),
    '?': () => setHelp(true),
  });
  return (
    <Page
      title={`${of.enterpriseName} 补贴申请`}
      trail={[{ title: '补贴申请', to: `/subsidies${query}` }]}
      sentence={
        <>
          <SubsidyState status={of.status} />
          {of.nextStep.late && <Toned tone="past">已超期</Toned>}
          {whereItStands(of)}
          {of.provisional && <SampleMark />}
        </>
      }
      actions={
        <Space>
          {handlesSubsidies(me) && (
            <>
              <span className="hint">{at >= 0 && `第 ${at + 1} 项，共 ${total} 项待您办理`}</span>
              <Button disabled={!previous} onClick={() => go(previous)}>
                上一项 p
              </Button>
              <Button disabled={!next} onClick={() => go(next)}>
                下一项 n
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
      <Figures of={of} />
      <EnterpriseSide of={of} />
      <h2>申报条件</h2>
      <Checks checks={of.checks as Check[]} />
      <Findings of={of} />
      <h2>支出与补贴（{of.lines.length} 项）</h2>
      {of.lines.map((line) => (
        <LineReview
          key={line.place}
          of={of}
          line={line}
          decision={decides ? decisions.of(line.place) : undefined}
          onDecide={(decision) => decisions.set(line.place, decision)}
        />
      ))}
      <Corrections of={of} />
      <PaperList of={of} />
      <Clocks clocks={of.clocks} cites={[]} />
      <Panel panel={of.panel} />
      <Papers subject={`subsidy:${of.id}`} />
      <History of={of} />
      <Acts of={of} decisions={decisions} onward={() => go(next)} />
      <KeyHelp keys={KEYS} open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}
