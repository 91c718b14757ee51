import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/access/roles.ts';
import { mayOpen, PAGES, permissionsOf } from '../../src/console/frame/pages.ts';
import { type Belongs, type Console, startConsole } from '../support/console.ts';
import { go, picture, settled } from '../support/console-page.ts';
import { returnedClaim } from './claim-things.ts';
import { reconciledThings } from './reconciliation-things.ts';
import { subsidyDeskThings } from './subsidy-desk-things.ts';
import { draftedSubsidy } from './subsidy-things.ts';
import { filingFor, insured, pastWarning } from './things.ts';

/** One enterprise with a loan, its bank and its county: what all of them may see. */
const USCC = '91640105MA3837849B';
const BANK = 'ningxia-bank';
const INSURER = 'example-insurer';
const BELONGS: Partial<Record<Role, Belongs>> = {
  bank: { institutionCode: BANK },
  countyReviewer: { institutionCode: 'yinchuan-st' },
  regionalReviewer: { institutionCode: 'ningxia-st' },
  enterprise: { enterpriseUscc: USCC },
  guarantor: { institutionCode: INSURER },
};

let t: Console;
/** Pages of one thing, with one of the demonstration that everybody who may open the page may see. */
let one: Record<string, string>;
beforeAll(async () => {
  t = await startConsole('2026-11-20');
  const bank = t.key('bank', BANK);
  const first = async (list: string) => (await t.get(list, bank)).body.items[0].id;
  const waiting = await t.post('loan-filings', filingFor('91640105MA0622885F', 'yinchuan'), bank);
  expect(waiting.status).toBe(201);
  const { id: loan } = (await t.get(`loans?enterpriseUscc=${USCC}`, bank)).body.items[0];
  const guarantee = await insured(t, loan, INSURER, bank);
  const own = await t.userFor({ role: 'enterprise', enterpriseUscc: USCC });
  const subsidy = (await t.call('GET', 'subsidy-applications', { cookie: own.cookie })).body.items[0].id;
  // Sent back, so that its bank may change it and the others see it. Last: the months up to that later day may be settled meanwhile.
  const claim = await returnedClaim(t, BANK, 'yinchuan-st', 'NXBJJ202677554518');
  one = {
    '/reviews/:id': `/reviews/${waiting.body.id}`,
    '/enterprises/:uscc': `/enterprises/${USCC}`,
    '/policies/:clauseId': '/policies/ningkedai-2025.leverage',
    '/institutions/:code': `/institutions/${BANK}`,
    '/filings/:id': `/filings/${loan}`,
    '/imports/:id': `/imports/${await first('imports?kind=loanFilings')}`,
    '/loans/:id': `/loans/${loan}`,
    '/guarantees/:id': `/guarantees/${guarantee}`,
    '/claims/:id': `/claims/${claim}`,
    '/claims/:id/edit': `/claims/${claim}/edit`,
    '/my/subsidies/:id': `/my/subsidies/${subsidy}`,
    '/my/subsidies/:id/edit': `/my/subsidies/${await draftedSubsidy(t, USCC, own.cookie)}/edit?step=check`,
    '/suspensions/:id': `/suspensions/${await pastWarning(t)}`,
    '/reports/:id': `/reports/${await first('balance-reports')}`,
    '/pools/:code': '/pools/yinchuan',
    '/pools/:code/contributions/new': '/pools/yinchuan/contributions/new',
    '/settlements/:id': `/settlements/${await first('settlements?poolCode=yinchuan')}`,
    '/ledger/:book/:reference': '/ledger/yinchuan/contribution:1',
    ...(await reconciledThings(t)),
    ...(await subsidyDeskThings(t)),
  };
});
afterAll(() => t.stop());

/** Waits until a page has said its name and shown everything. */
async function opened(page: Page, path: string): Promise<void> {
  const title = page.waitForFunction(() => document.title !== '');
  await title
    .then(() => settled(page))
    .catch(async () => {
      throw new Error(`${path} did not open: ${await page.locator('body').innerText()}`);
    });
}

/** What axe finds wrong enough to keep somebody from using a page; the frame around it is looked at once. */
async function barriers(page: Page, whole: boolean): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (whole ? axe : axe.include('main')).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}

/** The first page is each role's own; any other looks the same to whoever opens it, and is pictured and examined for the first of them. */
const looked = new Set<string>();
const lookAt = (path: string): boolean => path === '/' || (!looked.has(path) && Boolean(looked.add(path)));

describe.concurrent.for(Object.keys(ROLES) as Role[])('pages for %s', (role) => {
  test('every page of the table opens, without a complaint of the browser and without a barrier, or says whom it is for', async () => {
    const { page, complaints } = await t.openAs(role, BELONGS[role], '/account');
    const me = { role, permissions: permissionsOf(role) };
    const wrong: Record<string, string[]> = {};
    for (const entry of PAGES) {
      const path = one[entry.path] ?? entry.path;
      await page.evaluate(() => {
        document.title = '';
      });
      await go(page, path);
      if (mayOpen(me, entry)) {
        await opened(page, path);
        if (!lookAt(entry.path)) continue;
        await picture(page, `${role}${path.replaceAll(/\W+/g, '-')}`);
        const found = await barriers(page, entry.path === '/');
        if (found.length > 0) wrong[entry.path] = found;
      } else await page.getByText(`「${ROLES[role]}」不能打开「${entry.title}」`).waitFor();
    }
    expect(wrong).toEqual({});
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
