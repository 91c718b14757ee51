import { Alert } from 'antd';
import { formatYuan, money } from '../../../money/money.ts';
import { CLAWBACK_GROUNDS, type ClawbackGround } from '../../../subsidies/clawback.ts';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';

/** 追回决定: what has to be paid back of this application, why, and how much is still open. */
export function Clawbacks({ applicationId }: { applicationId: string }) {
  const { data } = useAsk(['subsidy-clawbacks', applicationId], () =>
    ask(api['subsidy-clawbacks'].$get({ query: { applicationId, limit: '50' } })),
  );
  const yuan = (value: string) => `${formatYuan(money(value))} 元`;
  return data?.items
    .filter(({ status }) => status !== 'cancelled')
    .map(({ id, lineName: name, amount, ground, reason, received, decidedOn, bannedUntil }) => {
      const left = money(amount).minus(money(received));
      const decided = ground === 'voluntary' ? '同意退回' : '决定追回';
      const done = left.isZero() ? '，已全部退回' : `，尚须退回 ${formatYuan(left)} 元`;
      return (
        <Alert
          key={id}
          type={left.isZero() ? 'info' : 'error'}
          showIcon
          title={`${decidedOn} ${decided}「${name}」${yuan(amount)}${done}`}
          description={
            <>
              {CLAWBACK_GROUNDS[ground as ClawbackGround] ?? ground}：{reason.replace(/[。；，]+$/, '')}。
              {!left.isZero() && '请按下面「材料和文书」中的追回决定书写明的账户退回，汇款附言注明决定书文号。'}
              {bannedUntil && `${bannedUntil} 以前不得申报决定书所列的补贴。`}
              {ground !== 'voluntary' && '不服的，可以按决定书写明的途径申请行政复议。'}
            </>
          }
        />
      );
    });
}
