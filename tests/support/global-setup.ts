import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { prepareJobs } from '../../jobs/boss.ts';
import { migrate } from '../../src/db/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the server (a database to connect to for CREATE DATABASE), and the name of the migrated template. */
    server: string;
    template: string;
    /** A folder for what was told of the demonstration's story, which test files begin with. */
    told: string;
  }
}

/**
 * Once per run: a PostgreSQL of its own, or the one of TEST_DATABASE_URL, and in it a migrated template that `createDatabase`
 * clones.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const own = process.env.TEST_DATABASE_URL ? undefined : await startOwn();
  const server = own?.url ?? process.env.TEST_DATABASE_URL!;
  const template = `ningkedai_test_${randomBytes(4).toString('hex')}`;
  await query(server, `CREATE DATABASE ${template}`);
  await migrate(databaseUrl(server, template));
  await prepareJobs(databaseUrl(server, template));
  project.provide('server', server);
  project.provide('template', template);
  const told = mkdtempSync(join(tmpdir(), 'ningkedai-told-'));
  project.provide('told', told);
  return async () => {
    rmSync(told, { recursive: true, force: true });
    if (own) return own.stop();
    const { rows } = await query(server, `SELECT datname FROM pg_database WHERE datname LIKE '${template}%'`);
    for (const { datname } of rows) await query(server, `DROP DATABASE ${datname} WITH (FORCE)`);
  };
}

/** The URL of another database on the same server. */
export function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** One statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client.query(sql).finally(() => client.end());
}

/** Detached, so that Ctrl-C does not reach it before the tests have let go; its pipe tells it when we are gone. */
async function startOwn(): Promise<{ url: string; stop(): Promise<void> }> {
  const program = fileURLToPath(new URL('./warden.ts', import.meta.url));
  const warden = spawn(process.execPath, [program], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(warden, 'exit');
  const [url] = await Promise.race([once(createInterface(warden.stdout), 'line'), ended]);
  if (typeof url !== 'string') throw new Error('the PostgreSQL for the tests did not start');
  return {
    url,
    stop: async () => {
      warden.stdin.end();
      await ended;
    },
  };
}
