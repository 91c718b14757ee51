import type { Context as HonoContext, HonoRequest } from 'hono';
import { authenticateSigned } from '../access/api-key.ts';
import type { Actor } from '../access/context.ts';
import type { Db } from '../db/client.ts';
import { toHex } from '../db/hex.ts';
import { DomainError } from '../errors.ts';

const SCHEME = 'NKD-HMAC-SHA256';
const HEADER =
  /^NKD-HMAC-SHA256 KeyId=([0-9a-f]{16}), ?Time=(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z), ?Nonce=([\w-]{16,64}), ?Signature=([0-9a-f]{64})$/;

/**
 * Who signed the request, or null when it carries no signature of ours. The signature is hex HMAC-SHA256, under sha256 of the key's secret, over five lines:
 * method, path with query as sent, time, nonce, hex sha256 of the raw body. docs/banks.md tells it to banks.
 * @throws DomainError SIGNATURE_MALFORMED, SIGNATURE_INVALID, SIGNATURE_TIME, SIGNATURE_REPLAYED (401)
 */
export async function signedActor({ req }: HonoContext, db: Db, today: string): Promise<Actor | null> {
  const header = req.header('authorization');
  if (!header?.startsWith(SCHEME)) return null;
  const [, keyId, time, nonce, signature] = HEADER.exec(header) ?? [];
  if (!keyId || !time || !nonce || !signature || !isMoment(time))
    throw new DomainError(
      'SIGNATURE_MALFORMED',
      `签名头应为「${SCHEME} KeyId=…,Time=2026-04-10T01:02:03Z,Nonce=16 至 64 位字母数字,Signature=64 位小写十六进制」`,
      { status: 401 },
    );
  const message = [req.method, pathOf(req.url), time, nonce, await bodyHash(req)].join('\n');
  const actor = await authenticateSigned(db, { keyId, time, nonce, message, signature }, today);
  if (actor) return actor;
  // What we signed is all the sender's own, and the quickest way to see where the two differ.
  throw new DomainError('SIGNATURE_INVALID', '签名不正确，或密钥不存在、已过期、已撤销', {
    status: 401,
    errors: [
      {
        code: 'STRING_TO_SIGN',
        field: 'authorization',
        value: message,
        message: '服务器据此计算签名，请与所签文本逐行核对',
      },
    ],
  });
}

/** Whether there is such a day and time: `Date` takes a 30 February for 2 March. */
function isMoment(time: string): boolean {
  const moment = new Date(time);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(time.slice(0, 19));
}

/** Path and query as they were sent, not decoded. */
const pathOf = (url: string): string => url.replace(/^[a-z]+:\/\/[^/?#]+/i, '');

/** Hono keeps the bytes, so that the handler reads its form or JSON from them. */
async function bodyHash(request: HonoRequest): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', await request.arrayBuffer())));
}
