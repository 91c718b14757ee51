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

/** Jobs by id. Of what a job was given only its subject is told, of why it failed one line: the first, or the last where Prisma first says what it was asked. */
export async function jobRows(tx: Tx, ids: string[]): Promise<JobRow[]> {
  return tx.$queryRaw`
    SELECT j.id::text, j.name AS queue, j.state::text, p.label, coalesce(p.done, 0) AS done, coalesce(p.total, 0) AS total,
           j.retry_count + CASE WHEN j.started_on IS NULL THEN 0 ELSE 1 END AS attempts, j.retry_limit + 1 AS "mostAttempts",
           coalesce(j.data ->> 'id', j.data ->> 'poolCode') AS subject, left(m.lines[CASE WHEN m.lines[1] LIKE 'Invalid %' THEN cardinality(m.lines) ELSE 1 END], 300) AS error,
           to_char(j.created_on AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS') AS "createdOn",
           to_char(j.started_on AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS') AS "startedOn",
           to_char(j.completed_on AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS') AS "completedOn"
      FROM pgboss.job j LEFT JOIN job_progress p ON p.job_id = j.id
      CROSS JOIN LATERAL (SELECT string_to_array(btrim(j.output ->> 'message', E'\n '), E'\n') AS lines) m WHERE j.id = ANY (${ids}::uuid[])`;
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

/** What runs the service: the database's version and size, and how many jobs of each queue wait, run or have failed. */
export interface SystemState {
  /** e.g. PostgreSQL 18.4 */
  database: string;
  /** bytes */
  databaseSize: number;
  queues: { queue: string; created: number; retry: number; active: number; failed: number }[];
}

/** The database and its queues as they are now. */
export async function systemState(tx: Tx): Promise<SystemState> {
  const [server] = await tx.$queryRaw<{ database: string; databaseSize: number }[]>`
    SELECT 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1) AS database, pg_database_size(current_database())::float8 AS "databaseSize"`;
  const queues = await tx.$queryRaw<SystemState['queues']>`
    SELECT q.name AS queue, count(*) FILTER (WHERE j.state = 'created')::int AS created, count(*) FILTER (WHERE j.state = 'retry')::int AS retry,
           count(*) FILTER (WHERE j.state = 'active')::int AS active, count(*) FILTER (WHERE j.state = 'failed')::int AS failed
      FROM pgboss.queue q LEFT JOIN pgboss.job j ON j.name = q.name AND j.state IN ('created', 'retry', 'active', 'failed')
     WHERE q.name NOT LIKE '\\_\\_%' GROUP BY q.name ORDER BY q.name`;
  return { ...server!, queues };
}
