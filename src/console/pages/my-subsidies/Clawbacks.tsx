import { Alert } from 'antd';
import { Link } from 'react-router';
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
    .map(({ id, lineName: name, amount, ground, reason, received, decidedOn }) => {
      const left = money(amount).minus(money(received));
      return (
        <Alert
          key={id}
          type={left.isZero() ? 'info' : 'error'}
          showIcon
          title={`${decidedOn} 决定追回「${name}」${yuan(amount)}${left.isZero() ? '，已全部退回' : `，尚须退回 ${formatYuan(left)} 元`}`}
          description={
            <>
              {CLAWBACK_GROUNDS[ground as ClawbackGround] ?? ground}：{reason}
              。退回的账户和期限以追回决定书为准，决定书见
              <Link to="/my/papers">我的文件</Link>；不服的，可以按决定书写明的途径申请行政复议。
            </>
          }
        />
      );
    });
}
