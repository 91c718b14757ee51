import { Button, Empty } from 'antd';
import { Link } from 'react-router';
import { daysBetween } from '../../../calendar/local-date.ts';
import { Cites } from '../../parts/Cites.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { LineCheck } from '../../parts/subsidy/SubsidyLine.tsx';
import { useMe } from '../../session.ts';
import { Rules } from './Rules.tsx';
import type { Offer } from './types.ts';
import './subsidy-form.css';

/** So many days before its cut-off a batch is said to close soon. */
const SOON = 30;

/** The schemes that are open, each with its batch and cut-off day, what it gives by which article, and whether the enterprise may apply. */
export function OfferCards({ offers }: { offers: Offer[] }) {
  if (offers.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="目前没有面向企业登记地的补贴政策。" />;
  return offers.map((offer) => <OfferCard key={offer.scheme} offer={offer} />);
}

function OfferCard({ offer }: { offer: Offer }) {
  const { today } = useMe();
  const { scheme, title, number, issuers, year, batchNo, closesOn, eligible, checks, lines, rules } = offer;
  const left = daysBetween(today, closesOn);
  const against = checks.filter(({ verdict }) => verdict === 'fail');
  return (
    <section className="programme" aria-label={title}>
      <h2>
        {title}　<Toned tone={eligible ? 'within' : 'past'}>{eligible ? '可以申请' : '暂不符合条件'}</Toned>
      </h2>
      <p className="hint-line">{[number, issuers.join('、')].filter(Boolean).join('　')}</p>
      <p>
        {year} 年第 {batchNo} 批，<strong>{closesOn}</strong> 截止
        {left <= SOON ? <Toned tone="near">还有 {left} 天</Toned> : `，还有 ${left} 天`}。
      </p>
      {against.map((check) => (
        <LineCheck key={check.code} check={check} />
      ))}
      {lines.map((line) => (
        <Offered key={line.kind} line={line} />
      ))}
      <Rules title="限额、批次、公示和追回" rules={rules} />
      <Link to={`/my/subsidies/new?scheme=${scheme}`}>
        <Button type={eligible ? 'primary' : 'default'} tabIndex={-1} aria-label={`开始申请 ${title}`}>
          开始申请
        </Button>
      </Link>
    </section>
  );
}

/** What one kind of cost gives; from when it counts and what else is asked is folded. */
function Offered({ line: { title, rules } }: { line: Offer['lines'][number] }) {
  const [amount, ...others] = rules;
  return (
    <div className="offered">
      <h3>{title}</h3>
      <p>
        {amount!.text}
        <Cites cites={amount!.cites} />
      </p>
      <Rules title="受理期间、范围等规定" rules={others} />
    </div>
  );
}
