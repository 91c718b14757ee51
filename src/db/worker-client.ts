import { PrismaPg } from '@prisma/adapter-pg';
import { fromPrisma, PgBoss } from 'pg-boss';
import type { SendJob } from '../access/context.ts';
import { PrismaClient } from '../generated/worker/client.ts';
import type { Db } from './client.ts';

/** A Worker may hold six connections to the outside; one is left free. */
const CONNECTIONS = 5;

/**
 * Opens the database for one request of a Worker: its connections may not outlive the request. Hyperdrive keeps the real ones, so that
 * opening costs little. `close` when the answer is complete.
 */
export function openDatabase(connectionString: string): { db: Db; close(): Promise<void> } {
  const adapter = new PrismaPg({ connectionString, max: CONNECTIONS, application_name: 'ningkedai-worker' });
  const db = new PrismaClient({ adapter }) as unknown as Db;
  return { db, close: () => db.$disconnect() };
}

/**
 * Puts a job into the caller's transaction. pg-boss is given that transaction as its only database: it opens no connection, changes no
 * tables and keeps no timer beyond the call. Other processes do the work.
 */
export const sendJob: SendJob = async (tx, queue, data, options) => {
  const boss = new PgBoss({ db: fromPrisma(tx), migrate: false, supervise: false, schedule: false });
  boss.on('error', () => {}); // what fails is thrown by the call itself
  await boss.start();
  try {
    return await boss.send(queue, data, options);
  } finally {
    await boss.stop({ graceful: false, close: false });
  }
};
