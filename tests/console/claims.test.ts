import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Console, startConsole } from '../support/console.ts';
import { picture, settled } from '../support/console-page.ts';
import { draftedClaim, LATER } from './claim-things.ts';

/** A loan of 1,970,000.00 of which 1,576,000.00 is filed; 830,523.65 of it is unpaid. */
const LOAN = 'BOCJJ202638542805';
const BANK = { institutionCode: 'bank-of-china' };
const COUNTY = { institutionCode: 'yinchuan-st' };
const REGION = { institutionCode: 'ningxia-st' };

let t: Console;
beforeAll(async () => {
  t = await startConsole('2026-11-20');
  t.on(LATER);
}, 120_000);
afterAll(() => t.stop());

const sentence = (page: Page) => page.locator('.sentence').first();
const act = (page: Page) => page.getByRole('region', { name: '办理', exact: true });
const button = (page: Page, name: string) => act(page).getByRole('button', { name });
const dialog = (page: Page) => page.getByRole('dialog');

/** What keeps somebody from using the page, as axe finds it; and a picture for people to look at. */
async function barriers(page: Page, name: string): Promise<string[]> {
  await settled(page);
  await picture(page, `claims-${name}`);
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

describe('a claim, by the people concerned', () => {
  let id: string;

  test('its bank submits it, with every paper there, and can only take it back from then on', async () => {
    const { page, user, complaints } = await t.openAs('bank', BANK, '/claims');
    id = await draftedClaim(t, 'bank-of-china', LOAN, { cookie: user.cookie });
    await page.reload();
    await page.getByRole('link', { name: LOAN }).click();
    await sentence(page).filter({ hasText: '草稿' }).filter({ hasText: '最迟 2027-07-01 提交' }).waitFor();
    expect(await barriers(page, 'bank-draft')).toEqual([]);
    await button(page, '提交申请').click();
    await dialog(page).getByText('办理时限自今日起算').waitFor();
    await dialog(page).getByRole('button', { name: '提交', exact: true }).click();
    await sentence(page).filter({ hasText: '由合作单位审核，应于 2027-03-24 前办结' }).waitFor();
    expect(await act(page).getByRole('button').allInnerTexts()).toEqual(['撤回申请']);
    // Nobody's name is told to a bank.
    expect(await page.getByRole('region', { name: '办理经过' }).innerText()).not.toContain(user.username);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('its county finds it among its to-do by keyboard, sees who would bear what, and passes it on', async () => {
    const { page, complaints } = await t.openAs('countyReviewer', COUNTY, '/claims');
    await page.getByRole('link', { name: LOAN }).waitFor();
    expect(await barriers(page, 'county-list')).toEqual([]);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByText('第 1 份，共 1 份待您办理').waitFor();
    const table = page.getByRole('region', { name: '损失由谁承担' }).getByRole('row');
    const borne = async (name: string) => (await table.filter({ hasText: name }).first().innerText()).split(/\s+/);
    expect(await borne('自治区')).toContain('265,767.57');
    expect(await borne('合作单位')).toContain('265,767.57');
    // 20 % of what is filed, and all that is not.
    expect(await borne('合作银行')).toContain('298,988.51');
    expect(await borne('合计')).toContain('830,523.65');
    await page.getByRole('figure').getByText('未偿还本金 830,523.65 元，其中备案部分 664,418.92 元').waitFor();
    expect(await barriers(page, 'county')).toEqual([]);
    await page.keyboard.press('a');
    await dialog(page).getByLabel('审核意见').fill('材料齐全，情况属实');
    await dialog(page).getByRole('button', { name: '审核通过' }).click();
    await sentence(page).filter({ hasText: '由自治区审批' }).waitFor();
    expect(await act(page).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('another county does not see it; who only looks is offered nothing', async () => {
    const other = await t.openAs('countyReviewer', { institutionCode: 'pingluo-st' }, '/loans');
    await other.page.goto(`/console/claims/${id}`);
    await other.page.getByText('没有这份补偿申请').waitFor();
    await other.page.context().close();
    const auditor = await t.openAs('auditor', {}, `/claims/${id}`);
    await sentence(auditor.page).waitFor();
    expect(await act(auditor.page).count()).toBe(0);
    await auditor.page.getByText('意见：材料齐全，情况属实').waitFor();
    await auditor.page.context().close();
  });

  test('the region approves a part with its reason, by a panel, and the same person is not offered to check it', async () => {
    const { page, complaints } = await t.openAs('regionalReviewer', REGION, `/claims/${id}`);
    await button(page, '审批').click();
    const box = dialog(page);
    await box.getByLabel('核定的本金').fill('80万');
    await box.getByText('资金池补偿 512,000.00 元；未核定的 30,523.65 元由合作银行承担').waitFor();
    await box.getByRole('button', { name: '同意补偿' }).click();
    await box.getByText('部分核定的，请写明理由').waitFor();
    await box.getByLabel('部分核定的理由').fill('另有抵押物可以处置');
    await box.getByLabel('经集体研究').check();
    await box.getByLabel('参加人员').fill('张三、李四');
    await box.getByLabel('参加人员').press('Enter');
    await box.getByLabel('回避人员').fill('王五');
    await box.getByLabel('回避人员').press('Enter');
    expect(await barriers(page, 'region-approve')).toEqual([]);
    await box.getByRole('button', { name: '同意补偿' }).click();
    await sentence(page).filter({ hasText: '由自治区另一人复核' }).waitFor();
    await act(page).getByText('审批人不得复核自己的审批，请由另一人办理').waitFor();
    expect(await act(page).getByRole('button').allInnerTexts()).toEqual(['退回补正 r', '不予补偿']);
    expect(await page.getByRole('region', { name: '集体研究' }).innerText()).toContain('王五');
    await page.getByRole('figure').getByText('其中核定 800,000.00 元').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('another person of the region confirms it, and it has its place in the order of payment', async () => {
    const { page } = await t.openAs('regionalReviewer', REGION, `/claims/${id}`);
    expect(await act(page).getByRole('button').allInnerTexts()).toContain('重新审批');
    await button(page, '复核同意').click();
    await dialog(page).getByText('审批核定本金 800,000.00 元，资金池补偿 512,000.00 元').waitFor();
    await dialog(page).getByRole('button', { name: '复核同意' }).click();
    await sentence(page).filter({ hasText: '由财务拨付' }).filter({ hasText: '资金池现在可以支付' }).waitFor();
    expect(await act(page).getByRole('button').allInnerTexts()).toEqual(['退回补正 r']);
    await page.context().close();
  });

  test('finance pays it; a day that has not come is refused at its field; then every fen is somebody’s', async () => {
    const { page, complaints } = await t.openAs('finance', {}, '/claims');
    await page.getByRole('link', { name: LOAN }).click();
    await button(page, '拨付').click();
    const box = dialog(page);
    await box.getByText('不能撤销').waitFor();
    const on = async (day: string) => {
      await box.getByLabel('付款日期').fill(day);
      await box.getByLabel('付款日期').press('Enter');
    };
    await on('2027-03-11');
    await box.getByText('不能晚于今天').waitFor();
    await on('2027-03-10');
    await box.getByLabel('银行付款凭证号').fill('YC-2026-77');
    await box.getByRole('button', { name: '拨付 512,000.00 元' }).click();
    await sentence(page).filter({ hasText: '拨付 512,000.00 元' }).waitFor();
    await page.getByLabel('第几分').fill('83052365');
    await page.getByRole('button', { name: '查询' }).click();
    await page.getByText('第 83,052,365 分由中国银行股份有限公司宁夏分行承担').waitFor();
    await page.getByLabel('第几分').fill('1');
    await page.getByRole('button', { name: '查询' }).click();
    await page.getByText('第 1 分由宁夏回族自治区科学技术厅承担').waitFor();
    expect(await act(page).count()).toBe(0);
    expect(await barriers(page, 'finance-paid')).toEqual([]);
    const { body } = await t.get('pools/yinchuan', t.key('finance'));
    expect(body.deposits).toBe('239488000.00');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe('a claim that comes to an end before', () => {
  test('is sent back with a reason its bank reads, and taken back by it', async () => {
    const id = await draftedClaim(t, 'bank-of-china', 'BOCJJ202690882273');
    await t.post(`claims/${id}/submit`, undefined, t.key('bank', 'bank-of-china'));
    const county = await t.openAs('countyReviewer', COUNTY, `/claims/${id}`);
    await county.page.keyboard.press('r');
    await dialog(county.page).getByRole('button', { name: '退回补正' }).click();
    await dialog(county.page).getByText('请填写理由').waitFor();
    await dialog(county.page).getByLabel('理由').fill('缺少催收回执原件');
    await dialog(county.page).getByRole('button', { name: '退回补正' }).click();
    await sentence(county.page).filter({ hasText: '缺少催收回执原件' }).waitFor();
    await county.page.context().close();

    const bank = await t.openAs('bank', BANK, '/');
    await bank.page.getByRole('link', { name: '退回补正的补偿申请' }).click();
    await bank.page.getByRole('link', { name: 'BOCJJ202690882273' }).click();
    await sentence(bank.page).filter({ hasText: '退回理由：缺少催收回执原件' }).waitFor();
    expect(await act(bank.page).getByRole('button').allInnerTexts()).toEqual(['提交申请 a', '修改', '撤回申请']);
    await button(bank.page, '撤回申请').click();
    await dialog(bank.page).getByLabel('原因').fill('借款人已还款');
    await dialog(bank.page).getByRole('button', { name: '撤回申请' }).click();
    await sentence(bank.page).filter({ hasText: '已撤回' }).waitFor();
    await bank.page.goto('/console/loans');
    await bank.page.context().close();
  });
});
