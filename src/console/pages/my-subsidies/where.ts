import type { Application, ApplicationItem } from '../../parts/subsidy/types.ts';

/** Whose turn it is, and what comes next, in one sentence. `whole`: the application with its steps, where it has been read. */
export function turnOf({ status, nextStep }: ApplicationItem, whole?: Application): { mine: boolean; says: string } {
  const back = whole && status === 'approved' ? cameBack(whole) : null;
  if (back?.mended) return { mine: false, says: '收款账户已更正，等待财务重新拨付。' };
  if (back) {
    const why = back.reason ? `（${back.reason}）` : '';
    return { mine: true, says: `银行退回了拨付${why}，请更正收款账户，财务据此重新拨付。` };
  }
  return { mine: status === 'draft' || status === 'returned', says: nextStep.sentence };
}

/** The payment that the bank sent back and that was not made again: why, and whether the account was put right since. */
export function cameBack({ steps }: Application): { reason: string | null; mended: boolean } | null {
  const at = steps.findLastIndex(({ kind }) => kind === 'returnedByBank');
  if (at < 0 || steps.slice(at).some(({ kind }) => kind === 'reissued' || kind === 'paid')) return null;
  return { reason: textOf(steps[at]!, 'reason'), mended: steps.slice(at).some(({ kind }) => kind === 'payeeMended') };
}

/** What a step notes beside its day. */
export function textOf(step: Application['steps'][number], name: string): string | null {
  const said = (step.details as Record<string, unknown> | null)?.[name];
  return typeof said === 'string' ? said : null;
}

/** How an application's figures are called where it stands: what may be expected, what was decided, shared out and paid. */
export function figuresOf({ status, demand, decided, granted }: ApplicationItem): { label: string; value: string }[] {
  const ended = status === 'refused' || status === 'withdrawn';
  return [
    { label: ended ? '申请时按规定可得' : '按规定可得', value: demand },
    ...(decided === null ? [] : [{ label: '核定', value: decided }]),
    ...(granted === null ? [] : [{ label: '预算分配', value: granted }]),
    ...(status === 'paid' ? [{ label: '已拨付', value: granted! }] : []),
  ];
}
