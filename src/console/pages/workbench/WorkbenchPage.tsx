import { Alert, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert, ProblemPage } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useBooks } from '../../parts/useBooks.ts';
import { may, useMe } from '../../session.ts';
import { ConfirmRun } from '../reconciliations/ConfirmRun.tsx';
import type { Run } from '../reconciliations/run.ts';
import { Board } from './Board.tsx';
import { type Desk, pairingsOf, sidesOf } from './desk.ts';
import { Matched } from './Matched.tsx';
import { useMatching } from './useMatching.ts';
import './workbench.css';

/** 对账工作台: the bank's open lines left, the ledger's right, what may belong together between them. */
export default function WorkbenchPage() {
  const { id = '' } = useParams();
  const run = useAsk(['reconciliations', id], () => ask(api.reconciliations[':id'].$get({ param: { id } })));
  const desk = useAsk(['desk', id], () => ask(api.reconciliations[':id'].sides.$get({ param: { id } })));
  const error = run.error ?? desk.error;
  if (error) return <ProblemPage error={error} retry={() => void Promise.all([run.refetch(), desk.refetch()])} />;
  if (!run.data || !desk.data) return <Skeleton className="page" active />;
  return <Workbench key={id} run={run.data} desk={desk.data} />;
}

function Workbench({ run, desk }: { run: Run; desk: Desk }) {
  const me = useMe();
  const go = useNavigate();
  const { bookName } = useBooks();
  const [listing, setListing] = useState(false);
  const matching = useMatching(run);
  const { again } = matching;
  const sides = sidesOf(desk);
  const stale = run.status === 'open' && isStale(run, desk);
  const pending = pendingIn(desk);
  const mayRun = may(me, 'reconciliation.run') && run.status === 'open';
  const rerun = () =>
    again.mutate(undefined, {
      onSuccess: ({ id }) => id !== run.id && go(`/reconciliations/${id}`, { replace: true }),
    });
  return (
    <Page
      title={`${bookName(run.poolCode)} ${run.period} 对账`}
      trail={[{ title: '银行对账', to: `/reconciliations?account=${run.accountNo}&period=${run.period}` }]}
      sentence={<Sentence run={run} desk={desk} stale={stale} />}
      actions={
        <>
          <Link to={`/reconciliations/${run.id}/bridge`}>
            <Button>余额调节表</Button>
          </Link>
          {mayRun && (
            <Button type={stale ? 'primary' : 'default'} loading={again.isPending} onClick={rerun}>
              重新对账
            </Button>
          )}
        </>
      }
    >
      <ProblemAlert error={again.error} />
      {stale && <Alert type="info" showIcon title="对账以后又有处理。重新对账后，余额调节表和差异按现在的情形更新。" />}
      <Matched run={run} desk={desk} undo={matching.undo} open={listing} onOpen={setListing} />
      <Board
        run={run}
        sides={sides}
        pairings={pairingsOf(run.proposals, sides)}
        matching={matching}
        mayMatch={mayRun}
        onUndo={() => setListing(true)}
      />
      <Cut desk={desk} />
      {pending > 0 && run.status === 'open' && (
        <p className="hint-line">{pending} 笔都核对、入账或说明以后，由另一人确认本月对账。</p>
      )}
      {pending === 0 && !stale && <ConfirmRun of={run} />}
    </Page>
  );
}

function Sentence({ run, desk, stale }: { run: Run; desk: Desk; stale: boolean }) {
  const { bankClosing, ledgerClosing, unexplained, coveredTo } = run;
  const live = pendingIn(desk);
  return (
    <>
      {stale && '上次对账时，'}
      {coveredTo} 银行 <Money value={bankClosing} /> 元，账面 <Money value={ledgerClosing} /> 元，未说明的差额{' '}
      <Money value={unexplained} /> 元；{stale && '现在'}
      {live > 0 ? `${live} 笔待处理。` : '两边都没有待处理的款项。'}
    </>
  );
}

/** How much of the month nobody has matched, booked or explained. */
const pendingIn = ({ lines, legs }: Desk): number =>
  [...lines, ...legs].filter(({ beyond, differenceStatus }) => !beyond && differenceStatus !== 'explained').length;

/** A side too long to be shown at once. */
function Cut({ desk: { lines, legs, openLines, openLegs } }: { desk: Desk }) {
  if (lines.length === openLines && legs.length === openLegs) return null;
  return (
    <p className="hint-line">
      未核对的银行明细 {openLines.toLocaleString('zh-CN')} 笔、分录 {openLegs.toLocaleString('zh-CN')}{' '}
      笔，这里先列最早的 {Math.max(lines.length, legs.length).toLocaleString('zh-CN')} 笔，处理以后接着列出其余的。
    </p>
  );
}

/** True where something was matched, booked or opened again since the run: its bridge names what is no longer open, or does not name what is. */
function isStale({ bridge }: Run, { lines, legs }: Desk): boolean {
  const named = new Set(bridge.filter(({ settledOn }) => settledOn === null).map(({ lineId, leg }) => lineId ?? leg));
  const open = [...lines, ...legs].filter(({ beyond }) => !beyond).map(({ id }) => id);
  return open.length !== named.size || open.some((id) => !named.has(id));
}
