import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/access/roles.ts';
import { mayOpen, PAGES, permissionsOf } from '../../src/console/frame/pages.ts';
import { type Belongs, type Console, picture, startConsole } from '../support/console.ts';

const BELONGS: Partial<Record<Role, Belongs>> = {
  bank: { institutionCode: 'shizuishan-bank' },
  countyReviewer: { institutionCode: 'pingluo-st' },
  regionalReviewer: { institutionCode: 'ningxia-st' },
  enterprise: { enterpriseUscc: '91640221MA9006026Y' },
};

/** Pages of one thing, with one of the demonstration that everybody who may open the page may see. */
const ONE: Record<string, string> = {};

let t: Console;
beforeAll(async () => {
  t = await startConsole('2026-11-20');
});
afterAll(() => t.stop());

describe.each(Object.keys(ROLES) as Role[])('pages for %s', (role) => {
  test('every page of the table opens or says whom it is for, without a complaint of the browser', async () => {
    const { page, complaints } = await t.openAs(role, BELONGS[role]);
    const me = { role, permissions: permissionsOf(role) };
    const seen: Record<string, string> = {};
    for (const entry of PAGES) {
      const path = ONE[entry.path] ?? entry.path;
      if (path.includes(':')) continue;
      await page.goto(`${t.url}/console${path}`);
      const opened = page.locator('main#main h1');
      const refused = page.locator('.refused');
      await opened.or(refused).first().waitFor();
      const allowed = await opened.isVisible();
      if (allowed !== mayOpen(me, entry)) seen[path] = allowed ? 'opened' : 'refused';
      if (allowed) await page.waitForLoadState('networkidle');
      if (allowed) await picture(page, `${role}${path.replaceAll(/[/:?=&]/g, '-')}`);
    }
    expect(seen).toEqual({});
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
