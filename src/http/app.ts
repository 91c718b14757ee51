import { bodyLimit } from 'hono/body-limit';
import { requestId } from 'hono/request-id';
import { type Auth, openAuth } from '../access/auth.ts';
import type { Log, SendJob } from '../access/context.ts';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { AttachmentStore } from '../files/attachments.ts';
import { api } from './api.ts';
import { idempotency } from './idempotency.ts';
import { problem } from './problems.ts';
import { type LimitDeps, limitByActor, limitByAddress } from './rate-limit.ts';
import { newRouter } from './router.ts';
import { type ConsoleFile, consolePages } from './routes/console.ts';
import { demonstration } from './routes/demonstration.ts';
import { docs } from './routes/docs.ts';
import { logins } from './routes/logins.ts';
import { ops } from './routes/ops.ts';
import { publicPages } from './routes/public.ts';
import { securityHeaders } from './security-headers.ts';
import { door } from './session.ts';

export interface Deps extends LimitDeps {
  db: Db;
  /** the business day, Asia/Shanghai */
  today(): string;
  publicUrl: string;
  send: SendJob;
  log: Log;
  /** where the bytes of attachments are kept */
  attachments: AttachmentStore;
  /** the built console */
  consoleFile: ConsoleFile;
  /** told of each finished request, for metrics */
  observe?(seen: { method: string; route: string; status: number; seconds: number }): void;
  /** whether the data directory holds the demonstration */
  demonstration: boolean;
  /** told when the demonstration's day was moved; left out where it is fixed */
  dayMoved?(day: string): Promise<void>;
}

const MB = 1024 * 1024;
/** The largest body of a route, in MB: files of rows, and papers with room for the form around them. */
const LIMITS: Record<string, number> = {
  ...{ '/api/v1/bank-statements': 64, '/api/v1/statement-headings': 64, '/api/v1/statement-profiles': 64 },
  ...{ '/api/v1/imports': 64, '/api/v1/import-headings': 64, '/api/v1/attachments': 21 },
  '/api/v1/subsidy-applications/import': 64,
};

/** The whole API, for Node and for Workers. */
export function createApp(deps: Deps) {
  const app = newRouter();
  app.onError((error, c) => problem(error, c, deps.log));
  app.notFound((c) => problem(new DomainError('NOT_FOUND', '没有这个地址', { status: 404 }), c, deps.log));
  app.use(requestId());
  app.use(securityHeaders(deps.publicUrl));
  app.use(async (c, next) => {
    const start = performance.now();
    await next();
    const seconds = (performance.now() - start) / 1000;
    const seen = { method: c.req.method, route: c.req.routePath, status: c.res.status, seconds };
    deps.observe?.(seen);
    deps.log.info({ requestId: c.get('requestId'), path: c.req.path, ...seen }, 'request');
  });
  app.use(async (c, next) => {
    const limit = LIMITS[c.req.path] ?? 1;
    return bodyLimit({ maxSize: limit * MB, onError: () => tooLarge(limit) })(c, next);
  });
  app.use(limitByAddress(deps));
  app.route('/', ops(deps));
  app.route('/', publicPages(deps));
  app.route('/', consolePages(deps.consoleFile));
  app.route('/', docs(app, deps.publicUrl));
  const auth = authOf(deps);
  app.route('/', logins(deps, auth));
  app.use('/api/v1/*', door(deps, auth));
  app.use('/api/v1/*', limitByActor(deps));
  app.use('/api/v1/*', idempotency);
  app.use('/api/v1/attachments/*', async (c, next) => {
    c.set('attachments', deps.attachments);
    await next();
  });
  app.route('/api/v1', api);
  app.route('/api/v1', demonstration(deps));
  return app;
}

/** better-auth of this app, made when somebody first comes with a login: an API key needs none. */
function authOf(deps: Deps): () => Promise<Auth> {
  let made: Promise<Auth> | undefined;
  return () => {
    made ??= openAuth(deps).catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

function tooLarge(limit: number): never {
  const what = limit === 1 ? '请求内容超过 1 MB' : `文件超过 ${limit === 21 ? 20 : limit} MB`;
  throw new DomainError('TOO_LARGE', what, { status: 413 });
}
