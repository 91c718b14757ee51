import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { databaseUrl, query } from './global-setup.ts';

/** A database of this test alone. */
export interface TestDatabase {
  name: string;
  url: string;
  drop(): Promise<void>;
}

/**
 * Makes a database for one test file (or one test): empty, with every migration applied, or a copy of another. `drop` closes whatever is still
 * connected to it; what is not dropped goes with the run.
 */
export async function createDatabase(like = inject('template')): Promise<TestDatabase> {
  const name = `${inject('template')}_${randomBytes(4).toString('hex')}`;
  return fresh(name, `CREATE DATABASE ${name} TEMPLATE ${like} STRATEGY file_copy`);
}

/** A database without any table, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `${inject('template')}_${randomBytes(4).toString('hex')}`;
  return fresh(name, `CREATE DATABASE ${name} TEMPLATE template0`);
}

async function fresh(name: string, create: string): Promise<TestDatabase> {
  const server = inject('server');
  await query(server, create);
  return {
    ...{ name, url: databaseUrl(server, name) },
    drop: async () => {
      await query(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
