import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Console, type Opened, startConsole } from '../support/console.ts';
import { drop, picture, settled } from '../support/console-page.ts';
import { AFTER_OCTOBER, statement, TO_OCTOBER } from './reconciliation-things.ts';

let t: Console;
let first: Opened;
let second: Opened;
beforeAll(async () => {
  t = await startConsole('2026-11-20');
  const paid = async (contributor: string, amount: string, receivedOn: string, receiptNo: string) => {
    const made = await t.post(
      'pools/yinchuan/contributions',
      { contributor, amount, receivedOn, receiptNo },
      t.key('finance'),
    );
    expect(made.status).toBe(201);
  };
  await paid('yinchuan-st', '500000.00', '2026-11-03', '202611000001');
  await paid('yinchuan-st', '66000.00', '2026-11-09', 'YC-2');
  await paid('yinchuan-st', '300000.00', '2026-11-10', 'YC-3');
  first = await t.openAs('finance', {}, '/bank-statements');
  second = await t.openAs('finance');
}, 120_000);
afterAll(() => t.stop());

/** One contribution by its number, one by its amount alone, one in two parts; and a fee that the books have not. */
const NOVEMBER = statement('2026-11-01', '2026-11-19', AFTER_OCTOBER, [
  ['2026-11-03', 50_000_000, '银川市科学技术局', '出资', '202611000001'],
  ['2026-11-09', 6_600_000, '银川市财政局国库支付中心', '拨款', '202611000002'],
  ['2026-11-10', 18_000_000, '银川市财政局', '拨款一', '202611000003'],
  ['2026-11-11', 12_000_000, '银川市财政局', '拨款二', '202611000004'],
  ['2026-11-13', -5_000, '', '网银服务费', '202611000005'],
]);
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const card = (page: Page, file: string) => page.locator('.reading', { hasText: file });
const list = (page: Page, label: string) => page.getByRole('region', { name: label });

/** Goes down a list by keyboard to the row with an amount, and marks it. */
async function mark(page: Page, amount: string): Promise<void> {
  const here = page.locator('.virtual-row.current');
  for (let i = 0; i < 20 && !(await here.innerText()).includes(amount); i++) await page.keyboard.press('j');
  expect(await here.innerText()).toContain(amount);
  await page.keyboard.press('x');
}

test('files are dropped and read; one that does not add up shows the row where it breaks, and nothing of it comes in', async () => {
  const { page } = first;
  await drop(page, { name: '十月止.csv', text: TO_OCTOBER });
  await card(page, '十月止').getByText('新增 3 笔').waitFor();
  await drop(page, { name: '坏的.csv', text: NOVEMBER.replace('180000.00,', '190000.00,') });
  const broken = card(page, '坏的');
  await broken.getByText('未导入', { exact: true }).waitFor();
  expect(await broken.locator('.broken code').innerText()).toContain('2026-11-10,190000.00');
  await drop(page, { name: '陌生的.csv', text: NOVEMBER.replace('交易金额', '进出').replace('对方户名', '往来') });
  const strange = card(page, '陌生的');
  await strange.getByText('列名未识别').waitFor();
  for (const [heading, column] of [
    ['进出', '交易金额'],
    ['往来', '对方名称'],
  ]) {
    await strange.getByLabel(`「${heading}」对应为`).fill(column!);
    await page.locator('.ant-select-item-option:visible', { hasText: column }).click();
  }
  await strange.getByLabel('格式名称').fill('宁夏银行企业网银');
  await strange.getByRole('button', { name: '按此读取' }).click();
  await strange.getByText('新增 5 笔').waitFor();
  await settled(page);
  await picture(page, 'reconciliation-dropped');
  expect((await t.get('bank-statements?poolCode=yinchuan', t.key('finance'))).body.total).toBe(2);
});

test('what is sure is folded to a count; the rest is accepted and matched by keyboard, the sums of both sides seen before', async () => {
  const { page } = first;
  await card(page, '陌生的').getByRole('button', { name: '核对 2026-11' }).click();
  await page.getByText('本月已核对').waitFor();
  await settled(page);
  expect(await page.locator('.matched').innerText()).toContain('流水号 1');
  await page.keyboard.press('Enter');
  await page.locator('.matched', { hasText: '人工核对 1' }).waitFor();
  await mark(page, '180,000.00');
  await mark(page, '120,000.00');
  await page.getByLabel('已标记的合计').getByText('相差 300000.00').waitFor();
  await page.keyboard.press('l');
  await mark(page, '300,000.00');
  await page.getByLabel('已标记的合计').getByText('两边相等').waitFor();
  await picture(page, 'reconciliation-workbench');
  await page.keyboard.press('m');
  await page.getByRole('dialog').getByLabel('理由').fill('财政分两笔拨付，回单已核');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^核\s?对$/ })
    .click();
  await page.locator('.matched', { hasText: '人工核对 2' }).waitFor();
  await list(page, '账面未核对的分录').getByText('账面的每一笔都已核对').waitFor();
});

test('a match is taken back with a reason, and its money is open again', async () => {
  const { page } = first;
  await page.keyboard.press('u');
  await page
    .locator('.ant-drawer tr', { hasText: '66,000.00' })
    .getByRole('button', { name: /取\s?消/ })
    .click();
  const asked = page.getByRole('dialog', { name: /取消核对/ });
  await asked.getByLabel('理由').fill('回单未到');
  await asked.getByRole('button', { name: '取消核对' }).click();
  await asked.waitFor({ state: 'hidden' });
  await page.locator('.ant-drawer-close').click();
  await list(page, '银行未核对的明细').getByText('66,000.00').waitFor();
  await button(page, '接受 Enter').click();
  await list(page, '账面未核对的分录').getByText('账面的每一笔都已核对').waitFor();
});

test('a fee is proposed by one, with its entry before it is posted, and booked by another', async () => {
  const { page } = first;
  await list(page, '银行未核对的明细').getByRole('link', { name: /差异/ }).click();
  await page.locator('main h1', { hasText: '银行手续费' }).waitFor();
  await page.getByText('将入账的凭证').waitFor();
  expect(await page.getByRole('row', { name: /1002/ }).innerText()).toContain('50.00');
  await picture(page, 'reconciliation-fee');
  await button(page, '提出，交他人复核').click();
  await page.getByText('由您提出，须由另一人复核').waitFor();
  expect(await button(page, '复核入账').count()).toBe(0);

  const other = second.page;
  await other.goto('/console/approvals');
  const waiting = other.locator('.ant-card', { hasText: '银行手续费' });
  await waiting.getByRole('button', { name: '复核入账' }).click();
  await other.locator('.ant-modal-confirm').getByRole('button', { name: '复核入账' }).click();
  await waiting.waitFor({ state: 'detached' });
});

test('the bridge ends at 0.00 without an open item, and the same comes of it again', async () => {
  const { page, complaints } = first;
  const { items } = (await t.get('reconciliations?poolCode=yinchuan&period=2026-11', t.key('finance'))).body;
  await page.goto(`/console/reconciliations/${items[0].id}`);
  await button(page, '重新对账').click();
  await page.getByText('对账以后又有处理').waitFor({ state: 'detached' });
  await page.locator('.sentence', { hasText: '两边都没有待处理的款项' }).waitFor();
  await page.getByRole('link', { name: '余额调节表' }).click();
  await page.locator('.sentence', { hasText: '两边没有未达账项' }).waitFor();
  expect(await page.locator('.bridge-end').innerText()).toContain('0.00');
  const ends = await page.locator('.bridge-foot .figure').allInnerTexts();
  expect(ends).toEqual(['240,865,950.00', '240,865,950.00']);
  await button(page, '重新核对一遍').click();
  await page.getByText('逐字节相同（').waitFor();
  await picture(page, 'reconciliation-bridge');
  expect([...complaints, ...second.complaints]).toEqual([]);
});

test('bank, register and pool are compared by month: what differed is told with what was found out, and another month is looked at', async () => {
  const { page, complaints } = first;
  await page.goto('/console/three-way?poolCode=pingluo&period=2026-10');
  await page.getByText('第 2 次核对，10 笔贷款三方一致').waitFor();
  await button(page, 'SZSJJ202631112203').click();
  await page.locator('.ant-drawer').getByText('已电话提醒银行').waitFor();
  await page.locator('.ant-drawer').getByText('再次核对时已经一致').waitFor();
  await page.goto('/console/three-way?poolCode=pingluo&period=2026-09');
  await button(page, '办理对账').click();
  await page.getByText('第 1 次核对，11 笔贷款三方一致').waitFor();
  await page.getByRole('link', { name: '2026-10' }).waitFor();
  await settled(page);
  await picture(page, 'reconciliation-three-way');
  expect(complaints).toEqual([]);
});
