import { Table } from 'antd';
import { Link } from 'react-router';
import { firstDay, lastDay } from '../../../calendar/settlement-period.ts';
import { Cites } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { type Explanation, Why } from '../../parts/Why.tsx';
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

interface Row {
  key: string;
  section?: Section;
  line?: Section['lines'][number];
  children?: Row[];
}

/** 期初 + 本期增减 = 期末, each section with its movements and, for those who may see them, the entries. */
export function Sections({ sections, place }: { sections: Section[]; place: Place }) {
  const rows = sections.map((section): Row => {
    const children = section.lines.map((line) => ({ key: `${section.name}/${line.name}`, line }));
    return { key: section.name, section, ...(children.length > 0 ? { children } : {}) };
  });
  return (
    <Table<Row>
      size="small"
      rowKey="key"
      pagination={false}
      dataSource={rows}
      expandable={{ defaultExpandAllRows: true }}
      rowClassName={({ section }) => (section ? 'sum-row' : '')}
      columns={[
        {
          title: '项目',
          render: (_, { section, line }) =>
            section ? (
              <Name of={section} place={place} />
            ) : (
              <>
                {line!.name}
                <Cites cites={line!.cites} />
              </>
            ),
        },
        {
          title: '期初',
          align: 'right',
          className: 'nowrap',
          render: (_, { section }) => section && <Money value={section.opening} />,
        },
        {
          title: '＋ 本期增减',
          align: 'right',
          className: 'nowrap',
          render: (_, { section, line }) => <Money value={section?.movements ?? line?.amount} />,
        },
        {
          title: '＝ 期末',
          align: 'right',
          className: 'nowrap',
          render: (_, { section }) =>
            section && (
              <>
                <Why of={section.explanation as Explanation} title={`${section.name}期末`} />
                <Money value={section.closing} />
              </>
            ),
        },
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
