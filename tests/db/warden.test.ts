import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect, test } from 'vitest';
import { hasGone } from '../../src/db/embedded-process.ts';

const program = fileURLToPath(new URL('../support/warden.ts', import.meta.url));

/** A holder of the pipe, as a test run is one, which starts the warden and passes on what it prints. */
function startHolder(): ChildProcess {
  const script = `
    const { spawn } = require('node:child_process');
    spawn(process.execPath, [${JSON.stringify(program)}], { detached: true, stdio: ['pipe', 'inherit', 'inherit'] });`;
  return spawn(process.execPath, ['-e', script], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
}

test.each(['SIGINT', 'SIGKILL'] as const)('a test run ended by %s leaves no PostgreSQL and no file', async (signal) => {
  const holder = startHolder();
  const [url] = await once(createInterface(holder.stdout!), 'line');
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query(`SELECT current_setting('data_directory') AS folder, pid
    FROM regexp_split_to_table(pg_read_file('postmaster.pid'), '\n') WITH ORDINALITY AS line (pid, n) WHERE n = 1`);
  const { folder, pid } = rows[0];
  const cut = new Promise((done) => client.once('end', done));
  process.kill(-holder.pid!, signal); // the whole group, as Ctrl-C does
  await cut;
  expect(await hasGone(Number(pid), 8000)).toBe(true);
  await once(holder.stdout!, 'close'); // the warden held its other end
  expect(existsSync(folder)).toBe(false);
});
