import { Alert, Skeleton, Table } from 'antd';
import { useEffect, useState } from 'react';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { amountOf } from '../filings/amount.ts';
import type { Given, Simulation } from './types.ts';

type Part = NonNullable<Simulation['now']>['parts'][number];
const PAUSE_MS = 400;

/** 由谁承担: what the pool would pay and each bearer would bear of what is typed, by the rules of today, with how it came about. */
export function WhoBears({ loanId, values: { unpaidPrincipal, facts, capFacts } }: { loanId: string; values: Given }) {
  const asked = useSettled({ loanId, unpaidPrincipal: unpaidPrincipal ?? '', facts, ...capsOf(capFacts) });
  const sound = amountOf(asked.unpaidPrincipal)?.greaterThan(0) ?? false;
  const { data, error } = useAsk(['claims', 'simulate', asked], () => ask(api.claims.simulate.$post({ json: asked })), {
    enabled: sound,
  });
  return (
    <section aria-label="由谁承担" aria-live="polite">
      <h2>按分担比例由谁承担</h2>
      {!sound && <p className="hint-line">填写未偿还本金后显示。</p>}
      <ProblemAlert error={error} />
      {sound && !data && !error && <Skeleton active />}
      {data?.nowProblem && <Alert type="warning" showIcon title={`还不能计算：${data.nowProblem}`} />}
      {data?.now && <Parts now={data.now} />}
    </section>
  );
}

/** What was stated for ceilings, as far as it can be read already. */
function capsOf({ publicMoney, lastYearBalance, guaranteedInYear }: NonNullable<Given['capFacts']> = {}) {
  const known = (of: Record<string, string | undefined>) =>
    Object.fromEntries(
      Object.entries(of).flatMap(([name, value]) => (value && amountOf(value) ? [[name, value]] : [])),
    );
  const [used, bases] = [known({ publicMoney }), known({ lastYearBalance, guaranteedInYear })];
  return Object.keys({ ...used, ...bases }).length > 0 ? { caps: { used, bases } } : {};
}

function Parts({ now: { parts, compensation, countedUnpaid, explanation } }: { now: NonNullable<Simulation['now']> }) {
  return (
    <>
      <p className="big">
        申请金额 <Money value={compensation} withUnit />
        <Why of={explanation as Explanation} title="申请金额怎样得出" />
      </p>
      <p className="hint-line">
        申请金额由规则算出，不必填写。以未偿还备案本金 <Money value={countedUnpaid} withUnit />
        为基数；审批以核定时的结果为准。
      </p>
      <Table<Part>
        size="small"
        rowKey="bearer"
        pagination={false}
        dataSource={parts}
        columns={[
          { title: '承担方', dataIndex: 'label' },
          { title: '方式', render: (_, { kind }) => (kind === 'pool' ? '资金池支付' : '自行承担') },
          { title: '金额', align: 'right', render: (_, { amount }) => <Money value={amount} /> },
          { title: '依据', render: (_, { cites }) => <Cites cites={cites} /> },
        ]}
      />
    </>
  );
}

/** What was typed, once one pauses. */
function useSettled<T>(value: T): T {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
