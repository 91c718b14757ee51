import { Alert, App, Button, Card } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, ask } from '../../api.ts';
import { JobProgress } from '../../parts/JobProgress.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { may, useMe } from '../../session.ts';
import type { Board } from '../pools/board.ts';
import { Missing } from './Missing.tsx';
import { SettlementBody } from './SettlementBody.tsx';
import type { Settlement } from './settlement.ts';

interface Props {
  pool: string;
  period: string;
  settlement: Settlement | undefined;
  board: Board | undefined;
}

/** A month of a pool: its result when it is settled; what it lacks, and the button, when it can be. */
export function MonthPanel({ pool, period, settlement, board }: Props) {
  const name = board?.pool.name ?? settlement?.poolName ?? pool;
  if (settlement && settlement.status !== 'running')
    return (
      <Card
        className="month"
        title={`${name} ${period}`}
        extra={<Link to={`/settlements/${settlement.id}`}>打开结算结果</Link>}
      >
        <SettlementBody of={settlement} />
      </Card>
    );
  return (
    <Card className="month" title={`${name} ${period}`}>
      {settlement?.jobId ? (
        <Running settlement={settlement} />
      ) : (
        <Open pool={pool} name={name} period={period} next={board?.next} />
      )}
    </Card>
  );
}

function Running({ settlement: { id, jobId } }: { settlement: Settlement }) {
  const go = useNavigate();
  return <JobProgress jobId={jobId!} onEnd={() => go(`/settlements/${id}`)} />;
}

function Open({
  pool,
  name,
  period,
  next,
}: {
  pool: string;
  name: string;
  period: string;
  next: Board['next'] | undefined;
}) {
  const me = useMe();
  const go = useNavigate();
  const { modal } = App.useApp();
  const [job, setJob] = useState<{ id: string; jobId: string }>();
  // Where to go next is decided before the lists are looked at again: they put the month's result in this panel's place.
  const settle = useAct(
    async () => {
      const { id, jobId, status } = await ask(api.settlements.$post({ json: { poolCode: pool, period } }));
      if (status === 'running' && jobId) setJob({ id, jobId });
      else go(`/settlements/${id}`);
    },
    { refresh: ['settlements', 'pools', 'home', 'ledger', 'documents'] },
  );
  if (!next || period < next.period) return <p>本月没有结算：资金池当时尚未设立，或您无权查看。</p>;
  if (period > next.period) return <p>结算按月依次办理，下一个应结算的月份是 {next.period}。</p>;
  if (!next.over)
    return (
      <p>
        {period} 于 {next.endsOn} 结束，此后可以结算。
      </p>
    );
  if (job) return <JobProgress jobId={job.jobId} onEnd={() => go(`/settlements/${job.id}`)} />;
  const lacking = next.missing.length > 0;
  const confirm = () =>
    modal.confirm({
      title: `办理 ${name} ${period} 结算？`,
      content: lacking
        ? '仍有月报未到，本月将按暂定数结算；账簿随即锁定，迟到的月报作为以后月份的调整。'
        : '结算后本月账簿锁定，不再变更；以后补报的事项记入后续月份。',
      okText: lacking ? '按暂定数结算' : '结算',
      onOk: () => settle.mutate(undefined),
    });
  return (
    <>
      {lacking ? (
        <Missing next={next} pool={pool} />
      ) : (
        <Alert type="success" showIcon title={`${period} 的月报均已报齐，可以结算；应于 ${next.dueOn} 前办理。`} />
      )}
      <ProblemAlert error={settle.error} />
      {may(me, 'settlement.run') ? (
        <Button type="primary" className="act" loading={settle.isPending} onClick={confirm}>
          {settle.isPending ? '正在结算……' : `结算 ${period}`}
        </Button>
      ) : (
        <p>结算由财务办理。</p>
      )}
    </>
  );
}
