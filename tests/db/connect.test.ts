import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { connectOrExplain } from '../../src/db/connect.ts';
import { StartupError } from '../../src/db/startup-error.ts';
import { createEmptyDatabase, type TestDatabase } from '../support/database.ts';
import { databaseUrl, query } from '../support/global-setup.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.drop());

/** The refusal of a URL: one line, naming what it names and never the password. */
async function refusal(url: string): Promise<StartupError> {
  const error = await connectOrExplain(url).then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(StartupError);
  expect(error.message).not.toContain('\n');
  expect(error.message).not.toContain('s3cret');
  expect(error.message).not.toContain(new URL(database.url).password || 's3cret');
  return error;
}

function changed(change: (url: URL) => void): string {
  const url = new URL(database.url);
  change(url);
  return url.href;
}

test('a database that fits is connected', async () => {
  const client = await connectOrExplain(database.url);
  expect(client).toBeInstanceOf(pg.Client);
  await client.end();
});

test('a port where nobody listens', async () => {
  const error = await refusal('postgresql://app:s3cret@127.0.0.1:1/pool');
  expect(error).toMatchObject({ code: 'DB_NO_ANSWER' });
  expect(error.message).toMatch(/^数据库 127\.0\.0\.1:1\/pool 没有应答/);
});

test('a server that takes the call and says nothing', async () => {
  const callers: Socket[] = [];
  const mute = createServer((caller) => void callers.push(caller)).listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const { port } = mute.address() as AddressInfo;
  expect(await refusal(`postgresql://app:s3cret@127.0.0.1:${port}/pool`)).toMatchObject({ code: 'DB_NO_ANSWER' });
  for (const caller of callers) caller.destroy();
  mute.close();
});

test('a host that does not exist', async () => {
  expect(await refusal('postgresql://app:s3cret@no-such-host.invalid/pool')).toMatchObject({
    code: expect.stringMatching(/^DB_NO_HOST$|^DB_NO_ANSWER$/), // a resolver without a network may time out instead
  });
});

test('a wrong password, and an unknown user', async () => {
  const wrong = changed((url) => {
    url.password = 's3cret';
  });
  expect(await refusal(wrong)).toMatchObject({ code: 'DB_PASSWORD' });
  const unknown = changed((url) => {
    url.username = 'nobody_here';
  });
  expect(await refusal(unknown)).toMatchObject({ code: 'DB_PASSWORD' });
});

test('a database that does not exist', async () => {
  const error = await refusal(databaseUrl(database.url, 'not_made_yet'));
  expect(error).toMatchObject({ code: 'DB_MISSING' });
  expect(error.message).toContain('/not_made_yet 不存在');
});

test('a server without TLS where the URL insists on it', async () => {
  const insisting = changed((url) => url.searchParams.set('sslmode', 'verify-full'));
  expect(await refusal(insisting)).toMatchObject({ code: 'DB_TLS' });
});

test.each(['mysql-like nonsense', 'postgresql://app:s3cret@host:port/pool', ''])('the address 「%s」', async (url) => {
  expect(await refusal(url)).toMatchObject({ code: 'DB_URL' });
});

test('a database that is not in UTF-8', async () => {
  const name = `${inject('template')}_latin`;
  await query(
    database.url,
    `CREATE DATABASE ${name} ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0`,
  );
  expect(await refusal(databaseUrl(database.url, name))).toMatchObject({ code: 'DB_ENCODING' });
  await query(database.url, `DROP DATABASE ${name}`);
});

test('a PostgreSQL that is too old', async () => {
  const old = await createEmptyDatabase();
  const { pathname } = new URL(old.url);
  await query(old.url, `ALTER DATABASE ${pathname.slice(1)} SET search_path = public, pg_catalog`);
  await query(
    old.url,
    `CREATE FUNCTION public.current_setting(text) RETURNS text LANGUAGE sql
       AS $$ SELECT CASE $1 WHEN 'server_version' THEN '14.9 (Debian)' ELSE pg_catalog.current_setting($1) END $$`,
  );
  const error = await refusal(old.url);
  expect(error).toMatchObject({ code: 'DB_TOO_OLD' });
  expect(error.message).toContain('PostgreSQL 14.9 (Debian)，需要 15');
  await old.drop();
});
