import { Empty, List, Skeleton, Statistic } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useMe } from '../../session.ts';

/** 首页: answers the role's own question in one sentence, then what waits, what is late, and the figures behind it. */
export default function HomePage() {
  const me = useMe();
  const { data, error, refetch } = useAsk(['home'], () => ask(api.home.$get()));
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  return (
    <Page title={`${me.name}，您好`} sentence={data.sentence}>
      <section className="figures" aria-label="主要数据">
        {data.figures.map(({ label, value, unit, href }) => (
          <Statistic
            key={label}
            title={href ? <Link to={href}>{label}</Link> : label}
            valueRender={() =>
              unit === '元' ? (
                <Money value={value} withUnit />
              ) : (
                <span className="figure">
                  {value}
                  {unit ? ` ${unit}` : ''}
                </span>
              )
            }
          />
        ))}
      </section>
      <h2>待办</h2>
      {data.todo.length === 0 ? (
        <Empty description="没有待办事项" />
      ) : (
        <List
          bordered
          className="todo"
          dataSource={data.todo}
          renderItem={({ title, count, dueOn, late, href }) => (
            <List.Item
              extra={
                dueOn && <Toned tone={late ? 'past' : 'near'}>{late ? `已逾期，应于 ${dueOn}` : `${dueOn} 前`}</Toned>
              }
            >
              <Link to={href}>{title}</Link>
              {count > 1 && <span className="figure">　{count} 项</span>}
            </List.Item>
          )}
        />
      )}
    </Page>
  );
}
