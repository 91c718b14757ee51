import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Console, type Opened, startConsole } from '../support/console.ts';
import { picture } from '../support/console-page.ts';

const LOAN = 'SZSJJ202636414424';
const PAPERS = ['application', 'loanContract', 'debtor', 'useProof', 'demand', 'vouchers', 'account'];

let t: Console;
beforeAll(async () => {
  // The 91st day of the overdue: its bank may claim from now on.
  t = await startConsole('2026-09-11');
});
afterAll(() => t.stop());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7\n${name}`) });
/** Types a day and takes it. */
async function day(page: Page, label: string | RegExp, value: string): Promise<void> {
  await page.getByLabel(label).fill(value);
  await page.getByLabel(label).press('Enter');
}
/** Answers a question that a page asks before what cannot be taken back. */
const yes = (page: Page) => page.locator('.ant-modal-confirm .ant-btn-primary').click();
/** The sums under the receipts: amount and each bearer's. */
const sums = (page: Page) => page.getByRole('region', { name: '追偿回款' }).locator('tfoot .figure').allInnerTexts();

/** The bank chooses the loan, states the loss, hands in its papers and submits. @returns the claim's id */
async function claim(page: Page): Promise<string> {
  await button(page, `申请补偿 ${LOAN}`).click();
  await page.getByText('申请金额 1,912,000.00 元').waitFor();
  expect(await page.getByLabel('未偿还本金').inputValue()).toBe('2,390,000.00');
  expect(await page.getByLabel('本金逾期起始日').inputValue()).toBe('2026-06-12');
  const bears = page.getByRole('region', { name: '由谁承担' });
  expect(await bears.locator('td .figure').allInnerTexts()).toEqual(['956,000.00', '956,000.00', '478,000.00']);
  await page.getByLabel('现五级分类').click();
  await page.locator('.ant-select-item-option', { hasText: '次级' }).click();
  await day(page, '归为该类或更差之日', '20260911');
  await day(page, '催收日期', '2026-09-11');
  await button(page, '保存草稿，上传材料').click();
  await page.getByText('还缺 7 项').waitFor();
  await tooEarly(page);
  await handIn(page);
  await button(page, '提交').click();
  await yes(page);
  await page.waitForURL(/\/claims\/\d+$/);
  await page.locator('.sentence', { hasText: '由合作单位审核' }).waitFor();
  return page.url().split('/').at(-1)!;
}

/** Without its papers it is not received, and each that lacks is named with the article. */
async function tooEarly(page: Page): Promise<void> {
  await button(page, '提交').click();
  await yes(page);
  const refused = page.getByRole('alert').filter({ hasText: '补偿申请不符合要求' });
  await refused.getByText('缺少补偿申请函').first().waitFor();
  expect(await refused.locator('.cites').count()).toBeGreaterThan(0);
}

/** Each paper; one that is no paper is refused with the reason, one that was the wrong one is taken back. */
async function handIn(page: Page): Promise<void> {
  const paper = (code: string) => page.locator(`li[data-paper=${code}]`);
  const text = { name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('说明') };
  await paper('application')
    .locator('input[type=file]')
    .setInputFiles([pdf('补偿申请函.pdf'), pdf('别人的.pdf'), text]);
  await paper('application').getByText('「说明.txt」的内容不是 PDF').waitFor();
  await paper('application').getByText('已收到 2 份').waitFor();
  await button(page, '撤回 别人的.pdf').click();
  await paper('application').getByText('已收到 1 份').waitFor();
  for (const code of PAPERS.slice(1))
    await paper(code)
      .locator('input[type=file]')
      .setInputFiles(pdf(`${code}.pdf`));
  await page.getByText('材料已齐全').waitFor();
  await page.getByRole('row').filter({ hasText: '申请材料齐全' }).getByText('通过').waitFor();
}

/** The county, two of the region and finance take the claim through to its payment. */
async function reviewed(id: string): Promise<void> {
  const act = async (on: string, verb: string, body: object | undefined, key: string) => {
    t.on(on);
    const answer = await t.post(`claims/${id}/${verb}`, body, key);
    if (answer.status !== 200) throw new Error(`${verb}: ${JSON.stringify(answer.body)}`);
  };
  await act('2026-09-24', 'verify', {}, t.key('countyReviewer', 'pingluo-st'));
  await act('2026-10-10', 'approve', {}, t.key('regionalReviewer', 'ningxia-st'));
  await act('2026-10-10', 'confirm', undefined, t.key('regionalReviewer', 'ningxia-st', true));
  await act('2026-10-15', 'pay', { voucherNo: '202600000002' }, t.key('finance'));
}

/** Records a receipt, having seen how it will be shared. */
async function receive(page: Page, amount: string, receiptNo: string, shares: string[]): Promise<void> {
  await button(page, '登记回款').click();
  await page.getByLabel('到账金额').fill(amount);
  await page.getByLabel('净额').check();
  await day(page, '银行收到日期', '2026-10-16');
  await page.getByLabel('银行回单号').fill(receiptNo);
  const preview = page.getByRole('region', { name: '分配结果' });
  await expect.poll(() => preview.locator('tbody .figure').allInnerTexts()).toEqual(shares);
  await button(page, '登记并分配').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText(receiptNo, { exact: true }).waitFor();
}

/** Proposes to write off all that is left, after a court's order and a panel. */
async function proposeWriteOff(page: Page): Promise<void> {
  await button(page, '提出核销').click();
  await page.getByLabel('核销理由').fill('已无可供执行的财产');
  await day(page, '终结执行裁定日期', '2026-10-19');
  await day(page, '研究日期', '2026-10-20');
  await page.getByLabel('参加人员').fill('张三、李四、王五、');
  await button(page, '提出，交另一人复核').click();
  await page.getByText('这项由您提出，须由另一人复核').waitFor();
  expect(await button(page, '同意核销').count()).toBe(0);
}

test('a bank claims with its papers; what comes back is shared, a mistake is taken back and the rest written off, each by two people', async ({
  onTestFailed,
}) => {
  t.on('2026-09-14');
  const everybody: Opened[] = [];
  const person = async (...who: Parameters<Console['openAs']>) => {
    const opened = await t.openAs(...who);
    everybody.push(opened);
    return opened.page;
  };
  onTestFailed(async () => {
    for (const [i, { page }] of everybody.entries()) await picture(page, `failed-recoveries-${i}`);
  });

  const id = await claim(await person('bank', { institutionCode: 'shizuishan-bank' }, '/claims/new'));
  await reviewed(id);
  t.on('2026-10-20');

  const one = await person('finance', {}, `/claims/${id}`);
  await receive(one, '60000', '202600000003', ['24,000.00', '24,000.00', '12,000.00']);
  await receive(one, '6万', '202600000004', ['24,000.00', '24,000.00', '12,000.00']);
  const whole = ['120,000.00', '48,000.00', '48,000.00', '24,000.00'];
  expect(await sums(one)).toEqual(whole);
  await receive(one, '1000', '202600000005', ['400.00', '400.00', '200.00']);
  const mistaken = (page: Page) => page.getByRole('row').filter({ hasText: '202600000005' });
  expect(await button(one, '冲销').last().isDisabled()).toBe(true);

  const other = await person('finance', {}, `/claims/${id}`);
  await mistaken(other).getByRole('button', { name: '冲销' }).click();
  await other.getByLabel('理由').fill('回单属于另一笔贷款');
  await button(other, '确认冲销').click();
  await mistaken(other).getByText('已冲销').waitFor();
  await expect.poll(() => sums(other)).toEqual(whole);

  await one.reload();
  await proposeWriteOff(one);
  await other.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '复核', exact: true }).click();
  await picture(other, 'approvals-write-off');
  await button(other, '同意核销').click();
  await yes(other);
  await other.getByText('没有待复核的事项').waitFor();
  await one.reload();
  await one.getByRole('region', { name: '核销' }).getByText('2026-10-20 核销 1,816,000.00 元').waitFor();
  await picture(one, 'claim-written-off');

  await other.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '应付各方款项' }).click();
  await button(other, '拨付').click();
  await other.getByLabel('付款凭证号').fill('202600000009');
  await button(other, '提出，交另一人复核').click();
  await other.getByText('（本人）').waitFor();
  await one.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '复核', exact: true }).click();
  await one.getByRole('row').filter({ hasText: '202600000009' }).getByRole('button', { name: '复核' }).click();
  await yes(one);
  await one.getByText('没有待复核的事项').waitFor();
  const { body } = await t.get('payables', t.key('finance'));
  expect(body.items).toEqual([]);
  expect(everybody.flatMap(({ complaints }) => complaints)).toEqual([]);
});
