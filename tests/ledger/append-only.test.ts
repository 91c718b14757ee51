import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { balance, DEPOSIT, paidIn, post, problems, startLedger, type TestLedger } from './support.ts';

let t: TestLedger;
let book: string;

beforeAll(async () => {
  t = await startLedger();
  book = await t.newBook();
  await post(t.owner, paidIn(book, 'first', '100.00'));
});
afterAll(() => t.stop());

const CHANGES = [
  'UPDATE ledger.line SET amount = 1',
  'DELETE FROM ledger.line',
  'TRUNCATE ledger.line',
  "UPDATE ledger.entry SET memo = ''",
  'DELETE FROM ledger.entry',
  'TRUNCATE ledger.entry CASCADE',
  'UPDATE ledger.line SET amount = 1 WHERE false',
  'MERGE INTO ledger.line l USING (SELECT 1) s ON true WHEN MATCHED THEN UPDATE SET amount = 1',
];

describe('what is posted', () => {
  it.each([
    ...CHANGES,
    'DELETE FROM ledger.account',
    'TRUNCATE ledger.account CASCADE',
    'DELETE FROM ledger.book',
    'TRUNCATE ledger.book CASCADE',
  ])('stays, though the owner of the database says: %s', async (sql) => {
    await expect(t.owner.query(sql)).rejects.toThrow('LEDGER_APPEND_ONLY: 总账只增不改');
    expect(await problems(t.owner, book)).toEqual([]);
  });

  it.each([
    ...CHANGES,
    "INSERT INTO ledger.book VALUES ('own', '自立账套', 'x')",
    'INSERT INTO ledger.line SELECT book_id, seq, 3, account_id, side, amount, occurred_on FROM ledger.line',
    "INSERT INTO ledger.chart VALUES ('9999', '自立科目', 'D', true)",
    'UPDATE ledger.account SET balance = 1000000',
    'UPDATE ledger.account SET floor_zero = false',
    'UPDATE ledger.book SET locked_through = NULL',
    "UPDATE ledger.chart SET floor_zero = false WHERE code = '1002'",
    'ALTER TABLE ledger.line DISABLE TRIGGER ALL',
    'DROP TABLE ledger.line CASCADE',
    'CREATE FUNCTION ledger.own() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
    'SET session_replication_role = replica',
    "SELECT ledger.open_account('book1', '1002', 'x')",
    'SELECT * FROM ledger.line FOR UPDATE',
  ])('stays, and the application is not even permitted to say: %s', async (sql) => {
    await expect(t.asApp((client) => client.query(sql))).rejects.toThrow(/permission denied|must be owner/);
  });

  it('is read by the application, which posts by the function alone', async () => {
    const other = await t.newBook();
    expect(await t.asApp((client) => post(client, paidIn(other, 'app', '5.00')))).toBe(1);
    expect(await t.asApp((client) => balance(client, other, DEPOSIT))).toBe('5.00');
  });

  it('does not go into tables that the caller put in the way, nor through functions of the same name', async () => {
    const other = await t.newBook();
    await t.asApp(async (client) => {
      await client.query(`
        CREATE TEMP TABLE book AS SELECT * FROM ledger.book; CREATE TEMP TABLE account AS SELECT * FROM ledger.account;
        CREATE TEMP TABLE entry AS SELECT * FROM ledger.entry; CREATE TEMP TABLE line AS SELECT * FROM ledger.line; CREATE TEMP TABLE chart AS SELECT * FROM ledger.chart;
        CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql AS $$ SELECT ''::bytea $$;
        SET LOCAL search_path = pg_temp, pg_catalog, public`);
      await post(client, paidIn(other, 'hijack', '7.00'));
    });
    expect(await balance(t.owner, other, DEPOSIT)).toBe('7.00');
    expect(await problems(t.owner, other)).toEqual([]);
  });
});
