import { demonstrationDay } from '../prisma/demo/day.ts';
import type { Log } from './access/context.ts';
import { readConfig, s3Of } from './config.ts';
import type { Db } from './db/client.ts';
import { openDatabase } from './db/worker-client.ts';
import { DomainError } from './errors.ts';
import { s3Store } from './files/attachment-s3.ts';
import { noAttachmentStore } from './files/attachments.ts';
import { createApp } from './http/app.ts';
import { shanghaiToday } from './http/context.ts';
import { createLimiter } from './http/rate-limit.ts';
import { EVERYWHERE } from './http/security-headers.ts';

/** What wrangler.toml binds. */
interface Bindings {
  HYPERDRIVE: { connectionString: string };
  ASSETS: { fetch(request: Request | string): Promise<Response> };
  TODAY?: string;
  PUBLIC_URL?: string;
  S3_ENDPOINT?: string;
  S3_BUCKET?: string;
  S3_REGION?: string;
  S3_ACCESS_KEY_ID?: string;
  S3_SECRET_ACCESS_KEY?: string;
}

interface Execution {
  waitUntil(work: Promise<unknown>): void;
}

/** The API on Workers. Large files are judged, months settled and PDFs drawn by job workers on Node, which share the database. */
export default {
  async fetch(request: Request, env: Bindings, execution: Execution): Promise<Response> {
    const { db, send, close } = openDatabase(env.HYPERDRIVE.connectionString);
    try {
      const config = readConfig(settingsOf(env));
      const { TODAY, PUBLIC_URL } = config;
      const s3 = s3Of(config);
      const attachments = s3 ? s3Store(s3) : noAttachmentStore(NO_STORE);
      const publicUrl = (PUBLIC_URL ?? new URL(request.url).origin).replace(/\/$/, '');
      // Whether the Worker is alive does not depend on the database.
      const demoDay = new URL(request.url).pathname === '/healthz' ? null : await demonstration(db);
      const today = () => TODAY ?? demoDay ?? shanghaiToday();
      const consoleFile = async (path: string, asked: Request) => {
        const found = await env.ASSETS.fetch(new URL(`/console/${path}`, asked.url).href);
        return found.ok ? found : null;
      };
      const deps = {
        db,
        log,
        today,
        attachments,
        consoleFile,
        publicUrl,
        send,
        limiter,
        demonstration: demoDay !== null,
      };
      return await createApp(deps).fetch(request);
    } catch (error) {
      log.error({ err: error }, 'not ready');
      const detail = error instanceof DomainError ? error.message : '数据库没有应答，请稍后再试';
      const body = { type: 'about:blank', title: '服务暂不可用', status: 503, code: 'NOT_READY', detail };
      return Response.json(body, {
        status: 503,
        headers: { ...EVERYWHERE, 'content-type': 'application/problem+json; charset=utf-8' },
      });
    } finally {
      execution.waitUntil(close());
    }
  },
};

const NO_STORE = '此处未配置附件存储（S3_ENDPOINT 等），不能上传或下载附件';

/** What the environment sets; a variable left empty is not set. */
function settingsOf(env: Bindings): Record<string, string | undefined> {
  const { TODAY, PUBLIC_URL, S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env;
  const settings = { TODAY, PUBLIC_URL, S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY };
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value || undefined]));
}

/** Counts for this isolate; limits for all of them are Cloudflare's own rules. */
const limiter = createLimiter();

/** A database holds the demonstration from its first start on, or never; its day may be moved, so that it is asked each time. */
let real = false;
async function demonstration(db: Db): Promise<string | null> {
  const day = real ? null : await demonstrationDay(db);
  real = day === null;
  return day;
}

/** One line of JSON each, which Workers Logs indexes by field. */
function line(level: 'info' | 'warn' | 'error'): Log['info'] {
  return (fields, msg) =>
    console[level](
      JSON.stringify({ level, msg, ...fields }, (_, value) => (value instanceof Error ? value.stack : value)),
    );
}
const log: Log = { info: line('info'), warn: line('warn'), error: line('error') };
