import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { useKeys } from '../../parts/useKeys.ts';
import { useMe } from '../../session.ts';
import { Clock } from '../reviews/Clock.tsx';
import { ApproveDialog } from './ApproveDialog.tsx';
import { type Act, offerOf, wordOf } from './acts.ts';
import { PayDialog } from './PayDialog.tsx';
import type { Claim } from './types.ts';
import { useClaimAct } from './useClaimAct.ts';

/** What this person can do with the claim now, always in sight at the foot of the page; and why not, where it is their own work they would check. */
export function Acts({ claim }: { claim: Claim }) {
  const me = useMe();
  const [open, setOpen] = useState<Act>();
  const { main, others, why } = offerOf(claim, me);
  useKeys({
    a: () => main && setOpen(main),
    r: () => others.includes('return') && setOpen('return'),
  });
  const close = () => setOpen(undefined);
  if (!main && others.length === 0 && !why) return null;
  return (
    <>
      <section className="decide no-print" aria-label="办理">
        {main && (
          <Button type="primary" onClick={() => setOpen(main)}>
            {wordOf(main, claim)} a
          </Button>
        )}
        {others.map((act) =>
          act === 'edit' ? (
            <Link key={act} to={`/claims/${claim.id}/edit`}>
              <Button>{wordOf(act, claim)}</Button>
            </Link>
          ) : (
            <Button key={act} danger={act === 'refuse'} onClick={() => setOpen(act)}>
              {wordOf(act, claim)}
              {act === 'return' && ' r'}
            </Button>
          ),
        )}
        {why && (
          <span>
            {why}。{!claim.barred && <Cites cites={claim.turn?.cites ?? []} />}
          </span>
        )}
        {main && claim.dueOn && (
          <span>
            应办结 <Clock dueOn={claim.dueOn} />
          </span>
        )}
      </section>
      <Dialogs claim={claim} act={open} onClose={close} />
    </>
  );
}

interface Props {
  claim: Claim;
  onClose(): void;
}

function Dialogs({ act, ...props }: Props & { act: Act | undefined }) {
  const { claim } = props;
  if (act === 'submit') return <SubmitDialog {...props} />;
  if (act === 'verify') return <VerifyDialog {...props} />;
  if (act === 'approve') return <ApproveDialog {...props} />;
  if (act === 'confirm') return <ConfirmDialog {...props} />;
  if (act === 'pay') return <PayDialog {...props} />;
  if (act === 'return' || act === 'refuse' || act === 'withdraw')
    return <EndDialog key={act} verb={act} claim={claim} onClose={props.onClose} />;
  return null;
}

function SubmitDialog({ claim, onClose }: Props) {
  const submit = useClaimAct(
    () => ask(api.claims[':id'].submit.$post({ param: { id: claim.id } })),
    '已提交，由合作单位审核',
  );
  return (
    <FormDialog title="提交补偿申请" action="提交" initial={{}} act={submit} onClose={onClose}>
      <p>提交时逐项核对，有一项不通过即不能提交。提交后由合作单位审核，办理时限自今日起算；审批以前可以撤回。</p>
    </FormDialog>
  );
}

function VerifyDialog({ claim, onClose }: Props) {
  const verify = useClaimAct(
    ({ note }: { note?: string }) =>
      ask(api.claims[':id'].verify.$post({ param: { id: claim.id }, json: note?.trim() ? { note: note.trim() } : {} })),
    '已审核通过，报自治区审批',
  );
  return (
    <FormDialog<{ note?: string }>
      title={`审核通过：${claim.enterpriseName}`}
      action="审核通过"
      initial={{}}
      act={verify}
      onClose={onClose}
    >
      <p>表示已核对申请内容和材料，情况属实。系统按现在的余额再核对一遍，通过后报自治区审批，本单位不能再退回。</p>
      <Form.Item name="note" label="审核意见（可不填）">
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Form.Item>
    </FormDialog>
  );
}

function ConfirmDialog({ claim, onClose }: Props) {
  const confirm = useClaimAct(
    () => ask(api.claims[':id'].confirm.$post({ param: { id: claim.id } })),
    '已复核，待财务拨付',
  );
  const { recognised, compensation } = claim;
  const note = claim.events.findLast(({ kind }) => kind === 'approved')?.details?.note;
  return (
    <FormDialog title={`复核：${claim.enterpriseName}`} action="复核同意" initial={{}} act={confirm} onClose={onClose}>
      <p>
        审批核定本金 {formatYuan(money(recognised ?? '0.00'))} 元，资金池补偿 {formatYuan(money(compensation))} 元
        {note ? `，审批意见：${note}` : ''}。
      </p>
      <p>复核后各方承担的金额即为确定，申请按批准先后排入拨付次序，由财务付款；付款以前自治区仍可退回补正。</p>
    </FormDialog>
  );
}

const ENDS = {
  return: {
    ...{ title: '退回补正', label: '理由', done: '已退回银行补正' },
    does: '退回后由银行更正并重新提交，申请日期仍以首次提交为准，审核从头办理。理由银行看得到。',
  },
  refuse: {
    ...{ title: '不予补偿', label: '理由', done: '已决定不予补偿' },
    does: '决定后该申请终止，不能恢复；银行可以就同一笔贷款另行申请。理由银行看得到。材料不齐的请用「退回补正」。',
  },
  withdraw: {
    ...{ title: '撤回申请', label: '原因', done: '已撤回' },
    does: '撤回后该申请终止，不能恢复；可以重新申请，但申请期限按重新提交的日期计算。',
  },
} as const;

function EndDialog({ verb, claim, onClose }: Props & { verb: keyof typeof ENDS }) {
  const { title, label, done, does } = ENDS[verb];
  const act = useClaimAct(
    (reason: string) => ask(api.claims[':id'][verb].$post({ param: { id: claim.id }, json: { reason } })),
    done,
  );
  return (
    <ReasonForm
      open
      title={`${title}：${claim.enterpriseName}`}
      action={title}
      label={label}
      danger={verb === 'refuse'}
      act={act}
      onClose={onClose}
    >
      <p>{does}</p>
    </ReasonForm>
  );
}
