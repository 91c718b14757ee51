import { Card, Skeleton } from 'antd';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { ClosingBody } from './ClosingBody.tsx';
import { STATES } from './types.ts';

/** One month's closing, asked for by its number. */
export const useClosing = (id: string) =>
  useAsk(['closing', id], () => ask(api.closings[':id'].$get({ param: { id } })));

/** A month's closing below the months. */
export function ClosingCard({ id, title }: { id: string; title: string }) {
  const { data, error, refetch } = useClosing(id);
  const [label, tone] = STATES[data?.status ?? ''] ?? [];
  return (
    <Card className="month" title={title} extra={label && <Toned tone={tone ?? 'plain'}>{label}</Toned>}>
      <ProblemAlert error={error} retry={refetch} />
      {!data && !error && <Skeleton active />}
      {data && <ClosingBody of={data} />}
    </Card>
  );
}
