import { NEXT_STEPS } from '../../../subsidies/steps.ts';
import type { Application, ApplicationItem } from '../../parts/subsidy/types.ts';
import { type Me, may } from '../../session.ts';

/** What can be done to an application. `step`s may be taken with many at once. */
export type Step = 'recommend' | 'review' | 'audit' | 'decide';
export type Act = Step | 'return' | 'refuse' | 'payee';

/** What each is called on its button, what the person may note with it, and what became of it. */
export const STEPS: Record<Step, { word: string; note: string | null; done: string; does: string }> = {
  recommend: {
    ...{ word: '审核推荐', note: '推荐意见', done: '已推荐，待自治区形式审查' },
    does: '表示已核对企业情况和申报材料，同意推荐。推荐后报自治区形式审查，本单位不能再退回。',
  },
  review: {
    ...{ word: '形式审查通过', note: '审查意见', done: '已通过形式审查，待财务审计' },
    does: '表示材料齐全、填报与材料一致。通过后由财务登记审计意见。',
  },
  audit: {
    ...{ word: '登记审计意见', note: '审计意见', done: '已登记审计意见，待核定' },
    does: '表示已核对支出凭证，支出真实、金额一致。登记后由自治区另一人核定。',
  },
  decide: {
    ...{ word: '核定', note: null, done: '已核定，待公示' },
    does: '按规定计算的金额逐项核定，不符合规定的项目不予补贴。核减或不予个别项目的，请打开申请逐项核定。',
  },
};

const RETURNABLE = ['submitted', 'recommended', 'reviewed', 'audited', 'decided'];
const REFUSABLE = ['submitted', 'recommended', 'reviewed', 'audited'];

/** The step that takes an application further, when it is of this person's role: the county recommends what is registered in its region, the region the rest. */
export function stepOf(
  { status, poolCode }: Pick<ApplicationItem, 'status' | 'poolCode'>,
  me: Pick<Me, 'role'>,
): Step | null {
  const next = NEXT_STEPS[status as keyof typeof NEXT_STEPS];
  if (!next || !(next.roles as readonly string[]).includes(me.role)) return null;
  return next.step === 'recommend' && me.role === 'regionalReviewer' && poolCode !== null ? null : next.step;
}

/** What somebody is offered to do with an application in its state, never what they may not check themselves; `why` that is. */
export function offerOf(of: Application, me: Pick<Me, 'role' | 'permissions'>) {
  const step = stepOf(of, me);
  const mayReturn = may(me as Me, 'subsidy.return') && RETURNABLE.includes(of.status);
  const others: Act[] = [
    ...(mayReturn && (me.role !== 'countyReviewer' || of.status === 'submitted') ? (['return'] as const) : []),
    ...(may(me as Me, 'subsidy.review') && REFUSABLE.includes(of.status) ? (['refuse'] as const) : []),
    ...(may(me as Me, 'subsidy.import') && of.imported && !ENDED.includes(of.status) ? (['payee'] as const) : []),
  ];
  return { main: of.barred ? null : step, others, why: step ? of.barred : null };
}

const ENDED = ['paid', 'refused', 'withdrawn'];

/** What an act changes: the applications, their batch and budget, the first pages, the papers and the books. */
export const CHANGED = [
  ...['subsidy-objections', 'subsidy-supplements'],
  ...['subsidy-applications', 'subsidy-boards', 'subsidy-batches', 'budgets', 'home', 'documents'],
];
