import { Button, Form, Input, Select } from 'antd';
import { formatYuan, money } from '../../../money/money.ts';
import { CLASSIFICATIONS } from '../../../policy/five-categories.ts';
import { Cites } from '../../parts/Cites.tsx';
import type { HeldClause } from '../../parts/useClauses.ts';
import { useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { amountOf, isAmount } from '../filings/amount.ts';
import { DateField } from '../filings/DateField.tsx';
import type { Loan } from '../loans/types.ts';
import type { Given } from './types.ts';

/** Value of the clause 风险事件. */
export interface EventRule {
  demandOrSuit: boolean;
}
interface Props {
  loan: Loan;
  values: Given;
  event: HeldClause<EventRule> | undefined;
}

const needed = (message: string) => ({ required: true, message });
/** A draft may lack it; at submission the server says so with its article. */
const later = (message: string) => ({ ...needed(message), warningOnly: true });

/** What is claimed, and why it counts as a loss: amount, since when overdue, how classified, demanded or sued. */
export function ClaimFields({ loan, values, event }: Props) {
  const { today } = useMe();
  const form = Form.useFormInstance();
  const { outstandingPrincipal, lastReportPeriod, classification } = loan;
  const reported =
    loan.overdueDays > 0 ? `按 ${lastReportPeriod} 月报推得，与实际不符的请更正` : '月报尚未报告逾期，请按实际填写';
  const differs = values.classification !== undefined && values.classification !== classification;
  const asBalance = async (_: unknown, value?: string) => {
    const amount = amountOf(value);
    if (!amount || amount.equals(outstandingPrincipal)) return;
    const more = amount.greaterThan(outstandingPrincipal);
    throw new Error(more ? '高于系统余额' : '低于系统余额，请先报送还款');
  };
  const past = async (_: unknown, value?: string) => {
    if (value && value > today) throw new Error('不能晚于今天');
  };
  const demandedOrSued = async (_: unknown, value?: string) => {
    if (event?.value?.demandOrSuit && !value && !form.getFieldValue('suedOn'))
      throw new Error('提交前请填写催收日期或起诉日期');
  };
  return (
    <section aria-labelledby="what">
      <h2 id="what">损失与风险事件</h2>
      {event?.text && (
        <p className="facts">
          {event.text}。
          <Cites cites={event.cites} />
        </p>
      )}
      <Form.Item
        name="unpaidPrincipal"
        label="未偿还本金"
        rules={[needed('请填写未偿还本金'), { validator: isAmount }, { validator: asBalance, warningOnly: true }]}
        extra={
          values.unpaidPrincipal !== outstandingPrincipal && (
            <Button
              type="link"
              size="small"
              onClick={() => form.setFieldValue('unpaidPrincipal', outstandingPrincipal)}
            >
              按系统余额 {formatYuan(money(outstandingPrincipal))} 元填写
            </Button>
          )
        }
      >
        <AmountField />
      </Form.Item>
      <Form.Item
        name="overdueSince"
        label="本金逾期起始日"
        extra={reported}
        rules={[later('提交前请填写本金逾期起始日'), { validator: past }]}
      >
        <DateField />
      </Form.Item>
      <div className="pair">
        <Form.Item name="classification" label="现五级分类" rules={[needed('请选择五级分类')]}>
          <Select options={CLASSIFICATIONS.map(({ code, label }) => ({ value: code, label }))} />
        </Form.Item>
        <Form.Item
          name="classifiedOn"
          label="归为该类或更差之日"
          dependencies={['classification']}
          extra={differs ? '与月报不同，请写明何时调整' : '与月报相同的可不填，按月报推算'}
          rules={[...(differs ? [later('提交前请填写归类日期')] : []), { validator: past }]}
        >
          <DateField />
        </Form.Item>
        <Form.Item
          name="demandedOn"
          label="催收日期"
          dependencies={['suedOn']}
          rules={[{ validator: demandedOrSued, warningOnly: true }, { validator: past }]}
        >
          <DateField />
        </Form.Item>
        <Form.Item name="suedOn" label="起诉日期" rules={[{ validator: past }]}>
          <DateField />
        </Form.Item>
      </div>
      <Form.Item
        name="legalRepresentative"
        label="现法定代表人（与备案时相同的可不填）"
        extra="自备案以来变更的，由审核人员人工复核"
      >
        <Input autoComplete="off" maxLength={50} />
      </Form.Item>
    </section>
  );
}
