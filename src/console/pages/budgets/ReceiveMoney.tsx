import { formatYuan, money, toWire } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { type Receipt, ReceiptFields } from '../../parts/ReceiptFields.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useMe } from '../../session.ts';
import { type Budget, CHANGED } from './types.ts';

/** 登记预算资金到账, up to what was appropriated and has not come. */
export function ReceiveMoney({ budget, onClose }: { budget: Budget; onClose(): void }) {
  const { today } = useMe();
  const left = money(budget.amount).minus(budget.received);
  const receive = useAct(
    (json: Receipt) => ask(api.budgets[':code'].receipts.$post({ param: { code: budget.code }, json })),
    { done: '到账已登记并入账', refresh: CHANGED },
  );
  return (
    <FormDialog<Receipt>
      title={`登记到账：${budget.name}`}
      action="登记到账"
      initial={{ amount: toWire(left), receivedOn: today }}
      act={receive}
      onClose={onClose}
    >
      <p>
        预算 {formatYuan(money(budget.amount))} 元，尚未到账 {formatYuan(left)} 元。登记后立即入账，同一回单只登记一次。
      </p>
      <ReceiptFields most={toWire(left)} above={`最多还可到账 ${formatYuan(left)} 元`} />
    </FormDialog>
  );
}
