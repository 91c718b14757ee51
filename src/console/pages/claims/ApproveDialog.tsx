import { Checkbox, Form, Input } from 'antd';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { amountOf, isAmount } from '../filings/amount.ts';
import { PanelFields, type PanelGiven, panelOf } from './PanelFields.tsx';
import type { Claim } from './types.ts';
import { useClaimAct } from './useClaimAct.ts';

interface Given {
  recognised?: string;
  note?: string;
  withPanel?: boolean;
  panel?: PanelGiven;
}

/** 审批: all of it, or what is recognised of the unpaid principal; above the clause's amount by a panel. */
export function ApproveDialog({ claim, onClose }: { claim: Claim; onClose(): void }) {
  const { today } = useMe();
  const anew = claim.status === 'approved';
  const needed = claim.checks.some(({ code }) => code === 'CLAIM_PANEL');
  const approve = useClaimAct(
    ({ recognised, note, withPanel, panel }: Given) =>
      ask(
        api.claims[':id'].approve.$post({
          param: { id: claim.id },
          json: {
            ...(recognised && recognised !== claim.unpaidPrincipal ? { recognised } : {}),
            ...(note?.trim() ? { note: note.trim() } : {}),
            ...(panel && (needed || withPanel) ? { panel: panelOf(panel) } : {}),
          },
        }),
      ),
    '已审批，待自治区另一人复核',
  );
  return (
    <FormDialog<Given>
      title={`${anew ? '重新审批' : '审批'}：${claim.enterpriseName}`}
      action="同意补偿"
      width={640}
      act={approve}
      initial={{ recognised: claim.recognised ?? claim.unpaidPrincipal, panel: { decidedOn: today } }}
      onClose={onClose}
    >
      <p>
        {anew && '以您的审批代替此前的审批。'}同意后由自治区另一人复核，复核以前不生效、不付款。
        {!anew && `全部核定的，资金池补偿 ${formatYuan(money(claim.compensation))} 元；`}
        少于未偿还本金的为部分核定，未核定部分由合作银行承担。
      </p>
      <Fields claim={claim} needed={needed} />
    </FormDialog>
  );
}

function Fields({ claim, needed }: { claim: Claim; needed: boolean }) {
  const recognised = Form.useWatch<string | undefined>('recognised');
  const withPanel = Form.useWatch<boolean | undefined>('withPanel');
  const partial = isPartial(recognised, claim);
  return (
    <>
      <Form.Item
        name="recognised"
        label={`核定的本金（未偿还本金 ${formatYuan(money(claim.unpaidPrincipal))} 元）`}
        rules={[
          { required: true, message: '请填写核定的本金' },
          { validator: isAmount },
          { validator: (_, value?: string) => notAbove(value, claim.unpaidPrincipal) },
        ]}
        extra={partial && <Preview claim={claim} recognised={recognised!} />}
      >
        <AmountField />
      </Form.Item>
      <Form.Item
        name="note"
        label={partial ? '部分核定的理由' : '审批意见（可不填）'}
        rules={[{ required: partial, whitespace: true, message: '部分核定的，请写明理由' }]}
      >
        <Input.TextArea rows={2} maxLength={500} showCount />
      </Form.Item>
      {!needed && (
        <Form.Item name="withPanel" valuePropName="checked">
          <Checkbox>经集体研究</Checkbox>
        </Form.Item>
      )}
      {(needed || withPanel) && (
        <PanelFields why={needed ? claim.checks.find(({ code }) => code === 'CLAIM_PANEL') : undefined} />
      )}
    </>
  );
}

function isPartial(recognised: string | undefined, { unpaidPrincipal }: Claim): boolean {
  const amount = amountOf(recognised);
  return Boolean(amount?.gt(0) && amount.lt(money(unpaidPrincipal)));
}

async function notAbove(value: string | undefined, most: string): Promise<void> {
  if (amountOf(value)?.gt(money(most))) throw new Error(`不超过未偿还本金 ${formatYuan(money(most))} 元`);
}

type Facts = Parameters<typeof api.claims.simulate.$post>[0]['json']['facts'];

/** What the pool would pay for a part, by the rules as they are; the approval itself works it out again. */
function Preview({ claim, recognised }: { claim: Claim; recognised: string }) {
  const { data } = useAsk(['claims', claim.id, 'partial', recognised], () =>
    ask(
      api.claims.simulate.$post({
        json: {
          ...{ loanId: claim.loanId, unpaidPrincipal: recognised },
          ...(claim.occurredOn ? { occurredOn: claim.occurredOn } : {}),
          ...(claim.request.facts ? { facts: claim.request.facts as Facts } : {}),
        },
      }),
    ),
  );
  if (!data?.now) return data?.nowProblem ?? '正在测算……';
  const rest = money(claim.unpaidPrincipal).minus(money(recognised));
  return `资金池补偿 ${formatYuan(money(data.now.compensation))} 元；未核定的 ${formatYuan(rest)} 元由合作银行承担。`;
}
