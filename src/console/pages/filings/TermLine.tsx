import { addMonths, daysBetween } from '../../../calendar/local-date.ts';
import { schedule } from '../../../loans/schedule.ts';
import { formatYuan, sum } from '../../../money/money.ts';
import { ratePercent } from '../../../money/rate.ts';
import { amountOf } from './amount.ts';
import type { FilingRequest } from './types.ts';

/** What the dates and terms mean, as one types: the term in months and days, the instalments and the interest by the contract's own arithmetic. */
export function TermLine({ values }: { values: Partial<FilingRequest> }) {
  const { disbursedOn, maturesOn } = values;
  if (!disbursedOn || !maturesOn || maturesOn <= disbursedOn) return null;
  return (
    <p className="facts" aria-live="polite">
      期限 {termOf(disbursedOn, maturesOn)}，共 {daysBetween(disbursedOn, maturesOn)} 天。{interestOf(values)}
    </p>
  );
}

/** 12 个月（365 天） */
export function TermText({ from, to }: { from: string; to: string }) {
  return (
    <>
      {termOf(from, to)}（{daysBetween(from, to)} 天）
    </>
  );
}

/** 12 个月, 12 个月 3 天, 20 天. */
function termOf(from: string, to: string): string {
  let months = 0;
  while (addMonths(from, months + 1) <= to) months += 1;
  const days = daysBetween(addMonths(from, months), to);
  return [months > 0 ? `${months} 个月` : '', days > 0 ? `${days} 天` : ''].filter(Boolean).join(' ');
}

function interestOf(values: Partial<FilingRequest>): string {
  const { disbursedOn, maturesOn, dayCountBasis, repaymentMethod, annualRate } = values;
  const principal = amountOf(values.principal);
  if (
    !principal?.greaterThan(0) ||
    !dayCountBasis ||
    !repaymentMethod ||
    !/^\d{1,3}(\.\d{1,6})?$/.test(annualRate ?? '')
  )
    return '';
  const lines = schedule({
    ...{ principal, annualRate: ratePercent(annualRate!), dayCountBasis, repaymentMethod },
    ...{ disbursedOn: disbursedOn!, maturesOn: maturesOn! },
  });
  return `按合同计算分 ${lines.length} 次还款，利息合计 ${formatYuan(sum(lines.map((line) => line.interest)))} 元。`;
}
