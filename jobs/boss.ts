import pg from 'pg';
import { fromPrisma, PgBoss } from 'pg-boss';
import type { SendJob } from '../src/access/context.ts';
import { QUEUES } from './queues.ts';

/** Makes pg-boss's own tables and our queues, and lets the application's role put jobs into them. Run once before the service works. */
export async function prepareJobs(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false });
  boss.on('error', () => {}); // what fails is thrown by the call itself
  await boss.start();
  try {
    for (const [name, options] of Object.entries(QUEUES)) await boss.createQueue(name, options);
  } finally {
    await boss.stop({ graceful: false });
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `GRANT USAGE ON SCHEMA pgboss TO ningkedai_app; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO ningkedai_app`,
    );
  } finally {
    await client.end();
  }
}

/** A sender for use cases: the job is written by the caller's own transaction and goes with it. */
export function sender(boss: Pick<PgBoss, 'send'>): SendJob {
  return (tx, queue, data, options) => boss.send(queue, data, { ...options, db: fromPrisma(tx) });
}
