import type { Role } from '../access/roles.ts';
import { DomainError } from '../errors.ts';

/** 状态 of an application, with the Chinese that people read. */
export const APPLICATION_STATUSES = {
  draft: '草稿',
  submitted: '待县（市、区）审核推荐',
  returned: '退回补正',
  recommended: '待形式审查',
  reviewed: '待审计意见',
  audited: '待核定',
  decided: '待公示',
  published: '公示中',
  granted: '待批准拨付',
  approved: '待拨付',
  paid: '已拨付',
  deferred: '转下一年度',
  refused: '不予补贴',
  withdrawn: '已撤回',
} as const;
export type ApplicationStatus = keyof typeof APPLICATION_STATUSES;

/** 状态 of an objection, and who may raise one: in writing, under their own name. */
export const OBJECTION_STATUSES = { open: '待处理', upheld: '成立', dismissed: '不成立', ended: '申请已撤回' } as const;
export type ObjectionStatus = keyof typeof OBJECTION_STATUSES;
export const OBJECTORS = { person: '个人', organisation: '单位' } as const;

/** Whether the enterprise still works on it. */
export const isPrepared = (status: string): boolean => status === 'draft' || status === 'returned';

const STEPS = {
  update: { from: ['draft', 'returned'], says: '修改' },
  submit: { from: ['draft', 'returned'], says: '提交' },
  withdraw: {
    from: [
      ...(['draft', 'returned', 'submitted', 'recommended', 'reviewed', 'audited', 'decided'] as const),
      ...(['published', 'granted', 'approved'] as const),
    ],
    says: '撤回',
  },
  confirm: { from: ['submitted', 'recommended', 'reviewed', 'audited'], says: '核实' },
  recommend: { from: ['submitted'], says: '审核推荐' },
  review: { from: ['recommended'], says: '形式审查' },
  audit: { from: ['reviewed'], says: '登记审计意见' },
  decide: { from: ['audited'], says: '核定' },
  return: { from: ['submitted', 'recommended', 'reviewed', 'audited', 'decided'], says: '退回补正' },
  refuse: { from: ['submitted', 'recommended', 'reviewed', 'audited'], says: '不予补贴' },
} as const satisfies Record<string, { from: readonly ApplicationStatus[]; says: string }>;
export type ApplicationStep = keyof typeof STEPS;

/** @throws DomainError APPLICATION_STEP (409) when an application in this state cannot be taken that step */
export function assertStep(step: ApplicationStep, { id, status }: { id: bigint; status: string }): void {
  const { from, says } = STEPS[step];
  if ((from as readonly string[]).includes(status)) return;
  const now = APPLICATION_STATUSES[status as ApplicationStatus] ?? status;
  throw new DomainError('APPLICATION_STEP', `补贴申请 ${id} 为「${now}」，不能${says}`, { status: 409 });
}

/** Who had a hand in an application before, in order. Ids of users or keys. */
export interface Hands {
  id: bigint;
  createdBy: string;
  recommendedBy: string | null;
  reviewedBy: string | null;
  auditedBy: string | null;
}

const BEFORE = {
  recommend: ['createdBy'],
  review: ['createdBy', 'recommendedBy'],
  audit: ['createdBy', 'recommendedBy', 'reviewedBy'],
  decide: ['createdBy', 'reviewedBy', 'auditedBy'],
} as const satisfies Partial<Record<ApplicationStep, readonly (keyof Hands)[]>>;

/** The maker never checks, and nobody checks twice. @throws DomainError SAME_PERSON (403) */
export function assertOther(step: CheckingStep, actor: string, application: Hands): void {
  if (!BEFORE[step].some((hand) => application[hand] === actor)) return;
  const message = `经办过补贴申请 ${application.id} 的人员不得${STEPS[step].says}，请由他人办理`;
  throw new DomainError('SAME_PERSON', message, { status: 403 });
}

/** A step that another than those before takes. */
export type CheckingStep = keyof typeof BEFORE;

/** Which step comes next in a state, and whose it is: the county recommends what is registered in its region, and the region the rest. */
export const NEXT_STEPS = {
  submitted: { step: 'recommend', roles: ['countyReviewer', 'regionalReviewer'] },
  recommended: { step: 'review', roles: ['regionalReviewer'] },
  reviewed: { step: 'audit', roles: ['finance'] },
  audited: { step: 'decide', roles: ['regionalReviewer'] },
} as const satisfies Partial<Record<ApplicationStatus, { step: CheckingStep; roles: readonly Role[] }>>;

/** Who must not have had a hand in an application before a step. */
export const handsBefore = (step: CheckingStep): readonly Exclude<keyof Hands, 'id'>[] => BEFORE[step];

/** Why the next step of an application is not this person's, though it is of their role; null where it may be. */
export function barredFrom(actor: string, application: Hands & { status: string }): string | null {
  const next = NEXT_STEPS[application.status as keyof typeof NEXT_STEPS];
  if (!next || !BEFORE[next.step].some((hand) => application[hand as keyof Hands] === actor)) return null;
  return `您经办过这项申请，${STEPS[next.step].says}须由他人办理`;
}
