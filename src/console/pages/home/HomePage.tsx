import { Empty, Skeleton, Tooltip } from 'antd';
import type { InferResponseType } from 'hono/client';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { SampleMark } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { useMe } from '../../session.ts';

type Home = InferResponseType<typeof api.home.$get, 200>;

const TONES = { within: '额度内', near: '接近限额', past: '超过限额' };

/** 首页: answers the role's own question in one sentence, then what waits, what is late first, and the figures behind it. */
export default function HomePage() {
  const me = useMe();
  const { data, error, refetch } = useAsk(['home'], () => ask(api.home.$get()));
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  return (
    <Page
      title={`${me.name}，您好`}
      sentence={
        <>
          {data.state === 'late' && <Toned tone="past">须尽快处理</Toned>}
          {data.sentence}
        </>
      }
    >
      <section className="figures" aria-label="主要数据">
        {data.figures.map((figure) => (
          <Figure key={figure.label} figure={figure} />
        ))}
      </section>
      <h2>待办 {data.notice && <SampleMark />}</h2>
      {data.todo.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有待办事项" />
      ) : (
        <ul className="todos">
          {data.todo.map((todo) => (
            <Todo key={`${todo.kind}${todo.title}`} todo={todo} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function Figure({ figure: { label, value, unit, href, tone, explanation } }: { figure: Home['figures'][number] }) {
  return (
    <div>
      <div className="hint">
        {href ? <Link to={href}>{label}</Link> : label} {tone && <Toned tone={tone}>{TONES[tone]}</Toned>}
        <Why of={explanation as Explanation | undefined} title={label} />
      </div>
      <span className="big">
        {unit === '元' ? (
          <Money value={value} withUnit />
        ) : (
          <span className="figure">{[value, unit].filter(Boolean).join(' ')}</span>
        )}
      </span>
    </div>
  );
}

function Todo({ todo: { title, count, dueOn, late, href, cites } }: { todo: Home['todo'][number] }) {
  return (
    <li>
      <span>
        <Link to={href}>{title}</Link>
        {count > 1 && <span className="figure"> {count} 项</span>}
      </span>
      <span>
        {dueOn && (
          <Tooltip title={cites.map(({ document, article }) => `${document} ${article}`).join('；')}>
            <span>
              <Toned tone={late ? 'past' : 'near'}>{late ? `应于 ${dueOn}，已逾期` : `${dueOn} 前`}</Toned>
            </span>
          </Tooltip>
        )}
        {!dueOn && late && <Toned tone="past">请尽快处理</Toned>}
      </span>
    </li>
  );
}
