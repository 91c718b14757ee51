import { Alert, Button, Space } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { may, useMe } from '../../session.ts';
import type { Capital } from './board.ts';

type Order = Capital['items'][number];
const REFRESH = ['pools', 'ledger', 'home', 'capital-orders'];

/** A return or wind-up that waits for a second person: who gets how much, and the decision; its proposer may take it back. */
export function OrderDecision({ order }: { order: Order }) {
  const me = useMe();
  const askFirst = useAskFirst();
  const [refusing, setRefusing] = useState(false);
  const { id, poolCode, kind, lines, total, accountNo, paidOn, voucherNo, reason, mine, proposedBy, proposedOn } =
    order;
  const param = { id: poolCode, order: id };
  const confirm = useAct(() => ask(api.pools[':id'].returns[':order'].confirm.$post({ param })), {
    done: kind === 'return' ? '已复核，退回出资已入账' : '已复核，资金池已终止',
    refresh: REFRESH,
  });
  const refuse = useAct(
    (text: string) => ask(api.pools[':id'].returns[':order'].refuse.$post({ param, json: { reason: text } })),
    { done: mine ? '已撤回，没有入账' : '未同意，没有入账', refresh: REFRESH },
  );
  const sure = () =>
    askFirst({
      title: kind === 'return' ? '复核退回出资？' : '复核终止资金池？',
      content:
        kind === 'return'
          ? '复核后立即入账，出资方份额和专户存款同时减少，不能撤销。'
          : '复核后资金池自今天起不再受理新备案，可退回的出资同时入账退回，不能恢复。',
      okText: '复核入账',
      okButtonProps: { danger: kind === 'windUp' },
      act: confirm,
    });
  const decides = may(me, 'capital.decide');
  return (
    <Alert
      className="proposed"
      type="warning"
      showIcon
      title={
        <>
          待复核：{kind === 'return' ? '退回出资' : '终止资金池并退回出资'} <Money value={total} withUnit />（
          {proposedOn} {mine ? '由您' : (proposedBy ?? '')}提出）
        </>
      }
      description={
        <>
          <ul className="plain">
            {lines.map((line) => (
              <li key={line.contributor}>
                {line.contributorName} <Money value={line.amount} withUnit />
                ，收款账号 {line.accountNo}
              </li>
            ))}
          </ul>
          <p>
            付款账号 {accountNo}，付款日期 {paidOn}，付款凭证号 {voucherNo}。理由：{reason}
            <Cites cites={order.cites} />
          </p>
          <ProblemAlert error={confirm.error} />
          {decides && (
            <Space className="no-print" wrap>
              {!mine && (
                <Button type="primary" loading={confirm.isPending} onClick={sure}>
                  复核入账
                </Button>
              )}
              <Button onClick={() => setRefusing(true)}>{mine ? '撤回' : '不同意'}</Button>
              {mine && <span className="hint">提出人不得复核，须由财务或自治区其他人员复核。</span>}
            </Space>
          )}
          {!decides && <span className="hint">由财务或自治区其他人员复核。</span>}
          <ReasonForm
            title={mine ? '撤回' : '不同意'}
            action={mine ? '撤回，不入账' : '不同意，不入账'}
            label="理由"
            open={refusing}
            act={refuse}
            onClose={() => setRefusing(false)}
          />
        </>
      }
    />
  );
}
