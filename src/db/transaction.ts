import { type Context, scopeOf } from '../access/context.ts';
import { DomainError } from '../errors.ts';
import type { Tx } from './client.ts';

const LONGEST = 600_000;

/**
 * The one atomic path: everything in `work` commits together or not at all, under the application's role and the actor's own rows.
 * What the database itself refuses (ledger, ceilings) comes out as the DomainError it names.
 */
export async function inTransaction<T>(ctx: Pick<Context, 'db' | 'actor'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { scope, bank, pools, enterprise } = scopeOf(ctx.actor);
  try {
    return await ctx.db.$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT set_config('role', 'ningkedai_app', true), set_config('app.scope', ${scope}, true),
          set_config('app.bank', ${bank}, true), set_config('app.pools', ${pools}, true), set_config('app.enterprise', ${enterprise}, true)`;
        return await work(tx);
      },
      { maxWait: LONGEST, timeout: LONGEST },
    );
  } catch (error) {
    throw asDomainError(error);
  }
}

/** Our functions and triggers raise `CODE: 中文`; anything else stays what it is. */
function asDomainError(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const [, code, message] =
    /\b([A-Z]+(?:_[A-Z]+)+): ([^\n`"]*\p{Script=Han}[^\n`"]*)/u.exec(databaseMessage(error)) ?? [];
  return code && message ? new DomainError(code, message, { status: 409 }) : error;
}

function databaseMessage(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const cause = (error as { meta?: { driverAdapterError?: { cause?: { originalMessage?: string } } } }).meta
    ?.driverAdapterError?.cause?.originalMessage;
  return cause ?? error.message;
}
