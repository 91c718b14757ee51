import { Exact } from '../../../money/money.ts';
import type { Application, ApplicationItem } from '../../parts/subsidy/types.ts';

/** Whether it is the enterprise's turn: it goes on writing, puts its account right, pays back. */
export const isMine = ({ nextStep }: ApplicationItem): boolean => nextStep.whose === '企业';

/** How many steps there are of these kinds: a batch and each supplement is ordered and paid by itself, and again after it came back. */
const countOf = ({ steps }: Application, ...kinds: string[]): number =>
  steps.filter(({ kind }) => kinds.includes(kind)).length;

const BEFORE_MONEY = [
  ...['submitted', 'recommended', 'reviewed', 'audited', 'decided', 'published', 'granted', 'approved'],
];

/** Whether the account may be put right: while the bank has no order to pay to the old one, or has sent a payment back. */
export const mayMendAccount = (application: Application): boolean =>
  BEFORE_MONEY.includes(application.status) &&
  (isMine(application) || countOf(application, 'ordered', 'reissued') === countOf(application, 'paid'));

/** Whether it may be taken back: until its money is ordered, or after all of it came back. */
export const mayWithdraw = (application: Application): boolean =>
  ['draft', 'returned', ...BEFORE_MONEY].includes(application.status) &&
  countOf(application, 'ordered', 'reissued') === countOf(application, 'returnedByBank');

/** Why the bank sent a payment back that was not made again. */
export function whyBack(application: Application): string | null {
  const back = application.steps.findLast(({ kind }) => kind === 'returnedByBank');
  return back && isMine(application) ? textOf(back, 'reason') : null;
}

/** What a step notes beside its day. */
export function textOf(step: Application['steps'][number], name: string): string | null {
  const said = (step.details as Record<string, unknown> | null)?.[name];
  return typeof said === 'string' ? said : null;
}

/** What of an application's money has been paid and claimed back, in 元. */
export interface Moved {
  paid: string;
  clawedBack: string;
  recovered: string;
}

/** What an application is granted, with what corrections changed; null before the budget was shared out. */
export const grantedOf = ({ granted, adjusted }: ApplicationItem): string | null =>
  granted && new Exact(granted).plus(adjusted).toFixed(2);

/** How an application's figures are called where it stands: what may be expected, what was decided, shared out, corrected, paid and given back. `moved` is known inside. */
export function figuresOf(item: ApplicationItem, moved?: Moved): { label: string; value: string }[] {
  const { status, demand, decided, granted, adjusted } = item;
  const ended = status === 'refused' || status === 'withdrawn';
  const owing = moved && !new Exact(moved.clawedBack).isZero();
  const paid = moved?.paid ?? (status === 'paid' ? grantedOf(item)! : '0.00');
  return [
    { label: ended ? '申请时按规定可得' : '按规定可得', value: demand },
    ...(decided === null ? [] : [{ label: '核定', value: decided }]),
    ...(granted === null ? [] : [{ label: '预算分配', value: granted }]),
    ...(new Exact(adjusted).isZero() ? [] : [{ label: '更正增减', value: adjusted }]),
    ...(new Exact(paid).isZero() ? [] : [{ label: '已拨付', value: paid }]),
    ...(owing
      ? [
          { label: '应退回', value: moved.clawedBack },
          { label: '已退回', value: moved.recovered },
        ]
      : []),
  ];
}
