import { NEXT_STEPS } from '../../../compensation/claim-steps.ts';
import { type Me, may } from '../../session.ts';
import type { Claim } from './types.ts';

/** What can be done to a claim. */
export type Act = 'submit' | 'edit' | 'withdraw' | 'verify' | 'approve' | 'confirm' | 'pay' | 'return' | 'refuse';

export interface Offer {
  /** the step that takes it further, when it is this person's */
  main: Act | null;
  others: Act[];
  /** why the step that their role takes is not theirs, or not yet possible */
  why: string | null;
}

/** What somebody is offered to do with a claim in its state: by role and permission, never what they may not check themselves. */
export function offerOf(claim: Claim, me: Pick<Me, 'role' | 'permissions'>): Offer {
  const { status } = claim;
  const next = NEXT_STEPS[status as keyof typeof NEXT_STEPS];
  const bank = may(me as Me, 'claim.create');
  if (bank) {
    const withdraw: Act[] = ['draft', 'returned', 'submitted', 'verified'].includes(status) ? ['withdraw'] : [];
    return next?.step === 'submit'
      ? { main: 'submit', others: ['edit', ...withdraw], why: null }
      : { main: null, others: withdraw, why: null };
  }
  const mine = next?.role === me.role;
  const main = mine && next.step !== 'submit' && !claim.barred && payable(claim) ? next.step : null;
  return { main, others: reviewing(claim, me), why: mine ? (claim.barred ?? waiting(claim)) : null };
}

const payable = ({ status, turn }: Claim): boolean => status !== 'confirmed' || turn?.now !== false;

const waiting = (claim: Claim): string | null =>
  payable(claim) ? null : '资金池可用资金不足支付全额，按批准先后等候，现在不能拨付';

/** Sending back, refusing, and approving anew what another approved: the county what it has before it, the region what was passed on to it; what is approved for payment is only sent back. */
function reviewing({ status, barred }: Claim, me: Pick<Me, 'role' | 'permissions'>): Act[] {
  if (!may(me as Me, 'claim.review')) return [];
  if (me.role === 'countyReviewer') return status === 'submitted' ? ['return', 'refuse'] : [];
  if (status === 'approved' && !barred) return ['approve', 'return', 'refuse'];
  if (status === 'verified' || status === 'approved') return ['return', 'refuse'];
  return status === 'confirmed' ? ['return'] : [];
}

const ACT_WORDS: Record<Act, string> = {
  submit: '提交申请',
  edit: '修改',
  withdraw: '撤回申请',
  verify: '审核通过',
  approve: '审批',
  confirm: '复核同意',
  pay: '拨付',
  return: '退回补正',
  refuse: '不予补偿',
};

/** What an act on a claim is called on its button: an approval of what is approved already gives another one in its place. */
export const wordOf = (act: Act, { status }: Pick<Claim, 'status'>): string =>
  act === 'approve' && status === 'approved' ? '重新审批' : ACT_WORDS[act];
