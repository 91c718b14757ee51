import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { createDatabase, createEmptyDatabase, type TestDatabase } from '../support/database.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

/** Runs Prisma's CLI over the stand-in engine. @returns exit code and all it printed */
function prisma(url: string, ...args: string[]): Promise<{ code: number; output: string }> {
  const env = {
    ...process.env,
    DATABASE_URL: url,
    PRISMA_SCHEMA_ENGINE_BINARY: `${root}prisma/schema-engine.mjs`,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  const cli = `${root}node_modules/prisma/build/index.js`;
  return new Promise((done) => {
    execFile(process.execPath, [cli, ...args], { cwd: root, env }, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr });
    });
  });
}

test('Prisma calls a database that we migrated up to date', async () => {
  const { code, output } = await prisma(database.url, 'migrate', 'status');
  expect(output).toContain('Database schema is up to date');
  expect(code).toBe(0);
});

test('a database that Prisma deployed needs nothing from us', async () => {
  const other = await createEmptyDatabase();
  const { code, output } = await prisma(other.url, 'migrate', 'deploy');
  expect(code, output).toBe(0);
  expect(await migrate(other.url)).toEqual([]);
  await other.drop();
});

test('the migrations make what the schema describes: no drift', async () => {
  const args = ['--from-migrations', 'prisma/migrations', '--to-schema', 'prisma/schema', '--exit-code'];
  const { code, output } = await prisma(database.url, 'migrate', 'diff', ...args);
  expect(code, output).toBe(0);
});

test('the shadow database of that comparison is gone afterwards', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query("SELECT datname FROM pg_database WHERE datname LIKE 'prisma_migrate_shadow%'");
  await client.end();
  expect(rows).toEqual([]);
});
