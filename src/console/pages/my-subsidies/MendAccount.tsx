import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import type { Application, SubsidyRequest } from '../../parts/subsidy/types.ts';
import { useAct } from '../../parts/useAct.ts';
import { PayeeFields } from '../subsidy-form/PayeeFields.tsx';
import { whyBack } from './where.ts';

/** After the bank sent a payment back: the account put right, in the enterprise's own name. */
export function MendAccount({ application, onClose }: { application: Application; onClose(): void }) {
  const { id, enterpriseName, request } = application;
  const mend = useAct(
    (given: SubsidyRequest['payee']) =>
      ask(
        api['subsidy-applications'][':id'].payee.$post({
          param: { id },
          json: { ...given, accountNo: given.accountNo.replaceAll(/\s/g, '') },
        }),
      ),
    { done: '收款账户已更正', refresh: ['subsidy-applications', 'home'] },
  );
  const reason = whyBack(application);
  return (
    <FormDialog<SubsidyRequest['payee']>
      title="更正收款账户"
      action="更正"
      act={mend}
      initial={(request as unknown as SubsidyRequest).payee}
      onClose={onClose}
    >
      {reason && <p>银行退回的原因：{reason}</p>}
      <PayeeFields name={enterpriseName} />
    </FormDialog>
  );
}
