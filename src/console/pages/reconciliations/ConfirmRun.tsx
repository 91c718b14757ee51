import { Button } from 'antd';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { may, useMe } from '../../session.ts';
import { REFRESH, type Run } from './run.ts';

type Confirmable = Pick<Run, 'id' | 'status' | 'mine' | 'period' | 'accountNo' | 'unexplained' | 'confirmedOn'>;

/** The word of a second person that an account is reconciled at a month's end. It stays so, and is therefore asked twice. */
export function ConfirmRun({
  of: { id, status, mine, period, accountNo, unexplained, confirmedOn },
}: {
  of: Confirmable;
}) {
  const me = useMe();
  const askFirst = useAskFirst();
  const confirm = useAct(() => ask(api.reconciliations[':id'].confirm.$post({ param: { id } })), {
    done: `${period} 已确认`,
    refresh: [...REFRESH, 'documents'],
  });
  if (status === 'confirmed') return <p className="hint-line">已于 {confirmedOn} 由另一人确认。</p>;
  if (!may(me, 'reconciliation.confirm')) return <p className="hint-line">由财务的另一人确认，您可以查看。</p>;
  if (unexplained !== '0.00') return <p className="hint-line">未说明的差额为 0.00 以后才能确认。</p>;
  if (mine) return <p className="hint-line">由您办理的对账，须由另一人确认。</p>;
  const question = () =>
    askFirst({
      title: `确认 ${period} 对账？`,
      content: `确认后，账户 ${accountNo} 在 ${period} 的对账结果和余额调节表不再变化；以后收到的事项记入后续月份。`,
      okText: '确认',
      cancelText: '再看看',
      act: confirm,
    });
  return (
    <div className="act">
      <ProblemAlert error={confirm.error} />
      <Button type="primary" loading={confirm.isPending} onClick={question}>
        确认 {period} 对账
      </Button>
    </div>
  );
}
