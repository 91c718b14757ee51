import type { Tx } from '../db/client.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { audit } from './audit.ts';
import { type Context, permit } from './context.ts';
import { OWN_REGION } from './registration-service.ts';

const VALID = '30 days';
const TRIES = 5;
const LOCKED = '1 day';
/** Fifty bits; no 0, 1, I, O, which are taken for each other on paper. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 10;

/**
 * A code that the county hands to an enterprise of its own: whoever registers for the enterprise and knows it is bound at once. Only its hash is kept.
 * @throws DomainError NOT_FOUND (404)
 */
export async function createBindingCode(ctx: Context, uscc: string): Promise<{ code: string; expiresAt: string }> {
  permit(ctx, 'binding.create');
  const code = Array.from(crypto.getRandomValues(new Uint8Array(LENGTH)), (b) => ALPHABET[b % ALPHABET.length]).join(
    '',
  );
  return inTransaction(ctx, async (tx) => {
    const found = await tx.$queryRawUnsafe<unknown[]>(
      `SELECT FROM enterprise e WHERE e.uscc = $1 AND ${OWN_REGION}`,
      uscc,
    );
    if (found.length === 0) throw new DomainError('NOT_FOUND', `企业库中没有 ${uscc}`, { status: 404 });
    const [made] = await tx.$queryRaw<{ id: string; expiresAt: string }[]>`
      INSERT INTO binding_code (uscc, code_hash, created_by, expires_at) VALUES (${uscc}, sha256(convert_to(${`${uscc}:${code}`}, 'UTF8')), ${ctx.actor.id}, now() + ${VALID}::interval)
      RETURNING id::text, to_char(expires_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "expiresAt"`;
    await audit(tx, ctx, { action: 'binding.create', subject: `binding:${made!.id}`, after: { uscc } });
    return { code, expiresAt: made!.expiresAt };
  });
}

/**
 * Binds whoever registered for an enterprise by the code its county made. Five wrong tries close this way for a day to who tried, and to nobody else: the enterprise's
 * own person with the right code always gets in. Fifty bits are not guessed five at a time.
 * @throws DomainError FORBIDDEN (403), ALREADY_BOUND (409), BINDING_CODE_WRONG (422), BINDING_LOCKED (429)
 */
export async function bindEnterprise(ctx: Context, typed: string): Promise<{ uscc: string }> {
  permit(ctx, 'binding.use');
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  const { uscc, left } = await inTransaction(ctx, async (tx) => {
    const registered = await ownRegistration(tx, ctx);
    if (registered.locked) return { ...registered, left: 0 };
    const [fits] = await tx.$queryRaw<
      { id: string }[]
    >`SELECT id::text FROM binding_code_of(${registered.uscc}, ${code}) AS b(id)`;
    const taken = fits
      ? await tx.$executeRaw`UPDATE binding_code SET used_by = ${ctx.actor.id}, used_at = now() WHERE id = ${fits.id}::uuid AND used_at IS NULL`
      : 0;
    // Not thrown in here: the wrong try is to be counted.
    if (!fits || taken === 0) return { ...registered, left: await countWrong(tx, ctx) };
    await tx.$executeRaw`UPDATE app_user SET enterprise_uscc = ${registered.uscc} WHERE id = ${ctx.actor.id}`;
    await tx.$executeRaw`
      UPDATE registration SET status = 'approved', reason = NULL, decided_on = ${ctx.today}::date,
        decided_by = (SELECT created_by FROM binding_code WHERE id = ${fits.id}::uuid) WHERE user_id = ${ctx.actor.id}`;
    await audit(tx, ctx, {
      action: 'binding.use',
      subject: `binding:${fits.id}`,
      after: { uscc: registered.uscc, user: ctx.actor.id },
    });
    return { ...registered, left: null };
  });
  if (left === null) return { uscc };
  if (left > 0) throw new DomainError('BINDING_CODE_WRONG', `绑定码不正确、已过期或已用过，还可以试 ${left} 次`);
  throw new DomainError('BINDING_LOCKED', `绑定码错误满 ${TRIES} 次，请一天后再试，或等待审核`, { status: 429 });
}

/** Locked in the transaction, so that no number of tries at once gets more than five. */
async function ownRegistration(tx: Tx, ctx: Context): Promise<{ uscc: string; locked: boolean }> {
  const [registration] = await tx.$queryRaw<{ uscc: string; locked: boolean }[]>`
    SELECT uscc, coalesce(codes_locked_until > now(), false) AS locked FROM registration WHERE user_id = ${ctx.actor.id} FOR UPDATE`;
  if (!registration) throw new DomainError('FORBIDDEN', '没有注册申请，无须绑定', { status: 403 });
  if (ctx.actor.enterprise) throw new DomainError('ALREADY_BOUND', '已绑定企业', { status: 409 });
  return registration;
}

/** @returns how many tries are left */
async function countWrong(tx: Tx, ctx: Context): Promise<number> {
  const [counted] = await tx.$queryRaw<{ failures: number; uscc: string }[]>`
    UPDATE registration SET failed_codes = CASE WHEN codes_locked_until IS NULL THEN failed_codes + 1 ELSE 1 END,
      codes_locked_until = CASE WHEN codes_locked_until IS NULL AND failed_codes + 1 >= ${TRIES}::int THEN now() + ${LOCKED}::interval END
     WHERE user_id = ${ctx.actor.id} RETURNING failed_codes AS failures, uscc`;
  const { failures, uscc } = counted!;
  await audit(tx, ctx, { action: 'binding.fail', subject: `user:${ctx.actor.id}`, after: { uscc } });
  return TRIES - failures;
}
