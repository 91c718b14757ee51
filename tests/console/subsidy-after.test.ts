import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Console, startConsole } from '../support/console.ts';
import { picture } from '../support/console-page.ts';
import { type Published, publishedBatch } from './subsidy-things.ts';

const REGION = { institutionCode: 'ningxia-st' };
const PHONE = { width: 390, height: 844 };

let t: Console;
let batch: Published;
beforeAll(async () => {
  t = await startConsole('2026-11-20');
  batch = await publishedBatch(t);
}, 120_000);
afterAll(() => t.stop());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const dialog = (page: Page) => page.getByRole('dialog');
const yes = (page: Page, name: string) => page.locator('.ant-modal-confirm').getByRole('button', { name }).click();
const sentence = (page: Page) => page.locator('.sentence').first();
/** What an enterprise is told of its application, on a phone that shows all of it without scrolling sideways. */
async function told(page: Page, name: string, ...parts: string[]): Promise<void> {
  await page.reload();
  for (const text of parts) await sentence(page).filter({ hasText: text }).waitFor();
  await picture(page, `subsidy-after-${name}`);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

test('an objection holds one line while the others are paid; dismissed, it is paid by a supplement; sent back, mended, claimed back: the department acts and the enterprise knows', async () => {
  const { id, uscc, batchId } = batch;
  const own = await t.openAs('enterprise', { enterpriseUscc: uscc }, `/my/subsidies/${id}`, PHONE);
  await told(own.page, 'published', '2027-05-13 期满');
  await own.page.getByText(/^按纸质申请登记，受理顺序号 \d+/).waitFor();

  const first = await t.openAs('regionalReviewer', REGION, `/subsidies/${id}`);
  await button(first.page, '登记异议').click();
  await dialog(first.page).getByLabel('名称或姓名').fill('某评估公司');
  await dialog(first.page).getByLabel('联系方式').fill('0951-5550000');
  await dialog(first.page).getByLabel('异议事项和理由').fill('凭证日期有误');
  await dialog(first.page).getByRole('button', { name: '登记异议' }).click();
  await first.page.getByText('由您登记，须由他人处理').waitFor();
  await told(own.page, 'held', '1 项暂缓办理');
  await own.page.getByText('有异议，暂缓').first().waitFor();

  await batch.payOthers();
  await told(own.page, 'left', '公示已于 2027-05-13 期满', '处理后告知结果');
  const second = await t.openAs('regionalReviewer', REGION, `/subsidies/${id}`);
  await button(second.page, '处理异议').click();
  await dialog(second.page).getByText('异议内容：凭证日期有误').waitFor();
  await dialog(second.page).getByLabel('异议不成立').check();
  await dialog(second.page).getByLabel('处理意见').fill('经查凭证日期无误');
  await button(second.page, '作出处理').click();
  await second.page.getByText('异议已处理').waitFor();
  await told(own.page, 'kept', '等待按预留的份额补充分配');

  const finance = await t.openAs('finance', {}, `/subsidy-batches/${batchId}`);
  await finance.page.getByText('为有异议的项目预留').waitFor();
  await button(finance.page, '补充分配 1 项').click();
  await finance.page.getByText('已补充分配，待自治区另一人批准').waitFor();
  await second.page.goto(`${t.url}/console/subsidy-batches/${batchId}`);
  await second.page.getByLabel('补充分配').getByRole('button', { name: '批准' }).click();
  await yes(second.page, '批准');
  await second.page.getByText('已批准，由财务下达资金').waitFor();
  await told(own.page, 'approved', '等待财务拨付到收款账户');

  await batch.paySupplement();
  await finance.page.goto(`${t.url}/console/subsidy-batches/${batchId}`);
  const payment = finance.page.locator('#payments tr', { hasText: batch.name });
  await finance.page.locator('#payments').getByTitle('2', { exact: true }).or(payment.first()).first().click();
  await payment.getByRole('button', { name: '登记退票' }).click();
  await dialog(finance.page).getByLabel('退票原因').fill('账号与户名不符');
  await dialog(finance.page).getByRole('button', { name: '登记退票' }).click();
  await finance.page.getByText('1 家尚未拨付或未全部拨付').waitFor();
  await told(own.page, 'returned', '银行退回了拨付（账号与户名不符），请更正收款账户');
  await button(own.page, '更正收款账户').click();
  await dialog(own.page).getByText('银行退回的原因：账号与户名不符').waitFor();
  await dialog(own.page).getByLabel('账号').fill('6400100299998888');
  await dialog(own.page).getByRole('button', { name: '更正', exact: true }).click();
  await sentence(own.page).filter({ hasText: '收款账户已更正，等待财务重新拨付' }).waitFor();

  await batch.payAgain();
  await told(own.page, 'paid', '已拨付', '请核对到账');
  await finance.page.goto(`${t.url}/console/subsidies/${id}`);
  await button(finance.page, '提出追回').click();
  await dialog(finance.page).getByLabel('企业主动退回').check();
  await dialog(finance.page).getByLabel('追回金额').fill('500');
  await dialog(finance.page)
    .getByLabel(/事实和理由/)
    .fill('一张凭证重复');
  await dialog(finance.page).getByLabel(/证据/).fill('企业来函');
  await button(finance.page, '提出，交另一人复核').click();
  await finance.page.getByText('由您提出，须由另一名财务人员复核').waitFor();
  await batch.confirmClawback();
  await told(own.page, 'owed', '尚须退回 500.00 元');
  await own.page.getByText('同意退回').first().waitFor();
  for (const one of [own, first, second, finance]) expect(one.complaints).toEqual([]);
});
