import { createHash, randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { connectOrExplain } from './connect.ts';
import { StartupError } from './startup-error.ts';

export interface MigrateOptions {
  /** One folder per migration, in order of name, each with `migration.sql`. Default: prisma/migrations. */
  folder?: string;
}

interface Migration {
  name: string;
  script: string;
  checksum: string;
}

/** The lock that Prisma's own engine takes, so that `prisma migrate deploy` and we wait for each other. */
const PRISMA_LOCK = 72707369;
/** Prisma's table of applied migrations, as its engine creates it. */
const TABLE = `CREATE TABLE IF NOT EXISTS public._prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`;

/**
 * Brings a database to this program's schema, in Prisma's format, so that its CLI and we may take turns. Each migration is one
 * transaction; several starts at once apply each migration once.
 * @param target DATABASE_URL, or a client that is connected (left open)
 * @returns the names of the migrations applied now
 * @throws StartupError DB_* (see connectOrExplain), MIGRATION_CHANGED, MIGRATION_UNKNOWN, MIGRATION_UNFINISHED,
 *   MIGRATION_FAILED, DB_NOT_EMPTY
 */
export async function migrate(target: string | pg.ClientBase, options: MigrateOptions = {}): Promise<string[]> {
  if (typeof target === 'string') {
    const client = await connectOrExplain(target);
    return migrate(client, options).finally(() => client.end());
  }
  const migrations = readMigrations(
    options.folder ?? fileURLToPath(new URL('../../prisma/migrations', import.meta.url)),
  );
  const applied: string[] = [];
  await locked(target, async () => {
    await prepareTable(target);
  });
  for (let more = true; more; ) {
    more = await locked(target, async () => {
      const next = await findNext(target, migrations);
      if (next) await apply(target, next);
      if (next) applied.push(next.name);
      return next !== undefined;
    });
  }
  return applied;
}

function readMigrations(folder: string): Migration[] {
  const paths = globSync('*/migration.sql', { cwd: folder }).sort();
  return paths.map((path) => {
    // A checkout on Windows may turn line ends; the checksum is of what was committed.
    const script = readFileSync(join(folder, path), 'utf8').replaceAll('\r\n', '\n');
    return { name: basename(dirname(path)), script, checksum: createHash('sha256').update(script).digest('hex') };
  });
}

/** A transaction that no other migrating program shares. The lock ends with it, so it holds behind a connection pooler too. */
async function locked<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [PRISMA_LOCK]);
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** @throws StartupError DB_NOT_EMPTY when the database holds tables of something else (those of extensions do not count) */
async function prepareTable(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ ready: boolean; other: string | null }>(`
    SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS ready,
      (SELECT min(relname) FROM pg_class c WHERE relnamespace = to_regnamespace('public') AND relkind IN ('r', 'p', 'v', 'm', 'f')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')) AS other`);
  const { ready, other } = rows[0]!;
  if (ready) return;
  if (other !== null) {
    const chinese = `数据库里已有别的程序的表（如 ${other}），请给本程序一个空的数据库。`;
    throw new StartupError('DB_NOT_EMPTY', chinese, 'the database is not empty');
  }
  await client.query(TABLE);
}

/** The first migration that is not applied, after a check that what is applied is ours. */
async function findNext(client: pg.ClientBase, migrations: Migration[]): Promise<Migration | undefined> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM public._prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  for (const { name, checksum, finished } of rows) {
    const known = migrations.find((migration) => migration.name === name);
    if (!known)
      refuse(
        'UNKNOWN',
        name,
        '是本程序不认识的，数据库比程序新，请升级程序',
        'unknown to this program, which is older than the database',
      );
    else if (!finished)
      refuse('UNFINISHED', name, '上次没有做完，请查明原因后用 prisma migrate resolve 处理', 'did not finish');
    else if (known.checksum !== checksum)
      refuse('CHANGED', name, '在应用之后被改动过，请恢复原文件', 'was changed after it had been applied');
  }
  const done = new Set(rows.map(({ name }) => name));
  return migrations.find(({ name }) => !done.has(name));
}

async function apply(client: pg.ClientBase, { name, script, checksum }: Migration): Promise<void> {
  const { rows } = await client.query<{ now: string }>('SELECT clock_timestamp()::text AS now');
  try {
    await client.query(script); // without parameters: one simple query, so that bodies in $$ pass whole
  } catch (error) {
    const { message, position } = error as { message: string; position?: string };
    const line = position ? `第 ${[...script].slice(0, Number(position)).join('').split('\n').length} 行` : '';
    const chinese = `数据库迁移 ${name} ${line}执行失败，已全部撤回：${message}`;
    throw new StartupError('MIGRATION_FAILED', chinese, 'migration failed and was rolled back', { cause: error });
  }
  await client.query(
    `INSERT INTO public._prisma_migrations (id, checksum, started_at, finished_at, migration_name, applied_steps_count)
     VALUES ($1, $2, $3, clock_timestamp(), $4, 1)`,
    [randomUUID(), checksum, rows[0]!.now, name],
  );
}

function refuse(code: string, name: string, chinese: string, english: string): never {
  throw new StartupError(`MIGRATION_${code}`, `数据库迁移 ${name} ${chinese}。`, `migration ${name} ${english}`);
}
