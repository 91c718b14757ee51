import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { createEmptyDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let folder: string;
let client: pg.Client;

beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = mkdtempSync(join(tmpdir(), 'ningkedai-migrations-'));
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

function write(name: string, script: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), script);
}

const FIRST = 'CREATE TABLE pool (code text PRIMARY KEY);';
const SECOND = `CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  RETURN n * 2; -- a semicolon within
END $$;
CREATE TABLE loan (pool text REFERENCES pool);`;

const journal = async () =>
  (await client.query('SELECT * FROM _prisma_migrations ORDER BY started_at, migration_name')).rows;

describe('an empty database', () => {
  test('gets every migration in order of name, each once, with bodies in $$', async () => {
    write('20260102_second', SECOND);
    write('20260101_first', FIRST);
    writeFileSync(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
    expect(await migrate(client, { folder })).toEqual(['20260101_first', '20260102_second']);
    expect((await client.query('SELECT twice(21)')).rows).toEqual([{ twice: 42 }]);
    expect(await migrate(database.url, { folder })).toEqual([]);
    write('20260103_third', 'CREATE TABLE claim ()');
    expect(await migrate(client, { folder })).toEqual(['20260103_third']);
  });

  test('is recorded as Prisma records it, whatever the line ends of the checkout', async () => {
    write('20260101_first', '-- 一\r\nSELECT 1;\r\n');
    await migrate(client, { folder });
    const [row] = await journal();
    expect(row).toMatchObject({
      checksum: 'dbff9d201d23310221aff6fe57bb3418324d4ccec6c300ade09cf54d3ad4afba', // of the script with line feeds alone
      migration_name: '20260101_first',
      applied_steps_count: 1,
      logs: null,
      rolled_back_at: null,
    });
    expect(row.finished_at >= row.started_at).toBe(true);
    write('20260101_first', '-- 一\nSELECT 1;\n');
    expect(await migrate(client, { folder })).toEqual([]);
  });

  test('is migrated once by five programs that start together', async () => {
    write('20260101_first', FIRST);
    write('20260102_second', SECOND);
    const applied = await Promise.all([1, 2, 3, 4, 5].map(() => migrate(database.url, { folder })));
    expect(applied.flat().sort()).toEqual(['20260101_first', '20260102_second']);
    expect(await journal()).toHaveLength(2);
  });
});

describe('a migration that fails', () => {
  test('leaves nothing of itself, keeps those before it, and is named with its line', async () => {
    write('20260101_first', FIRST);
    write('20260102_second', 'CREATE TABLE loan ();\n-- 贷款\nSELECT nothing_like_it;');
    await expect(migrate(client, { folder })).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringMatching(/20260102_second 第 3 行.*nothing_like_it/),
    });
    expect((await client.query("SELECT to_regclass('pool') AS pool, to_regclass('loan') AS loan")).rows).toEqual([
      { pool: 'pool', loan: null },
    ]);
    expect(await journal()).toHaveLength(1);
    write('20260102_second', SECOND);
    expect(await migrate(client, { folder })).toEqual(['20260102_second']);
  });
});

describe('a database that is not what this program left', () => {
  beforeEach(async () => {
    write('20260101_first', FIRST);
    write('20260102_second', SECOND);
    await migrate(client, { folder });
  });

  test('is refused when it is newer than the program', async () => {
    rmSync(join(folder, '20260102_second'), { recursive: true });
    await expect(migrate(client, { folder })).rejects.toMatchObject({
      code: 'MIGRATION_UNKNOWN',
      message: expect.stringContaining('请升级程序'),
    });
  });

  test('is refused when a migration was edited after it had been applied', async () => {
    write('20260101_first', `${FIRST} -- edited`);
    write('20260103_third', 'CREATE TABLE claim ()');
    await expect(migrate(client, { folder })).rejects.toMatchObject({ code: 'MIGRATION_CHANGED' });
    expect((await client.query("SELECT to_regclass('claim') AS claim")).rows).toEqual([{ claim: null }]);
  });

  test('is refused while a migration that Prisma began has not finished, and goes on once that is resolved', async () => {
    await client.query(
      `UPDATE _prisma_migrations SET finished_at = NULL, applied_steps_count = 0 WHERE migration_name = '20260102_second'`,
    );
    await expect(migrate(client, { folder })).rejects.toMatchObject({ code: 'MIGRATION_UNFINISHED' });
    await client.query(
      'DROP TABLE loan; DROP FUNCTION twice; UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL',
    );
    expect(await migrate(client, { folder })).toEqual(['20260102_second']);
  });
});

test('a database that holds the tables of another program is refused and left alone', async () => {
  await client.query('CREATE TABLE customers ()');
  write('20260101_first', FIRST);
  await expect(migrate(client, { folder })).rejects.toMatchObject({
    code: 'DB_NOT_EMPTY',
    message: expect.stringContaining('customers'),
  });
  expect((await client.query("SELECT to_regclass('_prisma_migrations') AS journal")).rows).toEqual([{ journal: null }]);
});
