import { Table } from 'antd';
import { Link } from 'react-router';
import { firstDay, lastDay } from '../../../calendar/settlement-period.ts';
import { Cites } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { may, useMe } from '../../session.ts';
import { entriesOf } from '../ledger/links.ts';
import type { Section } from './settlement.ts';

interface Place {
  poolCode: string;
  period: string;
  /** whose statement it is, when not the pool's own */
  party: string | undefined;
}

/** Which account a section of a statement is the balance of; the portfolio's are sums of loans. */
const ACCOUNT_OF: Record<string, string> = {
  专户存款: '1002',
  应收追偿款: '1218',
  待查及应付款: '2307',
  各方出资: '2901',
  准备金占用额: '9101',
};

/** 期初 + 本期增减 = 期末, each section with its movements and, for those who may see them, the entries. */
export function Sections({ sections, place }: { sections: Section[]; place: Place }) {
  return (
    <Table<Section>
      size="small"
      rowKey="name"
      pagination={false}
      dataSource={sections}
      scroll={{ x: 'max-content' }}
      expandable={{
        defaultExpandAllRows: true,
        rowExpandable: ({ lines }) => lines.length > 0,
        expandedRowRender: ({ lines }) => <Movements of={lines} />,
      }}
      columns={[
        { title: '项目', render: (_, section) => <Name of={section} place={place} /> },
        { title: '期初', align: 'right', render: (_, { opening }) => <Money value={opening} /> },
        { title: '＋ 本期增减', align: 'right', render: (_, { movements }) => <Money value={movements} /> },
        { title: '＝ 期末', align: 'right', render: (_, { closing }) => <Money value={closing} /> },
      ]}
    />
  );
}

function Name({ of: { name }, place: { poolCode, period, party } }: { of: Section; place: Place }) {
  const me = useMe();
  const account = ACCOUNT_OF[name];
  if (!account) {
    const bank = party && me.role !== 'bank' ? `&bankCode=${party}` : '';
    return <Link to={`/loans?poolCode=${poolCode}${bank}`}>{name}</Link>;
  }
  if (!may(me, 'ledger.read')) return name;
  const span = { from: firstDay(period), to: lastDay(period) };
  return <Link to={entriesOf({ poolCode, account, ...(party ? { key: party } : {}), ...span })}>{name}</Link>;
}

function Movements({ of: lines }: { of: Section['lines'] }) {
  return (
    <table className="movements">
      <tbody>
        {lines.map(({ name, amount, cites }) => (
          <tr key={name}>
            <td>
              {name}
              <Cites cites={cites} />
            </td>
            <td>
              <Money value={amount} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
