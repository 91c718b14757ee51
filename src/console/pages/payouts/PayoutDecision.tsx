import { Button, Space, Tooltip } from 'antd';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { may, useMe } from '../../session.ts';
import { type Payout, REFRESH } from './types.ts';

/** The decision of a second person on a payout; whoever proposed it can only take it back. */
export function PayoutDecision({ of: payout }: { of: Payout }) {
  const me = useMe();
  const askFirst = useAskFirst();
  const { id, amount, partyName, paidOn, voucherNo, mine } = payout;
  const confirm = useAct(() => ask(api.payouts[':id'].confirm.$post({ param: { id } })), {
    done: '已复核，拨付已入账',
    refresh: REFRESH,
  });
  const withdraw = useAct(() => ask(api.payouts[':id'].withdraw.$post({ param: { id } })), {
    done: '已撤回，未入账',
    refresh: REFRESH,
  });
  if (payout.status !== 'proposed' || !may(me, 'payout.make')) return null;
  const question = () =>
    askFirst({
      title: `复核拨付 ${formatYuan(money(amount))} 元？`,
      content: `付给${partyName}，${paidOn}，凭证号 ${voucherNo}。复核后从专户支付并入账，不能撤回。`,
      okText: '复核，入账',
      act: confirm,
    });
  return (
    <>
      <ProblemAlert error={confirm.error ?? withdraw.error} />
      <Space>
        {mine ? (
          <Tooltip title="由您提出，须由其他财务人员复核">
            <Button size="small" disabled>
              复核
            </Button>
          </Tooltip>
        ) : (
          <Button size="small" type="primary" loading={confirm.isPending} onClick={question}>
            复核
          </Button>
        )}
        <Button
          size="small"
          loading={withdraw.isPending}
          onClick={() =>
            askFirst({
              title: '撤回这笔拨付？',
              content: '撤回后凭证号可以重新使用；需要时再提出。',
              okText: '撤回',
              act: withdraw,
            })
          }
        >
          撤回
        </Button>
      </Space>
    </>
  );
}
