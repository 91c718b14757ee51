import { Form } from 'antd';
import { useClauses } from '../../parts/useClauses.ts';
import type { Filing } from '../filings/types.ts';
import type { Loan } from '../loans/types.ts';
import { ClaimFields, type EventRule } from './ClaimFields.tsx';
import { type CapsValue, needsOf, type SharesValue } from './needs.ts';
import { PayeeFields } from './PayeeFields.tsx';
import { StatedFacts } from './StatedFacts.tsx';
import type { Given } from './types.ts';
import type { ClaimFormState } from './useClaimForm.ts';
import { WhoBears } from './WhoBears.tsx';
import '../filings/filings.css';
import './claim-form.css';

interface Props {
  loan: Loan;
  filing: Filing | undefined;
  start: Given;
  state: ClaimFormState;
}

/** What a bank fills in, beside it who would bear what of it by the rules. */
export function ClaimForm({ loan, filing, start, state: { form, values, onChange } }: Props) {
  const { clause } = useClauses(loan.poolCode);
  const needs = needsOf(clause<SharesValue>('lossShares')?.value, clause<CapsValue>('lossCaps')?.value);
  return (
    <div className="filing-form">
      <Form<Given>
        form={form}
        layout="vertical"
        validateTrigger="onBlur"
        initialValues={start}
        onValuesChange={(_, all) => onChange(all)}
      >
        <ClaimFields loan={loan} values={values} event={clause<EventRule>('lossEvent')} />
        <PayeeFields bankCode={loan.bankCode} />
        <StatedFacts needs={needs} guaranteeMode={filing?.guaranteeMode} />
      </Form>
      <WhoBears loanId={loan.id} values={values} />
    </div>
  );
}
