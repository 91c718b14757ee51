import { Button, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { RESOLUTIONS } from '../../../reconciliation/difference.ts';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { may, useMe } from '../../session.ts';
import { EntryPreview } from './EntryPreview.tsx';
import { useOptions } from './useOptions.ts';
import { type Difference, REFRESH } from './words.ts';

/** What somebody proposed about a difference: the entry it posts, and the word of a second person, or its being taken back. */
export function Decision({ of: { id, status, resolution, note, proposedBy, mine, amount } }: { of: Difference }) {
  const me = useMe();
  const askFirst = useAskFirst();
  const { data, error } = useOptions(id);
  const [withdrawing, setWithdrawing] = useState(false);
  const label = RESOLUTIONS[resolution as keyof typeof RESOLUTIONS]?.label ?? '';
  const confirm = useAct(() => ask(api.differences[':id'].confirm.$post({ param: { id } })), {
    done: `已复核，${label}`,
    refresh: REFRESH,
  });
  const withdraw = useAct(
    (reason: string) => ask(api.differences[':id'].withdraw.$post({ param: { id }, json: { reason } })),
    { done: '已撤回，差异重新待处理', refresh: REFRESH },
  );
  const option = data?.options.find(({ as }) => as === resolution);
  const question = () =>
    askFirst({
      title: `复核同意：${label} ${amount} 元？`,
      content: '复核后即按所列分录入账，并与银行的这笔款项核对上；入账后只能以红字冲销更正。',
      okText: '复核入账',
      act: confirm,
    });
  return (
    <>
      <p>
        {proposedBy ?? '—'}
        {mine && '（本人）'}提出：<strong>{label}</strong>
        {note && `；${note}`}
      </p>
      <ProblemAlert error={error ?? confirm.error} />
      {!data && !error && <Skeleton active />}
      {option && <EntryPreview of={option} />}
      <Space wrap className="act no-print">
        {status === 'proposed' && may(me, 'difference.decide') && !mine && (
          <Button type="primary" loading={confirm.isPending} onClick={question}>
            复核入账
          </Button>
        )}
        {may(me, 'difference.resolve') && (
          <Button onClick={() => setWithdrawing(true)}>{mine || status === 'explained' ? '撤回' : '退回'}</Button>
        )}
        {status === 'proposed' && mine && <span className="hint">由您提出，须由另一人复核。</span>}
        {!may(me, 'difference.resolve') && <span className="hint">由财务复核，您可以查看。</span>}
      </Space>
      <ReasonForm
        title={mine ? '撤回处理办法' : '退回处理办法'}
        action={mine ? '撤回' : '退回'}
        label="理由"
        open={withdrawing}
        act={withdraw}
        onClose={() => setWithdrawing(false)}
      />
    </>
  );
}
