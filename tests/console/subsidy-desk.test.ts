import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Console, startConsole } from '../support/console.ts';
import { picture } from '../support/console-page.ts';

const REGION = { institutionCode: 'ningxia-st' };
const COUNTY = { institutionCode: 'yinchuan-st' };
const BUDGET = 'subsidy-2026-ningxia-tech-finance-subsidy';

let t: Console;
beforeAll(async () => {
  t = await startConsole('2026-11-20');
});
afterAll(() => t.stop());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const dialog = (page: Page) => page.getByRole('dialog');
/** Says yes to the question that is asked before what cannot be taken back. */
const yes = (page: Page, name: string) => page.locator('.ant-modal-confirm').getByRole('button', { name }).click();
const row = (page: Page, text: string) => page.locator('tr', { hasText: text });
const finance = async (path: string) => (await t.get(path, t.key('finance'))).body;

test('the batch of 2026 tells its figures, its sentence and why each share is what it is', async () => {
  const { page, complaints } = await t.openAs('regionalReviewer', REGION, '/subsidy-batches');
  await page.getByRole('link', { name: '2026 年第 2 批' }).click();
  await page.getByText('87 家企业获得补贴 1852.9 万元（18,529,000.00 元）。').waitFor();
  const figures = page.locator('.figures');
  await figures.getByText('24,361,738.02 元').waitFor();
  expect(await figures.getByText('18,529,000.00 元').count()).toBe(3);
  await page.getByText('满足 76.06%').waitFor();
  await picture(page, 'subsidy-batch');
  await page.getByLabel('预算分配').getByRole('button', { name: '为什么' }).first().click();
  await dialog(page).getByText('按比例核减').waitFor();
  await page.keyboard.press('Escape');
  await button(page, '查看公示名单').click();
  await page.getByText('87 家企业，合计').waitFor();
  expect(complaints).toEqual([]);
});

test('many are recommended at once by keyboard; one goes on to be reviewed, audited and decided line by line by others', async () => {
  const county = await t.openAs('countyReviewer', COUNTY, '/subsidies');
  const waiting = (await finance('subsidy-applications?status=submitted&sort=appliedOn,receivedNo')).items;
  await county.page.getByText(`${waiting.length} 项申请待本单位审核推荐`).waitFor();
  await row(county.page, waiting[0].enterpriseName).waitFor();
  for (const key of ['x', 'j', 'x', 'a']) await county.page.keyboard.press(key);
  await dialog(county.page).getByText('按规定应得合计').waitFor();
  await picture(county.page, 'subsidies-recommend');
  await dialog(county.page).getByRole('button', { name: '审核推荐 2 项' }).click();
  await county.page.getByText(`${waiting.length - 2} 项申请待本单位审核推荐`).waitFor();

  const { id, demand } = waiting[0];
  const first = await t.openAs('regionalReviewer', REGION, `/subsidies/${id}`);
  await first.page
    .getByRole('table', { name: /填报与核对/ })
    .first()
    .waitFor();
  await first.page
    .getByRole('table', { name: /付息凭证/ })
    .first()
    .waitFor();
  await picture(first.page, 'subsidy-review');
  await button(first.page, '形式审查通过 a').click();
  await dialog(first.page).getByRole('button', { name: '形式审查通过' }).click();
  await first.page.getByText('已通过形式审查').waitFor();
  const audits = await t.openAs('finance', {}, `/subsidies/${id}`);
  await button(audits.page, '登记审计意见 a').click();
  await dialog(audits.page).getByLabel('审计意见').fill('付息凭证与银行流水一致');
  await dialog(audits.page).getByRole('button', { name: '登记审计意见' }).click();
  await audits.page.getByText('已登记审计意见，待核定').waitFor();

  // Who reviewed it does not decide it; another does, and less than the rules give only with a reason.
  await first.page.goto(`${t.url}/console/subsidies/${id}`);
  await first.page.getByText('您经办过这项申请，核定须由他人办理').waitFor();
  const second = await t.openAs('regionalReviewer', REGION, `/subsidies/${id}`);
  await second.page.getByRole('radio', { name: '核减' }).check();
  await second.page.locator('.line-decision .amount-input input').fill('10000');
  await second.page.getByText('第 1 项请写明理由').first().waitFor();
  expect(await button(second.page, '核定 a').isDisabled()).toBe(true);
  await second.page.getByLabel('第 1 项理由').fill('两张凭证的原件未提供');
  await button(second.page, '核定 a').click();
  await dialog(second.page).getByRole('button', { name: '核定 10,000.00 元' }).click();
  await second.page.getByText('已核定，待公示').waitFor();
  const after = await finance(`subsidy-applications/${id}`);
  expect([after.status, after.demand, after.decided]).toEqual(['decided', demand, '10000.00']);
  for (const one of [county, first, audits, second]) expect(one.complaints).toEqual([]);
});

test('a payment that came back is ordered again and paid by another person', async () => {
  const [batch] = (await finance('subsidy-batches?year=2026')).items;
  const first = await t.openAs('finance', {}, `/subsidy-batches/${batch.id}`);
  const payments = first.page.locator('#payments');
  const name = await payments.locator('tbody tr[data-row-key] a').first().innerText();
  const of = (page: Page) => page.locator('#payments tr', { hasText: name });
  await of(first.page).getByRole('button', { name: '登记退票' }).click();
  await dialog(first.page).getByLabel('退票原因').fill('账号与户名不符');
  await dialog(first.page).getByRole('button', { name: '登记退票' }).click();
  await of(first.page).getByRole('button', { name: '重新下达' }).click();
  await dialog(first.page).getByLabel('账号').fill('6400100299990001');
  await dialog(first.page)
    .getByRole('button', { name: /重新下达/ })
    .click();
  await of(first.page).getByText('第 2 次').waitFor();
  await first.page.getByText('1 家尚未拨付或未全部拨付').waitFor();
  const pay = async (page: Page) => {
    await button(page, '登记拨付 1 笔').click();
    await dialog(page).getByPlaceholder('银行回单号').fill('BT-CD-1');
    await dialog(page).getByRole('button', { name: '登记拨付' }).click();
  };
  await pay(first.page);
  await dialog(first.page).getByText('下达资金的人员不得登记拨付').waitFor();

  const second = await t.openAs('finance', {}, `/subsidy-batches/${batch.id}#payments`);
  await pay(second.page);
  await of(second.page).filter({ hasText: 'BT-CD-1' }).getByText('已拨付').waitFor();
  await second.page.getByText('87 家企业获得补贴 1852.9 万元（18,529,000.00 元）。').waitFor();
  await picture(second.page, 'subsidy-payments');
  expect((await finance(`budgets/${BUDGET}`)).paid).toBe('18529000.00');
  expect([...first.complaints, ...second.complaints]).toEqual([]);
});

test('a clawback is proposed by one, confirmed by another among the approvals, and received', async () => {
  const [{ id, enterpriseName }] = (await finance('subsidy-applications?status=paid&sort=-receivedNo')).items;
  const first = await t.openAs('finance', {}, `/subsidies/${id}`);
  await button(first.page, '提出追回').first().click();
  await dialog(first.page).getByLabel('弄虚作假').check();
  await dialog(first.page).getByLabel('追回金额').fill('1000');
  await dialog(first.page)
    .getByLabel(/事实和理由/)
    .fill('保单退保后未退还保费补贴');
  await dialog(first.page).getByLabel(/证据/).fill('保险公司退保证明 TB-1');
  await button(first.page, '提出，交另一人复核').click();
  await first.page.getByText('由您提出，须由另一名财务人员复核').waitFor();

  const second = await t.openAs('finance', {}, '/approvals');
  const card = second.page
    .locator('.ant-card', { hasText: `追回：${enterpriseName}` })
    .filter({ hasText: '保单退保后' });
  await card.waitFor();
  await picture(second.page, 'subsidy-approvals');
  await card.getByRole('button', { name: '复核同意' }).click();
  await yes(second.page, '复核同意');
  await second.page.getByText('已复核，追回决定生效').waitFor();
  const [{ id: clawback }] = (await finance(`subsidy-clawbacks?applicationId=${id}`)).items;
  await second.page.goto(`${t.url}/console/clawbacks/${clawback}`);
  await button(second.page, '登记到账').click();
  await dialog(second.page).getByLabel('银行回单号').fill('ZH-1');
  await dialog(second.page).getByRole('button', { name: '登记到账' }).click();
  await second.page.getByText('已全部收回').waitFor();
  await picture(second.page, 'clawback');
  const kept = await finance(`subsidy-clawbacks/${clawback}`);
  expect([kept.status, kept.received, kept.bannedUntil]).toEqual(['received', '1000.00', '2029-11-20']);
  expect([...first.complaints, ...second.complaints]).toEqual([]);
});

test('what if the cap on premiums were 40 万: the figures before and after, who gains, and nothing written', async () => {
  const all = async () =>
    (
      await t.pool.query(
        `SELECT md5(string_agg(a::text, '' ORDER BY a.id)) AS applications, (SELECT count(*)::int FROM policy_version) AS versions,
                (SELECT count(*)::int FROM audit_log) AS acts FROM subsidy_application a`,
      )
    ).rows[0];
  const { page, complaints } = await t.openAs('regionalReviewer', REGION, '/what-if?year=2026');
  const before = await all();
  await page.getByLabel('拟议：保费限额 / 金额上限').fill('40万');
  await button(page, '试算 2026 年的申请').click();
  await page.getByText('保费限额 / 金额上限：300,000.00 元 → 400,000.00 元').waitFor();
  const result = page.getByLabel('试算结果');
  expect(await result.locator('.figures').innerText()).toMatch(
    /24,361,738\.02[\s\S]*28,849,553\.35[\s\S]*4,487,815\.33/,
  );
  await result.getByText('58 项增加，0 项减少').first().waitFor();
  await result.getByRole('button', { name: '为什么' }).nth(1).click();
  await dialog(page).getByText('保费限额').first().waitFor();
  await page.keyboard.press('Escape');
  await picture(page, 'what-if');
  expect(await all()).toEqual(before);
  expect(complaints).toEqual([]);
});
