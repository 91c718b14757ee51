import { type Context, scopeOf } from '../access/context.ts';
import { DomainError } from '../errors.ts';
import type { Tx } from './client.ts';

/** A request waits so long for a connection, and for another's lock, before it is told to come again; jobs wait longer. */
const WAIT = { request: 10_000, job: 120_000 };
const LONGEST = 600_000;
const ATTEMPTS = 3;

/** Lost races that the whole use case, begun again, decides rightly: the same key just inserted by another, a deadlock, a serialisation failure. */
const AGAIN = new Set(['23505', '40P01', '40001']);
const BUSY = new Set(['55P03', 'P2024', 'P2028']);

/**
 * The one atomic path: everything in `work` commits together or not at all, under the application's role and the actor's own rows. `work` may run again
 * when it lost a race, so it does nothing outside the transaction. What the database itself refuses comes out as the DomainError it names.
 */
export async function inTransaction<T>(ctx: Pick<Context, 'db' | 'actor'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(ctx, work);
    } catch (error) {
      const known = asDomainError(error);
      if (known) throw known;
      const code = databaseCode(error);
      if (AGAIN.has(code) && attempt < ATTEMPTS) continue;
      if (AGAIN.has(code))
        throw new DomainError('CONFLICT', '与同时进行的另一操作冲突，请重新查询后再试', { status: 409 });
      if (BUSY.has(code)) throw new DomainError('BUSY', '业务繁忙，请稍后重试', { status: 503 });
      throw error;
    }
  }
}

async function once<T>(ctx: Pick<Context, 'db' | 'actor'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { scope, bank, pools, enterprise } = scopeOf(ctx.actor);
  const wait = ctx.actor.role === 'system' ? WAIT.job : WAIT.request;
  return ctx.db.$transaction(
    async (tx) => {
      // UTC, because Prisma's adapter drops the offset of a timestamp and takes it for UTC. Business days are dates and have no zone.
      await tx.$executeRaw`SELECT set_config('role', 'ningkedai_app', true), set_config('TimeZone', 'UTC', true), set_config('lock_timeout', ${`${wait}`}, true),
        set_config('app.scope', ${scope}, true), set_config('app.bank', ${bank}, true), set_config('app.pools', ${pools}, true),
        set_config('app.enterprise', ${enterprise}, true), set_config('app.actor', ${ctx.actor.id}, true)`;
      return await work(tx);
    },
    { maxWait: wait, timeout: LONGEST },
  );
}

/** Our functions and triggers raise `CODE: 中文`. */
function asDomainError(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  const message = cause(error)?.originalMessage ?? (error instanceof Error ? error.message : '');
  const [, code, text] = /\b([A-Z]+(?:_[A-Z]+)+): ([^\n`"]*\p{Script=Han}[^\n`"]*)/u.exec(message) ?? [];
  return code && text ? new DomainError(code, text, { status: 409 }) : undefined;
}

/** SQLSTATE where PostgreSQL spoke, else Prisma's own code. */
function databaseCode(error: unknown): string {
  return cause(error)?.originalCode ?? (error as { code?: string }).code ?? '';
}

function cause(error: unknown): { originalCode?: string; originalMessage?: string } | undefined {
  return (error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string; originalMessage?: string } } } })
    .meta?.driverAdapterError?.cause;
}

/**
 * Does something with the eyes of the whole service inside an actor's own transaction: ratios of a pool, say, are of every bank's loans, whoever moved them.
 * Nothing that it reads goes to the actor unless the use case says so. A failure ends the transaction.
 */
export async function seeingAll<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const [before] = await tx.$queryRaw<{ scope: string }[]>`SELECT current_setting('app.scope', true) AS scope`;
  await tx.$executeRaw`SELECT set_config('app.scope', 'all', true)`;
  const answer = await work();
  await tx.$executeRaw`SELECT set_config('app.scope', ${before!.scope}, true)`;
  return answer;
}
