import { Descriptions, Skeleton, Table } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { SampleMark } from '../../parts/Cites.tsx';
import { FilterBar } from '../../parts/FilterBar.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { may, useMe } from '../../session.ts';
import { Proposals } from './Proposals.tsx';
import type { Clause, PolicyDocument } from './types.ts';

const ALL = 'all';

/** 政策条款: every document with its clauses as they stand on a day, and proposals that wait for a second person. */
export default function PoliciesPage() {
  const me = useMe();
  const [{ asOf = me.today, q = '', only, document }, change] = useFilters('asOf', 'q', 'only', 'document');
  const { data, error, refetch } = useAsk(['policies', asOf], () => ask(api.policies.$get({ query: { asOf } })));
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const shown = data.items.filter(
    ({ title, text, confirmed }) => `${title}${text ?? ''}`.includes(q) && (only !== 'sample' || !confirmed),
  );
  // One document at a time, unless one searches or asks for all of them.
  const chosen = document ?? (q ? ALL : data.documents[0]?.code);
  const samples = data.items.filter(({ confirmed }) => !confirmed).length;
  const documents = data.documents.filter(({ code }) => chosen === ALL || code === chosen);
  return (
    <Page
      title="政策条款"
      sentence={`截至 ${asOf}，${data.documents.length} 份文件有 ${data.items.length} 条条款${samples > 0 ? `，其中 ${samples} 条取值为示例参数，未经主管部门核实` : ''}。`}
    >
      {may(me, 'policy.approve') && <Proposals />}
      <div className="table-bar no-print">
        <FilterBar
          filters={[
            { name: 'asOf', label: '取值日', kind: 'date' },
            { name: 'q', label: '条款名称或内容', kind: 'search' },
            {
              ...{ name: 'document', label: '文件', kind: 'select', width: 320 },
              options: [
                ...data.documents.map(({ code, title }) => ({ value: code, label: title })),
                { value: ALL, label: '全部文件' },
              ],
            },
            { name: 'only', label: '全部取值', kind: 'select', options: [{ value: 'sample', label: '只看示例参数' }] },
          ]}
          values={{ asOf, q, ...(only ? { only } : {}), ...(chosen ? { document: chosen } : {}) }}
          onChange={change}
        />
      </div>
      {documents.map((one) => (
        <Document
          key={one.code}
          document={one}
          asOf={asOf}
          clauses={shown.filter(({ policyCode }) => policyCode === one.code)}
        />
      ))}
    </Page>
  );
}

function Document({ document: d, clauses, asOf }: { document: PolicyDocument; clauses: Clause[]; asOf: string }) {
  if (clauses.length === 0) return null;
  const ends = d.repealedOn ? `已于 ${d.repealedOn} 废止` : d.expiresOn ? `有效期至 ${d.expiresOn}` : '未载明有效期';
  return (
    <section>
      <h2>
        {d.title}
        {d.number && `（${d.number}）`}
      </h2>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 3 }}
        items={[
          { key: 'issuers', label: '印发', children: `${d.issuers.join('、')}，${d.issuedOn}` },
          {
            key: 'from',
            label: '施行',
            children: (
              <>
                {d.effectiveFrom}
                {!d.effectiveFromConfirmed && <SampleMark />}
              </>
            ),
          },
          { key: 'to', label: '期限', children: ends },
        ]}
      />
      <Table<Clause>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={clauses}
        columns={[
          {
            title: '条款',
            width: 150,
            render: (_, { id, title }) => <Link to={`/policies/${id}?asOf=${asOf}`}>{title}</Link>,
          },
          {
            title: `${asOf} 的规定`,
            render: (_, { text, outsideDates, confirmed, citation }) => (
              <>
                {text ?? outsideDates}
                {citation && !confirmed && <SampleMark />}
              </>
            ),
          },
          { title: '条文', width: 170, render: (_, { citation }) => citation?.article ?? '—' },
          { title: '自', width: 110, render: (_, { effectiveFrom }) => effectiveFrom ?? '—' },
        ]}
      />
    </section>
  );
}
