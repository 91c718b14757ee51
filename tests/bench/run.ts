// `npm run bench [-- name …]`: takes the measures of each file beside this one (or of those named) on a PostgreSQL of its own, with the settings of
// the service, and prints a table and a line of JSON for each. A file `x.ts` that exports `measure` is all it takes to add one.
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pg from 'pg';
import { prepareJobs } from '../../jobs/boss.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openDatabase } from '../../src/db/node-client.ts';
import type { BenchDatabase, Measure, Row } from './support.ts';

const OTHERS = ['run', 'support'];
const TEMPLATE = 'bench_template';

const all = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'))
  .filter((name) => !OTHERS.includes(name));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`没有这些测量：${unknown.join('、')}；现有：${all.join('、')}`);
  process.exit(1);
}

const dataDir = mkdtempSync(join(tmpdir(), 'ningkedai-bench-'));
chmodSync(dataDir, 0o755); // as root PostgreSQL runs under an account of its own, which must enter
const server = await startEmbedded({ dataDir });
const leave = async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
};
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void leave().finally(() => process.exit(130)));
try {
  await query(`CREATE DATABASE ${TEMPLATE}`);
  await migrate(urlOf(TEMPLATE));
  await prepareJobs(urlOf(TEMPLATE));
  const rows: Row[] = [];
  for (const name of wanted.length > 0 ? wanted : all) {
    console.error(`测量 ${name} …`);
    const { measure } = (await import(`./${name}.ts`)) as { measure: Measure };
    rows.push(...(await withDatabase(`bench_${name.replace(/\W/g, '_')}`, measure)));
  }
  console.table(rows.map(asTable));
  for (const row of rows) console.log(JSON.stringify(row));
} finally {
  await leave();
}

async function withDatabase(name: string, measure: Measure): Promise<Row[]> {
  await query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  const url = urlOf(name);
  const { db, pool, close } = openDatabase(url);
  const clients: pg.Client[] = [];
  const connect: BenchDatabase['connect'] = async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    clients.push(client);
    return client;
  };
  try {
    return await measure({ url, db, pool, connect });
  } finally {
    await Promise.all(clients.map((client) => client.end()));
    await close();
    await query(`DROP DATABASE ${name} WITH (FORCE)`);
  }
}

function asTable({ name, unit, ours, limit, ratio, aim, met }: Row) {
  const figure = (value: number | null) => (value === null ? '' : Number(value.toPrecision(4)));
  return {
    测量: name,
    单位: unit,
    本系统: figure(ours),
    极限: figure(limit),
    比值: ratio === null ? '' : Number(ratio.toFixed(3)),
    目标: aim,
    达到: met === null ? '' : met ? '是' : '否',
  };
}

function urlOf(database: string): string {
  const url = new URL(server.url);
  url.pathname = `/${database}`;
  return url.href;
}

async function query(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf('postgres') });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
