import { Button, DatePicker, Descriptions, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { Link, useParams, useSearchParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';
import { BindingCode } from './BindingCode.tsx';
import { EditEnterprise } from './EditEnterprise.tsx';
import { FilingsOf, LoansOf } from './LendingOf.tsx';
import { LegalRepresentative } from './Reveal.tsx';
import { TitlesTable } from './TitlesTable.tsx';
import type { Enterprise } from './types.ts';

/** One enterprise: what is on record, its titles on a day, its loans and filings. */
export default function EnterprisePage() {
  const me = useMe();
  const { uscc = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const asOf = search.get('asOf') ?? me.today;
  const { data, error, refetch } = useAsk(['enterprises', uscc, asOf], () =>
    ask(api.enterprises[':uscc'].$get({ param: { uscc }, query: { asOf } })),
  );
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  return (
    <Page
      title={data.name}
      trail={[{ title: '企业库', to: '/enterprises' }]}
      actions={
        <>
          <Link to={`/eligibility?uscc=${uscc}`}>
            <Button>支持条件</Button>
          </Link>
          {may(me, 'binding.create') && <BindingCode uscc={uscc} name={data.name} />}
          {may(me, 'enterprise.write') && <EditEnterprise enterprise={data} />}
        </>
      }
    >
      <Facts enterprise={data} />
      <h2>
        资质{' '}
        <DatePicker
          className="no-print"
          size="small"
          allowClear={false}
          aria-label="资质截至日期"
          value={dayjs(asOf)}
          onChange={(day) => setSearch({ asOf: day!.format('YYYY-MM-DD') }, { replace: true })}
        />
      </h2>
      <TitlesTable titles={data.titles} on={asOf} />
      <h2>贷款</h2>
      <LoansOf uscc={uscc} />
      <h2>备案</h2>
      <FilingsOf uscc={uscc} />
    </Page>
  );
}

function Facts({ enterprise: e }: { enterprise: Enterprise }) {
  const rows: [string, React.ReactNode][] = [
    ['统一社会信用代码', e.uscc],
    ['注册地', e.registeredIn],
    ['所属行业', e.industry ?? '—'],
    ['法定代表人', <LegalRepresentative key="lr" uscc={e.uscc} masked={e.legalRepresentative} />],
    ['从业人数', <span key="staff" className="figure">{`${e.staff} 人`}</span>],
    ['资产总额', <Money key="assets" value={e.totalAssets} withUnit />],
    ['上年度营业收入', <Money key="revenue" value={e.revenue} withUnit />],
    ['前一年度营业收入', <Money key="previous" value={e.previousRevenue} withUnit />],
    ['研发费用', <Money key="rnd" value={e.rndExpense} withUnit />],
  ];
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 2, xl: 3 }}
      items={rows.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}
