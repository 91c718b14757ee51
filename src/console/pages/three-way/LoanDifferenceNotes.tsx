import { Button, Descriptions, Input, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';
import { kindOf, type LoanDifference, NOTE_KINDS, statusOf } from './words.ts';

/** What to do about each kind: nothing is booked here, the side that is wrong puts itself right. */
const ADVICE: Record<string, string> = {
  reportMissing: '请银行补报这笔贷款的月报；收到后重新核对，差异自动了结。',
  loanUnknown: '银行月报中有这个借据号，台账没有。请银行核对借据号，或先办理备案。',
  outstandingDiffers: '请银行核对月末余额，月报有误的请更正；月报晚到的，以较晚月份的余额为准。',
  reserveDiffers: '准备金账面与台账应始终相等。请核验账簿，并告知运维人员。',
};

/** One difference: the three sides, what was found out, and what the person may do. */
export function LoanDifferenceNotes({ id }: { id: string }) {
  const me = useMe();
  const { data, error } = useAsk(['loan-differences', id], () =>
    ask(api['loan-differences'][':id'].$get({ param: { id } })),
  );
  if (!data) return error ? <ProblemAlert error={error} /> : <Skeleton active />;
  const [status, tone] = statusOf(data.status);
  const money = (value: string | null) => (value === null ? '没有' : <Money value={value} withUnit />);
  return (
    <>
      <Descriptions
        size="small"
        column={1}
        bordered
        items={[
          { key: 'kind', label: '类别', children: kindOf(data.kind) },
          { key: 'enterprise', label: '企业', children: data.enterprise ?? '—' },
          { key: 'reported', label: '银行月报余额', children: money(data.reported) },
          { key: 'registered', label: '台账余额', children: money(data.registered) },
          { key: 'reserve', label: '准备金（台账）', children: money(data.reserve) },
          { key: 'ledgerReserve', label: '准备金（账面）', children: money(data.ledgerReserve) },
          { key: 'status', label: '状态', children: <Toned tone={tone}>{status}</Toned> },
          { key: 'owner', label: '经办人', children: data.ownerName ?? '未指定' },
        ]}
      />
      <p>
        {data.closedOn ? `${data.closedOn} 再次核对时已经一致。` : ADVICE[data.kind]}
        {data.loanId && <Link to={`/loans/${data.loanId}`}>查看贷款</Link>}
      </p>
      {data.notes.length > 0 && (
        <ul className="todos">
          {data.notes.map(({ kind, text, writtenBy, writtenOn }, i) => (
            <li key={i}>
              <span>
                {NOTE_KINDS[kind]}：{text}
              </span>
              <span className="hint">
                {writtenBy ?? '—'}　{writtenOn}
              </span>
            </li>
          ))}
        </ul>
      )}
      {may(me, 'difference.resolve') && data.closedOn === null && <Acts of={data} />}
    </>
  );
}

type Note = 'comment' | 'explain' | 'reopen';

function Acts({ of: { id, status, ownerName } }: { of: LoanDifference }) {
  const me = useMe();
  const [text, setText] = useState('');
  const refresh = ['loan-differences'];
  const note = useAct(
    (kind: Note) =>
      ask(api['loan-differences'][':id'].notes.$post({ param: { id }, json: { kind, text: text.trim() } })),
    { done: '已填写', refresh },
  );
  const assign = useAct(() => ask(api['loan-differences'][':id'].assign.$post({ param: { id }, json: {} })), {
    done: '已指定',
    refresh,
  });
  const write = (kind: Note) => note.mutate(kind, { onSuccess: () => setText('') });
  const step: [Note, string] = status === 'open' ? ['explain', '标为已说明'] : ['reopen', '撤回说明'];
  return (
    <div className="act no-print">
      <ProblemAlert error={note.error ?? assign.error} />
      <Input.TextArea
        rows={2}
        maxLength={500}
        aria-label="说明"
        placeholder="查问的情况，如：银行系统升级，三日内补报"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Space className="act" wrap>
        <Button type="primary" disabled={text.trim() === ''} loading={note.isPending} onClick={() => write(step[0])}>
          {step[1]}
        </Button>
        <Button disabled={text.trim() === ''} loading={note.isPending} onClick={() => write('comment')}>
          只记情况
        </Button>
        {ownerName !== me.name && (
          <Button loading={assign.isPending} onClick={() => assign.mutate(undefined)}>
            由我经办
          </Button>
        )}
      </Space>
    </div>
  );
}
