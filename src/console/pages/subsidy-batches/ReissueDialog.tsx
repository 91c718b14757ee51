import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import type { Application, SubsidyRequest } from '../../parts/subsidy/types.ts';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { CHANGED } from '../subsidies/acts.ts';
import { PayeeFields } from '../subsidies/PayeeDialog.tsx';
import type { Payment } from './types.ts';

type Payee = SubsidyRequest['payee'];

/** 重新下达 of a payment that came back, to an account of the enterprise's own name: the one that it has put right since, where it has. */
export function ReissueDialog({ of, onClose }: { of: Payment; onClose(): void }) {
  const act = useAct(
    (json: Payee) => ask(api['subsidy-payments'][':id'].reissue.$post({ param: { id: of.id }, json })),
    { done: '已重新下达，由另一名财务人员登记拨付', refresh: CHANGED },
  );
  const { data, error } = useAsk(['subsidy-applications', of.applicationId], () =>
    ask(api['subsidy-applications'][':id'].$get({ param: { id: of.applicationId } })),
  );
  if (!data && !error) return null;
  const mended = data && mendedOn(data);
  return (
    <FormDialog<Payee>
      title={`重新下达：${of.payeeName}`}
      action={`重新下达 ${formatYuan(money(of.amount))} 元`}
      initial={mended ? (data.request as SubsidyRequest).payee : { accountName: of.payeeName, bankName: of.payeeBank }}
      act={act}
      onClose={onClose}
    >
      <p>
        第 {of.attempt} 次拨付退票：{of.returnReason}。
        {mended ? `企业已于 ${mended} 更正收款账户，已填入下面，请核对。` : '请与企业核对账户后填写。'}
      </p>
      <PayeeFields enterpriseName={of.payeeName} />
    </FormDialog>
  );
}

/** The day on which an enterprise put its account right after the bank had sent a payment back, if it has. */
function mendedOn({ steps }: Application): string | null {
  const last = steps.findLast(({ kind }) => kind === 'returnedByBank' || kind === 'payeeMended');
  return last?.kind === 'payeeMended' ? last.recordedOn : null;
}
