import { Form, Input } from 'antd';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Money } from '../../parts/Money.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useDraft } from '../../parts/useDraft.ts';
import { useMe } from '../../session.ts';
import type { Capital, Pool } from './board.ts';
import { ACCOUNT, type Payment, PaymentFields } from './order-fields.tsx';

interface Given extends Payment {
  /** by contributor */
  payees?: Record<string, string>;
}

/** 提出终止资金池: no more filings, and every contributor gets what no loan ties up; what loans still tie up follows as returns. */
export function WindUpForm({ capital, pool, onClose }: { capital: Capital; pool: Pool; onClose(): void }) {
  const { today } = useMe();
  const draft = useDraft<Partial<Given>>(`windup:${pool.code}`, {});
  const propose = useAct(
    ({ payees = {}, ...json }: Given) => {
      const accounts = Object.entries(payees).map(([contributor, accountNo]) => ({ contributor, accountNo }));
      return ask(api.pools[':id']['wind-up'].$post({ param: { id: pool.code }, json: { ...json, payees: accounts } }));
    },
    { done: '已提出，等待他人复核', refresh: ['pools', 'home', 'capital-orders'] },
  );
  if (!draft.ready) return null;
  return (
    <FormDialog<Given>
      title={`提出终止${pool.name}`}
      action="提出，交他人复核"
      act={propose}
      initial={{ paidOn: today, ...draft.value }}
      onChange={draft.save}
      onDone={() => void draft.discard()}
      onClose={onClose}
    >
      <p>
        终止后不再受理新备案，在池贷款按原办法报送、补偿和追偿。现在可退回的出资一并退回，贷款占用的部分待释放后另行退回。
      </p>
      {capital.contributors
        .filter(({ free }) => free !== '0.00')
        .map(({ contributor, contributorName, free }) => (
          <Form.Item
            key={contributor}
            name={['payees', contributor]}
            label={
              <span>
                {contributorName}收款账号，退回 <Money value={free} withUnit />
              </span>
            }
            rules={ACCOUNT}
          >
            <Input className="figure" maxLength={40} inputMode="numeric" autoComplete="off" />
          </Form.Item>
        ))}
      <PaymentFields pool={pool} />
    </FormDialog>
  );
}
