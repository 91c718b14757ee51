import { readFile } from 'node:fs/promises';
import Excel from '@protobi/exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../src/access/roles.ts';
import { type Belongs, type Console, startConsole } from '../support/console.ts';

/** Three who must not see each other's, each with an own pool, and what they could open of others. */
const PEOPLE: { role: Role; belongs: Belongs; own: string }[] = [
  { role: 'bank', belongs: { institutionCode: 'ningxia-bank' }, own: 'bankCode=ningxia-bank' },
  { role: 'countyReviewer', belongs: { institutionCode: 'yinchuan-st' }, own: 'poolCode=yinchuan' },
  {
    role: 'enterprise',
    belongs: { enterpriseUscc: '91640221MA9006026Y' },
    own: 'enterpriseUscc=91640221MA9006026Y',
  },
];

/** Lists whose things have an address of their own, by that name, and the page of one where there is one. */
const LISTS: [list: string, key: string, page?: string][] = [
  ['loans', 'id', '/loans'],
  ['loan-filings', 'id', '/filings'],
  ['documents', 'id'],
  ['settlements', 'id', '/settlements'],
  ['balance-reports', 'id', '/reports'],
  ['imports', 'id', '/imports'],
  ['pools', 'code', '/pools'],
  ['enterprises', 'uscc', '/enterprises'],
  ['subsidy-applications', 'id', '/subsidies'],
];

/** Lists of things that are somebody's own; a bank files by an enterprise's code and so may look up any. */
const listsOf = (role: Role) => LISTS.filter(([list]) => !(role === 'bank' && list === 'enterprises'));

let t: Console;
let auditor: string;
beforeAll(async () => {
  t = await startConsole('2026-11-20');
  auditor = t.key('auditor');
});
afterAll(() => t.stop());

/** What a list says to somebody, or to the auditor who sees everything: the things' names, and the whole text. */
async function listed(list: string, key: string, cookie?: string) {
  const items: Record<string, string>[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path: string = `${list}?limit=500${cursor && `&cursor=${cursor}`}`;
    const { status, body } = await t.call('GET', path, cookie ? { cookie } : { key: auditor });
    if (status !== 200) return { status, names: [], text: '' };
    items.push(...body.items);
    cursor = body.nextCursor;
  }
  return { status: 200, names: items.map((item) => item[key]!), text: JSON.stringify(items) };
}

/** Every cell of a workbook as one text. */
async function textOf(bytes: ArrayBuffer | Buffer): Promise<string> {
  const book = new Excel.Workbook();
  await book.xlsx.load(bytes as never);
  return JSON.stringify(book.worksheets.map((sheet) => sheet.getSheetValues()));
}

/** 借据号 of loans that are somebody else's: no answer may hold one. */
async function foreignBills(own: string): Promise<string[]> {
  const bills = async (query: string): Promise<string[]> =>
    (await t.get(`loans?limit=500&${query}`, auditor)).body.items.map((loan: { dueBillNo: string }) => loan.dueBillNo);
  const mine = await bills(own);
  expect(mine.length).toBeGreaterThan(0);
  const others = (await bills('')).filter((bill) => !mine.includes(bill));
  expect(others.length).toBeGreaterThan(5);
  return others;
}

/** Some from the first to the last, where there are too many to try them all. */
const spread = (names: string[], most = 20): string[] =>
  names.filter((_, i) => i % Math.ceil(names.length / most) === 0);

const holds = (text: string, words: string[]) => words.filter((word) => text.includes(word));

describe.for(PEOPLE)('$role', ({ role, belongs, own }) => {
  test('finds no other’s thing in a list, an export, or by any address that somebody else has', async () => {
    const { cookie } = await t.userFor({ role, ...belongs });
    const foreign = await foreignBills(own);
    for (const [list, key] of listsOf(role)) {
      const all = await listed(list, key);
      const mine = await listed(list, key, cookie);
      expect(all.names).toEqual(expect.arrayContaining(mine.names));
      expect([list, holds(mine.text, foreign)]).toEqual([list, []]);
      const sheet = await t.call('GET', `${list}?format=xlsx`, { cookie });
      expect([list, sheet.status]).toEqual([list, mine.status]);
      if (sheet.status === 200) expect([list, holds(await textOf(sheet.body), foreign)]).toEqual([list, []]);
      for (const name of spread(all.names.filter((one) => !mine.names.includes(one)))) {
        const paths = list === 'documents' ? [name, `${name}/pdf`] : [name];
        for (const path of paths) {
          const { status } = await t.call('GET', `${list}/${path}`, { cookie });
          expect([list, path, status]).toEqual([list, path, mine.status === 403 ? 403 : 404]);
        }
      }
    }
  });

  test('comes by a link to another’s thing to a page that does not have it', async () => {
    const { page } = await t.openAs(role, belongs, '/account');
    const { cookie } = await t.userFor({ role, ...belongs });
    const foreign = await foreignBills(own);
    for (const [list, key, at] of listsOf(role)) {
      const mine = await listed(list, key, cookie);
      const other = (await listed(list, key)).names.find((name) => !mine.names.includes(name));
      if (!at || !other) continue;
      await page.goto(`/console${at}/${other}`);
      const nothing = page.getByText('没有找到').or(page.locator('.refused'));
      await nothing.first().waitFor();
      expect(holds(await page.locator('body').innerText(), foreign)).toEqual([]);
    }
  });
});

test('a bank’s export from the page holds its own loans and no other’s', async () => {
  const { page } = await t.openAs('bank', { institutionCode: 'ningxia-bank' }, '/loans');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 XLSX' }).click(),
  ]);
  const text = await textOf(await readFile(await download.path()));
  expect(text).toContain('NXBJJ202631529611');
  expect(holds(text, await foreignBills('bankCode=ningxia-bank'))).toEqual([]);
});
