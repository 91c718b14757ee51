import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Console, startConsole } from '../support/console.ts';
import { go, settled } from '../support/console-page.ts';

let t: Console;
beforeAll(async () => {
  t = await startConsole('2026-02-10');
});
afterAll(() => t.stop());

test('a list asked another question by a link begins at its first page', async () => {
  const { page, complaints } = await t.openAs(
    'regionalReviewer',
    { institutionCode: 'ningxia-st' },
    '/institutions?size=3',
  );
  const pager = page.locator('.pager');
  await pager.getByText('第 1–3 条').waitFor();
  await pager.getByRole('button', { name: '下一页' }).click();
  await pager.getByText('第 4–6 条').waitFor();
  await go(page, '/institutions?size=3&sort=-name');
  await settled(page);
  expect(await pager.innerText()).toContain('第 1–3 条');
  await pager.getByRole('button', { name: '下一页' }).click();
  await pager.getByText('第 4–6 条').waitFor();
  await pager.getByRole('button', { name: '上一页' }).click();
  await pager.getByText('第 1–3 条').waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});
