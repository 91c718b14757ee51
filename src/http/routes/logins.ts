import { Hono, type Context as HonoContext } from 'hono';
import { ADDRESS_HEADER, type Auth } from '../../access/auth.ts';
import { authFault } from '../../access/auth-fault.ts';
import { type Context, SYSTEM } from '../../access/context.ts';
import { LOCK, loginLocked } from '../../access/login-lock.ts';
import { askReset, beginLogin, failLogin, forgetTry, type LoginAct, noteLogin } from '../../access/login-service.ts';
import { dropSession, personalOf, spendCode, userOfChallenge, userOfResetToken } from '../../access/login-tokens.ts';
import { passwordFault } from '../../access/password.ts';
import { DomainError } from '../../errors.ts';
import { addressOf, networkOf } from '../address.ts';
import type { Deps } from '../app.ts';
import type { Env } from '../router.ts';
import { contextFor, refuseCrossSite } from '../session.ts';

type Body = Record<string, unknown>;

/** One request to better-auth, with what is needed around it. */
interface Call {
  c: HonoContext<Env>;
  auth: Auth;
  deps: Deps;
  /** the service's own: what happens to a login is noted by the service */
  ctx: Context;
  path: string;
  body: Body;
}

/**
 * /api/auth: better-auth does the work; around it we count wrong passwords, judge new ones, write the audit log and put refusals into our words. What is not listed
 * here is not there.
 */
export function logins(deps: Deps, auth: () => Promise<Auth>) {
  return new Hono<Env>().all('/api/auth/*', async (c) => {
    const path = c.req.path.slice('/api/auth'.length);
    const answer = ANSWERS[`${c.req.method} ${path}`];
    if (!answer) throw new DomainError('NOT_FOUND', '没有这个地址', { status: 404 });
    const asked = c.req.method === 'POST' && (c.req.header('origin') || c.req.header('sec-fetch-site'));
    if (asked) refuseCrossSite(c, deps.publicUrl);
    const ctx = contextFor(deps, c.get('requestId'), SYSTEM);
    const body = c.req.method === 'POST' ? await bodyOf(c) : {};
    return c.json(await answer({ c, auth: await auth(), deps, ctx, path, body }));
  });
}

const ANSWERS: Record<string, (call: Call) => Promise<Body | Body[] | null>> = {
  'POST /sign-in/username': signIn,
  'POST /sign-in/email': signIn,
  'POST /sign-out': signOut,
  'GET /get-session': (call) => pass(call),
  'GET /list-sessions': (call) => pass(call),
  'POST /revoke-session': (call) => ofSession(call, 'user.endSession'),
  'POST /revoke-other-sessions': (call) => ofSession(call, 'user.endSession'),
  'POST /revoke-sessions': (call) => ofSession(call, 'user.endSession'),
  'POST /request-password-reset': requestReset,
  'POST /reset-password': resetPassword,
  'POST /change-password': changePassword,
  'POST /two-factor/enable': (call) => ofSession(call),
  'POST /two-factor/disable': (call) => ofSession(call, 'user.disableSecondFactor'),
  'POST /two-factor/generate-backup-codes': (call) => ofSession(call, 'user.renewRecoveryCodes'),
  'POST /two-factor/verify-totp': verifyCode,
  'POST /two-factor/verify-backup-code': verifyRecoveryCode,
};

async function signIn(call: Call) {
  const { ctx, body } = call;
  const name = textOf(body.username ?? body.email)
    .trim()
    .toLowerCase();
  const attempt = await beginLogin(ctx, name);
  if (attempt.locked) throw loginLocked();
  const field = name.includes('@') ? 'email' : 'username';
  const sent = await forward(call, { [field]: name, password: textOf(body.password) }, `/sign-in/${field}`);
  if (sent.status === 200) {
    accept(call, sent);
    await noteLogin(ctx, attempt.userId, sent.json.twoFactorRedirect ? 'user.passwordAccepted' : 'user.login');
    return withoutToken(sent.json);
  }
  if (sent.status === 429 || sent.status >= 500) {
    await forgetTry(ctx, name, attempt);
    return refuse(call, sent);
  }
  await failLogin(ctx, attempt);
  if (sent.status === 403) return refuse(call, sent);
  if (attempt.failures >= LOCK.failures) throw loginLocked();
  const message = `用户名或密码不正确；连续 ${LOCK.failures} 次不正确将锁定 ${LOCK.minutes} 分钟`;
  throw new DomainError('LOGIN_WRONG', message, { status: 401 });
}

/** The six digits: of a login that waits for them, or of somebody logged in who is just enabling them. */
async function verifyCode(call: Call) {
  const { ctx, deps, body } = call;
  const code = textOf(body.code).replace(/\s/g, '');
  const session = await sessionOf(call);
  const userId = session?.user.id ?? (await userOfChallenge(deps.db, call.c.req.header('cookie') ?? ''));
  const sent = await forward(call, { code });
  if (sent.status !== 200) {
    if (userId) await noteLogin(ctx, userId, 'user.failSecondFactor');
    return refuse(call, sent);
  }
  const proven = provenBy(sent);
  if (!session && !(await spendCode(deps.db, proven, code))) {
    await dropSession(deps.db, textOf(sent.json.token));
    await noteLogin(ctx, proven, 'user.failSecondFactor');
    throw new DomainError('CODE_USED', '此动态口令已用过，请等下一个', { status: 401 });
  }
  accept(call, sent);
  if (!session) await noteLogin(ctx, proven, 'user.login');
  else if (!session.user.twoFactorEnabled) {
    await endOthers(call, sent);
    await noteLogin(ctx, proven, 'user.enableSecondFactor');
  }
  return withoutToken(sent.json);
}

/** Whose code it was, as better-auth found it: what the cookies of a request say is the sender's own. */
const provenBy = ({ json }: Sent): string => textOf((json.user as Body).id);

/** Sessions that began with the password alone end when the second factor is enabled: they would be taken for ones that had given it. */
async function endOthers({ auth }: Call, { headers }: Sent): Promise<void> {
  const cookie = headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ');
  await auth.api.revokeOtherSessions({ headers: new Headers({ cookie }) });
}

async function verifyRecoveryCode(call: Call) {
  const { ctx, deps, body } = call;
  const userId = await userOfChallenge(deps.db, call.c.req.header('cookie') ?? '');
  const sent = await forward(call, { code: textOf(body.code).trim() });
  if (sent.status !== 200) {
    if (userId) await noteLogin(ctx, userId, 'user.failSecondFactor');
    return refuse(call, sent);
  }
  accept(call, sent);
  await noteLogin(ctx, provenBy(sent), 'user.useRecoveryCode', 'user.login');
  return withoutToken(sent.json);
}

async function signOut(call: Call) {
  const session = await sessionOf(call);
  const answer = await pass(call);
  if (session) await noteLogin(call.ctx, session.user.id, 'user.logout');
  return answer;
}

/**
 * By e-mail address or user name. Nobody is looked up here, so that neither the answer nor its time tells who there is: better-auth is asked for an address that nobody
 * has, for its limit by address and its answer, and the name goes to a job.
 */
async function requestReset(call: Call) {
  const name = textOf(call.body.email ?? call.body.username)
    .trim()
    .toLowerCase();
  const answer = await pass(call, { email: 'nobody@example.invalid' });
  await askReset(call.ctx, name);
  return answer;
}

async function resetPassword(call: Call) {
  const { token, newPassword } = call.body;
  const userId = await userOfResetToken(call.deps.db, textOf(token));
  if (userId) await judge(call, userId, textOf(newPassword));
  const answer = await pass(call, { token: textOf(token), newPassword: textOf(newPassword) });
  await noteLogin(call.ctx, userId, 'user.resetPassword');
  return answer;
}

/** Ends every other session of the user, whoever has them. */
async function changePassword(call: Call) {
  const { currentPassword, newPassword } = call.body;
  const session = await sessionOf(call);
  if (session) await judge(call, session.user.id, textOf(newPassword));
  const body = {
    currentPassword: textOf(currentPassword),
    newPassword: textOf(newPassword),
    revokeOtherSessions: true,
  };
  return ofSession({ ...call, body }, 'user.changePassword');
}

async function judge({ deps }: Call, userId: string, password: string): Promise<void> {
  const fault = passwordFault(password, await personalOf(deps.db, userId));
  if (fault)
    throw new DomainError('PASSWORD_REFUSED', fault, {
      errors: [{ code: 'PASSWORD_REFUSED', field: 'newPassword', message: fault }],
    });
}

/** What somebody logged in does about their login, noted when it is done; a wrong password is noted, too. */
async function ofSession(call: Call, ...acts: LoginAct[]) {
  const session = await sessionOf(call);
  const sent = await forward(call, call.body);
  if (sent.json?.code === 'INVALID_PASSWORD' && session)
    await noteLogin(call.ctx, session.user.id, 'user.wrongPassword');
  if (sent.status !== 200) return refuse(call, sent);
  accept(call, sent);
  if (session && acts.length > 0) await noteLogin(call.ctx, session.user.id, ...acts);
  return withoutToken(sent.json);
}

async function pass(call: Call, body: Body = call.body): Promise<Body | null> {
  const sent = await forward(call, body);
  if (sent.status !== 200) return refuse(call, sent);
  accept(call, sent);
  return sent.json;
}

interface Sent {
  status: number;
  json: Body;
  headers: Headers;
}

/** Asks better-auth, with the address of the request as we know it. */
async function forward({ c, auth, deps, path }: Call, body: Body, to = path): Promise<Sent> {
  const url = new URL(c.req.url);
  url.pathname = `/api/auth${to}`;
  const headers = new Headers(c.req.raw.headers);
  headers.delete('content-length');
  headers.set('content-type', 'application/json');
  headers.set(ADDRESS_HEADER, networkOf(addressOf(c, deps.trustProxy ?? 0)).replace(/\/64$/, ''));
  const { method } = c.req;
  const response = await auth.handler(
    new Request(url, { method, headers, body: method === 'POST' ? JSON.stringify(body) : undefined }),
  );
  const text = await response.text();
  return {
    status: response.status,
    json: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : null,
    headers: response.headers,
  };
}

function accept({ c }: Call, { headers }: Sent): void {
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
}

function refuse(call: Call, sent: Sent): never {
  accept(call, sent);
  const wait = sent.headers.get('x-retry-after');
  if (wait) call.c.header('retry-after', wait);
  throw authFault(sent.status, sent.json?.code as string | undefined);
}

const sessionOf = ({ auth, c }: Call) =>
  auth.api.getSession({ headers: c.req.raw.headers, query: { disableRefresh: true } });

/** A page has no use for the token that its cookie carries. */
const withoutToken = ({ token: _, ...rest }: Body): Body => rest;

/** @throws DomainError INVALID_INPUT for what is no text, or none that the database can hold */
function textOf(value: unknown): string {
  if (typeof value === 'string' && value.length <= 1_000 && value.isWellFormed() && !value.includes('\0')) return value;
  throw new DomainError('INVALID_INPUT', '所填内容不完整或格式不正确');
}

async function bodyOf(c: HonoContext): Promise<Body> {
  const text = await c.req.text();
  if (text === '') return {};
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Body;
  } catch {}
  throw new DomainError('MALFORMED', '请求内容无法解析：应为有效的 JSON', { status: 400 });
}
