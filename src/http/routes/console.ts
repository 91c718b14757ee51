import { Hono } from 'hono';
import { DomainError } from '../../errors.ts';
import type { Env } from '../router.ts';
import { consoleCsp } from '../security-headers.ts';

/** A file of the built console by its path, e.g. `assets/main-x.js` or `index.html`; null when there is none. */
export type ConsoleFile = (path: string, request: Request) => Promise<Response | null>;

/** What is asked for as a file. An address of a page may have a point in it, too: clauses are called `policy.clause`. */
const FILES = /^assets\/|\.(html|js|css|svg|ico|png|txt|json|map|br)$/;
const IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * 控制台: the built pages under /console/. Every address that is no file answers the one page, which carries a nonce of its own; the names of its
 * scripts change with their content, so that they are kept for good and the page never.
 */
export function consolePages(file: ConsoleFile) {
  return new Hono<Env>()
    .get('/', (c) => c.redirect('/console/'))
    .get('/console', (c) => c.redirect('/console/'))
    .get('/console/*', async (c) => {
      const path = c.req.path.slice('/console/'.length);
      if (FILES.test(path)) {
        const found = await file(path, c.req.raw);
        if (!found) throw new DomainError('NOT_FOUND', '没有这个文件', { status: 404 });
        const answer = new Response(found.body, found);
        if (path.startsWith('assets/')) answer.headers.set('cache-control', IMMUTABLE);
        return answer;
      }
      const page = await file('index.html', c.req.raw);
      if (!page) throw new DomainError('NOT_BUILT', '控制台尚未构建：请先运行 npm run build', { status: 503 });
      const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))));
      c.header('content-security-policy', consoleCsp(nonce));
      c.header('cache-control', 'no-store');
      return c.html((await page.text()).replaceAll('__NONCE__', nonce));
    });
}
