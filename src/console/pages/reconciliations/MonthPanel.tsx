import { Button, Card, Space } from 'antd';
import { Link, useNavigate } from 'react-router';
import { lastDay } from '../../../calendar/settlement-period.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';
import { ConfirmRun } from './ConfirmRun.tsx';
import { type AccountMonth, type AccountYear, REFRESH, type Run } from './run.ts';
import { MONTHS, wordOf } from './states.ts';

/** A month of an account: what it lacks, and how to go on. */
export function MonthPanel({ account, month }: { account: AccountYear; month: AccountMonth }) {
  const { runId, state, period } = month;
  return (
    <Card
      className="month"
      title={`${account.poolName} ${period}`}
      extra={<Toned tone={MONTHS[state][1]}>{wordOf(month)}</Toned>}
    >
      <p>{adviceOf(account, month)}</p>
      {runId ? <Found id={runId} /> : <Begin account={account} month={month} />}
    </Card>
  );
}

function Found({ id }: { id: string }) {
  const { data, error, refetch } = useAsk(['reconciliations', id], () =>
    ask(api.reconciliations[':id'].$get({ param: { id } })),
  );
  if (!data) return <ProblemAlert error={error} retry={refetch} />;
  return (
    <>
      <Figures of={data} />
      <Space className="act" wrap>
        <Link to={`/reconciliations/${id}`}>
          <Button type={data.status === 'confirmed' ? 'default' : 'primary'}>打开工作台</Button>
        </Link>
        <Link to={`/reconciliations/${id}/bridge`}>余额调节表</Link>
      </Space>
      <ConfirmRun of={data} />
    </>
  );
}

/** The figures of a run in a row. */
export function Figures({ of: { bankClosing, ledgerClosing, unexplained, matched, coveredTo } }: { of: Run }) {
  return (
    <section className="figures" aria-label="对账结果">
      <div>
        <div className="hint">银行对账单余额（{coveredTo}）</div>
        <span className="big">
          <Money value={bankClosing} withUnit />
        </span>
      </div>
      <div>
        <div className="hint">账面余额</div>
        <span className="big">
          <Money value={ledgerClosing} withUnit />
        </span>
      </div>
      <div>
        <div className="hint">未说明的差额</div>
        <span className="big">
          <Money value={unexplained} withUnit />
        </span>
      </div>
      <div>
        <div className="hint">已核对</div>
        <span className="big figure">{matched} 笔</span>
      </div>
    </section>
  );
}

function Begin({
  account: { poolCode, accountNo },
  month: { period, state },
}: {
  account: AccountYear;
  month: AccountMonth;
}) {
  const me = useMe();
  const go = useNavigate();
  const run = useAct(
    async () => {
      const { id } = await ask(api.reconciliations.$post({ json: { poolCode, accountNo, period } }));
      go(`/reconciliations/${id}`);
    },
    { refresh: REFRESH },
  );
  if (state === 'notOpen') return null;
  if (state === 'noStatement')
    return may(me, 'bankStatement.import') ? <Link to="/bank-statements">去导入流水</Link> : null;
  if (!may(me, 'reconciliation.run')) return <p className="hint-line">对账由财务办理。</p>;
  return (
    <>
      <ProblemAlert error={run.error} />
      <Button type="primary" loading={run.isPending} onClick={() => run.mutate(undefined)}>
        核对 {period}
      </Button>
    </>
  );
}

function adviceOf(
  { coveredTo: reached }: AccountYear,
  { state, period, lines, undecided, coveredTo }: AccountMonth,
): string {
  const end = lastDay(period);
  const moved = lines === 0 ? '没有交易' : `${lines} 笔交易`;
  if (state === 'notOpen') return '资金池当时尚未设立，没有需要核对的内容。';
  if (state === 'noStatement') return `没有 ${period} 的银行流水${reached ? `，目前只到 ${reached}` : ''}。`;
  if (state === 'ready') return `流水已到 ${coveredTo}，${moved}，可以对账。`;
  if (state === 'partial') return `流水只到 ${coveredTo}，可以先核对；导入至 ${end} 以后才能确认。`;
  if (state === 'differences') return `流水到 ${coveredTo}，${moved}；还有 ${undecided} 项差异没有处理。`;
  if (state === 'toConfirm') return `流水到 ${coveredTo}，${moved}，两边的余额已经说清，待另一人确认。`;
  return `流水到 ${coveredTo}，${moved}，已经确认，不再变化。`;
}
