import { Button } from 'antd';
import { Link } from 'react-router';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { may, useMe } from '../../session.ts';
import { type Enterprise, TITLE_OPTIONS } from './types.ts';

const COLUMNS: Column<Enterprise>[] = [
  {
    key: 'name',
    title: '企业名称',
    sortable: true,
    render: ({ uscc, name }) => <Link to={`/enterprises/${uscc}`}>{name}</Link>,
  },
  { key: 'uscc', title: '统一社会信用代码', sortable: true },
  { key: 'registeredIn', title: '注册地', sortable: true },
  { key: 'titles', title: '有效资质', render: ({ titles }) => <Valid titles={titles} /> },
  { key: 'industry', title: '所属行业', hidden: true },
  { key: 'staff', title: '从业人数', align: 'right', sortable: true },
  {
    key: 'revenue',
    title: '上年度营业收入',
    align: 'right',
    sortable: true,
    render: ({ revenue }) => <Money value={revenue} />,
  },
  {
    key: 'totalAssets',
    title: '资产总额',
    align: 'right',
    sortable: true,
    render: ({ totalAssets }) => <Money value={totalAssets} />,
  },
  {
    key: 'rndExpense',
    title: '研发费用',
    align: 'right',
    sortable: true,
    hidden: true,
    render: ({ rndExpense }) => <Money value={rndExpense} />,
  },
];

/** 企业库: who is on the register, with the titles that count today. */
export default function EnterprisesPage() {
  const me = useMe();
  const writes = may(me, 'enterprise.write');
  return (
    <Page
      title="企业库"
      actions={
        writes && (
          <>
            <Link to="/imports/new?kind=enterprises">
              <Button>导入名录</Button>
            </Link>
            <Link to="/enterprises/new">
              <Button type="primary">登记企业</Button>
            </Link>
          </>
        )
      }
    >
      <DataTable<Enterprise>
        from="/enterprises"
        rowKey="uscc"
        columns={COLUMNS}
        filters={[
          { name: 'q', label: '企业名称或信用代码', kind: 'search' },
          { name: 'title', label: '持有资质', kind: 'select', options: TITLE_OPTIONS, width: 180 },
          { name: 'asOf', label: '资质截至日期', kind: 'date' },
        ]}
        empty={writes ? '企业库还是空的。可以导入名录，或逐家登记。' : '企业库中还没有您能查看的企业。'}
      />
    </Page>
  );
}

function Valid({ titles }: { titles: Enterprise['titles'] }) {
  const valid = titles.filter((title) => title.valid);
  if (valid.length === 0) return <Toned tone="plain">无</Toned>;
  return valid.map(({ kind, certificateNo, label }) => (
    <Toned key={`${kind}${certificateNo}`} tone="plain">
      {label}
    </Toned>
  ));
}
