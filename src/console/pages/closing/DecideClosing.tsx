import { Button, Space } from 'antd';
import { type ComponentProps, useState } from 'react';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { may, useMe } from '../../session.ts';

/** What was proposed for a month or a year, and the two ways it goes on: another person closes it, or either of the two takes it back. */
export function DecideClosing(props: {
  of: { mine: boolean; proposedBy: string | null; proposedOn: string | null };
  /** 结账 or 年终结账 */
  what: string;
  question: { title: string; content: string };
  confirm: { error: Error | null; isPending: boolean; mutateAsync(input: unknown): Promise<unknown> };
  withdraw: ComponentProps<typeof ReasonForm>['act'];
}) {
  const { of, what, question, confirm, withdraw } = props;
  const me = useMe();
  const askFirst = useAskFirst();
  const [withdrawing, setWithdrawing] = useState(false);
  const back = of.mine ? '撤回' : '退回';
  const asked = () =>
    askFirst({
      ...{ ...question, okText: what, cancelText: '再看看' },
      act: confirm,
    });
  return (
    <div className="act">
      <p>
        {of.proposedOn} {of.proposedBy ?? '—'}
        {of.mine && '（本人）'}提出{what}。
      </p>
      <ProblemAlert error={confirm.error} />
      <Space wrap>
        {!of.mine && may(me, 'closing.decide') && (
          <Button type="primary" loading={confirm.isPending} onClick={asked}>
            复核{what}
          </Button>
        )}
        <Button onClick={() => setWithdrawing(true)}>{back}</Button>
        {of.mine && <span className="hint">由您提出，须由另一人复核。</span>}
      </Space>
      <ReasonForm
        title={`${back}${what}`}
        action={back}
        label="理由"
        open={withdrawing}
        act={withdraw}
        onClose={() => setWithdrawing(false)}
      />
    </div>
  );
}
