import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Console, startConsole } from '../support/console.ts';
import { picture } from '../support/console-page.ts';

const REGION = { institutionCode: 'ningxia-st' };

let t: Console;
beforeAll(async () => {
  t = await startConsole('2026-11-20');
});
afterAll(() => t.stop());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const dialog = (page: Page) => page.getByRole('dialog');
const alert = (page: Page, text: string) => page.locator('.ant-alert', { hasText: text });
/** Says yes to the question that is asked before what cannot be taken back. */
const yes = (page: Page, name: string) => page.locator('.ant-modal-confirm').getByRole('button', { name }).click();

test('a contribution is returned: proposed up to what is free, not by the proposer alone, and booked by another', async () => {
  const first = await t.openAs('finance', {}, '/pools/yinchuan');
  const { page } = first;
  const { contributors } = (await t.get('pools/yinchuan/capital', t.key('finance'))).body;
  const [{ contributorName, contributed }] = contributors;
  await page
    .locator('tr', { hasText: contributorName })
    .filter({ has: page.getByRole('button', { name: '提出退回' }) })
    .getByRole('button', { name: '提出退回' })
    .click();
  await dialog(page).getByLabel('退回金额').fill('9900000000');
  await dialog(page).getByLabel('收款账号').fill('6402200155559999');
  await dialog(page).getByLabel('付款凭证号').fill('TH-1');
  await dialog(page).getByLabel('理由').fill('预算调整');
  await button(page, '提出，交他人复核').click();
  await dialog(page).getByText('不能大于可退回金额').waitFor();
  await dialog(page).getByLabel('退回金额').fill('100万');
  await button(page, '提出，交他人复核').click();
  await alert(page, '提出人不得复核').waitFor();
  expect(await button(page, '复核入账').count()).toBe(0);

  const second = await t.openAs('finance', {}, '/pools/yinchuan');
  await button(second.page, '复核入账').click();
  await yes(second.page, '复核入账');
  await second.page.locator('#capital tr', { hasText: 'TH-1' }).filter({ hasText: '已入账' }).waitFor();
  await picture(second.page, 'capital-returned');
  const after = (await t.get('pools/yinchuan/capital', t.key('finance'))).body.contributors[0];
  expect(Number(contributed) - Number(after.contributed)).toBe(1_000_000);
  expect([...first.complaints, ...second.complaints]).toEqual([]);
});

test('a pool is wound up by two people, after what is asked for every contributor; its proposer may take it back', async () => {
  const { page } = await t.openAs('finance', {}, '/pools/yinchuan');
  await button(page, '提出终止资金池').click();
  const accounts = dialog(page).getByLabel(/收款账号/);
  await accounts.first().waitFor();
  for (const field of await accounts.all()) await field.fill('6402200155559999');
  await dialog(page).getByLabel('付款凭证号').fill('ZZ-1');
  await dialog(page).getByLabel('理由').fill('项目到期');
  await picture(page, 'wind-up');
  await button(page, '提出，交他人复核').click();
  await alert(page, '终止资金池并退回出资').waitFor();
  await button(page, '撤回').click();
  await dialog(page).getByLabel('理由').fill('继续执行');
  await button(page, '撤回，不入账').click();
  await page.locator('#capital tr', { hasText: 'ZZ-1' }).filter({ hasText: '未入账：继续执行' }).waitFor();
});

describe('a loan', () => {
  const loanOf = async () =>
    (await t.get('loans?poolCode=yinchuan&status=active', t.key('bank', 'ningxia-bank'))).body.items;

  test('has its filing revoked on a ground of the clause, by two people', async () => {
    const [{ id }] = await loanOf();
    const county = await t.openAs('countyReviewer', { institutionCode: 'yinchuan-st' }, `/loans/${id}`);
    await button(county.page, '提出撤销备案').click();
    await dialog(county.page).getByLabel('挪用贷款').check();
    await dialog(county.page).getByLabel('事实和理由').fill('检查发现转借他人');
    await button(county.page, '提出，交他人复核').click();
    await alert(county.page, '提出人不得复核').waitFor();
    const region = await t.openAs('regionalReviewer', REGION, `/loans/${id}`);
    await button(region.page, '同意撤销').click();
    await yes(region.page, '同意撤销');
    await region.page.locator('.sentence', { hasText: '备案已撤销，准备金已释放' }).waitFor();
    await picture(region.page, 'revoked');
    expect((await t.get(`loans/${id}`, t.key('regionalReviewer'))).body.reserve).toBe('0.00');
    expect([...county.complaints, ...region.complaints]).toEqual([]);
  });

  test('gets a guarantee recorded by its bank, whose fault stands at its field', async () => {
    const operator = t.key('operator');
    await t.post('institutions', { code: 'insurer-c', name: '丙财产保险有限公司', kind: 'insurer' }, operator);
    const partner = { poolCode: 'yinchuan', validFrom: '2026-01-01', document: '合作协议' };
    await t.post('institutions/insurer-c/partnerships', partner, operator);
    const { id } = (await loanOf())[0];
    const { page, complaints } = await t.openAs('bank', { institutionCode: 'ningxia-bank' }, `/loans/${id}`);
    await button(page, '登记担保').click();
    await dialog(page).getByLabel('角色').click();
    await page.locator('.ant-select-item-option', { hasText: '保险公司' }).click();
    await dialog(page).getByLabel('机构').click();
    await page.locator('.ant-select-item-option', { hasText: '丙财产保险有限公司' }).click();
    await dialog(page).getByLabel('担保比例').fill('30');
    await dialog(page).getByLabel('担保合同号').fill('BX-丙-1');
    await dialog(page).getByLabel('年费率').fill('1.2');
    await dialog(page)
      .getByRole('button', { name: /^登\s?记$/ })
      .click();
    await dialog(page)
      .locator('.ant-form-item', { hasText: '担保比例' })
      .getByText(/不得超过合作银行承担的 20%/)
      .waitFor();
    await picture(page, 'guarantee-refused');
    await dialog(page).getByLabel('担保比例').fill('20');
    await dialog(page)
      .getByRole('button', { name: /^登\s?记$/ })
      .click();
    const held = page.locator('tr', { hasText: 'BX-丙-1' });
    await held.filter({ hasText: '在保' }).waitFor();
    expect(await held.innerText()).toContain('1.20%');
    expect(complaints).toEqual([]);
  });
});
