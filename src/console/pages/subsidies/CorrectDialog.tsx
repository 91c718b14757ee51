import { Button, Form, Input, Modal, Radio, Space, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { CORRECTION_CAUSES, type CorrectionCause } from '../../../subsidies/correction.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import type { Application, LineRequest } from '../../parts/subsidy/types.ts';
import { useAct } from '../../parts/useAct.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { AmountField } from '../filings/AmountField.tsx';
import { isAmount } from '../filings/amount.ts';
import { CHANGED } from './acts.ts';

type Corrected = InferResponseType<
  (typeof api)['subsidy-applications'][':id']['corrections']['check']['$post'],
  200
>['items'][number];

interface Given {
  cause: CorrectionCause;
  reason: string;
  evidence: string;
  /** by the line's place: what should have been paid; of interest by the voucher's place in it, too */
  paid?: Record<string, string | undefined>;
  vouchers?: Record<string, Record<string, string | undefined> | undefined>;
}

const CAUSES = Object.entries(CORRECTION_CAUSES).map(([value, label]) => ({ value, label }));

interface Props {
  of: Application;
  /** its lines as they stand: stated by the enterprise, or by the last correction */
  lines: LineRequest[];
  onClose(): void;
}

/** 更正核算: worked out first, writing nothing; then recorded, each difference for another person to look at. */
export function CorrectDialog({ of, lines, onClose }: Props) {
  const [form] = Form.useForm<Given>();
  const cause = Form.useWatch('cause', form);
  const param = { id: of.id };
  const told = lines.map((line, i) => ({ place: i + 1, line }));
  const jsonOf = ({ paid = {}, vouchers = {}, ...given }: Given) => {
    const changed = told.flatMap(({ place, line }) => {
      const right = corrected(line, paid[place], vouchers[place]);
      return JSON.stringify(right) === JSON.stringify(line) ? [] : [{ place, line: right }];
    });
    return { ...given, ...(given.cause === 'facts' && changed.length > 0 ? { lines: changed } : {}) };
  };
  const check = useAct((given: Given) =>
    ask(api['subsidy-applications'][':id'].corrections.check.$post({ param, json: jsonOf(given) })),
  );
  const correct = useAct(
    (given: Given) => ask(api['subsidy-applications'][':id'].corrections.$post({ param, json: jsonOf(given) })),
    { done: '更正已登记，待另一人复核', refresh: [...CHANGED, 'subsidy-clawbacks'] },
  );
  const found = check.data?.items.filter(({ difference }) => difference !== '0.00') ?? [];
  return (
    <Modal
      open
      width={820}
      title={`更正核算：${of.enterpriseName}`}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        <Space>
          <Button onClick={onClose}>取消</Button>
          <Button loading={check.isPending} onClick={() => form.validateFields().then(check.mutate, () => {})}>
            试算
          </Button>
          <Button
            type="primary"
            disabled={found.length === 0}
            loading={correct.isPending}
            onClick={() => correct.mutate(form.getFieldsValue(), { onSuccess: onClose })}
          >
            提出更正，交另一人复核
          </Button>
        </Space>
      }
    >
      <p>按申报日有效的条款（含以后更正的）和更正的事实重新核算。原核定不改，差额另行补充分配或追回。</p>
      <ProblemAlert error={correct.error ?? check.error} />
      <Form<Given>
        form={form}
        layout="vertical"
        initialValues={{
          cause: 'rule',
          paid: Object.fromEntries(told.map(({ place, line }) => [place, line.paid])),
          vouchers: Object.fromEntries(
            told.map(({ place, line }) => [
              place,
              Object.fromEntries((line.vouchers ?? []).map((v, i) => [i, v.amount])),
            ]),
          ),
        }}
        onValuesChange={() => check.reset()}
      >
        <Form.Item name="cause" label="原因">
          <Radio.Group options={CAUSES} />
        </Form.Item>
        {cause === 'facts' &&
          told.flatMap(({ place, line }) => [
            ...(line.paid === undefined
              ? []
              : [
                  <Amount
                    key={place}
                    name={['paid', `${place}`]}
                    label={`第 ${place} 项 ${line.name}：实际支付应为`}
                  />,
                ]),
            ...(line.vouchers ?? []).map((voucher, i) => (
              <Amount
                key={`${place}.${voucher.voucherNo}`}
                name={['vouchers', `${place}`, `${i}`]}
                label={`第 ${place} 项 ${line.name}：凭证 ${voucher.voucherNo}（${voucher.paidOn}）金额应为`}
              />
            )),
          ])}
        <Form.Item
          name="reason"
          label="事实和理由"
          rules={[{ required: true, whitespace: true, message: '请填写事实和理由' }]}
        >
          <Input.TextArea rows={2} maxLength={500} showCount />
        </Form.Item>
        <Form.Item
          name="evidence"
          label="依据（文件名称和编号）"
          rules={[{ required: true, whitespace: true, message: '请填写依据' }]}
        >
          <Input maxLength={500} autoComplete="off" />
        </Form.Item>
      </Form>
      {check.data && found.length === 0 && <p>重新核算与原核定一致，无须更正。</p>}
      {found.length > 0 && (
        <Table<Corrected>
          size="small"
          rowKey="place"
          pagination={false}
          dataSource={found}
          columns={[
            { title: '项目', render: (_, { place, lineName }) => `第 ${place} 项 ${lineName}` },
            { title: '原核定', align: 'right', render: (_, { decidedBefore }) => <Money value={decidedBefore} /> },
            { title: '应核定', align: 'right', render: (_, { decidedAfter }) => <Money value={decidedAfter} /> },
            {
              title: '应补（追）',
              align: 'right',
              render: (_, { difference, explanation }) => (
                <span className="nowrap">
                  <Money value={difference} />
                  <Why of={explanation as Explanation} />
                </span>
              ),
            },
          ]}
        />
      )}
    </Modal>
  );
}

function Amount({ name, label }: { name: string[]; label: string }) {
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: '请填写金额' }, { validator: isAmount }]}>
      <AmountField />
    </Form.Item>
  );
}

/** A line as it should have been stated: what was paid, or of interest what each voucher says. */
function corrected(
  line: LineRequest,
  paid: string | undefined,
  amounts: Record<string, string | undefined> | undefined,
): LineRequest {
  const { vouchers } = line;
  return {
    ...line,
    ...(line.paid === undefined ? {} : { paid: paid ?? line.paid }),
    ...(vouchers ? { vouchers: vouchers.map((v, i) => ({ ...v, amount: amounts?.[i] ?? v.amount })) } : {}),
  };
}
