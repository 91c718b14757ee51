import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Console, startConsole } from '../support/console.ts';
import { picture, settled } from '../support/console-page.ts';
import { handInRest } from './subsidy-things.ts';

/** An enterprise with a loan of the programme that has not applied for anything. */
const OWN = { enterpriseUscc: '91640221MA9006026Y' };
const OTHER = { enterpriseUscc: '91640105MA3837849B' };
const PHONE = { width: 390, height: 844 };
const PDF = { name: '营业执照.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF') };

let t: Console;
beforeAll(async () => {
  t = await startConsole('2026-11-20');
}, 120_000);
afterAll(() => t.stop());

const sentence = (page: Page) => page.locator('.sentence').first();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** What keeps somebody from using the page on a phone: barriers that axe finds, and anything that does not fit; and a picture for people to look at. */
async function barriers(page: Page, name: string): Promise<string[]> {
  await settled(page);
  await picture(page, `subsidy-${name}`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  return [
    ...(over > 0 ? [`${over} px wider than the window`] : []),
    ...violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
  ];
}

async function day(page: Page, label: string, on: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(on);
  await page.getByLabel(label, { exact: true }).press('Enter');
}

describe('an enterprise on a phone', () => {
  let id: string;
  let own: Awaited<ReturnType<Console['openAs']>>;

  test('finds from its home what is open to it, by when and by which article', async () => {
    own = await t.openAs('enterprise', OWN, '/', PHONE);
    const { page } = own;
    await page.getByRole('link', { name: '已拨付补贴' }).click();
    await page.getByText('目前没有补贴申请').waitFor();
    const offer = page.getByRole('region', { name: /宁夏科技金融补助/ });
    await offer.getByText('2027-04-30').waitFor();
    await offer.getByText('担保费按实际支付金额的 50%').waitFor();
    expect(await barriers(page, 'mine')).toEqual([]);
    await offer.getByRole('button', { name: /^开始申请/ }).click();
    await page.getByText('石嘴山市平罗县', { exact: true }).waitFor();
    await page.getByLabel('开户银行').fill('宁夏银行股份有限公司平罗支行');
    await page.getByLabel('账号').fill('6400 1002 0000 9999');
    expect(await barriers(page, 'facts')).toEqual([]);
    await button(page, '下一步').click();
  });

  test('is told while it types what a cost brings, and why another is not eligible', async () => {
    const { page } = own;
    await button(page, '增加一笔保费').click();
    await page.getByRole('combobox', { name: '保险公司' }).fill('平安财险宁夏分公司');
    await page.getByLabel('险种名称').fill('研发责任保险');
    await page.getByLabel('险种类别').press('Enter');
    await page.getByLabel('险种类别').press('Enter');
    await page.getByLabel('保险单号').fill('PZ-2026-1');
    await day(page, '保险起期', '2026-09-01');
    await day(page, '保险止期', '2027-09-01');
    await day(page, '保费付款日期', '2026-09-05');
    await page.getByLabel('实付保费（含税）').fill('1.2万');
    await page.getByLabel('发票号码').fill('26640000000000000001');
    await page.getByLabel('发票号码').press('Enter');
    await page.getByText('「研发责任保险」的付款日 2026-09-05 早于受理期间（2027-01-01）').waitFor();
    await page.getByRole('status').getByText('《宁夏科技金融补助管理暂行办法》').first().waitFor();

    await button(page, '增加一笔贷款利息').press('Enter');
    await page.getByLabel('是哪笔贷款的利息').click();
    await page.getByTitle(/^石嘴山银行/).click();
    await page.getByText('来自银行报送的备案，不必填写').waitFor();
    await page.getByLabel('第 1 行凭证号').fill('FX1');
    await day(page, '第 1 行付息日期', '2026-09-21');
    await day(page, '第 1 行计息起日', '2026-08-21');
    await day(page, '第 1 行计息止日', '2026-09-21');
    await page.getByLabel('第 1 行金额').fill('10,410.00');
    await button(page, '从表格粘贴').click();
    await page.getByLabel('粘贴的内容').fill('FX2\t2026-10-21\t2026-09-21\t2026-10-21\t罚息\t25.55');
    await button(page, '读入').click();
    await page.getByText('共 2 行，金额合计 10,435.55 元。').waitFor();
    await page.getByText('，按规定可得 5,205.00 元').waitFor();
    expect(await barriers(page, 'lines')).toEqual([]);
    await button(page, '保存，下一步').click();
  });

  test('hands in a paper, sees which are missing, and what of its vouchers was left out and why', async () => {
    const { page } = own;
    const paper = page.getByRole('listitem').filter({ hasText: '营业执照' });
    await paper.locator('input[type=file]').setInputFiles(PDF);
    await paper.getByText('已收到 1 份').waitFor();
    expect(await barriers(page, 'papers')).toEqual([]);
    await button(page, '下一步').click();
    await page.getByRole('heading', { name: /^还缺 \d 项，补齐后才能提交$/ }).waitFor();
    await page.getByText(/请上传资质证书、/).waitFor();
    await page.getByText('按规定最多可得 5,205.00 元').waitFor();
    const penalty = page
      .getByRole('table', { name: /付息凭证/ })
      .getByRole('row')
      .filter({ hasText: 'FX2' });
    expect(await penalty.innerText()).toContain('不属于补贴范围的利息');
    // Interest of 31 days by the contract is 10,409.97: the voucher rules, the 0.03 is shown.
    await page.getByText('1 张与按合同计算的结果相差 0.03 元，以凭证为准').waitFor();
    expect(await barriers(page, 'check')).toEqual([]);
    await button(page, '提交申请').click();
    await page
      .getByText(/^还缺 \d 项，补齐后才能提交$/)
      .last()
      .waitFor();
    id = /subsidies\/(\d+)\/edit/.exec(page.url())![1]!;
  });

  test('comes back another day to what it had typed, promises, submits, and sees whose turn it is', async () => {
    const { page, user, complaints } = own;
    await handInRest(t, id, user.cookie);
    await page.goto('/console/my/subsidies');
    await page.getByText('等您办理', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^继续填写/ }).click();
    await page.getByRole('button', { name: '自查与提交' }).click();
    await page.getByText('1 项费用不符合规定').waitFor();
    await button(page, '提交申请').click();
    await page.getByText('提交前请阅读并同意诚信承诺书').first().waitFor();
    await page.getByLabel('本企业已阅读并同意上述诚信承诺书').check();
    await button(page, '提交申请').click();
    await page.getByRole('dialog').getByText('按规定最多可得 5,205.00 元').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '提交', exact: true }).click();
    await sentence(page)
      .filter({ hasText: '待县（市、区）审核推荐' })
      .filter({ hasText: '2026-12-04 前办结' })
      .waitFor();
    await page.getByText('诚信承诺书（2026-11-20 签订）').waitFor();
    expect(await barriers(page, 'submitted')).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('is alone with it: another enterprise that opens its address learns nothing', async () => {
    for (const path of [`/my/subsidies/${id}`, `/my/subsidies/${id}/edit`]) {
      const { page } = await t.openAs('enterprise', OTHER, '/');
      await page.goto(`/console${path}`);
      await page.getByText('没有这项补贴申请').waitFor();
      expect(await page.getByText('研发责任保险').count()).toBe(0);
      await page.context().close();
    }
  });
});
