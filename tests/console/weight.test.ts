import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILT, type Console, startConsole } from '../support/console.ts';
import { drop, go, settled } from '../support/console-page.ts';
import { largeFile } from './things.ts';

let t: Console;
beforeAll(async () => {
  t = await startConsole('2026-11-20');
});
afterAll(() => t.stop());

/** The scripts of the build that draw charts. */
const CHARTS = readdirSync(`${BUILT}/assets`)
  .filter((name) => name.endsWith('.js') && readFileSync(`${BUILT}/assets/${name}`, 'utf8').includes('echarts'))
  .map((name) => `/console/assets/${name}`);

/** What a window fetches from now on: bytes of script as they come over the wire, and the scripts that draw charts. */
async function fetched(page: Page) {
  const found = { scriptBytes: 0, charts: [] as string[] };
  const paths = new Map<string, string>();
  const network = await page.context().newCDPSession(page);
  network.on('Network.responseReceived', ({ requestId, response, type }) => {
    if (type === 'Script' || response.mimeType === 'text/javascript')
      paths.set(requestId, new URL(response.url).pathname);
  });
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId);
    if (path === undefined) return;
    found.scriptBytes += encodedDataLength;
    if (CHARTS.includes(path)) found.charts.push(path);
  });
  await network.send('Network.enable');
  return found;
}

describe('what is fetched', () => {
  test('before the login is at most 300 KB of script, and none of it draws charts', async () => {
    const { page, complaints } = await t.window();
    const found = await fetched(page);
    await page.goto('/console/');
    await page.getByLabel('密码').waitFor();
    await settled(page);
    expect(CHARTS.length).toBeGreaterThan(0);
    expect(found.scriptBytes).toBeGreaterThan(50_000);
    expect(found.scriptBytes).toBeLessThanOrEqual(300_000);
    expect(found.charts).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('holds chart code only from the first page with a chart on', async () => {
    const { page, complaints } = await t.openAs('finance', {}, '/account');
    const found = await fetched(page);
    for (const path of ['/', '/loans', '/filings', '/settlements', '/ledger']) {
      await page.goto(`/console${path}`);
      await page.locator('main h1').waitFor();
      await settled(page);
    }
    expect(found.charts).toEqual([]);
    await go(page, '/pools/yinchuan');
    await page.locator('canvas').first().waitFor();
    expect(new Set(found.charts)).toEqual(new Set(CHARTS));
    expect(complaints).toEqual([]);
  });
});

test('a file of 10,000 filings goes up with its progress told, while the page does other things', async () => {
  const { page, complaints } = await t.openAs('bank', { institutionCode: 'ningxia-bank' }, '/imports/new');
  await page.evaluate(() => {
    const said: string[] = [];
    const acted: boolean[] = [];
    Object.assign(window, { said, acted });
    const listen = () =>
      said.push(...[...document.querySelectorAll('[aria-live]')].map((one) => one.textContent ?? ''));
    new MutationObserver(listen).observe(document.body, { subtree: true, childList: true, characterData: true });
    document.addEventListener('click', () => acted.push(document.querySelector('[role=status]') !== null));
  });
  await drop(page, { name: '一万笔.csv', text: largeFile(10_000) });
  await page.locator('[role=status]').waitFor();
  await page.getByText('万元', { exact: true }).click();
  const ended = page.locator('.sentence').filter({ hasText: '读取 10000 行' });
  await ended.waitFor({ timeout: 180_000 });
  const { said, acted } = await page.evaluate(() => {
    const { said, acted } = window as unknown as { said: string[]; acted: boolean[] };
    return { said, acted };
  });
  expect(said.some((text) => /[1-9]\d* \/ 10000/.test(text))).toBe(true);
  expect(acted[0]).toBe(true);
  expect(await page.getByRole('radio', { name: '万元' }).isChecked()).toBe(true);
  expect(complaints).toEqual([]);
});
