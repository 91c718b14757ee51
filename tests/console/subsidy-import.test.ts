import { readFileSync } from 'node:fs';
import ExcelJS from '@protobi/exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Console, startConsole } from '../support/console.ts';
import { drop, picture } from '../support/console-page.ts';

let t: Console;
beforeAll(async () => {
  t = await startConsole('2026-11-20');
});
afterAll(() => t.stop());

/** Premiums of a few enterprises that nobody has applied for yet: policies and invoices of their own. */
const [HEAD, ...ROWS] = readFileSync(new URL('../../prisma/demo/premiums-2026.csv', import.meta.url), 'utf8')
  .split(/\r?\n/)
  .slice(0, 13)
  .map((line) => line.replace('PZ2026', 'PZ2099').replace(/,26(\d{18})$/, ',99$1')) as [string, ...string[]];
const CODES = new Set(ROWS.map((row) => row.split(',')[0]));
const fileOf = (head: string, rows: string[]) => [head, ...rows].join('\n');

test('paper applications: a spoilt file tells each fault and leaves nothing; mended, and its column named, it becomes applications', async () => {
  const { page, complaints } = await t.openAs('regionalReviewer', { institutionCode: 'ningxia-st' }, '/subsidies');
  const region = t.key('regionalReviewer');
  const kept = async () => (await t.get('subsidy-applications', region)).body.total as number;
  const before = await kept();
  await page.getByRole('button', { name: '导入纸质申请' }).click();
  const outcome = page.locator('.outcome');
  const interest = page.getByRole('tab', { name: '付息凭证明细' });
  const choose = async (scheme: string) => {
    await page.getByRole('combobox', { name: '补贴政策' }).fill(scheme);
    await page.locator('.ant-select-item-option', { hasText: scheme }).click();
  };

  // A scheme of another place, which has costs of one kind only and which nobody has applied under, is asked about before it takes up what is in the file.
  await interest.waitFor();
  await choose('合肥');
  await interest.waitFor({ state: 'detached' });
  await drop(page, { name: '选错.csv', text: fileOf(HEAD, ROWS) });
  const question = page.locator('.ant-modal-confirm', { hasText: '这项政策还没有受理过申请' });
  await picture(page, 'subsidy-import-asks');
  await question.getByRole('button', { name: '取消' }).click();
  await choose('宁夏');
  await interest.waitFor();

  const spoilt = ROWS.with(0, ROWS[0]!.replace(/^\d+/, '916401212972756294'))
    .with(4, ROWS[4]!.replace(/2026-\d\d-\d\d/, '2026-02-31'))
    .with(8, ROWS[8]!.replace(/\d{20}$/, /\d{20}$/.exec(ROWS[2]!)![0]));
  await drop(page, { name: '保费.csv', text: fileOf(HEAD, spoilt) });
  await outcome.getByText('「保费.csv」有 3 行不符合要求').waitFor();
  const faults = outcome.locator('tbody tr[data-row-key]');
  expect(await faults.allInnerTexts()).toEqual([
    expect.stringMatching(/^2\s+统一社会信用代码\s+916401212972756294\s+没有登记企业/),
    expect.stringMatching(/^6\s+保险起期\s+2026-02-31\s/),
    expect.stringMatching(/^10\s+发票号码\s+99\d{18}\s+发票[\s\S]+不得重复申报\s+《.+》/),
  ]);
  await picture(page, 'subsidy-import-refused');
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载问题清单' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('保费 问题清单.xlsx');
  const book = await new ExcelJS.Workbook().xlsx.readFile(await saved.path());
  expect(book.worksheets[0]!.rowCount).toBe(4);
  expect(await kept()).toBe(before);

  // The same rows, right, under a heading that only the person knows; the mapping is kept for the next file.
  await drop(page, { name: '改正.csv', text: fileOf(HEAD.replace('保单号', '保单流水'), ROWS) });
  await page.getByText('还缺 1 列').waitFor();
  await page.getByRole('combobox', { name: '「保单流水」对应为' }).click();
  await page.getByTitle('保单号 *').click();
  await page.getByRole('button', { name: '按此对应上传' }).click();
  await outcome.getByText(`「改正.csv」读取 12 行，新建 ${CODES.size} 份补贴申请`).waitFor();
  await picture(page, 'subsidy-import-done');
  expect(await kept()).toBe(before + CODES.size);
  await drop(page, { name: '再次.csv', text: fileOf(HEAD.replace('保单号', '保单流水'), ROWS) });
  await outcome.getByText(`没有新建补贴申请，${CODES.size} 份此前已有`).waitFor();

  await outcome.locator('tbody a').first().click();
  await page.waitForURL(/subsidies\/\d+$/);
  await page
    .getByText(/^PZ2099/)
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
});

test('a budget is registered for a scheme that nobody has applied under, and its change waits for another among the approvals', async () => {
  const first = await t.openAs('finance', {}, '/budgets');
  await first.page.getByRole('button', { name: '登记年度预算' }).click();
  const dialog = first.page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: '补贴政策' }).fill('银川');
  await first.page.getByTitle('《银川市高新技术企业和科技小巨人企业研发后补助政策》（2022 年）').click();
  const given = {
    ...{ 预算名称: '2026 年研发后补助预算', 预算批复文件: '银财〔2026〕8 号', 预算金额: '5000000' },
    ...{ 付款账户户名: '银川市科学技术局', 开户行: '宁夏银行', 账号: '6400100155557777' },
  };
  for (const [label, value] of Object.entries(given)) await dialog.getByLabel(label, { exact: true }).fill(value);
  await dialog.getByRole('button', { name: '登记' }).click();
  await first.page.getByText('预算已登记').waitFor();
  const change = { kind: 'increase', amount: '100000.00', document: '银财〔2026〕20 号', reason: '年中追加' };
  expect((await t.post('budgets/subsidy-2026-yinchuan-2022/changes', change, t.key('finance'))).status).toBe(200);

  const second = await t.openAs('finance', {}, '/');
  await second.page.getByRole('link', { name: '待复核的补贴预算调整' }).click();
  const card = second.page.locator('.ant-card', { hasText: '预算调整：追加（2026 年研发后补助预算）' });
  await card.getByRole('button', { name: '复核', exact: true }).click();
  await second.page.getByRole('dialog').getByRole('button', { name: '复核同意' }).click();
  await second.page.getByText('已复核，预算已调整').waitFor();
  const { body } = await t.get('budgets/subsidy-2026-yinchuan-2022', t.key('finance'));
  expect(body.amount).toBe('5100000.00');
  expect([...first.complaints, ...second.complaints]).toEqual([]);
});
