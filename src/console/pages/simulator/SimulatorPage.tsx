import { Alert, Button, Skeleton } from 'antd';
import { useRef } from 'react';
import { useSearchParams } from 'react-router';
import { api, ask, Problem } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { fromSearch, type Given, requestOf, type Simulation, toSearch } from './inputs.ts';
import { Result } from './Result.tsx';
import { SimulatorForm } from './SimulatorForm.tsx';

/** 风险分担测算: a loss of so much on a loan, real or made up: who bears what, as the rules are and with other values. Nothing is written; the address keeps the inputs. */
export default function SimulatorPage() {
  const [search, setSearch] = useSearchParams();
  const given = fromSearch(search);
  const request = requestOf(given);
  const { data, error, refetch, isFetching } = useAsk(
    ['simulation', request],
    () => ask(api.claims.simulate.$post({ json: request! })),
    { enabled: request !== null },
  );
  const faults =
    error instanceof Problem ? error.errors : [...(data?.nowErrors ?? []), ...(data?.proposedErrors ?? [])];
  // The form begins anew where the address changed otherwise than by it, as going back does.
  const at = search.toString();
  const form = useRef({ key: at, at });
  if (form.current.at !== at) form.current = { key: at, at };
  const change = (next: Given) => {
    const asked = new URLSearchParams(toSearch(next));
    form.current.at = asked.toString();
    setSearch(asked);
  };
  return (
    <Page
      title="风险分担测算"
      sentence="测算一笔损失由谁承担、追偿收回后各方还剩多少；可以与拟改的条款比较。只作测算，不作任何登记。"
      actions={
        <>
          {data && <Button onClick={() => window.print()}>打印</Button>}
          <Button onClick={() => setSearch({})}>清空</Button>
        </>
      }
    >
      <SimulatorForm
        key={form.current.key}
        given={given}
        policyCode={data?.policyCode}
        faults={faults}
        busy={isFetching}
        onAsk={change}
      />
      <ProblemAlert error={error} retry={error instanceof Problem && error.errors.length > 0 ? undefined : refetch} />
      {isFetching && !data && <Skeleton active />}
      {data && <Answer of={data} unpaid={given.unpaidPrincipal!} recovered={given.recovered} />}
    </Page>
  );
}

function Answer({ of, unpaid, recovered }: { of: Simulation; unpaid: string; recovered?: string }) {
  return (
    <>
      {of.nowProblem && <Cannot title="现行条款不能计算" why={of.nowProblem} />}
      {of.proposedProblem && <Cannot title="拟改条款不能计算" why={of.proposedProblem} />}
      {(of.now || of.proposed) && <Result of={of} unpaid={unpaid} recovered={recovered !== undefined} />}
    </>
  );
}

function Cannot({ title, why }: { title: string; why: string }) {
  return <Alert type="warning" showIcon role="alert" title={title} description={`${why}。请在上面补充后再测算。`} />;
}
