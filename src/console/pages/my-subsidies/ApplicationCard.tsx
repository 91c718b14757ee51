import { Button } from 'antd';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { SubsidyState } from '../../parts/subsidy/SubsidyState.tsx';
import type { ApplicationItem } from '../../parts/subsidy/types.ts';
import { figuresOf, isMine } from './where.ts';

/** An application in short: for what, how much, and whose turn it is. */
export function ApplicationCard({ item }: { item: ApplicationItem }) {
  const { id, status, schemeTitle, year, batchNo, appliedOn } = item;
  const prepared = status === 'draft' || status === 'returned';
  return (
    <article className="application" aria-label={`${schemeTitle} ${year} 年第 ${batchNo} 批`}>
      <div className="application-head">
        <Link to={prepared ? `/my/subsidies/${id}/edit` : `/my/subsidies/${id}`}>
          <strong>{schemeTitle}</strong>
        </Link>
        <SubsidyState status={status} />
      </div>
      <div className="hint">
        {year} 年第 {batchNo} 批{appliedOn && `，${appliedOn} 申报`}
        {item.continuesId && '，承接上年度未安排的部分'}
      </div>
      <dl className="line-figures">
        {figuresOf(item).map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Money value={value} withUnit />
            </dd>
          </div>
        ))}
      </dl>
      <p className="turn">
        {isMine(item) && <Toned tone="near">等您办理</Toned>}
        {item.nextStep.sentence}
      </p>
      {prepared && (
        <Link to={`/my/subsidies/${id}/edit`}>
          <Button
            size="small"
            type="primary"
            tabIndex={-1}
            aria-label={`${status === 'draft' ? '继续填写' : '去补正'} ${schemeTitle}`}
          >
            {status === 'draft' ? '继续填写' : '去补正'}
          </Button>
        </Link>
      )}
    </article>
  );
}
