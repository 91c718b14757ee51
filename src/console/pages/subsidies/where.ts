import { Exact, formatYuan, money } from '../../../money/money.ts';
import type { Application } from '../../parts/subsidy/types.ts';

const yuan = (value: string | null): string => `${formatYuan(money(value ?? '0.00'))} 元`;

/** One sentence: where an application stands, whose turn it is, and what it comes to. */
export function whereItStands({
  status,
  poolCode,
  demand,
  decided,
  granted,
  adjusted,
  reason,
  steps,
  eligible,
}: Application): string {
  const on = (kind: string) => steps.findLast((step) => step.kind === kind)?.recordedOn ?? '';
  const due = new Exact(granted ?? '0').plus(adjusted).toFixed(2);
  const expected = eligible ? `按规定应得 ${yuan(demand)}` : '企业不符合申报条件，按规定不予补贴';
  switch (status) {
    case 'submitted':
      return `由${poolCode ? '县（市、区）' : '自治区'}审核推荐。${expected}。`;
    case 'returned':
      return `已退回企业补正。理由：${reason}。`;
    case 'recommended':
      return `${on('recommended')} 已推荐，由自治区形式审查。${expected}。`;
    case 'reviewed':
      return `${on('reviewed')} 形式审查通过，由财务登记审计意见。${expected}。`;
    case 'audited':
      return `${on('audited')} 财务已登记审计意见，由自治区另一人逐项核定。${expected}。`;
    case 'decided':
      return `${on('decided')} 核定 ${yuan(decided)}，待本批一并公示。`;
    case 'published':
      return `${on('published')} 起公示，核定 ${yuan(decided)}，期满后分配预算。`;
    case 'granted':
      return `预算分配 ${yuan(granted)}（核定 ${yuan(decided)}），待另一人批准。`;
    case 'approved':
      return `${on('approved') || on('supplemented')} 批准 ${yuan(due)}，${unpaidOf(steps)}。`;
    case 'paid':
      return `${on('paid')} 已拨付 ${yuan(due)}（核定 ${yuan(decided)}）。`;
    case 'deferred':
      return `${reason}。`;
    case 'refused':
      return `不予补贴。理由：${reason}。`;
    default:
      return `企业已撤回${reason ? `：${reason}` : ''}。`;
  }
}

/** What an approved subsidy waits for: to be paid, or to be paid anew after the bank sent it back. */
function unpaidOf(steps: Application['steps']): string {
  const last = steps.findLast(({ kind }) => ['returnedByBank', 'payeeMended', 'reissued'].includes(kind));
  if (last?.kind === 'returnedByBank') return '银行已退票，待核对账户后重新下达';
  if (last?.kind === 'payeeMended') return '企业已更正收款账户，待重新下达';
  return '待拨付';
}
