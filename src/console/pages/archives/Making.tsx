import { useQueryClient } from '@tanstack/react-query';
import { JobProgress } from '../../parts/JobProgress.tsx';

/** How far an archive is that is being made; the list looks again when it has ended. */
export function Making({ jobId }: { jobId: string }) {
  const queries = useQueryClient();
  return <JobProgress jobId={jobId} onEnd={() => void queries.invalidateQueries({ queryKey: ['archives'] })} />;
}
