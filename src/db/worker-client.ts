import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { fromPrisma, PgBoss } from 'pg-boss';
import type { SendJob } from '../access/context.ts';
import { PrismaClient } from '../generated/worker/client.ts';
import type { Db } from './client.ts';

/** A Worker may hold six connections to the outside; one is left free. */
const CONNECTIONS = 5;

/**
 * Opens the database for one request of a Worker, whose connections may not outlive it; Hyperdrive keeps the real ones. `send` puts a
 * job into the caller's transaction, `close` ends everything when the answer is made.
 */
export function openDatabase(connectionString: string): { db: Db; send: SendJob; close(): Promise<void> } {
  const pool = new pg.Pool({ connectionString, max: CONNECTIONS, application_name: 'ningkedai-worker' });
  pool.on('error', () => {
    // A connection that breaks while idle is replaced at the next checkout, which reports if it cannot be.
  });
  const db = new PrismaClient({ adapter: new PrismaPg(pool) }) as unknown as Db;
  let boss: Promise<PgBoss> | undefined;
  return {
    db,
    send: async (tx, queue, data, options) => {
      boss ??= startSender(pool);
      return (await boss).send(queue, data, { ...options, db: fromPrisma(tx) });
    },
    close: async () => {
      await boss?.then(
        (started) => started.stop({ graceful: false, close: false }),
        () => {},
      );
      await db.$disconnect();
      await pool.end();
    },
  };
}

/** pg-boss as a sender only: it learns the queues over our pool, opens none of its own, changes no tables and works no jobs. */
function startSender(pool: pg.Pool): Promise<PgBoss> {
  const executeSql = (text: string, values?: unknown[]) => pool.query(text, values);
  const boss = new PgBoss({ db: { executeSql }, migrate: false, supervise: false, schedule: false });
  boss.on('error', () => {}); // what fails is thrown by the call itself
  return boss.start();
}
