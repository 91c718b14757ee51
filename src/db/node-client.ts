import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../generated/node/client.ts';
import type { Db } from './client.ts';

/** Opens the database for Node on one pool; `close` ends it. */
export function openDatabase(url: string, max = 16): { db: Db; pool: pg.Pool; close(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'ningkedai',
    // Prisma's adapter drops the offset of a timestamp and takes it for UTC.
    onConnect: async (client) => {
      await client.query("SET TIME ZONE 'UTC'");
    },
  });
  pool.on('error', () => {
    // An idle connection that breaks is replaced at the next checkout, which reports if it cannot be.
  });
  const db = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    db,
    pool,
    close: async () => {
      await db.$disconnect();
      await pool.end();
    },
  };
}
