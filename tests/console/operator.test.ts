import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Console, logIn, type Opened, startConsole } from '../support/console.ts';
import { picture, settled } from '../support/console-page.ts';
import { PASSWORD } from '../support/logins.ts';

let t: Console;
let operator: Opened;
beforeAll(async () => {
  t = await startConsole('2026-01-05');
  operator = await t.openAs('operator');
});
afterAll(async () => {
  expect(operator.complaints).toEqual([]);
  await t.stop();
});

const NEW = 'yin-chuan-ping-yuan-2026';
const button = (on: Page | Locator, name: string | RegExp) => on.getByRole('button', { name });
/** Opens a page of the operator's. */
const at = async (path: string): Promise<Page> => {
  await operator.page.goto(`/console${path}`);
  await operator.page.locator('.frame main h1').first().waitFor();
  await settled(operator.page);
  return operator.page;
};
/** The link in the newest letter to an address. */
async function linkTo(email: string): Promise<string> {
  const newest = `SELECT data->>'text' AS text FROM pgboss.job WHERE name = 'send-mail' AND data->>'to' = $1 ORDER BY created_on DESC LIMIT 1`;
  const text = async () => (await t.pool.query(newest, [email])).rows[0]?.text;
  await expect.poll(text).toBeTruthy();
  return /http:\/\/localhost:8787(\/\S+)/.exec(await text())![1]!;
}
const choose = async (dialog: Locator, field: string, option: string) => {
  await dialog.getByRole('combobox', { name: field }).click();
  await dialog.page().locator('.ant-select-item-option', { hasText: option }).first().click();
};
const act = async (page: Page, row: Locator, name: string) => {
  await button(row, /办理/).click();
  await page.getByRole('menuitem', { name }).click();
};
const signIn = async (page: Page, username: string, password: string) => {
  await page.getByLabel('用户名或邮箱').fill(username);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await button(page, '登录').click();
};

describe('a member of staff', () => {
  const email = 'caiwu.bing@example.com';
  let totp: TOTP;

  test('is invited, sets a password by the link, and enrols the 动态口令 before anything else', async () => {
    const page = await at('/users');
    await button(page, '邀请用户').click();
    const dialog = page.getByRole('dialog', { name: '邀请用户' });
    await dialog.getByLabel('姓名').fill('财务丙');
    await dialog.getByLabel('用户名').fill('caiwu.bing');
    await dialog.getByLabel('邮箱').fill(email);
    await choose(dialog, '角色', '财务');
    await picture(page, 'operator-invite');
    await button(dialog, '发出邀请').click();
    await page.getByRole('row', { name: /财务丙.*待接受/ }).waitFor();

    const { page: own, complaints } = await t.window();
    await own.goto(await linkTo(email));
    await own.getByText('财务丙').waitFor();
    await own.getByLabel('新密码').fill(PASSWORD);
    await own.getByLabel('再次输入').fill(PASSWORD);
    await button(own, '启用账号').click();
    await own.getByRole('heading', { name: '账号已启用' }).waitFor();
    await own.goto('/console/');
    await signIn(own, 'caiwu.bing', PASSWORD);
    await own.getByLabel('先确认登录密码').fill(PASSWORD);
    await button(own, '下一步').click();
    const secret = await own.locator('.ant-typography code').first().innerText();
    totp = new TOTP({ secret: Secret.fromBase32(secret) });
    await picture(own, 'operator-enrol');
    await own.getByLabel('3. 输入应用上显示的六位数字').fill(totp.generate());
    await button(own, '完成').click();
    await own.getByRole('heading', { name: '财务丙，您好' }).waitFor();
    expect(complaints).toEqual([]);
    await own.context().close();
    await at('/users?q=caiwu.bing');
    await page.getByRole('row', { name: /财务丙.*已启用/ }).waitFor();
  });

  test('who guesses wrong five times is locked out, seen on the first page, and let in again by the operator', async () => {
    const { page: own } = await t.window();
    await own.goto('/console/');
    for (let i = 0; i < 4; i++) {
      await signIn(own, 'caiwu.bing', `wrong-password-${i}`);
      await own.getByText('用户名或密码不正确').waitFor();
    }
    await signIn(own, 'caiwu.bing', 'wrong-password-5');
    await own.getByText('已锁定 15 分钟').waitFor();
    await picture(own, 'operator-locked');
    const page = await at('/');
    await page.getByRole('link', { name: '被锁定的用户' }).click();
    const row = page.getByRole('row', { name: /财务丙.*已锁定/ });
    await row.waitFor();
    await act(page, row, '解除锁定');
    await page.getByText('已解除锁定').waitFor();
    await signIn(own, 'caiwu.bing', PASSWORD);
    await own.getByLabel('动态口令').fill(totp.generate({ timestamp: Date.now() + 30_000 }));
    await button(own, '验证').click();
    await own.getByRole('heading', { name: '财务丙，您好' }).waitFor();

    // Sessions ended and the login disabled: out at once; enabled again: in again.
    await at('/users?q=caiwu.bing');
    const him = page.getByRole('row', { name: /财务丙/ });
    await act(page, him, '结束全部登录');
    await page.getByText('已结束其全部登录').waitFor();
    await own.getByRole('link', { name: '结算', exact: true }).click();
    await own.getByRole('dialog', { name: '登录已失效，请重新登录' }).waitFor();
    await act(page, him, '停用');
    await button(page.getByRole('dialog', { name: '停用「财务丙」？' }), /确 ?定/).click();
    await page.getByRole('row', { name: /财务丙.*已停用/ }).waitFor();
    await own.goto('/console/');
    await signIn(own, 'caiwu.bing', PASSWORD);
    await own
      .getByText(/停用|不正确/)
      .first()
      .waitFor();
    await act(page, him, '恢复');
    await page.getByRole('row', { name: /财务丙.*正常/ }).waitFor();
    await own.context().close();
  });

  test('who forgot the password asks for a link, which works once; the 动态口令 is asked for as before', async () => {
    const user = await t.userFor({ role: 'finance', name: '忘了密码' });
    const { page, complaints } = await t.window();
    await page.goto('/console/');
    await page.getByRole('link', { name: '忘记密码' }).click();
    await page.getByLabel('登记的邮箱').fill(user.email);
    await page.locator('button[type=submit]').click();
    await page.getByRole('heading', { name: '请查收邮件' }).waitFor();
    const link = await linkTo(user.email);
    await page.goto(link);
    await page.getByLabel('新密码').fill(NEW);
    await page.getByLabel('再次输入').fill(NEW);
    await page.locator('button[type=submit]').click();
    await page.getByRole('heading', { name: '密码已重设' }).waitFor();
    await logIn(page, { ...user, password: NEW });
    await page.getByRole('heading', { name: '忘了密码，您好' }).waitFor();
    const again = await t.window();
    await again.page.goto(link);
    await again.page.getByLabel('新密码').fill(NEW);
    await again.page.getByLabel('再次输入').fill(NEW);
    await again.page.locator('button[type=submit]').click();
    await again.page.getByText('链接无效、已用过或已过期').waitFor();
    expect(complaints).toEqual([]);
    for (const { page: done } of [{ page }, again]) await done.context().close();
  });
});

describe('keys', () => {
  test('of a bank’s system is shown once, works, and is refused once revoked', async () => {
    const page = await at('/keys');
    await button(page, '签发密钥').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('名称').fill('石嘴山银行信贷系统');
    await choose(dialog, '机构', '石嘴山银行');
    await dialog.getByRole('checkbox', { name: /只接受签名/ }).uncheck();
    await picture(page, 'operator-key');
    await dialog.locator('button[type=submit]').click();
    const key = await dialog.locator('code.hash').innerText();
    expect((await t.get('me', key)).body).toMatchObject({ name: '石嘴山银行信贷系统', role: 'bank' });
    await button(dialog, '已保存，关闭').click();
    await page.getByText(key).waitFor({ state: 'detached' });
    const row = page.getByRole('row', { name: /石嘴山银行信贷系统.*有效/ });
    await button(row, '撤销').click();
    await button(page.getByRole('dialog', { name: '撤销「石嘴山银行信贷系统」？' }), /确 ?定/).click();
    await page.getByRole('row', { name: /石嘴山银行信贷系统.*\d 撤销/ }).waitFor();
    expect((await t.get('me', key)).status).toBe(401);
    // Keys that approve are not offered here.
    await button(page, '签发密钥').click();
    await dialog.getByRole('combobox', { name: '角色' }).click();
    expect(await page.locator('.ant-select-item-option').allInnerTexts()).toEqual(
      expect.not.arrayContaining(['财务', '系统管理员', '自治区审核员']),
    );
  });

  test('of one’s own is issued with the 动态口令 on 我的账号 and acts as oneself', async () => {
    const { page, user, complaints } = await t.openAs('finance', {}, '/account');
    await button(page, '签发密钥').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('名称').fill('每日取数');
    await dialog.getByRole('checkbox', { name: /只接受签名/ }).uncheck();
    await dialog.getByLabel('动态口令').fill('000000');
    await dialog.locator('button[type=submit]').click();
    await dialog.getByText('动态口令不正确').first().waitFor();
    await dialog.getByLabel('动态口令').fill(user.code());
    await picture(page, 'own-key');
    await dialog.locator('button[type=submit]').click();
    const key = await dialog.locator('code.hash').innerText();
    expect((await t.get('me', key)).body).toMatchObject({ id: user.id, role: 'finance' });
    await button(dialog, '已保存，关闭').click();
    const row = page.getByRole('row', { name: /每日取数.*有效/ });
    await picture(page, 'account-keys');
    await button(row, '撤销').click();
    await button(page.getByRole('dialog', { name: '撤销「每日取数」？' }), /确 ?定/).click();
    await page.getByRole('row', { name: /每日取数.*\d 撤销/ }).waitFor();
    expect((await t.get('me', key)).status).toBe(401);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe('what runs by itself', () => {
  test('a job that failed for good tells why and is tried again; one that waits can be cancelled', async () => {
    const failing = (await t.boss.send('render-document', { id: randomUUID() }, { retryLimit: 0 }))!;
    await expect
      .poll(async () => (await t.pool.query('SELECT state FROM pgboss.job WHERE id = $1', [failing])).rows[0].state)
      .toBe('failed');
    const later = new Date(Date.now() + 3_600_000);
    await t.boss.send('settle', { poolCode: 'pingluo' }, { startAfter: later });
    const page = await at('/');
    await page.getByRole('link', { name: '失败的任务' }).click();
    const row = page.getByRole('row', { name: /生成单据 PDF.*失败/ });
    await row.waitFor();
    expect(await row.locator('.error-text').innerText()).not.toBe('');
    await picture(page, 'operator-jobs');
    await button(row, '重试').click();
    await page.getByText('已重新排队').waitFor();
    await at('/jobs?state=created');
    await button(page.getByRole('row', { name: /结算/ }), /取 ?消/).click();
    await button(page.getByRole('dialog', { name: '取消这个任务？' }), '取消任务').click();
    await page.getByText('已取消').first().waitFor();
    // The worker said so in the log, too; nothing else did.
    expect(t.log.errors).toEqual(t.log.errors.filter((e) => (e as { queue?: string }).queue === 'render-document'));
    t.log.errors.length = 0;
  });
});

describe('calendars', () => {
  test('a month’s LPR and a year’s holidays are entered with their source; what cannot be is told at the field', async () => {
    const page = await at('/calendars');
    await button(page, '录入 LPR').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('一年期（%）').fill('三点一');
    await dialog.locator('button[type=submit]').click();
    await dialog.getByText('应为百分数，如 3.10').first().waitFor();
    const day = async (field: string, text: string) => {
      await dialog.getByLabel(field).fill(text);
      await dialog.getByLabel(field).press('Tab');
    };
    await day('月份', '2026-12');
    await day('公布日期', '2027-01-20');
    await dialog.getByLabel('一年期（%）').fill('3.00');
    await dialog.getByLabel('五年期以上（%）').fill('3.50');
    await dialog.getByLabel('出处').fill('全国银行间同业拆借中心公告');
    await dialog.locator('button[type=submit]').click();
    await dialog.getByText('公布日 2027-01-20 不在 2026-12 内').first().waitFor();
    await day('公布日期', '2026-12-21');
    await picture(page, 'operator-lpr');
    await dialog.locator('button[type=submit]').click();
    await page.getByRole('row', { name: /2026-12 2026-12-21 3.00 3.50 示例参数/ }).waitFor();

    await page.getByRole('tab', { name: '节假日安排' }).click();
    await button(page, '录入节假日安排').click();
    const form = page.getByRole('dialog');
    await form.getByLabel('年度').fill('2028');
    await form.getByLabel('放假日期').fill('2028-02-30');
    await form.getByLabel('放假日期').blur();
    await form.locator('.ant-form-item-explain-error').first().waitFor();
    await form.getByLabel('放假日期').fill('2028-01-01、2028-01-03');
    await form.getByLabel('调休上班日期').fill('2028-01-08');
    await form.getByLabel('出处').fill('国务院办公厅通知');
    await picture(page, 'operator-holidays');
    await form.locator('button[type=submit]').click();
    await page.getByRole('row', { name: /2028 01-01.*01-03 01-08 国务院办公厅通知/ }).waitFor();
  });
});
