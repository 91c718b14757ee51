import { createServer } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Console, logIn, startConsole } from '../support/console.ts';
import { picture } from '../support/console-page.ts';

const BANK = { institutionCode: 'ningxia-bank' };

let t: Console;
beforeAll(async () => {
  t = await startConsole('2026-11-20');
});
afterAll(() => t.stop());

const field = (page: Page, name: string) => page.getByRole('textbox', { name });
/** Waits until what was typed is kept on the server. */
const kept = (page: Page) =>
  page.waitForResponse((answer) => answer.url().includes('/drafts/filing') && answer.request().method() === 'PUT');

describe('a session that ends', () => {
  test('while a form is filled asks for the login above the page, and nothing typed is lost', async () => {
    const { page, user } = await t.openAs('bank', BANK, '/filings/new');
    await field(page, '借款合同号').fill('HT-停在这里');
    await t.db.session.deleteMany({ where: { userId: user.id } });
    await field(page, '借据号').fill('JJ-没有丢');
    const dialog = page.getByRole('dialog', { name: '登录已失效，请重新登录' });
    await dialog.getByLabel('用户名或邮箱').fill(user.username);
    await dialog.getByLabel('密码').fill(user.password);
    await dialog.getByRole('button', { name: '登录', exact: true }).click();
    await dialog.getByLabel('动态口令').fill(user.code());
    await dialog.getByRole('button', { name: '验证' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await field(page, '借款合同号').inputValue()).toBe('HT-停在这里');
    expect(await field(page, '借据号').inputValue()).toBe('JJ-没有丢');
    const saved = kept(page);
    await field(page, '年利率').fill('3.45');
    expect((await saved).status()).toBe(200);
  });

  test('leaves a draft that is there again in another browser', async () => {
    const { page, user } = await t.openAs('bank', BANK, '/filings/new');
    const saved = kept(page);
    await field(page, '借款合同号').fill('HT-隔日再填');
    await saved;
    await page.context().close();
    const later = await t.window();
    await logIn(later.page, user, '/filings/new');
    await later.page.getByText('已恢复上次未报送的内容').waitFor();
    expect(await field(later.page, '借款合同号').inputValue()).toBe('HT-隔日再填');
  });

  test('by logging out is over for back and forward too', async () => {
    const { page, user } = await t.openAs('bank', BANK, '/loans');
    await page.getByRole('link', { name: '备案', exact: true }).click();
    await page.getByRole('button', { name: '测试员' }).click();
    await page.getByText('退出登录').click();
    await page.getByLabel('用户名或邮箱').waitFor();
    await page.goBack();
    await page.getByLabel('用户名或邮箱').waitFor();
    expect(await page.locator('body').innerText()).not.toContain('借据号');
    expect((await t.call('GET', 'loans', { cookie: user.cookie })).status).toBe(401);
  });
});

describe('another site', () => {
  test('cannot make somebody’s browser do anything here', async () => {
    const { page, user } = await t.openAs('bank', BANK, '/filings/new');
    const { cookie } = user;
    const before = (await t.call('GET', 'loan-filings', { cookie })).body.total;
    const form = `<form method="post" enctype="text/plain" action="${t.url}/api/v1/loan-filings/23/withdraw">
        <input name='{"a":"' value='"}'></form><p>别处的网页</p>
      <form id="out" method="post" action="${t.url}/api/auth/sign-out"></form>`;
    const elsewhere = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(form));
    await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done));
    const { port } = elsewhere.address() as { port: number };
    for (const which of [0, 1]) {
      await page.goto(`http://localhost:${port}/`);
      await Promise.all([page.waitForNavigation(), page.evaluate((index) => document.forms[index]!.submit(), which)]);
    }
    // A cookie that came along would be refused for the origin; one that stayed behind leaves nobody logged in.
    const scripted = await page.goto(`http://localhost:${port}/`).then(() =>
      page.evaluate(
        (url) =>
          fetch(`${url}/api/v1/drafts/filing`, {
            method: 'PUT',
            credentials: 'include',
            headers: { 'content-type': 'application/json' },
            body: '{"body":{"contractNo":"别处写的"}}',
          }).then(
            () => 'answered',
            () => 'refused',
          ),
        t.url,
      ),
    );
    expect(scripted).toBe('refused');
    expect((await t.call('GET', 'loan-filings', { cookie })).body.total).toBe(before);
    expect((await t.call('GET', 'drafts', { cookie })).body.items).toEqual([]);
    elsewhere.close();
  });
});

describe('the keyboard alone', () => {
  /** Presses Tab until something of that name has the focus. */
  async function tabTo(page: Page, role: 'textbox' | 'combobox' | 'button' | 'radio' | 'link', name: string) {
    const wanted = page.getByRole(role, { name: new RegExp(`^(\\* )?${name}$`) }).and(page.locator(':focus'));
    for (let step = 0; step < 120; step++) {
      if ((await wanted.count()) > 0) return;
      await page.keyboard.press('Tab');
    }
    await picture(page, 'failed-keyboard');
    throw new Error(`Tab does not come to ${role} ${name}`);
  }

  test('files a loan, from the login to the accepted filing', async () => {
    const user = await t.userFor({ role: 'bank', ...BANK, secondFactor: false });
    const { page, complaints } = await t.window();
    const { keyboard } = page;
    const type = async (name: string, text: string) => {
      await tabTo(page, 'textbox', name);
      await keyboard.type(text);
    };
    const choose = async (name: string, option: string) => {
      await tabTo(page, 'combobox', name);
      await keyboard.press('ArrowDown');
      const active = page.locator('.ant-select-dropdown:visible .ant-select-item-option-active');
      for (let step = 0; step < 12 && (await active.innerText()) !== option; step++) await keyboard.press('ArrowDown');
      await keyboard.press('Enter');
    };

    await page.goto('/console/');
    await page.getByLabel('用户名或邮箱').waitFor();
    await type('用户名或邮箱', user.username);
    await type('密码', user.password);
    await keyboard.press('Enter');
    await page.locator('.frame main h1').waitFor();
    await tabTo(page, 'link', '报送备案');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: '借款企业与合同' }).waitFor();

    await tabTo(page, 'combobox', '企业统一社会信用代码');
    await keyboard.type('91640105MA0622885F');
    await type('借款合同号', 'HT-KEY-1');
    await type('借据号', 'JJ-KEY-1');
    await tabTo(page, 'radio', '是');
    await keyboard.press('ArrowRight');
    await type('贷款金额', '30万');
    await type('备案金额', '300000');
    await type('年利率', '3.45');
    await type('放款日期', '20261116');
    await keyboard.press('Enter');
    await type('到期日期', '20271115');
    await keyboard.press('Enter');
    await choose('计息基础', '实际/360');
    await choose('还款方式', '按月付息到期还本');
    await choose('担保方式', '信用');
    await choose('资金用途', '研发投入');
    await tabTo(page, 'button', '报送');
    await keyboard.press('Enter');
    await page.locator('.sentence').filter({ hasText: '2026-11-20 报送' }).waitFor();
    expect(await page.locator('main h1').innerText()).toBe('备案 JJ-KEY-1');
    expect(complaints).toEqual([]);
  });
});
