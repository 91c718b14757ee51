import { Form, Select } from 'antd';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import type { GivenLine } from './types.ts';

const OTHER = 'other';

/** Which loan the interest is of. One of the programme brings its terms, which need not be typed and rule over what is. */
export function LoanChoice({ place, line, onChange }: { place: number; line: GivenLine; onChange(): void }) {
  const form = Form.useFormInstance();
  const { data } = useAsk(['loans', 'my'], () => ask(api.loans.$get({ query: { sort: '-admittedOn', limit: '200' } })));
  const loan = line.known ? data?.items.find(({ dueBillNo }) => dueBillNo === line.dueBillNo) : undefined;
  const choose = (dueBillNo: string) => {
    const chosen = data?.items.find((one) => one.dueBillNo === dueBillNo);
    const told = chosen
      ? { known: true, counterparty: chosen.bankName, contractNo: chosen.contractNo, dueBillNo }
      : { known: false, counterparty: undefined, contractNo: undefined, dueBillNo: undefined };
    const terms = { principal: undefined, annualRate: undefined, startsOn: undefined, endsOn: undefined };
    form.setFieldValue(['lines', place], { ...form.getFieldValue(['lines', place]), ...told, ...terms });
    onChange();
  };
  // None to choose before all are there: the last one is not what somebody in a hurry means.
  const options = data && [
    ...data.items.map((one) => ({
      value: one.dueBillNo,
      label: `${one.bankName}　借据 ${one.dueBillNo}　${formatYuan(money(one.principal))} 元`,
    })),
    { value: OTHER, label: '不在名单里的其他贷款' },
  ];
  return (
    <>
      <Form.Item label="是哪笔贷款的利息" htmlFor={`loan-${place}`}>
        <Select
          id={`loan-${place}`}
          value={line.known ? line.dueBillNo : line.known === false ? OTHER : undefined}
          placeholder="请选择"
          loading={!data}
          options={options}
          onChange={choose}
        />
      </Form.Item>
      {loan && (
        <p className="facts">
          合同 {loan.contractNo}，贷款 {formatYuan(money(loan.principal))} 元，年利率 {loan.annualRate}%，
          {loan.disbursedOn ?? '—'} 至 {loan.maturesOn}。来自银行报送的备案，不必填写。
        </p>
      )}
    </>
  );
}
