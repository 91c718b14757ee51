import { Alert, Skeleton } from 'antd';
import type { InferResponseType } from 'hono/client';
import { useSearchParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { Why } from '../../parts/Why.tsx';
import { useMe } from '../../session.ts';
import { ChooseEnterprise } from './ChooseEnterprise.tsx';
import { Conditions } from './Conditions.tsx';
import { Subsidies } from './Subsidies.tsx';

export type Eligibility = InferResponseType<typeof api.eligibility.$get, 200>;
export type Programme = Eligibility['programmes'][number];

/** 支持条件: what an enterprise may get from each programme, and what it lacks. An enterprise sees its own; others name one by `?uscc=`. */
export default function EligibilityPage() {
  const me = useMe();
  const [search] = useSearchParams();
  const uscc = search.get('uscc') ?? me.enterprise?.uscc ?? '';
  const { data, error, refetch } = useAsk(
    ['eligibility', uscc],
    () => ask(api.eligibility.$get({ query: uscc === me.enterprise?.uscc ? {} : { uscc } })),
    { enabled: uscc !== '' },
  );
  if (uscc === '') return <ChooseEnterprise />;
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const own = me.role === 'enterprise';
  return (
    <Page
      title={own ? '我能申请什么' : `支持条件：${data.name}`}
      trail={own ? undefined : [{ title: data.name, to: `/enterprises/${uscc}` }]}
      sentence={sentenceOf(data)}
    >
      {data.suggestions.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title="还差什么"
          description={
            <ul className="faults">
              {data.suggestions.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          }
        />
      )}
      {data.programmes.map((programme) => (
        <ProgrammeCard key={programme.poolCode} programme={programme} />
      ))}
      {own && <Subsidies />}
      <p className="hint-line">
        以上按 {data.asOf} 企业库中的资料判断，最终以银行审批和备案审核为准。
        {own && '资料有误的，请联系所在县区科技部门更正。'}
      </p>
    </Page>
  );
}

function ProgrammeCard({ programme }: { programme: Programme }) {
  const { poolName, programme: name, eligible, left, cap, counted, explanation, clauses, banks } = programme;
  return (
    <section className="programme">
      <h2>
        {poolName}　<Toned tone={eligible ? 'within' : 'past'}>{eligible ? '符合条件' : '暂不符合'}</Toned>
      </h2>
      <p className="hint-line">{name}</p>
      <div className="figures">
        <div>
          <div className="hint">单户尚可备案</div>
          <strong className="big">
            <Money value={left} withUnit />
          </strong>
          <Why of={explanation} />
        </div>
        <div>
          <div className="hint">单户上限</div>
          <Money value={cap} withUnit />
        </div>
        <div>
          <div className="hint">已备案余额（含待审）</div>
          <Money value={counted} withUnit />
        </div>
      </div>
      <Conditions clauses={clauses} />
      {banks.length > 0 && (
        <p>到哪里申请：{banks.join('、')}。贷款由银行审批，放款前后由银行报送备案，企业不必另行申请。</p>
      )}
    </section>
  );
}

function sentenceOf({ programmes }: Eligibility): string {
  const open = programmes.filter(({ eligible }) => eligible);
  if (programmes.length === 0) return '目前没有覆盖企业登记地的资金池。';
  if (open.length === 0) return '目前还不符合条件，下面列出还差什么。';
  return `符合${open.map(({ poolName }) => poolName).join('、')}的条件，可以向合作银行申请贷款。`;
}
