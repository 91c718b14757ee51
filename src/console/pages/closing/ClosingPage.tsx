import { Skeleton } from 'antd';
import { useParams } from 'react-router';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { ClosingBody } from './ClosingBody.tsx';
import { useClosing } from './ClosingCard.tsx';
import { STATES } from './types.ts';

/** One month of a pool: what its closing rests on, its closing by two people, and what was booked for it later. */
export default function ClosingPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useClosing(id);
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const { poolName, poolCode, period, status, closedOn, exception } = data;
  return (
    <Page
      title={`${poolName} ${period} 结账`}
      trail={[{ title: '结账', to: `/closings?poolCode=${poolCode}&period=${period}` }]}
      sentence={
        status === 'closed'
          ? `已于 ${closedOn} ${exception === null ? '结账' : '例外结账'}，不再重开；以后的事项作为调整。`
          : `${STATES[status]?.[0]}。`
      }
    >
      <ClosingBody of={data} />
    </Page>
  );
}
