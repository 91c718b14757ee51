import { Descriptions } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import type { Entry } from './entry.ts';

/** What an entry rests on: the articles, the papers issued for its loan, and the settlement that took it in. */
export function Backing({ entry }: { entry: Entry }) {
  const month = entry.belongsTo ?? entry.occurredOn.slice(0, 7);
  return (
    <Descriptions
      bordered
      size="small"
      column={1}
      items={[
        {
          key: 'cites',
          label: '依据',
          children: entry.cites.length > 0 ? <Cites cites={entry.cites} /> : '业务凭据，不涉及政策条款',
        },
        { key: 'event', label: '业务', children: <EventLink entry={entry} /> },
        { key: 'papers', label: '单据', children: <Papers entry={entry} /> },
        {
          key: 'settlement',
          label: '结算',
          children: <Link to={`/settlements?pool=${entry.poolCode}&period=${month}`}>{month} 的结算与结算单</Link>,
        },
      ]}
    />
  );
}

function EventLink({ entry: { poolCode, lines, reference } }: { entry: Entry }) {
  const loan = lines.find((line) => line.subject)?.subject;
  if (loan) return <Link to={`/loans?q=${encodeURIComponent(loan)}`}>借据 {loan}</Link>;
  if (reference.includes('contribution:'))
    return <Link to={`/pools/${poolCode}#contributions`}>出资登记与银行回单号</Link>;
  return <span className="hash">{reference}</span>;
}

function Papers({ entry: { poolCode, lines } }: { entry: Entry }) {
  const loan = lines.find((line) => line.subject)?.subject ?? '';
  const { data } = useAsk(
    ['documents', poolCode, loan],
    () => ask(api.documents.$get({ query: { poolCode, q: loan, limit: '20' } })),
    { enabled: loan !== '' },
  );
  if (!loan) return '—';
  if (!data) return '……';
  if (data.items.length === 0) return '此笔贷款尚未出具单据';
  return (
    <ul className="plain">
      {data.items.map(({ id, title, number, issuedOn }) => (
        <li key={id}>
          <a href={`/api/v1/documents/${id}/pdf`} target="_blank" rel="noreferrer">
            {title} {number}
          </a>
          <span className="hint"> {issuedOn}</span>
        </li>
      ))}
    </ul>
  );
}
