import type { Context as HonoContext } from 'hono';
import { createMiddleware } from 'hono/factory';
import { actorOf, authenticate } from '../access/api-key.ts';
import { type Auth, ownOrigins } from '../access/auth.ts';
import { type Actor, type Context, VISITOR } from '../access/context.ts';
import { SECOND_FACTOR_ROLES } from '../access/roles.ts';
import { DomainError } from '../errors.ts';
import type { Deps } from './app.ts';
import type { Env } from './router.ts';
import { signedActor } from './signature.ts';

/** Open to people without a login: how they get one. Whoever is logged in in the same browser is a visitor here, too. */
const OPEN = ['/api/v1/registrations', '/api/v1/invitations/look', '/api/v1/invitations/accept'];
/** What somebody who may not go in yet may still ask: who they are, and what is missing. */
const LOBBY = ['/api/v1/me', '/api/v1/me/binding'];

/** The door of /api/v1: who it is, by signature, key or session, and whether they may come in; the rest of the request works with the context it sets. */
export function door(deps: Deps, auth: () => Promise<Auth>) {
  return createMiddleware<Env>(async (c, next) => {
    c.set('ctx', contextFor(deps, c.get('requestId'), await actorOfRequest(c, deps, auth)));
    await next();
  });
}

/** The context of a request for an actor. */
export function contextFor({ db, publicUrl, send, log, today }: Deps, requestId: string, actor: Actor): Context {
  return { db, publicUrl, send, log, today: today(), actor, requestId };
}

/** A key wins over a session that comes with it. @throws DomainError UNAUTHENTICATED (401), CROSS_SITE, SECOND_FACTOR_NEEDED, NOT_BOUND (403) */
async function actorOfRequest(c: HonoContext<Env>, deps: Deps, auth: () => Promise<Auth>): Promise<Actor> {
  const today = deps.today();
  const signed = await signedActor(c, deps.db, today);
  if (signed) return signed;
  const key = c.req.header('x-api-key');
  if (key !== undefined) {
    const holder = await authenticate(deps.db, key, today);
    if (holder) return holder;
    throw new DomainError('UNAUTHENTICATED', 'API 密钥无效、过期或已撤销', { status: 401 });
  }
  if (c.req.method === 'POST' && OPEN.includes(c.req.path)) return VISITOR;
  return actorOfSession(c, deps, auth);
}

async function actorOfSession(c: HonoContext<Env>, deps: Deps, auth: () => Promise<Auth>): Promise<Actor> {
  const user = await userOfSession(c, auth);
  if (!user)
    throw new DomainError('UNAUTHENTICATED', '请先登录；系统对接请在 X-API-Key 头中提供 API 密钥', { status: 401 });
  if (user.disabledAt) throw new DomainError('ACCOUNT_DISABLED', '此用户已停用，请联系系统管理员', { status: 401 });
  if (!['GET', 'HEAD'].includes(c.req.method)) refuseCrossSite(c, deps.publicUrl);
  const actor = await actorOf(deps.db, user.id);
  if (LOBBY.includes(c.req.path)) return actor;
  if (SECOND_FACTOR_ROLES.some((role) => role === actor.role) && !user.twoFactorEnabled)
    throw new DomainError('SECOND_FACTOR_NEEDED', '审核、财务和管理岗位须先启用动态口令，才能使用其他功能', {
      status: 403,
    });
  if (actor.role === 'enterprise' && !actor.enterprise)
    throw new DomainError('NOT_BOUND', '尚未绑定企业：请等待审核，或填写县（市、区）发放的绑定码', { status: 403 });
  return actor;
}

/** Who the session cookie belongs to, or null; renews the cookie when it is time. */
async function userOfSession(c: HonoContext<Env>, auth: () => Promise<Auth>) {
  if (!c.req.header('cookie')?.includes('ningkedai.session_token')) return null;
  const { api } = await auth();
  const { response, headers } = await api.getSession({ headers: c.req.raw.headers, returnHeaders: true });
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
  return response?.user ?? null;
}

/**
 * A browser sends our cookie along with what other sites make it send; it also says where that came from. Sec-Fetch-Site where there is one, else Origin; neither: not
 * our page. @throws DomainError CROSS_SITE (403)
 */
export function refuseCrossSite(c: HonoContext, publicUrl: string): void {
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  const own = site ? site === 'same-origin' : origin !== undefined && ownOrigins(c.req.raw, publicUrl).includes(origin);
  if (!own) throw new DomainError('CROSS_SITE', '请求来自其他网站，已拒绝', { status: 403 });
}
