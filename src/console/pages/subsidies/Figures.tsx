import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import type { Application } from '../../parts/subsidy/types.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { may, useMe } from '../../session.ts';
import { useSchemes } from '../subsidy-batches/useSchemes.ts';
import { useFunds } from './useFunds.ts';

/** What an application comes to: by the rules, as decided, as the budget allows, each with why; and where it belongs. */
export function Figures({ of }: { of: Application }) {
  const { demand, decided, granted, adjusted, explanation, steps, year, batchNo, schemeTitle, receivedNo, appliedOn } =
    of;
  const shared = steps.findLast(({ kind }) => kind === 'granted')?.details as { explanation?: Explanation } | undefined;
  const { data: funds } = useFunds(of);
  return (
    <>
      <div className="figures">
        <Figure label="按规定应得" value={demand} why={explanation as Explanation} />
        <Figure label="核定" value={decided} />
        <Figure label="预算分配" value={granted} why={granted === null ? undefined : shared?.explanation} />
        {adjusted !== '0.00' && <Figure label="更正增减" value={adjusted} />}
        {funds && funds.paid !== '0.00' && <Figure label="已拨付" value={funds.paid} />}
        {funds && funds.clawedBack !== '0.00' && <Figure label="追回" value={funds.clawedBack} />}
        {funds && funds.clawedBack !== '0.00' && <Figure label="已收回" value={funds.recovered} />}
      </div>
      <p className="hint-line">
        {schemeTitle}，<Batch of={of} />
        {appliedOn && `，${appliedOn} 申报，受理号 ${receivedNo}`}
        {of.imported && '，由纸质申请导入'}
        {of.continuesId && '，承接上年度未满足的部分：'}
        {of.continuesId && <Link to={`/subsidies/${of.continuesId}`}>原申请</Link>}。规则按{' '}
        {appliedOn ?? `${year} 年第 ${batchNo} 批`} 有效的条款适用。
      </p>
    </>
  );
}

function Figure({ label, value, why }: { label: string; value: string | null; why?: Explanation }) {
  return (
    <div>
      <div className="hint">{label}</div>
      <strong className="big">
        <Money value={value} withUnit={value !== null} />
      </strong>
      <Why of={why} title={label} />
    </div>
  );
}

function Batch({ of: { scheme, year, batchNo } }: { of: Application }) {
  const words = `${year} 年第 ${batchNo} 批`;
  const batches = useSchemes().batches;
  const found = batches.find((b) => b.scheme === scheme && b.year === year && b.batchNo === batchNo);
  if (!may(useMe(), 'budget.read') || !found) return words;
  return <Link to={`/subsidy-batches/${found.batchId ?? `${scheme}.${year}.${batchNo}`}`}>{words}</Link>;
}
