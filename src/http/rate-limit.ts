import type { Context as HonoContext } from 'hono';
import { createMiddleware } from 'hono/factory';
import { DomainError } from '../errors.ts';
import { addressOf, networkOf } from './address.ts';
import type { Env } from './router.ts';

/** Requests a minute, the only place where they are set. A bank's nightly run, one request after the other, stays below `actor`. */
export const LIMITS = {
  /** one address, on what is answered without a login and could be guessed at: verification, registration, invitations, passwords */
  open: 30,
  /** one address, requests that were refused as nobody's (401) */
  refused: 600,
  /** one key or user, everything */
  actor: 6_000,
  /** one key or user, files */
  upload: 60,
};
export type LimitKind = keyof typeof LIMITS;

/** Counts requests in this process, in windows of a minute. */
export interface Limiter {
  /** Counts one. @returns whether it is still within the limit */
  take(kind: LimitKind, who: string): boolean;
  /** Whether the next one would be too many, without counting. */
  spent(kind: LimitKind, who: string): boolean;
  /** Seconds to the next window, at least one */
  wait(): number;
}

const WINDOW = 60_000;

/** @param clock milliseconds from any start; tests set it */
export function createLimiter(limits: typeof LIMITS = LIMITS, clock: () => number = () => performance.now()): Limiter {
  const counts = new Map<string, number>();
  let current = Number.NaN;
  const count = (key: string): number => {
    const window = Math.floor(clock() / WINDOW);
    if (window !== current) counts.clear();
    current = window;
    return counts.get(key) ?? 0;
  };
  return {
    take: (kind, who) => {
      const key = `${kind} ${who}`;
      const seen = count(key) + 1;
      counts.set(key, seen);
      return seen <= limits[kind];
    },
    spent: (kind, who) => count(`${kind} ${who}`) >= limits[kind],
    wait: () => Math.max(1, Math.ceil((WINDOW - (clock() % WINDOW)) / 1000)),
  };
}

/** What the middlewares need of the app's parts. Without a limiter nothing is limited (RATE_LIMIT=none). */
export interface LimitDeps {
  limiter?: Limiter;
  /** how many proxies of our own stand before us */
  trustProxy?: number;
}

const OPEN: [method: string, path: RegExp][] = [
  ['GET', /^\/(api\/v1\/)?verify\/./],
  ['POST', /^\/api\/v1\/registrations$/],
  ['POST', /^\/api\/v1\/invitations\/(look|accept)$/],
  ['POST', /^\/api\/auth\/(sign-in|request-password-reset|reset-password|two-factor)(\/|$)/],
];
const UPLOAD = /^\/api\/v1\/import(s|-headings)(\/|$)/;

/** Before anybody is known: by address. Stands before every route. */
export function limitByAddress({ limiter, trustProxy = 0 }: LimitDeps) {
  return createMiddleware<Env>(async (c, next) => {
    if (!limiter) return next();
    const who = networkOf(addressOf(c, trustProxy));
    const { method, path } = c.req;
    const open = OPEN.some(([verb, pattern]) => verb === method && pattern.test(path));
    if (limiter.spent('refused', who) || (open && !limiter.take('open', who))) tooMany(c, limiter);
    await next();
    if (c.res.status === 401) limiter.take('refused', who);
  });
}

/** Once the actor is known: by key or user, wherever it comes from. Stands behind the door. */
export function limitByActor({ limiter }: LimitDeps) {
  return createMiddleware<Env>(async (c, next) => {
    if (!limiter) return next();
    const { actor } = c.get('ctx');
    const id = actor.key ?? actor.id;
    const upload = c.req.method === 'POST' && UPLOAD.test(c.req.path);
    if (!limiter.take('actor', id) || (upload && !limiter.take('upload', id))) tooMany(c, limiter);
    await next();
  });
}

function tooMany(c: HonoContext, limiter: Limiter): never {
  const seconds = limiter.wait();
  c.header('retry-after', `${seconds}`);
  throw new DomainError('TOO_MANY_REQUESTS', `请求过于频繁，请 ${seconds} 秒后再试`, { status: 429 });
}
