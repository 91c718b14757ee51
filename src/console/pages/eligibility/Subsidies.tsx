import { Button } from 'antd';
import { Link } from 'react-router';
import { Toned } from '../../parts/StateTag.tsx';
import { LineCheck } from '../../parts/subsidy/SubsidyLine.tsx';
import { useOffers } from '../subsidy-form/useOffers.ts';

/** 补贴 that are open to the enterprise: for what, until when, what stands against it, and the way to apply. */
export function Subsidies() {
  const { data } = useOffers();
  if (!data || data.items.length === 0) return null;
  return (
    <section className="programme" aria-labelledby="subsidies">
      <h2 id="subsidies">补贴</h2>
      <p className="hint-line">企业已经付出的利息、保费、担保费、评估费等，符合规定的可以申请补贴。</p>
      {data.items.map(({ scheme, title, eligible, checks, year, batchNo, closesOn, lines }) => (
        <div className="check" key={scheme}>
          <div className="said">
            <strong>{title}</strong>{' '}
            <Toned tone={eligible ? 'within' : 'past'}>{eligible ? '符合条件' : '暂不符合'}</Toned>
            <div>{lines.map(({ title: kind }) => kind).join('、')}</div>
            <div className="hint">
              {year} 年第 {batchNo} 批，{closesOn} 截止
            </div>
            {checks
              .filter(({ verdict }) => verdict === 'fail')
              .map((check) => (
                <LineCheck key={check.code} check={check} />
              ))}
          </div>
          <Link to={`/my/subsidies/new?scheme=${scheme}`}>
            <Button tabIndex={-1} aria-label={`申请 ${title}`}>
              去申请
            </Button>
          </Link>
        </div>
      ))}
    </section>
  );
}
