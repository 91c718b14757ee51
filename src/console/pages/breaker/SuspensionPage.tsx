import { Descriptions, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { BREAKER_MEASURES } from '../../../policy/kinds/breaker-words.ts';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { Papers } from '../documents/Papers.tsx';
import { Lifts } from './Lifts.tsx';
import { episodeOf, type Line, SCOPES, STOPS, type Suspension, triggerOf, whatOf } from './types.ts';

/** One warning or suspension: what happened, where the ratio stands now, what it stops, its notices, and how it is lifted. */
export default function SuspensionPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useAsk(['suspensions', id], () =>
    ask(api.suspensions[':id'].$get({ param: { id } })),
  );
  const now = useAsk(
    ['breaker', data?.poolCode],
    () => ask(api.breaker.$get({ query: { poolCode: data!.poolCode } })),
    {
      enabled: data !== undefined,
    },
  );
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const line = now.data?.items[0]?.lines.find(
    (l) => l.scope === data.scope && l.party === data.party && l.measure === data.measure,
  );
  const [label, tone] = episodeOf(data);
  return (
    <Page
      title={`${data.level === 'warn' ? '警示' : '暂停'}：${whatOf(data)}`}
      trail={[{ title: '熔断监测', to: '/breaker' }]}
      sentence={
        <>
          <Toned tone={tone}>{label}</Toned>自 {data.since} 起：{data.message}
          {line?.ratio && line.ratio !== data.ratio && `，现为 ${line.ratio}%`}。{afterwards(data)}
        </>
      }
    >
      <Facts of={data} now={line} />
      <Lifts of={data} />
      <Papers subject={`suspension:${id}`} />
    </Page>
  );
}

/** How it went on, or how it ends. */
function afterwards({ status, liftedOn, endedOn, belowSince, cause, level }: Suspension): string {
  if (endedOn) return `已于 ${endedOn} 结束。`;
  if (status === 'lifted') return `已于 ${liftedOn} 解除；比率降至暂停线以下后再次达到的，重新暂停。`;
  if (cause === 'report') return '补报月报后自行恢复。';
  if (level === 'warn') return '比率降至警示线以下后自行结束。';
  return belowSince ? `比率已于 ${belowSince} 降至暂停线以下，仍须两人办理解除。` : '须两人办理解除。';
}

function Facts({ of: data, now }: { of: Suspension; now: Line | undefined }) {
  const why = (of: unknown) => <Why of={of as Explanation} title={whatOf(data)} />;
  const { text, to } = triggerOf(data);
  const { over, under } = BREAKER_MEASURES[data.measure ?? 'nonPerforming'];
  const ratio: [string, ReactNode][] = [
    [
      '当时比率',
      <>
        {data.ratio === null ? '无法计算' : `${data.ratio}%`}
        {why(data.explanation)}
      </>,
    ],
    [
      '现在比率',
      now ? (
        <>
          {now.ratio === null ? '无法计算' : `${now.ratio}%`}
          {why(now.explanation)}
        </>
      ) : (
        '—'
      ),
    ],
    ['警示线、暂停线', `${data.warnLine ? `${data.warnLine}%、` : '未设警示线、'}${data.suspendLine}%`],
    [`当时${over}`, <Money key="" value={data.numerator} withUnit />],
    [`当时${under}`, <Money key="" value={data.denominator} withUnit />],
  ];
  const items: [string, ReactNode][] = [
    ['对象', `${data.partyName}（${SCOPES[data.scope]}）`],
    [
      '资金池',
      <Link key="" to={`/pools/${data.poolCode}`}>
        {data.poolName}
      </Link>,
    ],
    ['暂停的事项', data.stops ? STOPS[data.stops] : '不暂停业务'],
    ...(data.measure ? ratio : []),
    ['触发事项', to ? <Link to={to}>{text}</Link> : text],
    ['依据', <Cites key="" cites={data.cites} />],
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
