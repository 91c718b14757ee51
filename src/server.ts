import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { PgBoss } from 'pg-boss';
import pino from 'pino';
import { prepareJobs, sender } from '../jobs/boss.ts';
import { startWorkers } from '../jobs/worker.ts';
import { demonstrationDay, loadDemonstration } from '../prisma/demo/load.ts';
import { demonstrationUsers, loadDemonstrationUsers } from '../prisma/demo/users.ts';
import { SYSTEM } from './access/context.ts';
import { firstInvitation, firstKey } from './access/first-key.ts';
import { ROLES } from './access/roles.ts';
import { publishKey } from './archive/service.ts';
import { type Config, readConfig, s3Of } from './config.ts';
import { connectOrExplain } from './db/connect.ts';
import { startEmbedded } from './db/embedded.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/node-client.ts';
import { StartupError } from './db/startup-error.ts';
import { DomainError } from './errors.ts';
import { directoryStore } from './files/attachment-directory.ts';
import { s3Store } from './files/attachment-s3.ts';
import type { AttachmentStore } from './files/attachments.ts';
import { builtConsole } from './files/built-console.ts';
import { type Post, printedPost, smtpPost } from './files/mail.ts';
import { keptSigner, type Signer, signerOf } from './files/signing-key.ts';
import { createApp } from './http/app.ts';
import { shanghaiToday } from './http/context.ts';
import { metrics } from './http/metrics.ts';
import { createLimiter } from './http/rate-limit.ts';
import { type DemonstrationUser, demoUsers } from './http/routes/demo.ts';
import { EVERYWHERE } from './http/security-headers.ts';

type Fetch = (request: Request, connection: object) => Response | Promise<Response>;

/** What has been opened, to be closed last first. */
const opened: (() => Promise<unknown>)[] = [];
let ending: Promise<never> | undefined;

async function start(config: Config): Promise<void> {
  // The port first: whoever finds it taken need not wait for a database.
  let fetch: Fetch = () =>
    Response.json(
      { status: 503, code: 'STARTING', title: '服务正在启动' },
      { status: 503, headers: { ...EVERYWHERE, 'retry-after': '2' } },
    );
  const server = createServer(getRequestListener((request, connection) => fetch(request, connection)));
  const port = await listen(server, config.PORT);
  const url = await openPostgres(config, port);
  const { db, close } = openDatabase(url);
  opened.push(close);
  const log = pino(
    { level: config.LOG_LEVEL },
    pino.destination({ dest: `${config.DATA_DIR}/server.log`, mkdir: true, sync: false }),
  );
  const boss = new PgBoss({ connectionString: url, migrate: false, application_name: 'ningkedai-jobs' });
  boss.on('error', (err) => log.error({ err }, 'pg-boss'));
  await boss.start();
  opened.push(
    () => boss.stop({ graceful: true, timeout: 20_000 }),
    () => drain(server),
  );
  const deps = {
    db,
    log,
    publicUrl: (config.PUBLIC_URL ?? `http://localhost:${port}`).replace(/\/$/, ''),
    send: sender(boss),
  };
  const demo = config.DEMO ?? (config.DATABASE_URL ? 'none' : 'load');
  const attachments = storeOf(config);
  if (demo === 'load') {
    await loadDemonstration({ ...deps, attachments }, config.DATA_DIR, say);
    if (await demonstrationDay(db)) await loadDemonstrationUsers(deps, config.DATA_DIR);
  }
  const key = await firstKey(deps, shanghaiToday());
  if (key) say(`首个系统管理员密钥（只显示这一次，请妥善保存）：${key}`);
  const link = await firstInvitation(deps, shanghaiToday());
  if (link) say(`首个系统管理员请在七天内打开此链接，设置密码（只显示这一次）：${link}`);
  let demoDay = await demonstrationDay(db);
  const today = () => config.TODAY ?? demoDay ?? shanghaiToday();
  const dayMoved = async (day: string) => {
    demoDay = day;
    // What is due by the new day begins at once, and not at the next start.
    await boss.send('catch-up', {});
  };
  const { observe, route } = metrics();
  const limits = {
    limiter: config.RATE_LIMIT === 'none' ? undefined : createLimiter(),
    trustProxy: config.TRUST_PROXY,
  };
  const consoleFile = builtConsole(fileURLToPath(new URL('../dist/console', import.meta.url)));
  const demonstration = { demonstration: demoDay !== null, ...(demoDay && !config.TODAY && { dayMoved }) };
  const app = createApp({
    ...deps,
    attachments,
    consoleFile,
    ...limits,
    today,
    observe,
    ...demonstration,
  });
  app.route('/', route);
  const users = demoDay === null ? [] : demonstrationUsers(config.DATA_DIR);
  // Behind a proxy every visitor looks like this machine: who has one says so, and nobody is offered the users.
  const direct = !config.PUBLIC_URL && !config.TRUST_PROXY;
  if (users.length > 0 && direct) app.route('/', demoUsers(db, users));
  fetch = app.fetch;
  const signer = signerFor(config, demoDay !== null);
  if (signer) await publishKey({ ...deps, today: today(), actor: SYSTEM, requestId: 'start' }, signer.publicKey);
  if (config.JOBS === 'all') await startWorkers({ ...deps, boss, today, post: postOf(config, log), signer });
  announce(config, port, today(), demoDay !== null, users);
  if (signer) say(`  档案签名公钥 ${signer.publicKey}（亦见 /archive-key）`);
}

/** Who signs archives: the key that is configured, or the demonstration's own beside its data. */
function signerFor(config: Config, demonstration: boolean): Signer | undefined {
  try {
    if (config.ARCHIVE_KEY) return signerOf(config.ARCHIVE_KEY);
  } catch {
    throw new StartupError(
      'ARCHIVE_KEY',
      '环境变量有误：ARCHIVE_KEY 应为 Ed25519 私钥（PKCS #8）。',
      'bad ARCHIVE_KEY',
    );
  }
  return demonstration ? keptSigner(`${config.DATA_DIR}/archive-key.pem`) : undefined;
}

/** Letters leave by SMTP, or are shown on the screen and in the log. */
function postOf({ SMTP_URL, MAIL_FROM }: Config, log: pino.Logger): Post {
  if (SMTP_URL && MAIL_FROM) return smtpPost(SMTP_URL, MAIL_FROM);
  return printedPost((text) => {
    say(text);
    log.warn(text);
  });
}

/** Attachments are kept in S3-compatible storage where one is named, else in the data directory. */
function storeOf(config: Config): AttachmentStore {
  const s3 = s3Of(config);
  return s3 ? s3Store(s3) : directoryStore(`${config.DATA_DIR}/attachments`);
}

/** The embedded PostgreSQL, or the one of DATABASE_URL; with the tables of this version. */
async function openPostgres(config: Config, httpPort: number): Promise<string> {
  if (config.DATABASE_URL) {
    const client = await connectOrExplain(config.DATABASE_URL);
    try {
      await migrate(client);
    } finally {
      await client.end();
    }
    await prepareJobs(config.DATABASE_URL);
    return config.DATABASE_URL;
  }
  const { url, exited, stop } = await startEmbedded({ dataDir: config.DATA_DIR, httpPort });
  opened.push(stop);
  void exited.then(() => {
    if (!ending)
      fail(
        new StartupError(
          'DB_GONE',
          `PostgreSQL 意外退出，详见 ${config.DATA_DIR}/postgres.log。`,
          'PostgreSQL has gone',
        ),
      );
  });
  await migrate(url);
  await prepareJobs(url);
  return url;
}

async function listen(server: Server, wanted: number): Promise<number> {
  server.listen(wanted);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? '已被占用，请用 PORT=端口号 另选一个。' : `不能使用（${code}）。`;
    throw new StartupError('PORT', `端口 ${wanted} ${why}`, `port ${wanted} cannot be used`);
  }
  return (server.address() as { port: number }).port;
}

/** No new connections; requests at hand are answered first. */
async function drain(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await closed;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function announce(
  config: Config,
  port: number,
  today: string,
  demonstration: boolean,
  users: DemonstrationUser[],
): void {
  const at = `http://localhost:${port}`;
  say(`宁科贷 已启动：${at}`);
  say(`  接口文档 ${at}/api/docs   健康检查 ${at}/readyz   指标 ${at}/metrics`);
  say(`  业务日期 ${today}${demonstration ? '（演示数据，登录后可以推进）' : ''}`);
  if (users.length > 0) {
    say(`  演示用户（密码均为 ${users[0]!.password}；本机的登录页可直接选用，连同动态口令）：`);
    for (const { role, name, username, secret } of users)
      say(`    ${wide(ROLES[role], 18)}${wide(username, 12)}${wide(name, 20)}${secret ? '需动态口令' : ''}`);
  }
  if (demonstration) say(`  演示密钥（放在 X-API-Key 头中）见 ${config.DATA_DIR}/demo-keys.json`);
  say('  按 Ctrl-C 停止');
}

/** Text in a column of a screen, where a Chinese character is two letters wide. */
const wide = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(1, width - [...text].reduce((sum, c) => sum + (c > '\u2e7f' ? 2 : 1), 0)));

/** Closes everything in order, once; a second signal does not hurry it. */
function end(code: number): Promise<never> {
  ending ??= (async () => {
    for (const close of opened.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
        process.exitCode = 1;
      }
    }
    if (code === 0) say('已停止。');
    process.exit(process.exitCode ?? code);
  })();
  return ending;
}

function fail(error: unknown): void {
  const known = error instanceof StartupError || error instanceof DomainError;
  process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
  void end(1);
}

const starting = Promise.resolve().then(() => start(readConfig(process.env)));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!ending) say('正在停止……');
    // Whatever is being opened is opened first, so that it can be closed.
    void starting.catch(() => {}).then(() => end(0));
  });
}
starting.catch(fail);
