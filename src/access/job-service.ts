import type { Tx } from '../db/client.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { audit } from './audit.ts';
import { type Context, permit } from './context.ts';
import { type JobRow, jobRows, requeue, type SystemState, systemState, withdrawJob } from './job-store.ts';

const JOBS: Listing = {
  from: 'pgboss.job j',
  key: { sql: 'j.id', type: 'uuid' },
  fields: {
    id: { sql: 'j.id', type: 'uuid' },
    queue: { sql: 'j.name', type: 'text' },
    state: { sql: 'j.state::text', type: 'text' },
    createdOn: { sql: 'j.created_on', type: 'timestamptz' },
    completedOn: { sql: 'j.completed_on', type: 'timestamptz', nullable: true },
  },
  search: ['j.id::text', "j.data ->> 'id'", "j.data ->> 'poolCode'"],
  order: '-createdOn',
};
/** What jobs may be put in order by. */
export const JOB_SORTS = Object.keys(JOBS.fields);

export interface JobFilter {
  state?: string;
  queue?: string;
}

/** The jobs there are, newest first; a failed one has used up its attempts and waits for somebody to look at it. */
export async function listJobs(ctx: Context, { state, queue }: JobFilter, ask: ListAsk): Promise<Listed<JobRow>> {
  permit(ctx, 'job.manage');
  return inTransaction(ctx, async (tx) => {
    const conditions: Condition[] = [
      ['j.state = ?::pgboss.job_state', state],
      ['j.name = ?', queue],
    ];
    const { items: ids, ...page } = await readKeys(tx, JOBS, conditions, ask);
    return { ...page, items: inOrder(ids, await jobRows(tx, ids), (job) => job.id).map(shown) };
  });
}

/** Lets a job that failed run once more. @throws DomainError NOT_FOUND (404), JOB_NOT_FAILED (409) */
export async function retryJob(ctx: Context, id: string): Promise<JobRow> {
  permit(ctx, 'job.manage');
  return inTransaction(ctx, async (tx) => {
    const before = await readJob(tx, id);
    if (!(await requeue(tx, id))) throw new DomainError('JOB_NOT_FAILED', '只有失败的任务可以重试', { status: 409 });
    await audit(tx, ctx, { action: 'job.retry', subject: `job:${id}`, before: { state: before.state } });
    return readJob(tx, id);
  });
}

/** Cancels a job that waits; what runs is left to its end. @throws DomainError NOT_FOUND (404), JOB_NOT_WAITING (409) */
export async function cancelJob(ctx: Context, id: string): Promise<JobRow> {
  permit(ctx, 'job.manage');
  return inTransaction(ctx, async (tx) => {
    const before = await readJob(tx, id);
    if (before.state === 'cancelled') return before;
    if (!(await withdrawJob(tx, id)))
      throw new DomainError('JOB_NOT_WAITING', '只有等待中的任务可以取消；执行中的任务会自行结束', { status: 409 });
    await audit(tx, ctx, { action: 'job.cancel', subject: `job:${id}`, before: { state: before.state } });
    return readJob(tx, id);
  });
}

/** The database and its queues, for whoever operates the service. */
export async function readSystem(ctx: Context): Promise<SystemState> {
  permit(ctx, 'job.manage');
  return inTransaction(ctx, systemState);
}

async function readJob(tx: Tx, id: string): Promise<JobRow> {
  const [job] = await jobRows(tx, [id]);
  if (!job) throw new DomainError('NOT_FOUND', '没有这个任务', { status: 404 });
  return shown(job);
}

/** Numbers of enterprises, loans, accounts and phones do not belong into an error that an operator reads. */
function shown(job: JobRow): JobRow {
  return { ...job, error: job.error?.replace(/[0-9A-Z]{7,}/g, '…') ?? null };
}
