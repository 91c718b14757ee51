import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Console, startConsole } from '../support/console.ts';
import { settled } from '../support/console-page.ts';
import type { TestUser } from '../support/logins.ts';

let t: Console;
beforeAll(async () => {
  t = await startConsole('2026-02-10');
});
afterAll(() => t.stop());

/** Types a contract's number, loses the session, and logs in above the page as somebody. @returns what the field holds then */
async function typedAndBackAs(somebody?: Pick<TestUser, 'username' | 'password'>): Promise<string> {
  const bank = { institutionCode: 'shizuishan-bank' };
  const { page, user } = await t.openAs('bank', bank, '/filings/new');
  const number = page.getByLabel('借款合同号');
  await number.waitFor();
  await t.pool.query('DELETE FROM login_session WHERE user_id = $1', [user.id]);
  await number.fill('HT-0001');
  const dialog = page.getByRole('dialog', { name: '登录已失效，请重新登录' });
  const { username, password } = somebody ?? user;
  await dialog.getByLabel('用户名或邮箱').fill(username);
  await dialog.getByLabel('密码', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: '登录', exact: true }).click();
  if (!somebody) {
    await dialog.getByLabel('动态口令').fill(user.code());
    await dialog.getByRole('button', { name: '验证' }).click();
  }
  await dialog.waitFor({ state: 'hidden' });
  await settled(page);
  const held = await number.inputValue();
  await page.context().close();
  return held;
}

test('what is typed is kept when one turns away, when one is back in, and when one logs out', async () => {
  const { page, user } = await t.openAs('bank', { institutionCode: 'shizuishan-bank' }, '/filings/new');
  const number = page.getByLabel('借款合同号');
  const kept = async () =>
    (await t.pool.query(`SELECT body ->> 'contractNo' AS number FROM draft WHERE actor = $1`, [user.id])).rows[0]
      ?.number;
  // The pause after which it is kept anyhow never comes: only turning away keeps it.
  await page.addInitScript(() => {
    const later = window.setTimeout;
    window.setTimeout = ((act: () => void, ms?: number) => (ms === 800 ? 0 : later(act, ms))) as typeof setTimeout;
  });
  await page.reload();
  await number.waitFor();
  await number.fill('HT-0001');
  expect(await kept()).toBeUndefined();
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect.poll(kept).toBe('HT-0001');
  await t.pool.query('DELETE FROM login_session WHERE user_id = $1', [user.id]);
  await number.fill('HT-0002');
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  const dialog = page.getByRole('dialog', { name: '登录已失效，请重新登录' });
  await dialog.getByLabel('用户名或邮箱').fill(user.username);
  await dialog.getByLabel('密码', { exact: true }).fill(user.password);
  await dialog.getByRole('button', { name: '登录', exact: true }).click();
  await dialog.getByLabel('动态口令').fill(user.code());
  await dialog.getByRole('button', { name: '验证' }).click();
  await expect.poll(kept).toBe('HT-0002');
  await dialog.waitFor({ state: 'hidden' });
  await number.fill('HT-0003');
  await page.getByRole('button', { name: user.username }).or(page.getByText('测试员').first()).first().click();
  await page.getByText('退出登录').click();
  await page.getByLabel('用户名或邮箱').waitFor();
  expect(await kept()).toBe('HT-0003');
  await page.context().close();
});

test('whoever comes back finds what they typed, and nobody else does', async () => {
  const other = await t.userFor({ role: 'bank', institutionCode: 'ningxia-bank', secondFactor: false });
  expect(await typedAndBackAs()).toBe('HT-0001');
  expect(await typedAndBackAs(other)).toBe('');
});
