import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { startWorkers } from '../../jobs/worker.ts';
import type { Role } from '../../src/access/roles.ts';
import { builtConsole } from '../../src/files/built-console.ts';
import { openBrowser } from './browser.ts';
import { watch } from './console-page.ts';
import { startDemonstration } from './demo.ts';
import type { TestUser } from './logins.ts';

/** Where the build puts the console. */
export const BUILT = fileURLToPath(new URL('../../dist/console', import.meta.url));

/** Whom a person of the tests works for. */
export interface Belongs {
  institutionCode?: string;
  enterpriseUscc?: string;
}

export interface Opened {
  page: Page;
  user: TestUser;
  /** what the browser complained of: errors, refused content, requests to other sites. Empty when all is well */
  complaints: string[];
}

const DESK = { width: 1280, height: 900 };

/** The console as people meet it: the real server on the demonstration up to a day, its jobs, and a real Chromium. */
export async function startConsole(until: string) {
  const t = await startDemonstration(until, { consoleFile: builtConsole(BUILT) });
  // The papers of the story's subsidies are read back elsewhere; drawing two hundred of them would take the browser's time.
  await t.boss.deleteQueuedJobs('subsidy-papers');
  await startWorkers({ db: t.db, boss: t.boss, log: t.log, publicUrl: 'http://localhost:8787', today: t.today });
  const server = createServer(getRequestListener(t.app.fetch)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  const browser: Browser = await openBrowser();

  /** A window of a person's own, not logged in. */
  async function window(size = DESK): Promise<Omit<Opened, 'user'>> {
    const context = await browser.newContext({
      viewport: size,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      acceptDownloads: true,
      baseURL: url,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // That the server refused something is what some tests are about, and the browser always says so.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${url}/`))
        complaints.push(`asks elsewhere: ${request.url()}`);
    });
    await watch(page);
    return { page, complaints };
  }

  /** A window of somebody of a role who has just logged in, at a page. */
  async function openAs(role: Role, belongs: Belongs = {}, path = '/', size = DESK): Promise<Opened> {
    const user = await t.userFor({ role, ...belongs });
    const opened = await window(size);
    const [name, value] = user.cookie.split('=') as [string, string];
    await opened.page.context().addCookies([{ name, value, url }]);
    await opened.page.goto(`${url}/console${path}`);
    await opened.page.locator('.frame main h1').first().waitFor();
    return { ...opened, user };
  }

  return {
    ...t,
    ...{ url, browser, window, openAs },
    stop: async () => {
      await browser.close();
      server.close();
      server.closeAllConnections();
      await t.stop();
    },
  };
}

export type Console = Awaited<ReturnType<typeof startConsole>>;

/** Logs somebody in as people do: name, password, and the 动态口令 where the role needs one. */
export async function logIn(page: Page, user: TestUser, path = '/'): Promise<void> {
  await page.goto(`/console${path}`);
  await page.getByLabel('用户名或邮箱').fill(user.username);
  await page.getByLabel('密码').fill(user.password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  const code = page.getByLabel('动态口令');
  const inside = page.locator('.frame main h1').first();
  await code.or(inside).waitFor();
  if (await code.isVisible()) {
    await code.fill(user.code());
    await page.getByRole('button', { name: '验证' }).click();
  }
  await inside.waitFor();
}
