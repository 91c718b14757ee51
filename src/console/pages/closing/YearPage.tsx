import { Radio, Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { AnnualStatement } from './AnnualStatement.tsx';
import { Checklist } from './Checklist.tsx';
import { CloseYear } from './CloseYear.tsx';
import { STATES, type Year } from './types.ts';
import './closing.css';

/** A year of a pool: its months, its closing by two people, and the statements for the finance department and each contributor. */
export default function YearPage() {
  const { id = '' } = useParams();
  const [{ party }, change] = useFilters('party');
  const { data, error, refetch } = useAsk(['closing', 'year', id], () =>
    ask(api['year-closings'][':id'].$get({ param: { id } })),
  );
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const { poolName, year, statements } = data;
  const shown = statements.find(({ code }) => code === party) ?? statements[0];
  return (
    <Page
      title={`${poolName} ${year} 年度`}
      trail={[{ title: '结账', to: `/closings?year=${year}` }]}
      sentence={sentenceOf(data)}
    >
      <h2>各月</h2>
      <p className="months-of-year">
        {data.monthsOfYear.map(({ period, status, closingId }) => {
          const [label, tone] = STATES[status] ?? [status, 'plain'];
          const tag = (
            <Toned tone={tone}>
              {Number(period.slice(5))} 月 {label}
            </Toned>
          );
          return closingId ? (
            <Link key={period} to={`/closings/${closingId}`}>
              {tag}
            </Link>
          ) : (
            <span key={period}>{tag}</span>
          );
        })}
      </p>
      <h2>年终结账</h2>
      <Checklist
        items={data.checklist.filter(({ code, state }) => code === 'previous' || state === 'missing').slice(0, 6)}
      />
      <CloseYear of={data} />
      {shown && (
        <>
          <h2>年度报表{data.status !== 'closed' && `（截至 ${shown.last} 的累计）`}</h2>
          <Radio.Group
            className="no-print"
            optionType="button"
            aria-label="年度报表"
            value={shown.code}
            onChange={({ target }) => change({ party: target.value })}
            options={statements.map(({ code, kind, partyName }) => ({
              value: code,
              label: kind === 'pool' ? '资金池年度报表' : partyName,
            }))}
          />
          <AnnualStatement key={shown.code} of={shown} />
        </>
      )}
    </Page>
  );
}

function sentenceOf({ status, months, closed, year, closedOn }: Year): string {
  if (status === 'closed') return `${year} 年已于 ${closedOn} 年终结账，年度报表已出具。`;
  return `${year} 年应结账 ${months} 个月，已结账 ${closed} 个月；${status === 'proposed' ? '年终结账待另一人复核' : status === 'ready' ? '可以年终结账' : '尚不能年终结账'}。`;
}
