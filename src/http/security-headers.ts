import { createMiddleware } from 'hono/factory';
import type { Env } from './router.ts';

/** On every answer, whatever it is: the API, pages, files and assets (the Workers `_headers` too). */
export const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy':
    'accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const NOWHERE = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** What is no page: nothing may be loaded, framed or sent, should a browser show it as one. */
const NOTHING = `default-src 'none'; ${NOWHERE}`;

/** A page without script: our own style sheets, small pictures as data. */
export const PAGE_CSP = `default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; ${NOWHERE}`;

/**
 * The console: scripts and styles of our own origin; antd writes style elements at run time, which carry the nonce of this one answer.
 * @param nonce at least 128 random bits, another for each answer
 */
export function consoleCsp(nonce: string): string {
  return [
    ...["default-src 'none'", "script-src 'self'", `style-src 'self' 'nonce-${nonce}'`, "img-src 'self' data: blob:"],
    ...["font-src 'self'", "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'", "object-src 'none'"],
    ...["base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"],
  ].join('; ');
}

/** A year, as browsers' lists ask for. */
const HSTS = 'max-age=31536000; includeSubDomains';

/** Puts the headers on every answer that has not set its own: answers of the API are kept by nobody, and load nothing if shown as a page. */
export function securityHeaders(publicUrl: string) {
  const always = Object.entries({
    ...EVERYWHERE,
    ...(publicUrl.startsWith('https:') && { 'strict-transport-security': HSTS }),
  });
  return createMiddleware<Env>(async (c, next) => {
    await next();
    const set = (name: string, value: string) => {
      if (!c.res.headers.has(name)) c.header(name, value);
    };
    for (const [name, value] of always) set(name, value);
    // A browser's own PDF viewer is a plugin to it, which NOTHING would forbid.
    const pdf = c.res.headers.get('content-type') === 'application/pdf';
    set('content-security-policy', pdf ? "frame-ancestors 'none'" : NOTHING);
    if (/^\/(api|verify)\//.test(c.req.path)) set('cache-control', 'private, no-store');
  });
}
