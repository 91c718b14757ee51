import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/** Pictures of what was tested, kept out of the repository. */
export const PICTURES = fileURLToPath(new URL('../../dist/screenshots', import.meta.url));

declare global {
  /** requests of the page that are not answered yet */
  var pending: number;
  /** for how many frames there were none */
  var calm: number;
  /** tasks that kept the page from answering for more than 50 ms */
  var longTasks: PerformanceEntry[];
}

/** Counts, from its next load on, what a page asks for and how long it is busy. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(count);
}

/** Runs in the page before its own scripts. */
function count(): void {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries())).observe({ type: 'longtask' });
  globalThis.pending = 0;
  const real = globalThis.fetch;
  globalThis.fetch = async (...given) => {
    globalThis.pending += 1;
    try {
      return await real(...given);
    } finally {
      globalThis.pending -= 1;
    }
  };
}

/** Waits until a page has all that it asked for, for a few pictures in a row. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => {
    globalThis.calm = 0;
  });
  await page.waitForFunction(() => {
    const busy = globalThis.pending > 0 || document.querySelector('.ant-skeleton-active, .ant-spin-spinning');
    globalThis.calm = busy ? 0 : globalThis.calm + 1;
    return globalThis.calm > 4;
  });
}

/** Goes to another page of the console as back and forward do, without loading it anew. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((address) => {
    history.pushState(null, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
  }, `/console${path}`);
}

/** Drops a file where a page takes files. */
export async function drop(page: Page, file: { name: string; text: string }): Promise<void> {
  const dataTransfer = await page.evaluateHandle(({ name, text }) => {
    const held = new DataTransfer();
    held.items.add(new File([text], name));
    return held;
  }, file);
  await page
    .locator('.ant-upload-drag:not(.ant-upload-disabled) .ant-upload-btn')
    .dispatchEvent('drop', { dataTransfer });
}

/** Keeps a picture of a page under a name, for people to look at, where they ask for them (PICTURES=1): drawing them all takes long. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
}
