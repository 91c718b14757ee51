import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAct } from '../../parts/useAct.ts';
import { CHANGED } from '../subsidies/acts.ts';
import { PayeeFields } from '../subsidies/PayeeDialog.tsx';
import type { Payment } from './types.ts';

interface Payee {
  accountName: string;
  bankName: string;
  accountNo: string;
}

/** 重新下达 of a payment that came back, to an account of the enterprise's own name. */
export function ReissueDialog({ of, onClose }: { of: Payment; onClose(): void }) {
  const act = useAct(
    (json: Payee) => ask(api['subsidy-payments'][':id'].reissue.$post({ param: { id: of.id }, json })),
    { done: '已重新下达，由另一名财务人员登记拨付', refresh: CHANGED },
  );
  return (
    <FormDialog<Payee>
      title={`重新下达：${of.payeeName}`}
      action={`重新下达 ${formatYuan(money(of.amount))} 元`}
      initial={{ accountName: of.payeeName, bankName: of.payeeBank }}
      act={act}
      onClose={onClose}
    >
      <p>
        第 {of.attempt} 次拨付退票：{of.returnReason}。请与企业核对账户后填写。
      </p>
      <PayeeFields enterpriseName={of.payeeName} />
    </FormDialog>
  );
}
