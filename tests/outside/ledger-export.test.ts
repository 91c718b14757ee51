import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountPath, type ExportFormat } from '../../src/ledger/export-names.ts';
import { Exact, toWire } from '../../src/money/money.ts';
import { mirrored, paidIn, post } from '../ledger/support.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
let folder: string;

/** Texts that each of the three readers would trip over if they went out as they are. */
const NASTY = [
  '分号;注释 ; 逗号,又 one: two, three:: four',
  '换行\n2026-01-01 * 假凭证\n    Assets:Fake  1.00 CNY\n    Assets:Fake2\n',
  '引号 " 反斜线 \\ \\" 尾 \\',
  '[2024] [=2024/01/01] 宁科发[2024]12号',
  '  两个空格  制表\t回车\r\u2028\u0085 end comment\nend comment',
  '(code) ! * = | @ {1} #tag ^link %',
  '垚㐂犇 🏦 :a:b: ~',
  '',
];

beforeAll(async () => {
  t = await startDemonstration('2026-11-20');
  folder = mkdtempSync(join(tmpdir(), 'ledger-export-'));
  await t.pool.query(`SELECT ledger.open_book('nasty', $1)`, [NASTY.join('')]);
  for (const [i, text] of NASTY.entries()) {
    const key = text || 'x';
    const entry = {
      ...{ ...paidIn('nasty', `${i} ${text}`, '12.34', `2026-0${i + 1}-28`), memo: text, kind: text, actor: text },
      cites: [{ document: text, article: text, confirmed: i % 2 === 0 }],
      lines: [
        ['D', ['1002', key], '12.34', text],
        ['C', ['2901', key], '12.34', null],
        ['D', ['9101', key], '0.01', text],
        ['C', ['9102', key], '0.01', text],
      ] as Parameters<typeof mirrored>[0]['lines'],
    };
    await post(t.pool, entry);
    if (i % 3 === 0) {
      await post(t.pool, { ...entry, reference: `${i}:reversal`, reverses: entry.reference, lines: mirrored(entry) });
    }
  }
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await t.stop();
});

/** Runs a program and answers what it prints; its complaint becomes the test's. */
function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
}

/** How each program is asked whether it accepts a file, and for its balances as path → amount. */
const READERS: Record<ExportFormat, { accepts(file: string): string; balances(file: string): [string, string][] }> = {
  hledger: {
    accepts: (file) => run('hledger', '-f', file, 'check', '--strict', 'ordereddates'),
    balances: (file) =>
      [
        ...run('hledger', '-f', file, 'balance', '-N', '--flat', '-E', '-O', 'csv').matchAll(
          /^"(.+)","(.+?)(?: CNY)?"$/gm,
        ),
      ]
        .filter(([, path]) => path !== 'account')
        .map(([, path, amount]) => [path!, amount!]),
  },
  ledger: {
    accepts: (file) => run('ledger', '-f', file, '--strict', '--pedantic', 'balance'),
    balances: (file) =>
      run('ledger', '-f', file, 'balance', '--flat', '-E', '--no-total', '--format', '%(account)\t%(quantity(total))\n')
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split('\t') as [string, string]),
  },
  beancount: {
    accepts: (file) => run('bean-check', file),
    balances: (file) =>
      [
        ...run('bean-query', '-q', '-f', 'csv', file, 'SELECT account, sum(number) GROUP BY account').matchAll(
          /^(\S+?)\s*,\s*(-?[\d.]+)\s*$/gm,
        ),
      ].map(([, path, amount]) => [path!, amount!]),
  },
};

const SPANS = ['&to=2026-11-20', '&from=2026-05-01&to=2026-07-31', '&from=2026-06-15', '&to=2026-01-01'];
const CASES = (['hledger', 'ledger', 'beancount'] as const).flatMap((format) =>
  ['pingluo', 'yinchuan', 'nasty'].flatMap((pool) => SPANS.map((span) => ({ format, pool, span }))),
);

describe('an exported book', () => {
  it.each(CASES)(
    'of $pool ($span) is accepted by $format, which finds our balances in it',
    async ({ format, pool, span }) => {
      const { status, body } = await t.get(`ledger/export?poolCode=${pool}&format=${format}${span}`, t.key('finance'));
      expect(status).toBe(200);
      const file = join(folder, `${pool}.${format}`);
      writeFileSync(file, Buffer.from(body));
      READERS[format].accepts(file);

      const asOf = /&to=(.*)/.exec(span)?.[1] ?? '2026-11-20';
      const table = await t.get(`ledger/trial-balance?poolCode=${pool}&asOf=${asOf}`, t.key('finance'));
      const theirs = new Map(READERS[format].balances(file).map(([path, amount]) => [path, toWire(new Exact(amount))]));
      for (const row of table.body.rows) {
        const path = accountPath(row, format);
        expect([path, theirs.get(path) ?? '0.00']).toEqual([path, toWire(new Exact(row.debit).minus(row.credit))]);
        theirs.delete(path);
      }
      expect([...theirs]).toEqual([]);
    },
  );

  it.each([
    ['hledger', (file: string) => run('hledger', '-f', file, 'tags', 'hash', '--values')],
    ['ledger', (file: string) => run('ledger', '-f', file, 'tags', '--values')],
    ['beancount', (file: string) => run('bean-query', '-q', '-f', 'csv', file, "SELECT DISTINCT entry_meta('hash')")],
  ] as const)('carries every entry’s hash where %s can ask for it', async (format, tags) => {
    const { body } = await t.get(`ledger/export?poolCode=nasty&format=${format}`, t.key('finance'));
    const file = join(folder, `tags.${format}`);
    writeFileSync(file, Buffer.from(body));
    const { items } = (await t.get('ledger/entries?poolCode=nasty', t.key('finance'))).body;
    const hashes = items.map((e: { hash: string }) => e.hash);
    expect(hashes.length).toBeGreaterThan(NASTY.length);
    expect(
      tags(file)
        .match(/\b[0-9a-f]{64}\b/g)!
        .sort(),
    ).toEqual(hashes.sort());
  });

  it.each(['hledger', 'ledger', 'beancount'] as const)(
    'is refused by %s when an amount in it is changed',
    async (format) => {
      const { body } = await t.get(`ledger/export?poolCode=pingluo&format=${format}`, t.key('finance'));
      const file = join(folder, `changed.${format}`);
      const journal = Buffer.from(body).toString();
      const both = journal
        .replace('  3000000.00 CNY', '  3000001.00 CNY')
        .replace('  -3000000.00 CNY', '  -3000001.00 CNY');
      expect(both).not.toBe(journal);
      writeFileSync(file, both);
      expect(() => READERS[format].accepts(file)).toThrow();
    },
  );
});

describe('the bank’s statements as a journal', () => {
  const ACCOUNT = '6402200155550001';
  const path = (code: string, key: string, format: ExportFormat) =>
    accountPath({ code, key, offBalance: false }, format);

  it.each(['hledger', 'ledger', 'beancount'] as const)(
    'are accepted by %s, which finds the bank’s balance at each month’s end and, in October’s, that of our book',
    async (format) => {
      const fetched = async (query: string) =>
        Buffer.from((await t.get(`${query}&format=${format}`, t.key('auditor'))).body).toString();
      const statements = await fetched(`bank-lines/export?accountNo=${ACCOUNT}`);
      const [bank, book] = [join(folder, `bank.${format}`), join(folder, `october.${format}`)];
      writeFileSync(bank, statements);
      writeFileSync(book, await fetched('ledger/export?poolCode=pingluo&to=2026-10-31'));
      const deposit = path('1002', ACCOUNT, format);
      const held = [bank, book].map((file) => {
        READERS[format].accepts(file);
        return toWire(new Exact(new Map(READERS[format].balances(file)).get(deposit) ?? '0'));
      });
      expect(held).toEqual(['4724737.93', '4724737.93']);
      writeFileSync(bank, statements.replaceAll('4512.33 CNY', '4512.34 CNY'));
      expect(() => READERS[format].accepts(bank)).toThrow();
    },
  );
});
