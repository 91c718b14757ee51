import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import { openService } from './service/open.ts';
import { BANKS, seedEnterprises, seedInstitutions, seedPool } from './service/parties.ts';
import { type BenchDatabase, median, type Row, row } from './support.ts';

const ROWS = 100_000;
const LOANS_PER_ENTERPRISE = 5;
const ROUNDS = 3;
const TODAY = '2026-04-10';
/** What an import leaves behind, in an order that its foreign keys allow. */
const TABLES = ['import', 'loan_filing', 'import_row', 'audit_log', 'job_progress'];
const HEADINGS =
  '序号,借款人名称,统一社会信用代码,借款合同号,借据号,贷款金额(元),备案金额(元),年利率(%),放款日期,到期日期,计息基础,还款方式,担保方式,是否首次贷款,资金用途,放款账号';

/** A filing file of 100,000 rows over HTTP until its job is done, against COPY of the rows it made into the same tables of a database just like it. */
export async function measure({ url }: BenchDatabase): Promise<Row[]> {
  const file = await seed(url);
  const rounds: { ours: number; copy: number }[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const [filed, copied] = [await clone(url, 'filed'), await clone(url, 'copied')];
    rounds.push({ ours: await importFile(filed, file), copy: await copySameRows(filed, copied) });
  }
  const [ours, limit] = [median(rounds.map((r) => r.ours)), median(rounds.map((r) => r.copy))];
  const ratio = median(rounds.map((r) => r.copy / r.ours));
  await drop(url, 'filed');
  await drop(url, 'copied');
  return [row('10 万笔备案文件经 HTTP：对 COPY 同样的行', '秒', { ours, limit, ratio }, { atLeast: 0.4 })];
}

/** A new copy of the seeded database, to which nobody is connected meanwhile. */
async function clone(url: string, suffix: string): Promise<string> {
  await drop(url, suffix);
  const { name, sibling } = siblingOf(url, suffix);
  await command(url, `CREATE DATABASE ${name}_${suffix} TEMPLATE ${name} STRATEGY file_copy`);
  return sibling;
}

async function drop(url: string, suffix: string): Promise<void> {
  await command(url, `DROP DATABASE IF EXISTS ${siblingOf(url, suffix).name}_${suffix} WITH (FORCE)`);
}

function siblingOf(url: string, suffix: string): { name: string; sibling: string } {
  const target = new URL(url);
  const name = target.pathname.slice(1);
  target.pathname = `/${name}_${suffix}`;
  return { name, sibling: target.href };
}

async function command(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: new URL('/postgres', url).href });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function seed(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const service = await openService(url, TODAY);
  await seedInstitutions(service);
  await seedPool(service, 'bench', '2026-04-01');
  const enterprises = await seedEnterprises(service, ROWS / LOANS_PER_ENTERPRISE);
  await service.stop();
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const number = Math.floor(i / LOANS_PER_ENTERPRISE);
    const day = String(1 + (i % 28)).padStart(2, '0');
    const amount = `"${100 + (i % 800)},000.${String(i % 100).padStart(2, '0')}"`;
    return [
      ...[
        i + 1,
        `宁夏示例${number + 1}科技有限公司`,
        enterprises[number],
        `JK2026${i}`,
        `JJ2026${String(i).padStart(8, '0')}`,
      ],
      ...[amount, amount, (3 + (i % 10) / 20).toFixed(2), `2026-03-${day}`, `2027-03-${day}`],
      ...['实际/360', '按月付息到期还本', '信用', '是', '研发投入', `64022001${String(i).padStart(8, '0')}`],
    ].join(',');
  });
  return new TextEncoder().encode([HEADINGS, ...rows].join('\r\n'));
}

/** @returns seconds from the first byte sent until the import says that it is done */
async function importFile(url: string, file: Uint8Array<ArrayBuffer>): Promise<number> {
  const service = await openService(url, TODAY);
  const { key } = await service.hire('bank', BANKS[0]);
  const imports = `${await service.listen()}/api/v1/imports`;
  const headers = { 'x-api-key': key };
  const body = new FormData();
  body.set('file', new Blob([file]), '备案台账.csv');
  for (const [name, value] of Object.entries({ kind: 'loanFilings', poolCode: 'bench', mode: 'all' }))
    body.set(name, value);
  const start = performance.now();
  const sent = await fetch(imports, { method: 'POST', headers: { ...headers, 'idempotency-key': 'bench' }, body });
  let view = (await sent.json()) as { id: string; status: string; rowsAccepted: number };
  while (view.status === 'staged') {
    await new Promise((resolve) => setTimeout(resolve, 50));
    view = (await (await fetch(`${imports}/${view.id}`, { headers })).json()) as typeof view;
  }
  const seconds = (performance.now() - start) / 1000;
  await service.stop();
  if (view.rowsAccepted !== ROWS) throw new Error(`the file was not accepted: ${JSON.stringify(view).slice(0, 1_000)}`);
  return seconds;
}

/** @returns seconds of copying in */
async function copySameRows(source: string, target: string): Promise<number> {
  const out = new pg.Client({ connectionString: source });
  const into = new pg.Client({ connectionString: target });
  await Promise.all([out.connect(), into.connect()]);
  const kept: { table: string; bytes: Buffer }[] = [];
  for (const table of TABLES) {
    const chunks: Buffer[] = [];
    for await (const chunk of out.query(to(`COPY ${table} TO STDOUT`))) chunks.push(chunk);
    kept.push({ table, bytes: Buffer.concat(chunks) });
  }
  // The audit rows of the seeding are in both databases.
  await into.query(
    `SET session_replication_role = replica; DELETE FROM audit_log; SET session_replication_role = origin`,
  );
  const start = performance.now();
  await into.query('BEGIN');
  for (const { table, bytes } of kept)
    await pipeline(Readable.from([bytes]), into.query(from(`COPY ${table} FROM STDIN`)));
  await into.query('COMMIT');
  const seconds = (performance.now() - start) / 1000;
  await Promise.all([out.end(), into.end()]);
  return seconds;
}
