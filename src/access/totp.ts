const STEP_SECONDS = 30;

/**
 * The 动态口令 (RFC 6238: HMAC-SHA1, six digits, thirty seconds) of a secret, kept as text, at a moment.
 * @param at milliseconds since 1970
 */
export async function totpAt(secret: string, at: number): Promise<string> {
  const hmac = { name: 'HMAC', hash: 'SHA-1' };
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), hmac, false, ['sign']);
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(at / 1000 / STEP_SECONDS)));
  const digest = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer));
  const offset = digest.getUint8(digest.byteLength - 1) & 0xf;
  return `${(digest.getUint32(offset) & 0x7fffffff) % 1_000_000}`.padStart(6, '0');
}
