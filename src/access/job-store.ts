import type { Tx } from '../db/client.ts';

/** A job as the queue keeps it, with how far it is. Times in Asia/Shanghai. */
export interface JobRow {
  id: string;
  queue: string;
  state: string;
  label: string | null;
  done: number;
  total: number;
  attempts: number;
  mostAttempts: number;
  /** what it is about: a document, an import, a pool */
  subject: string | null;
  createdOn: string;
  startedOn: string | null;
  completedOn: string | null;
  error: string | null;
}

/** Jobs by id. Of what a job was given only its subject is told, of why it failed only the first line. */
export async function jobRows(tx: Tx, ids: string[]): Promise<JobRow[]> {
  return tx.$queryRaw`
    SELECT j.id::text, j.name AS queue, j.state::text, p.label, coalesce(p.done, 0) AS done, coalesce(p.total, 0) AS total,
           j.retry_count + CASE WHEN j.started_on IS NULL THEN 0 ELSE 1 END AS attempts, j.retry_limit + 1 AS "mostAttempts",
           coalesce(j.data ->> 'id', j.data ->> 'poolCode') AS subject, left(split_part(j.output ->> 'message', E'\n', 1), 300) AS error,
           to_char(j.created_on AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS') AS "createdOn",
           to_char(j.started_on AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS') AS "startedOn",
           to_char(j.completed_on AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS') AS "completedOn"
      FROM pgboss.job j LEFT JOIN job_progress p ON p.job_id = j.id WHERE j.id = ANY (${ids}::uuid[])`;
}

/** Lets a job that failed for good run once more, at once, as pg-boss itself does it. @returns whether it was one */
export async function requeue(tx: Tx, id: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE pgboss.job SET state = 'retry', retry_limit = retry_limit + 1, completed_on = NULL, start_after = now() WHERE id = ${id}::uuid AND state = 'failed'`;
  return changed > 0;
}

/** Takes a job that has not begun out of its queue. @returns whether it was one */
export async function withdrawJob(tx: Tx, id: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE pgboss.job SET state = 'cancelled', completed_on = now() WHERE id = ${id}::uuid AND state IN ('created', 'retry')`;
  return changed > 0;
}
