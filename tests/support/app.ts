import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { sender } from '../../jobs/boss.ts';
import { actorOf } from '../../src/access/api-key.ts';
import { type Actor, type Context, type Log, SYSTEM } from '../../src/access/context.ts';
import { issueKey, issueOwnKey, type NewKey } from '../../src/access/key-service.ts';
import { SECOND_FACTOR_ROLES } from '../../src/access/roles.ts';
import { openDatabase } from '../../src/db/node-client.ts';
import { directoryStore } from '../../src/files/attachment-directory.ts';
import { createApp, type Deps } from '../../src/http/app.ts';
import { createDatabase } from './database.ts';
import { makeUser } from './logins.ts';

/** Nothing is expected to go wrong unseen in a test: errors are kept and shown. */
function quiet(): Log & { errors: object[] } {
  const errors: object[] = [];
  return { errors, info: () => {}, warn: () => {}, error: (fields) => errors.push(fields) };
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}

/** What was left by an app that ended with `leave`: a database and a folder of attachments, which others begin with copies of. */
export interface Left {
  database: string;
  attachments: string;
}

/** The real API on a real database of this test's own, with a clock that the test sets; `more` takes the place of parts of the app. */
export async function startTestApp(today: string, more: Partial<Deps> = {}, from?: Left) {
  const database = await createDatabase(from?.database);
  const { db, pool, close } = openDatabase(database.url, 24);
  const boss = new PgBoss({
    connectionString: database.url,
    supervise: false,
    schedule: false,
    migrate: false,
    max: 4,
  });
  const log = quiet();
  boss.on('error', (err) => log.errors.push(err));
  await boss.start();
  const clock = { today };
  const folder = await mkdtemp(join(tmpdir(), 'ningkedai-attachments-'));
  if (from) await cp(from.attachments, folder, { recursive: true });
  const deps = {
    db,
    log,
    today: () => clock.today,
    publicUrl: 'http://localhost:8787',
    send: sender(boss),
    attachments: directoryStore(folder),
    demonstration: false,
    consoleFile: async () => null,
  };
  const app = createApp({ ...deps, ...more });

  /** The context services are given, for what has no route. */
  const contextOf = (actor: Actor = SYSTEM): Context => ({
    db,
    today: clock.today,
    actor,
    requestId: 'test',
    publicUrl: deps.publicUrl,
    send: deps.send,
    log,
  });

  /** A key for a role: a system's as the operator issues it, a person's as a new person of that name and role issues it to themselves. */
  const keyFor = async ({ name = '测试员', ...input }: Omit<NewKey, 'name'> & { name?: string }): Promise<string> => {
    if (!SECOND_FACTOR_ROLES.includes(input.role)) return (await issueKey(contextOf(), { name, ...input })).key;
    const { role, institutionCode, scopes, signed, expiresOn } = input;
    const owner = await makeUser(db, { name, role, institutionCode });
    const own = { name, scopes, signed, expiresOn, code: owner.code() };
    const { id, key } = await issueOwnKey(contextOf(await actorOf(db, owner.id)), own);
    // Tests go years ahead; whoever looks at the end of a key says when.
    if (!expiresOn) await pool.query('UPDATE api_key SET expires_on = NULL WHERE id = $1', [id]);
    return key;
  };

  async function call(
    method: string,
    path: string,
    options: { key?: string; cookie?: string; body?: unknown; headers?: Record<string, string>; from?: string } = {},
  ): Promise<Answer> {
    const headers: Record<string, string> = { ...options.headers };
    if (options.key) headers['x-api-key'] = options.key;
    // As our own page would send it.
    if (options.cookie) Object.assign(headers, { cookie: options.cookie, origin: deps.publicUrl, ...options.headers });
    const form = options.body instanceof FormData;
    if (options.body !== undefined && !form && !headers['content-type']) headers['content-type'] = 'application/json';
    const body =
      options.body === undefined
        ? undefined
        : form || typeof options.body === 'string'
          ? (options.body as string)
          : JSON.stringify(options.body);
    const env = options.from ? { incoming: { socket: { remoteAddress: options.from } } } : {};
    const response = await app.request(path.startsWith('/') ? path : `/api/v1/${path}`, { method, headers, body }, env);
    const json = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: json ? await response.json() : await response.arrayBuffer(),
    };
  }

  const release = async () => {
    await boss.stop({ graceful: false });
    await close();
  };

  return {
    ...{
      app,
      db,
      pool,
      boss,
      log,
      attachments: deps.attachments,
      url: database.url,
      contextOf,
      keyFor,
      call,
      today: deps.today,
    },
    /** A user of a role, logged in: pass the `cookie` to `call`. */
    userFor: (input: Parameters<typeof makeUser>[1]) => makeUser(db, input),
    get: (path: string, key?: string) => call('GET', path, { key }),
    post: (path: string, body: unknown, key?: string, headers?: Record<string, string>) =>
      call('POST', path, { key, body, headers }),
    /** Sets the business day. */
    on: (day: string) => {
      clock.today = day;
    },
    stop: async () => {
      await release();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
    /** Ends, but leaves what others go on from. */
    leave: async (): Promise<Left> => {
      await release();
      return { database: database.name, attachments: folder };
    },
  };
}

export type TestApp = Awaited<ReturnType<typeof startTestApp>>;
