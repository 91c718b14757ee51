import { Button, Skeleton, Space } from 'antd';
import { useRef, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert, ProblemPage } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useKeys } from '../../parts/useKeys.ts';
import { Papers } from '../documents/Papers.tsx';
import { TitlesTable } from '../enterprises/TitlesTable.tsx';
import { Checks } from '../filings/Checks.tsx';
import { DecideBar } from './DecideBar.tsx';
import { Acts, History } from './History.tsx';
import { KeyHelp } from './KeyHelp.tsx';
import { useQueue } from './queue.ts';
import { RefuseDialog } from './RefuseDialog.tsx';
import { Summary } from './Summary.tsx';
import type { Review } from './types.ts';
import { useConsent } from './useConsent.tsx';

const KEYS: [string, string][] = [
  ['a', '同意'],
  ['r', '不同意'],
  ['n / p', '下一笔／上一笔'],
  ['u', '回到列表'],
  ['?', '显示本说明'],
];

/** 审核: everything about one filing on one page, the decision at its foot, and the way to the next one that waits. */
export default function ReviewPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useAsk(['loan-filings', id, 'review'], () =>
    ask(api['loan-filings'][':id'].review.$get({ param: { id } })),
  );
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  return <OneFiling key={id} review={data} />;
}

function OneFiling({ review }: { review: Review }) {
  const { filing } = review;
  const { id } = filing;
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [refusing, setRefusing] = useState(false);
  const [help, setHelp] = useState(false);
  const { total, at, previous, next } = useQueue(search, id);
  const query = search.size > 0 ? `?${search}` : '';
  const go = (to: string | undefined) => navigate(to ? `/reviews/${to}${query}` : `/reviews${query}`);
  // The one after this, from when this one still waited; known by the time the decision is.
  const onward = useRef<string>(undefined);
  if (at >= 0) onward.current = next;
  const consent = useConsent(() => go(onward.current));
  const waits = filing.status === 'submitted';
  const agree = () => waits && consent.confirm(filing);
  useKeys({
    a: agree,
    r: () => waits && setRefusing(true),
    n: () => next && go(next),
    p: () => previous && go(previous),
    u: () => go(undefined),
    '?': () => setHelp(true),
  });
  return (
    <Page
      title={filing.enterpriseName}
      trail={[{ title: '待审核备案', to: `/reviews${query}` }]}
      sentence={sentenceOf(review)}
      actions={
        <Space>
          <span className="hint">{at >= 0 && `第 ${at + 1} 笔，共 ${total} 笔待审核`}</span>
          <Button disabled={!previous} onClick={() => go(previous)}>
            上一笔 p
          </Button>
          <Button disabled={!next} onClick={() => go(next)}>
            下一笔 n
          </Button>
          <Button onClick={() => window.print()}>打印</Button>
          <Button onClick={() => setHelp(true)}>?</Button>
        </Space>
      }
    >
      <ProblemAlert error={consent.error} />
      <Summary review={review} />
      <h2>核查与依据</h2>
      <Checks checks={filing.checks} />
      <h2>
        资质　<Link to={`/eligibility?uscc=${filing.enterpriseUscc}`}>支持条件</Link>
      </h2>
      <TitlesTable titles={review.enterprise.titles} on={filing.filedOn} />
      <History review={review} />
      <Papers subject={`filing:${id}`} />
      <Acts acts={review.acts} />
      {waits && <DecideBar review={review} busy={consent.busy} onConsent={agree} onRefuse={() => setRefusing(true)} />}
      <RefuseDialog
        filing={refusing ? filing : undefined}
        suggested={filing.checks.filter(({ verdict }) => verdict === 'fail').map(({ message }) => message)}
        onClose={() => setRefusing(false)}
        onDone={() => {
          setRefusing(false);
          go(onward.current);
        }}
      />
      <KeyHelp keys={KEYS} open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}

function sentenceOf({ filing, bankName, poolName, headroom }: Review): string {
  const { status, checks, decidedOn, reason } = filing;
  if (status === 'consented') return `${decidedOn} 已同意入池。`;
  if (status === 'refused') return `${decidedOn} 未通过，理由：${reason}`;
  if (status === 'withdrawn') return `${decidedOn} 已由银行撤回。`;
  const count = (verdict: string) => checks.filter((check) => check.verdict === verdict).length;
  const doubts = [
    count('fail') > 0 ? `${count('fail')} 项不通过` : '',
    count('warn') > 0 ? `${count('warn')} 项提示` : '',
    headroom?.enough === false ? '资金池可用额度不足' : '',
  ].filter(Boolean);
  const unknown = count('notChecked') > 0 ? `${count('notChecked')} 项系统没有数据，须人工核对` : '';
  const good = `${count('pass')} 项核查通过，额度充足`;
  const verdict = [doubts.length > 0 ? `须留意：${doubts.join('，')}` : good, unknown].filter(Boolean).join('；');
  return `${bankName}报送，拟进入${poolName}。${verdict}。`;
}
