import type { Context as HonoContext } from 'hono';

/** What @hono/node-server hands over beside the request. */
interface NodeBindings {
  incoming?: { socket: { remoteAddress?: string } };
}

/**
 * Where a request comes from. On Node: the peer of the connection, or, behind as many proxies of our own as `trustProxy` says, what the outermost of them
 * saw and put into X-Forwarded-For; anybody may write that header, so it counts for nothing else. On Workers: what Cloudflare saw. Else `unknown`.
 */
export function addressOf(c: HonoContext, trustProxy: number): string {
  const { incoming } = (c.env ?? {}) as NodeBindings;
  if (!incoming) return c.req.header('cf-connecting-ip') ?? 'unknown';
  const seen = [...(c.req.header('x-forwarded-for')?.split(',') ?? []), incoming.socket.remoteAddress ?? 'unknown'];
  return seen.at(-1 - Math.min(trustProxy, seen.length - 1))!.trim();
}

/** What one household or office can change about its address does not make it another: IPv4 whole, of IPv6 the first 64 bits. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1]!;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const left = groups(head);
  const right = groups(tail ?? '');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const all = [...left, ...Array<string>(Math.max(0, zeros)).fill('0'), ...right];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
