import { Hono, type Context as HonoContext } from 'hono';
import { spentCodes } from '../../access/login-tokens.ts';
import type { Role } from '../../access/roles.ts';
import { totpAt } from '../../access/totp.ts';
import type { Db } from '../../db/client.ts';
import { DomainError } from '../../errors.ts';
import { now } from '../context.ts';
import type { Env } from '../router.ts';

/** Somebody of the demonstration, as kept beside its data. */
export interface DemonstrationUser {
  id: string;
  username: string;
  name: string;
  role: Role;
  institution: string | null;
  password: string;
  /** of the 动态口令, where the role needs one */
  secret: string | null;
}

/**
 * The users of the demonstration for the login page, so that nobody has to look for passwords. Only for a browser on this very machine: the connection comes from it,
 * nothing was forwarded, and the address in it is this machine's (another site's name may be pointed here). The Node server adds it when it holds the demonstration.
 */
export function demoUsers(db: Db, users: DemonstrationUser[]) {
  return new Hono<Env>().get('/api/demo/users', async (c) => {
    if (!isHere(c)) throw new DomainError('NOT_FOUND', '没有这个地址', { status: 404 });
    const items = await Promise.all(
      users.map(async ({ id, secret, ...user }) => ({
        ...user,
        code: secret ? await unspentCode(db, id, secret) : null,
      })),
    );
    return c.json({ items });
  });
}

function isHere(c: HonoContext): boolean {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket: { remoteAddress?: string } } };
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some((name) =>
    c.req.header(name),
  );
  const site = c.req.header('sec-fetch-site');
  return (
    /^(::ffff:)?127\.|^::1$/.test(incoming?.socket.remoteAddress ?? '') &&
    /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(c.req.url).hostname) &&
    !forwarded &&
    (site === undefined || site === 'same-origin' || site === 'none')
  );
}

/** A code is taken once; the neighbours of the present one count, too, so that somebody may go in and out. */
export async function unspentCode(db: Db, userId: string, secret: string): Promise<string> {
  const spent = await spentCodes(db, userId);
  const codes = await Promise.all([0, 1, -1].map((step) => totpAt(secret, now() + step * 30_000)));
  return codes.find((code) => !spent.includes(code)) ?? codes[0]!;
}
