import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPdf } from '../documents/read-pdf.ts';
import { type Console, logIn, startConsole } from '../support/console.ts';
import { drop, picture } from '../support/console-page.ts';

/** A bank's file: one good row, one with a wrong check digit, one with a day that is none. */
const FILE = {
  name: '十一月备案.csv',
  text: `序号,借款人名称,统一社会信用代码,借款合同号,借据号,贷款金额(元),备案金额(元),年利率(%),放款日期,到期日期,计息基础,还款方式,担保方式,是否首次贷款,资金用途
1,宁夏沃石新材料有限公司,91640105MA3837849B,HT-1101,JJ-1101,"300,000.00","300,000.00",3.45,2026-11-16,2027-11-15,实际/360,按月付息到期还本,信用,否,研发投入
2,宁夏禾星新能源有限公司,91640105MA06228850,HT-1102,JJ-1102,"300,000.00","300,000.00",3.45,2026-11-17,2027-11-16,实际/360,按月付息到期还本,信用,否,研发投入
3,宁夏润图信息技术有限公司,91640105MA31775963,HT-1103,JJ-1103,"300,000.00","300,000.00",3.45,2026-11-31,2027-11-17,实际/360,按月付息到期还本,信用,否,研发投入
`,
};

let t: Console;
beforeAll(async () => {
  t = await startConsole('2026-11-20');
});
afterAll(() => t.stop());

const sentence = (page: Page) => page.locator('.sentence');
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
/** Waits until a question is asked, with its yes under the Enter key. */
async function asked(page: Page, question: string | RegExp): Promise<void> {
  const dialog = page.locator('.ant-modal-confirm', { hasText: question });
  await dialog.locator('.ant-btn-primary:focus').waitFor();
}
const menu = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name, exact: true }).click();

/** The bank's officer drops the file, puts its two faults right where they stand, and sends it. */
async function file(page: Page): Promise<void> {
  await menu(page, '上传文件');
  await drop(page, FILE);
  await sentence(page).filter({ hasText: '读取 3 行，2 行有问题' }).waitFor();
  const row = (number: number) => page.locator('tr', { hasText: `第 ${number} 行` });
  await row(3).locator('input[aria-invalid=true]').fill('91640105MA0622885F');
  await row(4).locator('input[aria-invalid=true]').fill('2026-11-18');
  await button(page, '全部合格才报送').click();
  await sentence(page).filter({ hasText: '读取 3 行，全部合格，接收 3 行' }).waitFor();
}

/** The county's reviewer consents to the first on its own page and to the others together, by keyboard. */
async function consent(page: Page): Promise<void> {
  await menu(page, '待审核备案');
  await page.locator('tr.current-row').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '核查与依据' }).waitFor();
  await page.keyboard.press('a');
  await asked(page, /同意.*的备案？/);
  await page.keyboard.press('Enter');
  await page.getByText('第 1 笔，共 2 笔待审核').waitFor();
  await page.keyboard.press('u');
  await page.getByText('第 1–2 条，共 2 条').waitFor();
  for (const key of ['x', 'j', 'x']) await page.keyboard.press(key);
  await button(page, '同意所选 2 笔').waitFor();
  await page.keyboard.press('a');
  await asked(page, '同意所选 2 笔备案？');
  await page.keyboard.press('Enter');
  await page.getByText('已同意 2 笔，同意函已出具').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('没有待审核的备案。银行报送后').waitFor();
}

/** Opens the pool's page and gives a way to read its 准备金占用额. */
async function openPool(page: Page): Promise<() => Promise<string>> {
  await menu(page, '资金池');
  await page.locator('main').getByRole('link', { name: '银川市宁科贷风险补偿资金池' }).first().click();
  return () => page.locator('.ant-statistic', { hasText: '准备金占用额' }).locator('.figure').innerText();
}

/** The month's balances, from the sheet that the service has filled in. */
async function report(page: Page): Promise<void> {
  await menu(page, '余额月报');
  const line = page.locator('tr', { hasText: '2026-11' });
  const [download] = await Promise.all([page.waitForEvent('download'), line.getByText('下载底稿').click()]);
  await line.getByRole('button', { name: '上传' }).click();
  await page.locator('input[type=file]').setInputFiles(await download.path());
  await sentence(page).filter({ hasText: '全部合格' }).waitFor();
}

/** The pool's other bank has no people in this story: its system takes the same sheet and sends it. */
async function reportAsSystem(institution: string): Promise<void> {
  const key = t.key('bank', institution);
  const sheet = await t.get('import-templates/balanceReports/filled?period=2026-11&poolCode=yinchuan', key);
  const form = new FormData();
  for (const [name, value] of Object.entries({ kind: 'balanceReports', mode: 'all' })) form.set(name, value);
  form.set('file', new File([sheet.body], 'report.xlsx'));
  expect((await t.post('imports', form, key)).body).toMatchObject({ status: 'done', rowsRefused: 0 });
}

/** Records a contribution from the bank's receipt. */
async function contribute(page: Page, amount: string, receiptNo: string): Promise<void> {
  await openPool(page);
  await button(page, '登记出资').click();
  await page.getByLabel('出资方').fill('银川');
  await page.getByTitle('银川市科学技术局', { exact: true }).click();
  await page.getByRole('textbox', { name: '金额' }).fill(amount);
  await page.getByLabel('到账日期').fill('2026-11-27');
  await page.getByLabel('到账日期').press('Enter');
  await page.getByLabel('银行回单号').fill(receiptNo);
  await button(page, '登记').click();
  await page.getByText('出资已登记').waitFor();
}

/** Another person takes back what was recorded by mistake. */
async function reverse(page: Page, amount: string): Promise<void> {
  await menu(page, '复核');
  await page.locator('tr', { hasText: amount }).getByRole('button', { name: '冲销' }).click();
  await page.getByLabel('理由').fill('金额误登，实际到账 1,000,000.00 元');
  await button(page, '确认冲销').click();
  await page.getByText('已冲销').first().waitFor();
}

/** Settles the month and comes back with the statement of the pool. */
async function settle(page: Page): Promise<Uint8Array> {
  await menu(page, '结算');
  await page.locator('tr', { hasText: '银川市' }).getByText('待结算').click();
  await button(page, '结算 2026-11').click();
  await page.getByRole('dialog').getByRole('button', { name: '结算' }).click();
  await sentence(page).filter({ hasText: '已于 2026-12-07 结算' }).waitFor();
  expect(await page.locator('tr', { hasText: '专户存款' }).first().innerText()).toContain('241,000,000.00');
  const link = page.getByRole('link', { name: '结算单 PDF' }).first();
  await link.waitFor();
  const answer = await page.request.get((await link.getAttribute('href'))!);
  expect(answer.headers()['content-type']).toBe('application/pdf');
  return answer.body();
}

test('a month goes from a bank’s file with faults to a statement that a stranger can verify, by people in a browser', async ({
  onTestFailed,
}) => {
  const person = async (role: Parameters<Console['userFor']>[0]['role'], institutionCode?: string) => {
    const user = await t.userFor({ role, institutionCode });
    const { page, complaints } = await t.window();
    return { user, page, complaints };
  };
  const bank = await person('bank', 'ningxia-bank');
  const reviewer = await person('countyReviewer', 'yinchuan-st');
  const [cashier, second] = [await person('finance'), await person('finance')];
  const everybody = [bank, reviewer, cashier, second];
  onTestFailed(async () => {
    for (const [i, { page }] of everybody.entries()) await picture(page, `failed-main-job-${i}`);
  });

  const dayComes = async (day: string) => {
    t.on(day);
    for (const { page } of everybody) await page.reload();
  };

  t.on('2026-11-25');
  await Promise.all(everybody.map(({ page, user }) => logIn(page, user)));
  const yuan = (text: string) => Number(text.replaceAll(',', ''));
  const before = yuan(await (await openPool(reviewer.page))());
  await file(bank.page);
  await consent(reviewer.page);
  const reserved = await openPool(reviewer.page);
  await expect.poll(async () => yuan(await reserved())).toBeCloseTo(before + 90_000, 2);

  await dayComes('2026-11-27');
  await contribute(cashier.page, '10000000', '202600000027');
  await reverse(second.page, '10,000,000.00');
  await contribute(cashier.page, '100万', '202600000028');

  await dayComes('2026-12-07');
  await report(bank.page);
  await reportAsSystem('bank-of-china');
  const statement = await readPdf(await settle(cashier.page));
  expect(statement.text).toContain('241,000,000.00');
  expect(statement.text).toContain('贰亿肆仟壹佰万元整');
  const code = statement.text.match(/验证码[：:]?([A-Z0-9-]{8,})/)![1]!;

  const stranger = await t.window();
  await stranger.page.goto(`/verify/${code}`);
  expect(await stranger.page.locator('main').innerText()).toContain('结算单');
  expect([...everybody, stranger].flatMap(({ complaints }) => complaints)).toEqual([]);
});
