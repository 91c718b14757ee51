import { formatYuan, money } from '../../../money/money.ts';
import type { Claim } from './types.ts';

const yuan = (value: string): string => `${formatYuan(money(value))} 元`;

/** One sentence: where a claim stands, and who has to do what by when. */
export function whereItStands(claim: Claim): string {
  const { status, bankName, poolName, reason, submittedOn, verifiedOn, approvedOn, compensation, paidOn } = claim;
  const what = `资金池补偿 ${yuan(compensation)}`;
  switch (status) {
    case 'draft':
      return `草稿，只有本行看得到，由本行提交。${lastDayOf(claim)}${faultsOf(claim)}`;
    case 'submitted':
      return `${submittedOn} 提交，由合作单位审核${until(claim)}。`;
    case 'returned':
      return `已退回补正，由${bankName}更正后重新提交。退回理由：${reason}。`;
    case 'verified':
      return `合作单位 ${verifiedOn} 审核通过，由自治区审批${until(claim)}。`;
    case 'approved':
      return `${approvedOn} 审批同意，${what}，由自治区另一人复核${until(claim)}。`;
    case 'confirmed':
      return `${claim.confirmedOn} 批准，${what}，由财务拨付${until(claim)}。${turnOf(claim)}`;
    case 'paid':
      return `${paidOn} ${poolName}拨付 ${yuan(compensation)}${sinceThen(claim)}。`;
    case 'refused':
      return `不予补偿。理由：${reason}。`;
    case 'withdrawn':
      return `${bankName}已撤回${reason ? `：${reason}` : '，可以重新申请'}。`;
    default:
      return `补偿资金已退回，备案视同撤销${reason ? `：${reason}` : ''}。`;
  }
}

function until({ dueOn, clocks }: Claim): string {
  if (!dueOn) return '';
  const provisional = clocks.some((clock) => clock.dueOn === dueOn && clock.provisional);
  const guess = provisional ? '（该年放假安排尚未公布，暂按周末推算）' : '';
  return `，应于 ${dueOn} 前办结${guess}`;
}

/** The last day on which it may be submitted, as its window was worked out. */
function lastDayOf({ checks, claimedOn }: Claim): string {
  const window = checks.find(({ code }) => code === 'CLAIM_WINDOW' || code === 'CLAIM_LATE');
  if (claimedOn || !window?.explanation) return '';
  return `最迟 ${window.explanation.value} 提交。`;
}

/** How many checks stand against submitting it. */
function faultsOf({ checks }: Claim): string {
  const count = checks.filter(({ verdict }) => verdict === 'fail').length;
  return count > 0 ? `还有 ${count} 项核对不通过，补齐以后才能提交。` : '各项核对均无不通过，可以提交。';
}

/** Its place among those that wait for money, and what is lacking where one may know. */
function turnOf({ ahead, turn }: Claim): string {
  if (turn?.now) return '资金池现在可以支付。';
  const before = ahead ? `之前还有 ${ahead} 份已批准的申请；` : '';
  const lacking = turn && turn.lacking !== '0.00' ? `，本申请尚缺 ${yuan(turn.lacking)}` : '';
  if (turn) return `${before}资金池可用资金不足支付全额${lacking}，按批准先后等候。`;
  return ahead ? `之前还有 ${ahead} 份已批准的申请，按批准先后支付。` : '';
}

function sinceThen({ recovered, writtenOff, outstanding }: Claim): string {
  const parts = [
    recovered === '0.00' ? '' : `已收回其中 ${yuan(recovered)}`,
    writtenOff === '0.00' ? '' : `已核销 ${yuan(writtenOff)}`,
    outstanding === '0.00' ? '已全部收回' : `尚未收回 ${yuan(outstanding)}`,
  ];
  return parts
    .filter(Boolean)
    .map((part) => `，${part}`)
    .join('');
}
