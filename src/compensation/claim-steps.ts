import type { Role } from '../access/roles.ts';
import { DomainError } from '../errors.ts';

/** 状态 of a claim, with the Chinese that people read. */
export const CLAIM_STATUSES = {
  draft: '草稿',
  submitted: '待合作单位审核',
  returned: '退回补正',
  verified: '待自治区审批',
  approved: '待自治区复核',
  confirmed: '待拨付',
  paid: '已拨付',
  refused: '不予补偿',
  withdrawn: '已撤回',
  refunded: '已退回补偿',
} as const;
export type ClaimStatus = keyof typeof CLAIM_STATUSES;

const STEPS = {
  update: { from: ['draft', 'returned'], says: '修改' },
  submit: { from: ['draft', 'returned'], says: '提交' },
  withdraw: { from: ['draft', 'returned', 'submitted', 'verified'], says: '撤回' },
  verify: { from: ['submitted'], says: '审核' },
  approve: { from: ['verified', 'approved'], says: '审批' },
  confirm: { from: ['approved'], says: '复核' },
  return: { from: ['submitted', 'verified', 'approved', 'confirmed'], says: '退回补正' },
  refuse: { from: ['submitted', 'verified', 'approved'], says: '不予补偿' },
  pay: { from: ['confirmed'], says: '拨付' },
} as const satisfies Record<string, { from: readonly ClaimStatus[]; says: string }>;
export type ClaimStep = keyof typeof STEPS;

/** @throws DomainError CLAIM_STEP (409) when a claim in this state cannot be taken that step, ALREADY_COMPENSATED when it has been paid */
export function assertStep(step: ClaimStep, status: string): void {
  const { from, says } = STEPS[step];
  if ((from as readonly string[]).includes(status)) return;
  const now = CLAIM_STATUSES[status as ClaimStatus] ?? status;
  if (status === 'paid' || status === 'refunded')
    throw new DomainError('ALREADY_COMPENSATED', `该申请${now}，不能再${says}`, { status: 409 });
  throw new DomainError('CLAIM_STEP', `该申请为「${now}」，不能${says}`, { status: 409 });
}

/** Who returns or refuses a claim at which point: the county what it has before it, the region what the county has passed on. */
export function assertReviewer(role: Role | string, status: string): void {
  const county = status === 'submitted';
  if (role === 'system' || (role === 'countyReviewer') === county) return;
  const message = county ? '该申请由合作单位审核，自治区尚不能办理' : '该申请已报自治区，合作单位不能再办理';
  throw new DomainError('NOT_YOUR_TURN', message, { status: 403 });
}

/** What is done next to a claim in a state, and who does it. */
export const NEXT_STEPS = {
  draft: { step: 'submit', role: 'bank' },
  returned: { step: 'submit', role: 'bank' },
  submitted: { step: 'verify', role: 'countyReviewer' },
  verified: { step: 'approve', role: 'regionalReviewer' },
  approved: { step: 'confirm', role: 'regionalReviewer' },
  confirmed: { step: 'pay', role: 'finance' },
} as const satisfies Partial<Record<ClaimStatus, { step: ClaimStep; role: Role }>>;

/** Who had a hand in a claim before, in order: the maker, and whoever passed it on. Ids of users or keys. */
export interface Hands {
  createdBy: string | null;
  verifiedBy: string | null;
  approvedBy: string | null;
  confirmedBy: string | null;
}

/** Steps that somebody else takes than whoever had a hand in those before. */
const CHECKED = {
  verify: { before: ['createdBy'], says: '申请人不得审核自己提交的申请' },
  approve: { before: ['createdBy', 'verifiedBy'], says: '经办过该申请的人员不得审批' },
  confirm: {
    before: ['createdBy', 'verifiedBy', 'approvedBy'],
    says: '审批人不得复核自己的审批，请由另一人办理',
  },
  pay: {
    before: ['createdBy', 'verifiedBy', 'approvedBy', 'confirmedBy'],
    says: '经办或审批过该申请的人员不得拨付',
  },
} as const satisfies Partial<Record<ClaimStep, { before: readonly (keyof Hands)[]; says: string }>>;

/** Whose hands keep them from a step. */
export const handsBefore = (step: keyof typeof CHECKED): readonly (keyof Hands)[] => CHECKED[step].before;

/** Why somebody may not take the step that comes next to a claim, because of what they did before; null when they may. */
export function barredFrom(actor: string, claim: Hands & { status: string }): string | null {
  const step = NEXT_STEPS[claim.status as keyof typeof NEXT_STEPS]?.step;
  if (!step || !(step in CHECKED)) return null;
  const { before, says } = CHECKED[step as keyof typeof CHECKED];
  return before.some((hand) => claim[hand] === actor) ? says : null;
}

/** The maker never checks: of a claim whose state is right for the step. @throws DomainError SAME_PERSON (403) */
export function assertOther(actor: string, claim: Hands & { status: string }): void {
  const says = barredFrom(actor, claim);
  if (says) throw new DomainError('SAME_PERSON', says, { status: 403 });
}
