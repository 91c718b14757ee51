import type { Tx } from '../db/client.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { audit } from './audit.ts';
import { type Context, permit } from './context.ts';
import { OWN_REGION } from './registration-service.ts';

const VALID = '30 days';
const TRIES = 5;
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
 * Binds whoever registered for an enterprise by the code its county made. Five wrong tries end all of its open codes.
 * @throws DomainError FORBIDDEN (403), ALREADY_BOUND (409), BINDING_CODE_WRONG, BINDING_CODE_ENDED (422)
 */
export async function bindEnterprise(ctx: Context, typed: string): Promise<{ uscc: string }> {
  permit(ctx, 'binding.use');
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  const { uscc, left } = await inTransaction(ctx, async (tx) => {
    const registered = await ownRegistration(tx, ctx);
    const [fits] = await tx.$queryRaw<
      { id: string }[]
    >`SELECT id::text FROM binding_code_of(${registered.uscc}, ${code}) AS b(id)`;
    const taken = fits
      ? await tx.$executeRaw`UPDATE binding_code SET used_by = ${ctx.actor.id}, used_at = now() WHERE id = ${fits.id}::uuid AND used_at IS NULL`
      : 0;
    // Not thrown in here: the wrong try is to be counted.
    if (!fits || taken === 0) return { ...registered, left: await countWrong(tx, ctx, registered.uscc) };
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
  if (left > 0) throw new DomainError('BINDING_CODE_WRONG', `绑定码不正确，还可以试 ${left} 次`);
  throw new DomainError(
    'BINDING_CODE_ENDED',
    '绑定码不正确，且没有可用的绑定码：已过期、已用过或错误满五次，请向县（市、区）重新索取',
  );
}

async function ownRegistration(tx: Tx, ctx: Context): Promise<{ uscc: string }> {
  const registration = await tx.registration.findUnique({ where: { userId: ctx.actor.id }, select: { uscc: true } });
  if (!registration) throw new DomainError('FORBIDDEN', '没有注册申请，无须绑定', { status: 403 });
  if (ctx.actor.enterprise) throw new DomainError('ALREADY_BOUND', '已绑定企业', { status: 409 });
  return registration;
}

/** @returns how many tries are left to the code that has most */
async function countWrong(tx: Tx, ctx: Context, uscc: string): Promise<number> {
  const open = await tx.$queryRaw<{ failures: number }[]>`
    UPDATE binding_code SET failures = failures + 1 WHERE uscc = ${uscc} AND used_at IS NULL AND expires_at > now() AND failures < ${TRIES}::int RETURNING failures`;
  await audit(tx, ctx, { action: 'binding.fail', subject: `user:${ctx.actor.id}`, after: { uscc } });
  return Math.max(0, ...open.map(({ failures }) => TRIES - failures));
}
