import { AutoComplete, Form, Input, InputNumber, Radio, Select } from 'antd';
import { REPAYMENT_METHODS } from '../../../loans/terms.ts';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { isAmountOrZero, isRate } from '../filings/amount.ts';
import { DateField } from '../filings/DateField.tsx';
import { COUNTERPARTIES, type Field, fieldsOf } from './fields.ts';
import { LoanChoice } from './LoanChoice.tsx';
import { isBegun, isWhole } from './request.ts';
import type { GivenLine, GivenVoucher, OfferedLine } from './types.ts';
import { VoucherFields } from './VoucherFields.tsx';

interface Props {
  place: number;
  line: GivenLine;
  offered: OfferedLine;
  /** what was filled in for the person, not typed */
  onChange(): void;
}

/** A draft may lack it; at submission the server says so with its article. */
const later = (message: string) => ({ required: true, message, warningOnly: true });

/** One cost: whom it was paid to and the facts its kind needs; of interest the loan and its vouchers. */
export function LineFields({ place, line, offered, onChange }: Props) {
  const { kind } = offered;
  const known = line.known ?? false;
  if (kind === 'interest' && line.known === undefined)
    return <LoanChoice place={place} line={line} onChange={onChange} />;
  return (
    <>
      {kind === 'interest' && <LoanChoice place={place} line={line} onChange={onChange} />}
      {!(kind === 'interest' && known) && <Counterparty place={place} kind={kind} />}
      <div className="pair">
        {fieldsOf(offered, known).map((field) => (
          <OneField key={field.name} place={place} field={field} offered={offered} />
        ))}
      </div>
      {kind === 'interest' && (
        <Form.Item
          name={[place, 'vouchers']}
          label="付息凭证"
          rules={[{ validator: wholeRows }, later('请填写付息凭证')]}
          validateTrigger="onSubmit"
        >
          <VoucherFields dueBillNo={line.dueBillNo} />
        </Form.Item>
      )}
    </>
  );
}

async function wholeRows(_: unknown, rows?: GivenVoucher[]): Promise<void> {
  const open = (rows ?? []).flatMap((row, i) => (isBegun(row) && !isWhole(row) ? [i + 1] : []));
  if (open.length > 0) throw new Error(`第 ${open.join('、')} 行没有填完，请补齐或删除`);
}

function Counterparty({ place, kind }: { place: number; kind: OfferedLine['kind'] }) {
  const { label, institution } = COUNTERPARTIES[kind];
  const { data } = useAsk(
    ['institutions', institution],
    () => ask(api.institutions.$get({ query: { kind: institution!, limit: '500' } })),
    { enabled: institution !== undefined },
  );
  return (
    <Form.Item
      name={[place, 'counterparty']}
      label={label}
      extra={institution && '从名录中选择；不在名录里的可以直接填写全称'}
      rules={[{ required: true, whitespace: true, message: `请填写${label}` }]}
    >
      <AutoComplete
        maxLength={200}
        options={data?.items.map(({ name }) => ({ value: name })) ?? []}
        showSearch={{ filterOption: (typed, option) => option?.value.includes(typed) ?? false }}
      />
    </Form.Item>
  );
}

/** What was not paid yet cannot be applied for. */
function usePast() {
  const { today } = useMe();
  return async (_: unknown, value?: string) => {
    if (value && value > today) throw new Error('不能晚于今天');
  };
}

function OneField({
  place,
  field: { name, label, kind, extra, needed },
  offered,
}: {
  place: number;
  field: Field;
  offered: OfferedLine;
}) {
  const past = usePast();
  const rules = [
    ...(name === 'name'
      ? [{ required: true, whitespace: true, message: `请填写${label}` }]
      : needed
        ? [later(`提交前请填写${label}`)]
        : []),
    ...(kind === 'amount' ? [{ validator: isAmountOrZero }] : []),
    ...(name === 'paidOn' ? [{ validator: past }] : []),
    ...(kind === 'rate' ? [{ validator: isRate }] : []),
  ];
  return (
    <Form.Item
      name={[place, name]}
      label={needed ? label : `${label}（选填）`}
      extra={extra}
      rules={rules}
      className={name === 'class' || name === 'invoiceNos' ? 'whole' : undefined}
    >
      <Control kind={kind} offered={offered} />
    </Form.Item>
  );
}

const METHODS = Object.entries(REPAYMENT_METHODS).map(([value, label]) => ({ value, label }));
const BASES = [
  { value: 'actual360', label: '实际天数 / 360' },
  { value: 'actual365', label: '实际天数 / 365' },
];

function Control({ kind, offered, ...rest }: { kind: Field['kind']; offered: OfferedLine; id?: string }) {
  switch (kind) {
    case 'amount':
      return <AmountField {...rest} />;
    case 'date':
      return <DateField {...rest} />;
    case 'rate':
      return <Input {...rest} inputMode="decimal" autoComplete="off" suffix="%" />;
    case 'count':
      return <InputNumber {...rest} min={1} max={99} precision={0} />;
    case 'yesNo':
      return (
        <Radio.Group
          {...rest}
          options={[
            { value: true, label: '是' },
            { value: false, label: '否' },
          ]}
        />
      );
    case 'numbers':
      return (
        <Select
          {...rest}
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', '，', '、', ' ', '\n', '\t']}
          maxCount={50}
        />
      );
    case 'class':
      return <Select {...rest} options={offered.classes.map(({ code, label }) => ({ value: code, label }))} />;
    case 'method':
      return <Select {...rest} options={METHODS} />;
    case 'basis':
      return <Select {...rest} options={BASES} />;
    default:
      return <Input {...rest} autoComplete="off" maxLength={200} />;
  }
}
