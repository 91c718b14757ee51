import pg from 'pg';
import { createDatabase } from '../support/database.ts';

export const DEPOSIT = ['1002', '6402200155550001'] as const;
export const COUNTY = ['2901', 'pingluo-st'] as const;
export const REGION = ['2901', 'ningxia-st'] as const;
export const PAYABLE = ['2307', 'shizuishan-bank'] as const;
export const RESERVE = ['9101', 'shizuishan-bank'] as const;
export const MIRROR = ['9102', 'shizuishan-bank'] as const;

/** An entry as `ledger.post` takes it: lines are [side, [code, key], amount, subject]. */
export interface Posting {
  book: string;
  reference: string;
  on?: string;
  kind?: string;
  memo?: string;
  cites?: object[];
  lines: [side: string, account: readonly [string, string], amount: string, subject?: string | null][];
  actor?: string;
  belongsTo?: string | null;
  reverses?: string | null;
}

const POST = `SELECT ledger.post($1, $2, $3::date, $4, $5, $6::jsonb, $7::text[], $8::text[], $9::text[], $10::numeric[], $11::text[], $12, $13, $14)::int AS seq`;

/** Posts on a raw connection, past every check in TypeScript. @returns the entry's number */
export async function post(client: pg.ClientBase | pg.Pool, p: Posting): Promise<number> {
  const { rows } = await client.query({
    name: 'post',
    text: POST,
    values: [
      ...[p.book, p.reference, p.on ?? '2026-01-05', p.kind ?? 'contribution', p.memo ?? '出资到账'],
      JSON.stringify(p.cites ?? []),
      ...[p.lines.map((l) => l[1][0]), p.lines.map((l) => l[1][1]), p.lines.map((l) => l[0])],
      ...[p.lines.map((l) => l[2]), p.lines.map((l) => l[3] ?? null), p.actor ?? 'tester'],
      ...[p.belongsTo ?? null, p.reverses ?? null],
    ],
  });
  return rows[0].seq;
}

/** Money into the pool's deposit. */
export const paidIn = (book: string, reference: string, amount: string, on = '2026-01-05'): Posting => ({
  ...{ book, reference, on },
  lines: [
    ['D', DEPOSIT, amount],
    ['C', COUNTY, amount],
  ],
});

/** The same lines on the other side. */
export const mirrored = (p: Posting): Posting['lines'] =>
  p.lines.map(([side, ...rest]) => [side === 'D' ? 'C' : 'D', ...rest]);

/** What `ledger.verify` finds, as "problem seq lineNo". */
export async function problems(client: pg.ClientBase | pg.Pool, book: string): Promise<string[]> {
  const { rows } = await client.query('SELECT * FROM ledger.verify($1)', [book]);
  return rows.map((r) => [r.problem, r.seq, r.line_no].filter((x) => x !== null).join(' '));
}

/** The running balance of an account, or undefined when it is not open. */
export async function balance(client: pg.ClientBase | pg.Pool, book: string, [code, key]: readonly [string, string]) {
  const sql = 'SELECT balance::text FROM ledger.account WHERE book_id = $1 AND code = $2 AND sub_key = $3';
  return (await client.query<{ balance: string }>(sql, [book, code, key])).rows[0]?.balance;
}

/** A migrated database of its own with a pool of the owner's connections, and books as many as wanted. */
export async function startLedger() {
  const database = await createDatabase();
  const owner = new pg.Pool({ connectionString: database.url, max: 10 });
  owner.on('error', () => {}); // a connection that the drop of the database meets while it is closing
  let opened = 0;
  /** Runs work in one transaction of the owner and commits. */
  const inOne = async <T>(work: (client: pg.PoolClient) => Promise<T>, before = 'SELECT 1'): Promise<T> => {
    const client = await owner.connect();
    try {
      await client.query('BEGIN');
      await client.query(before);
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  };
  return {
    url: database.url,
    owner,
    inOne,
    /** As the application: under its role. */
    asApp: <T>(work: (client: pg.PoolClient) => Promise<T>) => inOne(work, 'SET LOCAL ROLE ningkedai_app'),
    /** As somebody with every right and ill will: no trigger fires. */
    tamper: (sql: string, values: unknown[] = []) =>
      inOne((client) => client.query(sql, values), 'SET LOCAL session_replication_role = replica'),
    newBook: async (): Promise<string> => {
      const book = `book${++opened}`;
      await owner.query('SELECT ledger.open_book($1, $2)', [book, `账套${opened}`]);
      return book;
    },
    stop: async () => {
      await owner.end();
      await database.drop();
    },
  };
}

export type TestLedger = Awaited<ReturnType<typeof startLedger>>;
