import { Button, Space } from 'antd';
import { useState } from 'react';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { may, useMe } from '../../session.ts';
import { type Claim, type Proposal, REFRESH } from './types.ts';

const WORDS = {
  writeOff: {
    ...{ name: '核销', agree: '同意核销', done: '已核销，审核表正在生成' },
    effect: '核销后各出资方的出资相应减少，账销案存，继续追偿；不能撤回。',
  },
  cost: {
    ...{ name: '垫付追偿费用', agree: '同意支付', done: '已支付并记账' },
    effect: '同意后从专户支付，此后收到的回款先归还它。',
  },
  refund: {
    ...{ name: '退回补偿', agree: '同意退回', done: '已决定退回，银行自今日起禁入' },
    effect: '同意后银行应全额退回，禁入期内不受理其申请，该笔备案视为撤销；不能撤回。',
  },
};
const isWord = (kind: string): kind is keyof typeof WORDS => kind in WORDS;
const ROUTES = {
  writeOff: api.claims[':id']['write-off'],
  refund: api.claims[':id'].refund,
  cost: api.claims[':id'].costs,
};

interface Props {
  claimId: string;
  of: Pick<Proposal, 'kind' | 'amount' | 'mine' | 'proposedBy'>;
  onChanged?(): void;
}

/** The decision of a second person on 核销, 退回补偿 or a cost the pool is to pay; who proposed it can only take it back. */
export function ProposalDecision({ claimId: id, of: { kind, amount, mine, proposedBy }, onChanged }: Props) {
  const me = useMe();
  const askFirst = useAskFirst();
  const [ending, setEnding] = useState(false);
  const what = isWord(kind) ? kind : 'writeOff';
  const [words, route] = [WORDS[what], ROUTES[what]];
  const after = async (claim: Promise<Claim>) => {
    await claim;
    onChanged?.();
  };
  const confirm = useAct(() => after(ask(route.confirm.$post({ param: { id } }))), {
    done: words.done,
    refresh: REFRESH,
  });
  const end = useAct((reason: string) => after(ask(route.refuse.$post({ param: { id }, json: { reason } }))), {
    done: mine ? '已撤回' : '已退回，未作变更',
    refresh: REFRESH,
  });
  if (!may(me, 'writeOff.decide')) return <p className="hint-line">由自治区审核员或财务复核，您可以查看。</p>;
  const question = () =>
    askFirst({
      title: `${words.agree} ${formatYuan(money(amount))} 元？`,
      content: `${words.effect}${proposedBy ? `由${proposedBy}提出。` : ''}`,
      okText: words.agree,
      act: confirm,
    });
  return (
    <div className="act">
      <ProblemAlert error={confirm.error} />
      {mine && <p className="hint-line">这项由您提出，须由另一人复核；您可以撤回。</p>}
      <Space wrap>
        {!mine && (
          <Button type="primary" loading={confirm.isPending} onClick={question}>
            {words.agree}
          </Button>
        )}
        <Button onClick={() => setEnding(true)}>{mine ? '撤回' : '不同意'}</Button>
      </Space>
      <ReasonForm
        title={mine ? `撤回${words.name}的提出` : `不同意${words.name}`}
        action={mine ? '撤回' : '不同意'}
        label="理由"
        open={ending}
        act={end}
        onClose={() => setEnding(false)}
      />
    </div>
  );
}
