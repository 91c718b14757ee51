import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { Left } from './app.ts';

/** Days that many files look at. */
const SHARED = ['2026-01-12', '2026-04-14', '2026-10-20', '2026-11-20'];

/** What a telling left, with whatever must be known of it. */
export type Told<T> = T & Left;

/**
 * Has the story told up to a day once per run, however many files begin there: the first one tells it, the others wait for it, and all begin with copies of
 * what it left. null for days that few files look at, which would pay for a copy that nobody else needs.
 */
export async function toldOnce<T extends object>(until: string, tell: () => Promise<Told<T>>): Promise<Told<T> | null> {
  if (!SHARED.includes(until)) return null;
  const folder = join(inject('told'), until);
  const record = `${folder}.json`;
  const client = new pg.Client({ connectionString: inject('server') });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [record]);
    if (!existsSync(record)) {
      const told = await tell();
      await rename(told.attachments, folder);
      await writeFile(record, JSON.stringify({ ...told, attachments: folder }));
    }
    return JSON.parse(await readFile(record, 'utf8'));
  } finally {
    await client.end();
  }
}
