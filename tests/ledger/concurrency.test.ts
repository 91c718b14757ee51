import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { balance, COUNTY, DEPOSIT, mirrored, paidIn, post, problems, startLedger, type TestLedger } from './support.ts';

const CONNECTIONS = 8;
const POSTS = 40;

let t: TestLedger;
let clients: pg.Client[];

beforeAll(async () => {
  t = await startLedger();
  clients = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const client = new pg.Client({ connectionString: t.url });
      await client.connect();
      await client.query(`SET deadlock_timeout = '50ms'`);
      return client;
    }),
  );
});
afterAll(async () => {
  await Promise.all(clients.map((c) => c.end()));
  await t.stop();
});

/** Every connection posts its share one after the other, all connections at the same time. */
const together = (work: (client: pg.Client, connection: number, i: number) => Promise<unknown>, posts = POSTS) =>
  Promise.all(
    clients.map(async (client, connection) => {
      for (let i = 0; i < posts; i++) await work(client, connection, i);
    }),
  );

async function numbers(book: string): Promise<number[]> {
  const { rows } = await t.owner.query('SELECT seq::int FROM ledger.entry WHERE book_id = $1 ORDER BY seq', [book]);
  return rows.map((r) => r.seq);
}

describe('eight connections', () => {
  it('post into one book: no number is missing, the chain holds, the balances are right', async () => {
    const book = await t.newBook();
    await together((client, connection, i) => post(client, paidIn(book, `${connection}:${i}`, '1.01')));
    expect(await numbers(book)).toEqual(Array.from({ length: CONNECTIONS * POSTS }, (_, i) => i + 1));
    expect(await balance(t.owner, book, DEPOSIT)).toBe('323.20');
    expect(await problems(t.owner, book)).toEqual([]);
  });

  it('post into several books and open their accounts in opposite order without a deadlock', async () => {
    const books = [await t.newBook(), await t.newBook(), await t.newBook()];
    const keys = ['甲', '乙', '丙', '丁'];
    await together((client, connection, i) => {
      const names = connection % 2 ? keys : [...keys].reverse();
      const lines = names.flatMap((key): [string, readonly [string, string], string][] => [
        ['D', ['1002', key], '1.00'],
        ['C', ['2901', key], '1.00'],
      ]);
      return post(client, { ...paidIn(books[i % 3]!, `${connection}:${i}`, '1.00'), lines });
    }, 12);
    for (const book of books) expect([book, await problems(t.owner, book)]).toEqual([book, []]);
  });

  it('send the same references at the same moment: each is posted once and all are told its number', async () => {
    const book = await t.newBook();
    const answers: number[][] = Array.from({ length: 10 }, () => []);
    await together(async (client, _, i) => answers[i]!.push(await post(client, paidIn(book, `same ${i}`, '2.00'))), 10);
    expect(await numbers(book)).toHaveLength(10);
    for (const [i, seen] of answers.entries())
      expect([i, new Set(seen).size, seen.length]).toEqual([i, 1, CONNECTIONS]);
    expect(await balance(t.owner, book, DEPOSIT)).toBe('20.00');
  });

  it('spend the last of a deposit: exactly what is there goes out', async () => {
    const book = await t.newBook();
    await post(t.owner, paidIn(book, 'in', '10.00'));
    const out = (reference: string) => ({
      ...paidIn(book, reference, '3.00'),
      lines: mirrored(paidIn(book, '', '3.00')),
    });
    const results = await Promise.allSettled(clients.map((client, i) => post(client, out(`out ${i}`))));
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(3);
    expect([await balance(t.owner, book, DEPOSIT), await balance(t.owner, book, COUNTY)]).toEqual(['1.00', '1.00']);
    expect(await problems(t.owner, book)).toEqual([]);
  });

  it('reverse the same entry: one does', async () => {
    const book = await t.newBook();
    const original = paidIn(book, 'wrong', '5.00');
    await post(t.owner, original);
    const reversal = { ...original, reverses: 'wrong', lines: mirrored(original) };
    const results = await Promise.allSettled(
      clients.map((client, i) => post(client, { ...reversal, reference: `reversal ${i}` })),
    );
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
    expect(await balance(t.owner, book, DEPOSIT)).toBe('0.00');
  });

  it('break off half-way: what is not committed leaves no gap', async () => {
    const book = await t.newBook();
    await together(async (client, connection, i) => {
      await client.query('BEGIN');
      await post(client, paidIn(book, `${connection}:${i}`, '1.00'));
      await client.query((connection + i) % 3 ? 'COMMIT' : 'ROLLBACK');
    }, 12);
    expect(await problems(t.owner, book)).toEqual([]);
    expect(await numbers(book)).toHaveLength(64);
  });

  it('verify while others post: a book under way is sound at every moment', async () => {
    const book = await t.newBook();
    const [watcher, ...posters] = clients;
    let posting = true;
    const posted = Promise.all(
      posters.map(async (client, connection) => {
        for (let i = 0; i < 25; i++) await post(client, paidIn(book, `${connection}:${i}`, '1.00'));
      }),
    ).finally(() => {
      posting = false;
    });
    let looks = 0;
    for (; posting; looks++) expect(await problems(watcher!, book)).toEqual([]);
    await posted;
    expect(looks).toBeGreaterThan(1);
  });
});
