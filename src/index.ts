import { demonstrationDay } from '../prisma/demo/day.ts';
import type { Log } from './access/context.ts';
import { readConfig } from './config.ts';
import type { Db } from './db/client.ts';
import { openDatabase } from './db/worker-client.ts';
import { DomainError } from './errors.ts';
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
}

interface Execution {
  waitUntil(work: Promise<unknown>): void;
}

/** The API on Workers. Large files are judged, months settled and PDFs drawn by job workers on Node, which share the database. */
export default {
  async fetch(request: Request, env: Bindings, execution: Execution): Promise<Response> {
    const { db, send, close } = openDatabase(env.HYPERDRIVE.connectionString);
    try {
      const { TODAY, PUBLIC_URL } = readConfig({
        TODAY: env.TODAY || undefined,
        PUBLIC_URL: env.PUBLIC_URL || undefined,
      });
      const publicUrl = (PUBLIC_URL ?? new URL(request.url).origin).replace(/\/$/, '');
      // Whether the Worker is alive does not depend on the database.
      const demoDay = new URL(request.url).pathname === '/healthz' ? null : await demonstration(db);
      const today = () => TODAY ?? demoDay ?? shanghaiToday();
      const consoleFile = async (path: string, asked: Request) => {
        const found = await env.ASSETS.fetch(new URL(`/console/${path}`, asked.url).href);
        return found.ok ? found : null;
      };
      const deps = { db, log, today, consoleFile, publicUrl, send, limiter, demonstration: demoDay !== null };
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
