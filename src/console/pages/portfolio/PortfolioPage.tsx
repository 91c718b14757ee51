import { Skeleton, Space, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { Link, useSearchParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { FilterBar } from '../../parts/FilterBar.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { usePlaceFilters } from '../../parts/useChoices.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { useMe } from '../../session.ts';

type Portfolio = InferResponseType<typeof api.portfolio.$get, 200>;
type Row = Portfolio['items'][number];

/** 贷款质量: loans, bad loans and ratios by bank and pool, now or at the end of a month that is over. */
export default function PortfolioPage() {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const places = usePlaceFilters();
  const query = Object.fromEntries(search) as { period?: string; poolCode?: string; bankCode?: string };
  const { data, error, refetch } = useAsk(['portfolio', query], () => ask(api.portfolio.$get({ query })));
  return (
    <Page title="贷款质量" sentence={data && <Sentence {...data} />}>
      <div className="table-bar no-print">
        <Space wrap>
          <FilterBar
            filters={[...places, { name: 'period', label: '月末', kind: 'month' }]}
            values={query as Record<string, string>}
            onChange={(next) => {
              const filled = Object.entries({ ...query, ...next }).filter(([, value]) => value);
              setSearch(Object.fromEntries(filled) as Record<string, string>, { replace: true });
            }}
          />
        </Space>
      </div>
      <ProblemAlert error={error} retry={refetch} />
      {!data && !error && <Skeleton active />}
      {data && (
        <Table<Row>
          size="small"
          pagination={false}
          rowKey={({ bankCode, poolCode }) => `${bankCode}${poolCode}`}
          dataSource={data.items}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: '还没有入池贷款' }}
          columns={columnsFor(me.role === 'bank')}
          summary={() => data.items.length > 1 && <Total sum={data.sum} bank={me.role === 'bank'} />}
        />
      )}
    </Page>
  );
}

function Sentence({ asOf, sum }: Portfolio) {
  return (
    <>
      截至 {asOf}，{sum.loans} 笔贷款余额 <Money value={sum.outstanding} withUnit />
      ，不良 {sum.badLoans} 笔、不良率 {sum.badRatio.ratio}%
      <Why of={sum.explanation as Explanation} title="贷款质量" />
      ，逾期 {sum.overdueLoans} 笔。
    </>
  );
}

const columnsFor = (bank: boolean) => [
  ...(bank ? [] : [{ title: '合作银行', dataIndex: 'bankName' }]),
  {
    title: '资金池',
    render: (_: unknown, { explanation, bankName, poolName }: Row) => (
      <>
        {poolName}
        <Why of={explanation as Explanation} title={`${poolName} ${bankName}`} />
      </>
    ),
  },
  {
    title: '笔数',
    align: 'right' as const,
    render: (_: unknown, { loans, bankCode, poolCode }: Row) => (
      <Link to={`/loans?poolCode=${poolCode}&bankCode=${bankCode}&status=active`}>{loans}</Link>
    ),
  },
  amount('贷款余额', 'outstanding'),
  { title: '不良笔数', dataIndex: 'badLoans', align: 'right' as const },
  amount('不良余额', 'bad'),
  {
    title: '不良率',
    align: 'right' as const,
    render: (_: unknown, { badRatio }: Row) => <Ratio of={badRatio} />,
  },
  { title: '逾期笔数', dataIndex: 'overdueLoans', align: 'right' as const },
  amount('逾期余额', 'overdue'),
  amount('备案余额', 'counted'),
  {
    title: '待办',
    render: (_: unknown, { missing, maturing, undrawn }: Row) => (
      <>
        {missing.length > 0 && <Toned tone="near">缺 {missing.length} 个月月报</Toned>}
        {maturing > 0 && <Toned tone="near">30 日内到期 {maturing} 笔</Toned>}
        {undrawn > 0 && <Toned tone="near">未报放款 {undrawn} 笔</Toned>}
      </>
    ),
  },
];

function amount(title: string, field: 'outstanding' | 'counted' | 'bad' | 'overdue') {
  return { title, align: 'right' as const, render: (_: unknown, row: Row) => <Money value={row[field]} /> };
}

function Ratio({ of: { ratio } }: { of: Row['badRatio'] }) {
  return <span className="figure">{ratio}%</span>;
}

function Total({ sum, bank }: { sum: Portfolio['sum']; bank: boolean }) {
  const cells = [
    ...(bank ? [] : ['']),
    '',
    sum.loans,
    <Money key="outstanding" value={sum.outstanding} />,
    sum.badLoans,
    <Money key="bad" value={sum.bad} />,
    <Ratio key="ratio" of={sum.badRatio} />,
    sum.overdueLoans,
    <Money key="overdue" value={sum.overdue} />,
    <Money key="counted" value={sum.counted} />,
  ];
  cells[0] = '合计';
  return (
    <Table.Summary.Row>
      {cells.map((cell, index) => (
        <Table.Summary.Cell key={index} index={index} align={index > (bank ? 0 : 1) ? 'right' : 'left'}>
          {cell}
        </Table.Summary.Cell>
      ))}
      <Table.Summary.Cell index={cells.length} />
    </Table.Summary.Row>
  );
}
