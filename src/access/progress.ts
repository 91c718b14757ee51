import type { Tx } from '../db/client.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { type Context, permit, SYSTEM } from './context.ts';

/** Says how far a job is; `owner` (a bank's or unit's code, or empty) may look at it besides those who see everything. */
export async function setProgress(
  tx: Tx,
  jobId: string,
  label: string,
  done: number,
  total: number,
  owner: string,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO job_progress (job_id, label, done, total, owner) VALUES (${jobId}::uuid, ${label}, ${done}, ${total}, ${owner})
    ON CONFLICT (job_id) DO UPDATE SET label = EXCLUDED.label, done = EXCLUDED.done, total = EXCLUDED.total, updated_at = now()`;
}

export interface JobView {
  id: string;
  queue: string;
  state: string;
  label: string | null;
  done: number;
  total: number;
  createdOn: string;
  completedOn: string | null;
}

/** A job's state and progress. @throws DomainError NOT_FOUND (404), also for a job of somebody else */
export async function findJob(ctx: Context, id: string): Promise<JobView> {
  permit(ctx, 'job.read');
  const [row] = await inTransaction(
    { db: ctx.db, actor: SYSTEM },
    (tx) => tx.$queryRaw<(JobView & { owner: string | null })[]>`
    SELECT j.id::text, j.name AS queue, j.state::text, p.label, coalesce(p.done, 0) AS done, coalesce(p.total, 0) AS total, p.owner,
           to_char(j.created_on AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS') AS "createdOn", to_char(j.completed_on AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS') AS "completedOn"
      FROM pgboss.job j LEFT JOIN job_progress p ON p.job_id = j.id WHERE j.id = ${id}::uuid`,
  );
  const { role, institution } = ctx.actor;
  const own = row && (role === 'bank' || role === 'countyReviewer' ? row.owner === institution : true);
  if (!row || !own) throw new DomainError('NOT_FOUND', '没有这个任务', { status: 404 });
  const { owner: _, ...view } = row;
  return view;
}
