import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import { expect, inject } from 'vitest';
import { sender } from '../../jobs/boss.ts';
import { type Context, SYSTEM } from '../../src/access/context.ts';
import { openDatabase } from '../../src/db/node-client.ts';
import { Exact, toWire } from '../../src/money/money.ts';
import type { TestApp } from '../support/app.ts';
import { databaseUrl, query } from '../support/global-setup.ts';

export function demoFile(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../../prisma/demo/${name}`, import.meta.url)));
}

/** Sends a file as a browser or a bank's system does. */
export function upload(
  t: Pick<TestApp, 'post'>,
  key: string,
  file: Uint8Array<ArrayBuffer> | string,
  fields: Record<string, string> = {},
  name = 'file.csv',
) {
  const form = new FormData();
  form.set('file', new File([file], name));
  for (const [field, value] of Object.entries({ kind: 'loanFilings', ...fields })) form.set(field, value);
  return t.post('imports', form, key);
}

/** How many rows each table has, and a sum over their content: what is written, changed or lost shows. That a key was used is no news. */
export async function contents(pool: pg.Pool): Promise<Record<string, string>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname IN ('public', 'ledger') AND tablename <> '_prisma_migrations' ORDER BY 1`,
  );
  const counted = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*) || ' rows ' || coalesce(sum(hashtext((to_jsonb(t) - 'last_used_at')::text)::bigint), 0) AS held FROM ${name} t`,
  );
  const { rows } = await pool.query<{ name: string; held: string }>(
    [...counted, `SELECT 'jobs', count(*) || ' rows' FROM pgboss.job`].join(' UNION ALL '),
  );
  return Object.fromEntries(rows.map(({ name, held }) => [name, held]));
}

/** Does something and expects that no table of the database is any different for it. */
export async function writingNothing<T>(t: Pick<TestApp, 'pool'>, act: () => Promise<T>): Promise<T> {
  const before = await contents(t.pool);
  const answer = await act();
  const after = await contents(t.pool);
  const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
  expect(changed.map((table) => `${table}: ${before[table]} → ${after[table]}`)).toEqual([]);
  return answer;
}

/** Wire amounts, added up exactly. */
export const plus = (...amounts: string[]): string =>
  toWire(amounts.reduce((sum, amount) => sum.plus(amount), new Exact(0)));
export const minus = (from: string, ...amounts: string[]): string =>
  plus(from, ...amounts.map((amount) => `-${amount}`));

export interface Clone {
  url: string;
  /** The service's own context in it: jobs run by the system on a day. */
  open(today: string): Promise<{ ctx: Context; pool: pg.Pool; close(): Promise<void> }>;
  drop(): Promise<void>;
}

/** A second database with the same content; whoever is connected to the first is disconnected for it. */
export async function cloneDatabase(url: string): Promise<Clone> {
  const server = inject('server');
  const source = new URL(url).pathname.slice(1);
  const name = `${inject('template')}_${randomBytes(4).toString('hex')}`;
  await query(server, `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '${source}'`);
  await query(server, `CREATE DATABASE ${name} TEMPLATE ${source} STRATEGY file_copy`);
  const cloned = databaseUrl(server, name);
  return {
    url: cloned,
    open: (today) => openContext(cloned, today),
    drop: async () => {
      await query(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function openContext(url: string, today: string) {
  const { db, pool, close } = openDatabase(url);
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false, migrate: false });
  boss.on('error', () => {}); // what fails is thrown by the call itself
  await boss.start();
  const quiet = () => {};
  const ctx: Context = {
    ...{ db, today, actor: SYSTEM, requestId: 'test', publicUrl: 'http://localhost:8787', send: sender(boss) },
    log: { info: quiet, warn: quiet, error: quiet },
  };
  return {
    ctx,
    pool,
    close: async () => {
      await boss.stop({ graceful: false });
      await close();
    },
  };
}

/** Everything a settlement has said, byte by byte: statements and documents with numbers and codes. */
export async function settled(pool: pg.Pool, poolCode: string): Promise<string[]> {
  const { rows } = await pool.query<{ said: string }>(
    `SELECT concat_ws(' ', period, party_kind, party_code, document_id, statement) AS said FROM settlement_statement WHERE pool_code = $1
     UNION ALL SELECT concat_ws(' ', id, kind, subject, number, verification_code, view_model, public_facts) FROM document WHERE pool_code = $1
     UNION ALL SELECT concat_ws(' ', id, period, status, cursor, sums, settled_on, ledger_head, ledger_entries) FROM settlement WHERE pool_code = $1 ORDER BY 1`,
    [poolCode],
  );
  return rows.map((r) => r.said);
}

export interface WorkerProcess {
  child: ChildProcess;
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>;
}

/** The service's jobs in a process of their own (`worker-process.ts`); ready when this returns. */
export async function startWorkerProcess(url: string, today: string): Promise<WorkerProcess> {
  const program = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
  const child = spawn(process.execPath, [program, url, today], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), gone]);
  if (child.exitCode !== null) throw new Error('the worker process ended before its workers were started');
  return {
    child,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

export { FIRM, OTHER_FIRM, pingluoFilings } from '../support/claims.ts';
