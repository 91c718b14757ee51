import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext } from 'playwright-core';
import { ROLES, type Role } from '../../src/access/roles.ts';
import { mayOpen, PAGES, permissionsOf } from '../../src/console/frame/pages.ts';
import { largeFile } from '../console/things.ts';
import { openBrowser, prepareBrowser } from '../support/browser.ts';
import { drop, settled, watch } from '../support/console-page.ts';
import { type BenchDatabase, median, type Row, row, seconds } from './support.ts';

/** How a page loads that nothing was kept of: milliseconds and bytes over the wire. */
interface Load {
  role: string;
  page: string;
  firstPaint: number;
  blocked: number;
  script: number;
  total: number;
}

interface DemoUser {
  username: string;
  role: Role;
  institution: string | null;
  password: string;
  code: string | null;
}

/** Every page of every role as it loads, and a file of 10,000 filings while the page should go on working. */
export async function measure({ url }: BenchDatabase): Promise<Row[]> {
  prepareBrowser();
  const server = await startServer(url);
  const browser = await openBrowser();
  try {
    const before = await loaded(await browser.newContext(), `${server.url}/console/`, '未登录', '登录');
    const loads = [before];
    for (const role of Object.keys(ROLES) as Role[]) loads.push(...(await loadsOf(browser, server, role)));
    console.table(loads.map(asTable));
    return [...rowsOf(before, loads), ...(await upload(browser, server))];
  } finally {
    await browser.close();
    await server.stop();
  }
}

function rowsOf(before: Load, loads: Load[]): Row[] {
  const worst = (field: 'firstPaint' | 'blocked' | 'total') => Math.max(...loads.map((load) => load[field]));
  const middle = (field: 'firstPaint' | 'blocked' | 'total') => median(loads.map((load) => load[field]));
  return [
    row('页面：登录前的脚本', 'KB', { ours: before.script / 1000, limit: 300 }, { atMost: 1 }),
    row(`页面：首次绘制，${loads.length} 页中位数`, '毫秒', { ours: middle('firstPaint') }),
    row('页面：首次绘制，最慢', '毫秒', { ours: worst('firstPaint') }),
    row('页面：阻塞，中位数', '毫秒', { ours: middle('blocked') }),
    row('页面：阻塞，最多', '毫秒', { ours: worst('blocked') }),
    row('页面：全部字节，最多', 'KB', { ours: worst('total') / 1000 }),
  ];
}

const asTable = ({ role, page, firstPaint, blocked, script, total }: Load) => ({
  ...{ 角色: role, 页面: page, 首次绘制毫秒: Math.round(firstPaint), 阻塞毫秒: Math.round(blocked) },
  ...{ 脚本KB: Math.round(script / 1000), 全部KB: Math.round(total / 1000) },
});

interface Server {
  url: string;
  users(): Promise<DemoUser[]>;
  stop(): Promise<void>;
}

/** The service as one starts it, with its demonstration, on the bench's database. */
async function startServer(database: string): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'ningkedai-pages-'));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const env = { ...process.env, DATABASE_URL: database, DEMO: 'load', DATA_DIR: folder, PORT: '0', RATE_LIMIT: 'none' };
  const child = spawn(process.execPath, ['src/server.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let url: string | undefined;
  for await (const line of createInterface(child.stdout)) {
    url = /http:\/\/localhost:\d+/.exec(line)?.[0];
    if (url) break;
  }
  if (!url) throw new Error('the service did not start');
  child.stdout.resume();
  const ended = new Promise((done) => child.once('exit', done));
  return {
    url,
    users: async () => (await (await fetch(`${url}/api/demo/users`)).json()).items,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A browser in which somebody of the demonstration has logged in; none where it has nobody like that. */
async function logIn(
  browser: Browser,
  { url, users }: Server,
  who: Partial<DemoUser>,
): Promise<BrowserContext | undefined> {
  const user = (await users()).find((one) => Object.entries(who).every(([key, value]) => one[key as 'role'] === value));
  if (!user) return undefined;
  const context = await browser.newContext({ baseURL: url, locale: 'zh-CN', viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto('/console/');
  await page.getByLabel('用户名或邮箱').fill(user.username);
  await page.getByLabel('密码').fill(user.password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  if (user.code) {
    await page.getByLabel('动态口令').fill(user.code);
    await page.getByRole('button', { name: '验证' }).click();
  }
  await page.locator('.frame main h1').first().waitFor();
  await page.close();
  return context;
}

/** Every page of a role that needs no number of something, loaded anew. */
async function loadsOf(browser: Browser, server: Server, role: Role): Promise<Load[]> {
  const context = await logIn(browser, server, { role });
  if (!context) return [];
  const me = { role, permissions: permissionsOf(role) };
  const pages = PAGES.filter((page) => !page.path.includes(':') && mayOpen(me, page));
  const loads: Load[] = [];
  for (const { path, title } of pages)
    loads.push(await loaded(context, `${server.url}/console${path}`, ROLES[role], title));
  await context.close();
  return loads;
}

/** Loads an address with nothing kept from before. */
async function loaded(context: BrowserContext, address: string, role: string, title: string): Promise<Load> {
  const page = await context.newPage();
  await watch(page);
  const network = await context.newCDPSession(page);
  const scripts = new Set<string>();
  let [script, total] = [0, 0];
  network.on('Network.responseReceived', ({ requestId, response: { mimeType } }) => {
    if (mimeType === 'text/javascript') scripts.add(requestId);
  });
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    total += encodedDataLength;
    if (scripts.has(requestId)) script += encodedDataLength;
  });
  await network.send('Network.enable');
  await network.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.goto(address);
  await page.locator('h1').first().waitFor();
  await settled(page);
  const { firstPaint, blocked } = await page.evaluate(() => {
    const firstPaint = performance.getEntriesByName('first-contentful-paint')[0]!.startTime;
    // As Lighthouse counts: what is beyond 50 ms of each task after the first paint.
    const tasks = globalThis.longTasks.filter(({ startTime }) => startTime >= firstPaint);
    return { firstPaint, blocked: tasks.reduce((sum, { duration }) => sum + duration - 50, 0) };
  });
  await page.close();
  return { role, page: title, firstPaint, blocked, script, total };
}

/** A file of 10,000 filings: from the drop to its result, and the longest that the page did nothing else meanwhile. */
async function upload(browser: Browser, server: Server): Promise<Row[]> {
  const context = (await logIn(browser, server, { institution: 'ningxia-bank' }))!;
  const page = await context.newPage();
  await watch(page);
  await page.goto('/console/imports/new');
  const rows = 10_000;
  await page.locator('main h1').waitFor();
  await settled(page);
  await page.evaluate(() => globalThis.longTasks.splice(0));
  const spent = await seconds(async () => {
    await drop(page, { name: '一万笔.csv', text: largeFile(rows) });
    await page
      .locator('.sentence')
      .filter({ hasText: `读取 ${rows} 行` })
      .waitFor({ timeout: 600_000 });
  });
  const longest = await page.evaluate(() => Math.max(0, ...globalThis.longTasks.map(({ duration }) => duration)));
  await context.close();
  return [
    row('页面：10000 笔备案文件，从拖入到结果', '秒', { ours: spent }),
    row('页面：其间最长一次不应答', '毫秒', { ours: longest }),
  ];
}
