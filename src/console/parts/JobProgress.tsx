import { Progress } from 'antd';
import { useEffect } from 'react';
import { api, ask } from '../api.ts';
import { ProblemAlert } from './Problem.tsx';
import { useAsk } from './useAsk.ts';

const ENDED = ['completed', 'failed', 'cancelled'];

/** How far a long piece of work is; looks every second until it has ended, then calls `onEnd` once. */
export function JobProgress({ jobId, onEnd }: { jobId: string; onEnd(state: string): void }) {
  const { data, error } = useAsk(['job', jobId], () => ask(api.jobs[':id'].$get({ param: { id: jobId } })), {
    refetchInterval: 1000,
  });
  const ended = data && ENDED.includes(data.state) ? data.state : undefined;
  // Told once, when the work ends.
  useEffect(() => {
    if (ended) onEnd(ended);
  }, [ended]);
  if (error) return <ProblemAlert error={error} />;
  const { done = 0, total = 0, label } = data ?? {};
  return (
    <div role="status" aria-live="polite">
      <Progress
        percent={total > 0 ? Math.floor((done / total) * 100) : 0}
        status={ended === 'failed' ? 'exception' : 'active'}
      />
      <span>
        {label ?? '正在排队……'}
        {total > 1 && `　${done} / ${total}`}
      </span>
    </div>
  );
}
