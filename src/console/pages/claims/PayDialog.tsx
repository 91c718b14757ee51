import { Form, Input, Select } from 'antd';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useMe } from '../../session.ts';
import { DateField } from '../filings/DateField.tsx';
import type { Claim } from './types.ts';
import { useClaimAct } from './useClaimAct.ts';

interface Given {
  paidOn?: string;
  accountNo?: string;
  voucherNo?: string;
}

const yuan = (value: string): string => `${formatYuan(money(value))} 元`;

const borneByPool = ({ shares }: Claim): string =>
  shares
    .filter(({ kind, amount }) => kind === 'pool' && amount !== '0.00')
    .map(({ label, amount }) => `${label} ${yuan(amount)}`)
    .join('，');

/** 拨付: the day the money left, from which account, by which payment of the bank. */
export function PayDialog({ claim, onClose }: { claim: Claim; onClose(): void }) {
  const { today } = useMe();
  const pool = useAsk(['pools', claim.poolCode, 'now'], () =>
    ask(api.pools[':id'].$get({ param: { id: claim.poolCode }, query: {} })),
  );
  const pay = useClaimAct(
    ({ paidOn, accountNo, voucherNo }: Given) =>
      ask(
        api.claims[':id'].pay.$post({
          param: { id: claim.id },
          json: {
            ...(paidOn ? { paidOn } : {}),
            ...(accountNo ? { accountNo } : {}),
            ...(voucherNo?.trim() ? { voucherNo: voucherNo.trim() } : {}),
          },
        }),
      ),
    '已拨付，凭证已生成',
  );
  const accounts = pool.data?.accounts ?? [];
  const { pays, lacking, cites } = claim.turn ?? { pays: claim.compensation, lacking: '0.00', cites: [] };
  if (!pool.data) return null;
  const inTime = async (_: unknown, day?: string) => {
    if (day && day > today) throw new Error('不能晚于今天');
    if (day && claim.confirmedOn && day < claim.confirmedOn) throw new Error(`不能早于批准日 ${claim.confirmedOn}`);
  };
  return (
    <FormDialog<Given>
      title={`拨付：${claim.bankName}，${claim.enterpriseName}`}
      action={`拨付 ${yuan(pays)}`}
      width={600}
      act={pay}
      initial={{ paidOn: today, ...(accounts.length === 1 ? { accountNo: accounts[0]!.accountNo } : {}) }}
      onClose={onClose}
    >
      <div className="does">
        <p>登记后立即入账，不能撤销：</p>
        <ul>
          <li>
            专户付出 {yuan(pays)}，记为各出资方的应收追偿款{lacking === '0.00' && `：${borneByPool(claim)}`}；
          </li>
          {lacking !== '0.00' && (
            <li>
              资金池不足支付全额，按条款只付这些；不足的 {yuan(lacking)} 由条款所定的承担方承担，以后不再补付
              <Cites cites={cites} />；
            </li>
          )}
          <li>该笔贷款的准备金全部释放，不再占用可用额度；</li>
          <li>不良率、补偿率重新计算，达到熔断线的自动发出警示或暂停业务。</li>
        </ul>
      </div>
      <Form.Item name="accountNo" label="付款专户" rules={[{ required: true, message: '请选择付款专户' }]}>
        <Select
          options={accounts.map(({ accountNo, bankName, balance }) => ({
            value: accountNo,
            label: `${bankName} ${accountNo}，余额 ${yuan(balance)}`,
          }))}
        />
      </Form.Item>
      <Form.Item
        name="paidOn"
        label="付款日期"
        validateTrigger="onChange"
        rules={[{ required: true, message: '请填写付款日期' }, { validator: inTime }]}
      >
        <DateField />
      </Form.Item>
      <Form.Item name="voucherNo" label="银行付款凭证号（对账时用以自动核对，可不填）">
        <Input autoComplete="off" maxLength={100} />
      </Form.Item>
    </FormDialog>
  );
}
