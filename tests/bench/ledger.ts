import type pg from 'pg';
import { type BenchDatabase, paired, type Row, row, seeded } from './support.ts';

const CITES = JSON.stringify([
  { document: '《宁夏科技型中小企业风险补偿贷款管理办法》', article: '第二条', confirmed: true },
]);
const BANKS = ['shizuishan-bank', 'ningxia-bank', 'bank-of-china', 'bank-of-ningxia-rural'];
const POSTINGS = 100_000;
const BATCH = 5_000;

/** The ledger's speed against what PostgreSQL itself does on this machine. */
export async function measure(database: BenchDatabase): Promise<Row[]> {
  return [await singlePostings(database), await manyPostings(database)];
}

/** `ledger.post` on a raw connection, a transaction each, against bare one-row INSERTs, a commit each. */
async function singlePostings({ connect }: BenchDatabase): Promise<Row> {
  const client = await connect();
  await client.query(`
    CREATE TABLE bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, reference text, occurred_on date, amount numeric(18, 2), memo text);
    SELECT ledger.open_book('single', '单笔')`);
  const units = 50;
  let n = 0;
  const figures = await paired(
    { rounds: 60, warmUp: 10, units },
    async () => {
      for (let i = 0; i < units; i++) await post(client, `event:${n++}`);
    },
    async () => {
      for (let i = 0; i < units; i++) await insert(client, `event:${n++}`);
    },
  );
  return row('单笔过账：ledger.post 对裸 INSERT 提交', '笔/秒', figures, { atLeast: 0.3 });
}

function post(client: pg.Client, reference: string): Promise<unknown> {
  return client.query({
    name: 'post',
    text: `SELECT ledger.post('single', $1, $2::date, 'contribution', $3, $4::jsonb, $5::text[], $6::text[], $7::text[], $8::numeric[], $9::text[], 'bench')`,
    values: [
      ...[reference, '2026-04-13', '出资到账', CITES],
      ...[
        ['1002', '2901'],
        ['6402200155550001', 'pingluo-st'],
        ['D', 'C'],
        ['1000.00', '1000.00'],
        [null, null],
      ],
    ],
  });
}

function insert(client: pg.Client, reference: string): Promise<unknown> {
  return client.query({
    name: 'bare',
    text: 'INSERT INTO bare (reference, occurred_on, amount, memo) VALUES ($1, $2, $3, $4)',
    values: [reference, '2026-04-13', '1000.00', '出资到账'],
  });
}

/**
 * 100,000 postings through `ledger.post_many` from Node, a transaction for each 5,000, against one INSERT … SELECT of the same rows, already in the
 * database, into tables with the same keys and indexes, with the balances updated: no chain, no check, nothing sent.
 */
async function manyPostings({ connect }: BenchDatabase): Promise<Row> {
  const client = await connect();
  await rawTables(client);
  const batches = reserves();
  let round = 0;
  const figures = await paired(
    { rounds: 3, warmUp: 0, units: POSTINGS },
    async () => {
      const book = `book${round++}`;
      await client.query('SELECT ledger.open_book($1, $1)', [book]);
      for (const batch of batches) await client.query({ name: 'post-many', text: POST_MANY, values: [book, ...batch] });
    },
    () => client.query(RAW_INSERT),
  );
  return row('批量过账 10 万笔：每批 5000 笔 post_many 对一条 INSERT … SELECT', '笔/秒', figures, { atLeast: 0.5 });
}

const POST_MANY = `
  SELECT ledger.post_many($1, 'reserve', '${CITES}', 'bench', $2::text[], $3::date[], $4::text[], $5::text[],
    $6::int[], $7::text[], $8::text[], $9::text[], $10::numeric[], $11::text[])`;

/** Reserves occupied, as the consents of a busy year would post them: the arrays of `ledger.post_many`, batch by batch. */
function reserves(): unknown[][] {
  const random = seeded(20261122);
  const both = <T>(values: T[]): T[] => values.flatMap((value) => [value, value]);
  return Array.from({ length: POSTINGS / BATCH }, (_, n) => {
    const each = Array.from({ length: BATCH }, (__, i) => n * BATCH + i);
    const month = `${1 + Math.floor((n * 12 * BATCH) / POSTINGS)}`.padStart(2, '0');
    const banks = each.map(() => BANKS[Math.floor(random() * BANKS.length)]!);
    const amounts = each.map(() => (1 + random() * 100_000).toFixed(2));
    return [
      ...[each.map((i) => `reserve:admission:${i}`), each.map(() => `2026-${month}-15`)],
      ...[each.map((i) => `入池占用准备金 JJ${i}`), each.map(() => null)],
      ...[both(each.map((_i, place) => place + 1)), each.flatMap(() => ['9101', '9102']), both(banks)],
      ...[each.flatMap(() => ['D', 'C']), both(amounts), both(each.map((i) => `JJ${i}`))],
    ];
  });
}

/** Tables as the ledger's, keys and indexes and all, without its triggers; and the rows to insert. */
async function rawTables(client: pg.Client): Promise<void> {
  await client.query(`
    CREATE SCHEMA raw;
    CREATE TABLE raw.book (LIKE ledger.book INCLUDING ALL);
    CREATE TABLE raw.account (LIKE ledger.account INCLUDING ALL, FOREIGN KEY (book_id) REFERENCES raw.book);
    CREATE TABLE raw.entry (LIKE ledger.entry INCLUDING ALL, FOREIGN KEY (book_id) REFERENCES raw.book);
    CREATE TABLE raw.line (LIKE ledger.line INCLUDING ALL, FOREIGN KEY (account_id) REFERENCES raw.account, FOREIGN KEY (book_id, seq) REFERENCES raw.entry);
    ALTER TABLE raw.entry ADD FOREIGN KEY (book_id, reverses) REFERENCES raw.entry (book_id, reference);
    INSERT INTO raw.book SELECT 'raw', 'raw', '\\x00', 0;
    INSERT INTO raw.account (book_id, code, sub_key, normal_side, off_balance, floor_zero)
      SELECT 'raw', c.code, b, c.normal_side, true, true FROM ledger.chart c, unnest(ARRAY['${BANKS.join("','")}']) b WHERE c.code IN ('9101', '9102');
    CREATE UNLOGGED TABLE raw.staged AS
      SELECT i, (ARRAY['${BANKS.join("','")}'])[1 + i % ${BANKS.length}] AS bank, (1 + i * 7919 % 10000000 / 100.0)::numeric(18, 2) AS amount,
             DATE '2026-01-15' + (i / ${POSTINGS / 12} || ' month')::interval AS day FROM generate_series(0, ${POSTINGS - 1}) i;
    CREATE SEQUENCE raw.round;
    ANALYZE`);
}

const RAW_INSERT = `
  WITH round AS (SELECT nextval('raw.round') * ${POSTINGS} AS base),
  entries AS (
    INSERT INTO raw.entry SELECT 'raw', r.base + s.i, 'reserve:admission:' || r.base + s.i, s.day, now(), 'reserve', '入池占用准备金 JJ' || s.i, '${CITES}', NULL, NULL, 'bench', '\\x${'00'.repeat(32)}'
      FROM raw.staged s, round r
  ), lines AS (
    INSERT INTO raw.line SELECT 'raw', r.base + s.i, a.line_no, a.id, a.normal_side, s.amount, s.day, 'JJ' || s.i
      FROM raw.staged s, round r, (SELECT id, sub_key, normal_side, row_number() OVER (PARTITION BY sub_key ORDER BY code) AS line_no FROM raw.account) a WHERE a.sub_key = s.bank
    RETURNING account_id, amount
  )
  UPDATE raw.account a SET balance = a.balance + l.total FROM (SELECT account_id, sum(amount) AS total FROM lines GROUP BY account_id) l WHERE a.id = l.account_id`;
