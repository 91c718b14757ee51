import type { HonoRequest } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Context } from '../access/context.ts';
import { toHex } from '../db/hex.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Env } from './router.ts';

const STALE = '15 minutes';
/** Answers in clear what is shown once, or to one who said why, and kept nowhere; or is asked by people who cannot be told from each other yet. */
export const NEVER_KEPT =
  /^\/api\/v1\/((me\/)?api-keys|registrations(\/[^/]+\/reveal)?|invitations\/(look|accept)|enterprises\/[^/]+\/(reveal|binding-codes))$/;

/**
 * `Idempotency-Key`: the same key and body answer what was answered; another body is refused (422), one still running too (409).
 * It spares a sender the question "did it arrive?"; that nothing is done twice rests on the natural keys behind it, which is why
 * a claim left by a crash may be taken over after a while.
 */
export const idempotency = createMiddleware<Env>(async (c, next) => {
  const key = c.req.header('idempotency-key');
  if (!key || c.req.method !== 'POST' || NEVER_KEPT.test(c.req.path)) return next();
  if (key.length > 200) throw new DomainError('IDEMPOTENCY_KEY_TOO_LONG', 'Idempotency-Key 最多 200 个字符');
  const ctx = c.get('ctx');
  const hash = await requestHash(c.req);
  const before = await claim(ctx, key, hash);
  if (before)
    return c.body(before.body, before.status as 200, {
      'content-type': before.contentType,
      'idempotent-replay': 'true',
    });
  await next();
  await settle(ctx, key, c.res);
});

/** Hono keeps what it has read of a body, so the handler reads it again for nothing. */
async function requestHash(request: HonoRequest): Promise<Uint8Array> {
  const parts = [request.url.slice(new URL(request.url).origin.length)];
  if (request.header('content-type')?.startsWith('multipart/form-data')) {
    // The boundary differs with each sending: hash the fields themselves.
    for (const [name, value] of [...(await formOf(request))].sort(([a], [b]) => (a < b ? -1 : 1))) {
      parts.push(name, typeof value === 'string' ? value : await sha256Hex(await value.arrayBuffer()));
    }
  } else parts.push(await request.text());
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(parts))));
}

async function formOf(request: HonoRequest): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw new DomainError('MALFORMED', '上传的表单无法解析', { status: 400 });
  }
}

async function sha256Hex(bytes: ArrayBuffer): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

async function claim(
  ctx: Context,
  key: string,
  hash: Uint8Array,
): Promise<{ status: number; body: string; contentType: string } | null> {
  return inTransaction(ctx, async (tx) => {
    const claimed = await tx.$executeRaw`
      INSERT INTO idempotency_key (actor, key, request_hash) VALUES (${ctx.actor.id}, ${key}, ${hash})
      ON CONFLICT (actor, key) DO UPDATE SET created_at = now()
        WHERE idempotency_key.status IS NULL AND idempotency_key.request_hash = EXCLUDED.request_hash AND idempotency_key.created_at < now() - ${STALE}::interval`;
    if (claimed > 0) return null;
    const found = await tx.idempotencyKey.findUniqueOrThrow({ where: { actor_key: { actor: ctx.actor.id, key } } });
    if (!found.requestHash.every((byte, i) => byte === hash[i])) {
      throw new DomainError('IDEMPOTENCY_KEY_REUSED', '同一个 Idempotency-Key 不能用于不同的请求');
    }
    if (found.status === null)
      throw new DomainError('STILL_RUNNING', '同一请求正在处理，请稍后再查询', { status: 409 });
    return { status: found.status, body: found.body ?? '', contentType: found.contentType ?? 'application/json' };
  });
}

/** Keeps the answer; what failed on our side may be tried again. */
async function settle(ctx: Context, key: string, response: Response): Promise<void> {
  const where = { actor_key: { actor: ctx.actor.id, key } };
  if (response.status >= 500) {
    await inTransaction(ctx, (tx) => tx.idempotencyKey.delete({ where }));
    return;
  }
  const body = await response.clone().text();
  const contentType = response.headers.get('content-type') ?? 'application/json';
  await inTransaction(ctx, (tx) =>
    tx.idempotencyKey.update({ where, data: { status: response.status, body, contentType } }),
  );
}
