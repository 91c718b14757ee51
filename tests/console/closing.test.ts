import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeArchive } from '../../jobs/make-archive.ts';
import { SYSTEM } from '../../src/access/context.ts';
import { publishKey } from '../../src/archive/service.ts';
import { settle } from '../../src/settlement/service.ts';
import { newSigner } from '../support/archive.ts';
import { type Console, type Opened, startConsole } from '../support/console.ts';
import { picture, settled } from '../support/console-page.ts';

let t: Console;
let folder: string;
let first: Opened;
let second: Opened;
beforeAll(async () => {
  t = await startConsole('2026-11-20');
  folder = await mkdtemp(join(tmpdir(), 'ningkedai-'));
  const signer = newSigner();
  await publishKey(t.contextOf(SYSTEM), signer.publicKey);
  await t.boss.work('make-archive', async ([job]) => makeArchive(signer)(t.contextOf(SYSTEM), job!.data));
  first = await t.openAs('finance', {}, '/closings?poolCode=pingluo&period=2026-10');
  second = await t.openAs('finance');
}, 120_000);
afterAll(async () => {
  await t.stop();
  await rm(folder, { recursive: true });
});

const button = (within: Page | Locator, name: string) => within.getByRole('button', { name, exact: true });
const complaints = () => [...first.complaints, ...second.complaints];

/** Says yes where a page asks once more. */
const sure = (page: Page, name: RegExp) => page.locator('.ant-modal-confirm').getByRole('button', { name }).click();

test('a month is closed by two people from its checklist, and what comes later names it', async () => {
  const { page } = first;
  await page.locator('.check', { hasText: '三方对账' }).getByText('银行月报、台账与准备金一致').waitFor();
  await page.locator('.check', { hasText: '待查款项' }).getByText('12,345.60 元尚未查明归属').waitFor();
  await button(page, '提出结账，交他人复核').click();
  await page.getByText('由您提出，须由另一人复核').waitFor();
  expect(await button(page, '复核结账').count()).toBe(0);

  const other = second.page;
  await other.goto('/console/closings?poolCode=pingluo&period=2026-10');
  await button(other, '复核结账').click();
  await sure(other, /^结\s?账$/);
  await other.getByText('结账时的账簿').waitFor();
  const late = { contributor: 'pingluo-st', amount: '1000.00', receivedOn: '2026-10-29', receiptNo: 'LATE-1029' };
  expect((await t.post('pools/pingluo/contributions', late, t.key('finance'))).status).toBe(201);
  await other.reload();
  await other.getByText('以后补记本月的事项').waitFor();
  expect(await other.getByRole('row', { name: /出资到账/ }).innerText()).toContain('1,000.00');
});

test('a month without the bank’s statements is closed only for a reason that two people stand for', async () => {
  const { page } = first;
  await page.goto('/console/closings?poolCode=yinchuan&period=2026-03');
  await page.locator('.check', { hasText: '2026-02 尚未结账' }).waitFor();
  expect(await button(page, '例外结账……').count()).toBe(0);
  await page.goto('/console/closings?poolCode=yinchuan&period=2026-01');
  await button(page, '例外结账……').click();
  const asked = page.getByRole('dialog');
  await button(asked, '提出，交他人复核').click();
  await asked.getByText('请填写理由').waitFor();
  await asked.getByLabel('理由').fill('开户行 1 月未出具对账单，已取得余额证明');
  await button(asked, '提出，交他人复核').click();
  await page.getByText('由您提出，须由另一人复核').waitFor();

  const other = second.page;
  const { items } = (await t.get('closings?poolCode=yinchuan&period=2026-01', t.key('finance'))).body;
  await other.goto(`/console/closings/${items[0].id}`);
  await button(other, '复核结账').click();
  await sure(other, /^结\s?账$/);
  await other.locator('.sentence', { hasText: '例外结账，不再重开' }).waitFor();
  await other.getByText('理由：开户行 1 月未出具对账单').waitFor();
  expect(await other.getByRole('link', { name: '去办理' }).count()).toBe(0);
});

test('the year is closed by two people when its months are, with a statement for the pool and for each contributor', async () => {
  await closeTheRest();
  const { page } = first;
  await page.goto('/console/closings');
  await page.getByRole('link', { name: /平罗.*2026 年度报表（可以结账）/ }).click();
  await button(page, '提出年终结账，交他人复核').click();
  await page.getByText('由您提出，须由另一人复核').waitFor();

  const other = second.page;
  await other.goto(page.url());
  await button(other, '复核年终结账').click();
  await sure(other, /^年终结账$/);
  await other.locator('.sentence', { hasText: '年度报表已出具' }).waitFor();
  await settled(other);
  await picture(other, 'closing-year');
  const deposits = other.locator('.sum-row', { hasText: '专户存款' });
  const { body: pool } = await t.get('pools/pingluo?asOf=2026-12-31', t.key('finance'));
  expect((await deposits.innerText()).replaceAll(',', '')).toContain(pool.deposits);
  await other.locator('.ant-radio-button-wrapper', { hasText: '平罗县科学技术局' }).click();
  await other.getByRole('region', { name: '平罗县科学技术局 2026 年度报表' }).getByText('分得存款利息').waitFor();
  expect(complaints()).toEqual([]);
});

/** November and December settled and closed, as `year-closing.test.ts` shows it. */
async function closeTheRest(): Promise<void> {
  t.on('2027-01-15');
  for (const period of ['2026-11', '2026-12']) {
    await settle({ ...t.contextOf(SYSTEM), today: '2027-01-15' }, 'pingluo', period);
    const reason = { poolCode: 'pingluo', period, exception: '开户行系统切换，未出具对账单' };
    const made = await t.post('closings', reason, t.key('finance'));
    expect([made.status, made.body.detail]).toEqual([201, undefined]);
    const closed = await t.post(`closings/${made.body.id}/confirm`, undefined, t.key('finance', undefined, true));
    expect(closed.status).toBe(200);
  }
}

test('an auditor makes the year’s archive and takes it along; it verifies without us, and not once it was touched', async () => {
  const { page, complaints: own } = await t.openAs('auditor', {}, '/archives');
  await button(page, '制作档案').click();
  const asked = page.getByRole('dialog');
  await asked.getByLabel('账套').click();
  await page.locator('.ant-select-item-option:visible', { hasText: '平罗' }).click();
  await asked.getByLabel('年度').fill('2026');
  await asked.getByRole('button', { name: /^制\s?作$/ }).click();
  await page.getByText('已制成').waitFor({ timeout: 60_000 });
  const took = page.waitForEvent('download');
  await page.getByRole('link', { name: /下\s?载/ }).click();
  const file = join(folder, (await took).suggestedFilename());
  await (await took).saveAs(file);
  expect(await verified(file)).toContain('结论：全部相符');
  const bytes = await readFile(file);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(file, bytes);
  expect(await verified(file)).toMatch(/结论：有 \d+ 处不符/);
  expect(own).toEqual([]);
});

/** What the verifier says of a file. */
const verified = async (file: string): Promise<string> => {
  const run = promisify(execFile)(process.execPath, ['verify/main.ts', file]);
  return run.then(
    ({ stdout, stderr }) => stdout + stderr,
    ({ stdout, stderr }) => stdout + stderr,
  );
};
