import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/calendar/local-date.ts';
import { openDatabase } from '../../src/db/node-client.ts';
import { exportEnd, exportEntries, exportHead } from '../../src/ledger/export.ts';
import { accountPath, type ExportFormat } from '../../src/ledger/export-names.ts';
import { balancesOn, books, entriesByDay } from '../../src/ledger/query-store.ts';
import { trialBalance } from '../../src/ledger/trial-balance.ts';
import { Exact, sum, toWire } from '../../src/money/money.ts';
import { mirrored, type Posting, post, problems, startLedger, type TestLedger } from './support.ts';

const BEGIN = '2026-01-01';
const DAYS = 60;
const dayOf = (n: number) => addDays(BEGIN, n);

let t: TestLedger;
let db: ReturnType<typeof openDatabase>;
beforeAll(async () => {
  t = await startLedger();
  db = openDatabase(t.url, 2);
});
afterAll(async () => {
  await db.close();
  await t.stop();
});

type Lines = Posting['lines'];

// Accounts without a floor, so that any order of any entries may be posted; keys and texts of every kind.
const key = fc.oneof(
  fc.constantFrom('甲', 'b-1', 'B-1', '6402200155550001', '-x'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }).filter((s) => !s.includes('\0')),
);
const text = fc.string({ unit: 'binary', maxLength: 12 }).map((s) => s.replaceAll('\0', ''));
const amount = fc.bigInt({ min: 1n, max: 10n ** 12n }).map((fen) => new Exact(`${fen}e-2`));

/** One sheet's lines: some debits, and credits that split their sum. */
const sheet = (codes: string[]): fc.Arbitrary<Lines> =>
  fc
    .array(fc.tuple(fc.constantFrom(...codes), key, amount, fc.option(text)), { minLength: 1, maxLength: 3 })
    .chain((debits) =>
      fc
        .tuple(fc.constantFrom(...codes), key)
        .map(
          ([code, other]): Lines => [
            ...debits.map(([c, k, a, subject]): Lines[number] => ['D', [c, k], toWire(a), subject]),
            ['C', [code, other], toWire(sum(debits.map((d) => d[2])))],
          ],
        ),
    );
const lines = fc
  .tuple(sheet(['4001', '5001']), fc.option(sheet(['9103', '9104'])))
  .map(([on, off]): Lines => [...on, ...(off ?? [])]);
const entries = fc.array(
  fc.record({ lines, day: fc.integer({ min: 0, max: DAYS }), memo: text, reverse: fc.boolean() }),
  { minLength: 1, maxLength: 8 },
);

interface Posted extends Posting {
  on: string;
}

/** Posts them into a new book; some are reversed a few days later. */
async function posted(
  made: { lines: Lines; day: number; memo: string; reverse: boolean }[],
): Promise<{ book: string; all: Posted[] }> {
  const book = await t.newBook();
  const all: Posted[] = [];
  for (const [i, { lines: own, day, memo, reverse }] of made.entries()) {
    const entry: Posted = { book, reference: `r${i}`, on: dayOf(day), memo, lines: own };
    all.push(entry);
    if (reverse)
      all.push({
        ...entry,
        reference: `r${i}:reversal`,
        reverses: entry.reference,
        on: dayOf(day + 3),
        lines: mirrored(entry),
      });
  }
  await t.inOne(async (client) => {
    for (const entry of all) await post(client, entry);
  });
  return { book, all };
}

/** Debit less credit of every account up to a day, added up by hand. */
function expected(all: Posted[], day: string): Map<string, string> {
  const totals = new Map<string, Exact>();
  for (const [side, [code, k], a] of all.filter((e) => e.on <= day).flatMap((e) => e.lines)) {
    const id = `${code} ${k}`;
    totals.set(id, (totals.get(id) ?? new Exact(0)).plus(side === 'D' ? a : new Exact(a).negated()));
  }
  return new Map([...totals].map(([id, total]) => [id, toWire(total)]));
}

async function found(book: string, day: string): Promise<Map<string, string>> {
  const balances = await balancesOn(db.db, [book], day);
  return new Map(
    balances.map((b) => [
      `${b.code} ${b.key}`,
      toWire(b.normalSide === 'D' ? new Exact(b.balance) : new Exact(b.balance).negated()),
    ]),
  );
}

/** The whole export of a book, as one text. */
async function exported(book: string, format: ExportFormat, from: string | null, to: string): Promise<string> {
  const [state] = await books(db.db, [book]);
  const frame = {
    ...{ book: state!, from, to, opened: BEGIN },
    opening: from === null ? [] : await balancesOn(db.db, [book], addDays(from, -1)),
    closing: await balancesOn(db.db, [book], to),
  };
  const span = { from, to, entries: state!.entries };
  return (
    exportHead(format, frame) +
    exportEntries(format, await entriesByDay(db.db, book, span, null, 1000)) +
    exportEnd(format, frame)
  );
}

describe('any entries', () => {
  beforeAll(async () => {
    await t.owner.query(
      `INSERT INTO ledger.chart (code, name, normal_side, off_balance) VALUES ('9103', '试表外借方', 'D', true), ('9104', '试表外贷方', 'C', true)`,
    );
  });

  it('leave the trial balance at 0.00, on every day, on the balance sheet and off it; balances are the sums of the lines', async () => {
    await fc.assert(
      fc.asyncProperty(entries, fc.integer({ min: 0, max: DAYS + 5 }), async (made, n) => {
        const { book, all } = await posted(made);
        const day = dayOf(n);
        const table = trialBalance(day, await balancesOn(db.db, [book], day));
        expect([table.difference, table.onBalance.difference, table.offBalance.difference]).toEqual([
          '0.00',
          '0.00',
          '0.00',
        ]);
        const actual = await found(book, day);
        for (const [id, total] of expected(all, day)) expect([id, actual.get(id)]).toEqual([id, total]);
        const rest = [...actual].filter(([id]) => !expected(all, day).has(id));
        expect(rest.every(([, total]) => total === '0.00')).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('are sound: running balances equal the balances after the last day, and verification finds nothing', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (made) => {
        const { book } = await posted(made);
        const { rows } = await t.owner.query(
          'SELECT code, sub_key, balance::text FROM ledger.account WHERE book_id = $1 ORDER BY code, sub_key',
          [book],
        );
        const last = await balancesOn(db.db, [book], dayOf(DAYS + 10));
        expect(new Map(rows.map((r) => [`${r.code} ${r.sub_key}`, r.balance]))).toEqual(
          new Map(last.map((b) => [`${b.code} ${b.key}`, b.balance])),
        );
        expect(await problems(t.owner, book)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('move a balance from one day to the next by that day’s lines alone', async () => {
    await fc.assert(
      fc.asyncProperty(entries, fc.integer({ min: 1, max: DAYS }), async (made, n) => {
        const { book, all } = await posted(made);
        const [before, after] = [await found(book, dayOf(n - 1)), await found(book, dayOf(n))];
        const moved = expected(
          all.filter((e) => e.on === dayOf(n)),
          dayOf(n),
        );
        for (const [id, total] of after) {
          expect([id, toWire(new Exact(total).minus(before.get(id)!))]).toEqual([id, moved.get(id) ?? '0.00']);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('are undone by their reversals', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (made) => {
        const { book } = await posted(made.map((m) => ({ ...m, reverse: true })));
        const { rows } = await t.owner.query('SELECT DISTINCT balance::text FROM ledger.account WHERE book_id = $1', [
          book,
        ]);
        expect(rows).toEqual([{ balance: '0.00' }]);
      }),
      { numRuns: 15 },
    );
  });

  it('go out as a journal whose postings add up to the balances it asserts, from any day to any day', async () => {
    await fc.assert(
      fc.asyncProperty(
        entries,
        fc.integer({ min: 0, max: DAYS }),
        fc.integer({ min: 0, max: DAYS }),
        fc.boolean(),
        async (made, a, b, whole) => {
          const { book } = await posted(made);
          const [from, to] = [dayOf(Math.min(a, b)), dayOf(Math.max(a, b))];
          for (const format of ['hledger', 'ledger', 'beancount'] as const) {
            const journal = await exported(book, format, whole ? null : from, to);
            const sums = new Map<string, Exact>();
            for (const [, path, value] of journal.matchAll(/^ +((?:\w[\w-]*:)+[\w-]+) {2}(-?\d+\.\d\d) CNY(?! =)/gm)) {
              sums.set(path!, (sums.get(path!) ?? new Exact(0)).plus(value!));
            }
            const closing = await balancesOn(db.db, [book], to);
            expect(new Set(closing.map((c) => accountPath(c, format))).size).toBe(closing.length);
            for (const account of closing) {
              const path = accountPath(account, format);
              const debit = toWire(
                account.normalSide === 'D' ? new Exact(account.balance) : new Exact(account.balance).negated(),
              );
              expect([path, toWire(sums.get(path) ?? new Exact(0))]).toEqual([path, debit]);
              const assertion =
                format === 'beancount'
                  ? `${addDays(to, 1)} balance ${path}  ${debit} ~ 0.00 CNY`
                  : `    ${path}  0.00 CNY = ${debit} CNY`;
              expect(journal).toContain(assertion);
            }
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('the path of an account', () => {
  const account = fc.record({
    code: fc.constantFrom('1002', '2901', '9101'),
    key: fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
    offBalance: fc.boolean(),
  });
  it('is another for another account, and every program reads it', () => {
    fc.assert(
      fc.property(account, account, (a, b) => {
        for (const format of ['hledger', 'beancount'] as const) {
          expect(accountPath(a, format)).toMatch(/^[A-Z][A-Za-z]+(:[A-Z0-9][A-Za-z0-9-]*)+$/);
          const same = a.code === b.code && a.key === b.key && a.offBalance === b.offBalance;
          expect(accountPath(a, format) === accountPath(b, format)).toBe(same);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['pingluo-st', 'Pingluo-st'],
    ['Pingluo-st', 'Z50Zingluo-st'],
    ['z41z', 'Z41z'],
    ['A', 'Z41Z'],
    ['平', 'Z5e73Z'],
    ['-', 'Z2dZ'],
    ['6402200155550001', '6402200155550001'],
  ])('of %s ends with %s', (own, component) => {
    expect(accountPath({ code: '1002', key: own, offBalance: false }, 'hledger')).toBe(`Assets:1002:${component}`);
  });
});
