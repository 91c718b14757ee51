// The jobs of a service in a process of its own, as `jobs/worker.ts` runs them, for tests that kill it: takes the database's URL and the business day, says
// when its workers are started, and runs until it is killed or the test that started it is gone.
import { PgBoss } from 'pg-boss';
import { startWorkers } from '../../jobs/worker.ts';
import { openDatabase } from '../../src/db/node-client.ts';

const [url = '', today = ''] = process.argv.slice(2);
const { db } = openDatabase(url);
const boss = new PgBoss({ connectionString: url, migrate: false });
const fail = (error: unknown) => console.error(error);
boss.on('error', fail);
await boss.start();
await startWorkers({
  ...{ db, boss, publicUrl: 'http://localhost:8787', today: () => today },
  log: { info: () => {}, warn: () => {}, error: fail },
});
console.log('started');
process.stdin.once('close', () => process.exit()).resume();
