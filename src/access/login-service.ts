import { inTransaction } from '../db/transaction.ts';
import { audit } from './audit.ts';
import { type Context, permit } from './context.ts';
import { resetMail, sendMail } from './mail.ts';

/** So many wrong passwords in a row lock a name for so long (OWASP ASVS 5.0, 6.3.1). */
export const LOCK = { failures: 5, minutes: 15 } as const;

export interface LoginAttempt {
  /** null: nobody has this name */
  userId: string | null;
  locked: boolean;
  /** how many in a row with this one, should it fail */
  failures: number;
}

/**
 * Counts a try before its password is looked at, so that no number of tries at once gets more than five. Names that nobody has are counted and locked in
 * the same way, so that neither the answer nor its time tells which exist.
 */
export async function beginLogin(ctx: Context, name: string): Promise<LoginAttempt> {
  permit(ctx, 'system.run');
  const lock = `${LOCK.minutes} minutes`;
  return inTransaction(ctx, async (tx) => {
    const [user] = await tx.$queryRaw<{ id: string; failures: number | null }[]>`
      WITH counted AS (
        UPDATE app_user SET failed_logins = CASE WHEN locked_until IS NULL THEN failed_logins + 1 ELSE 1 END,
          locked_until = CASE WHEN locked_until IS NULL AND failed_logins + 1 >= ${LOCK.failures}::int THEN now() + ${lock}::interval END
         WHERE (username = ${name} OR email = ${name}) AND (locked_until IS NULL OR locked_until <= now()) RETURNING id, failed_logins)
      SELECT u.id, c.failed_logins AS failures FROM app_user u LEFT JOIN counted c ON c.id = u.id WHERE u.username = ${name} OR u.email = ${name}`;
    if (user) return { userId: user.id, locked: user.failures === null, failures: user.failures ?? LOCK.failures };
    await tx.$executeRaw`DELETE FROM login_guess WHERE at < now() - interval '1 day'`;
    const [guess] = await tx.$queryRaw<{ failures: number }[]>`
      INSERT INTO login_guess AS g (name_hash, failures) VALUES (sha256(convert_to(${name}, 'UTF8')), 1)
      ON CONFLICT (name_hash) DO UPDATE SET failures = CASE WHEN g.locked_until IS NULL THEN g.failures + 1 ELSE 1 END, at = now(),
        locked_until = CASE WHEN g.locked_until IS NULL AND g.failures + 1 >= ${LOCK.failures}::int THEN now() + ${lock}::interval END
      WHERE g.locked_until IS NULL OR g.locked_until <= now() RETURNING failures`;
    return { userId: null, locked: !guess, failures: guess?.failures ?? LOCK.failures };
  });
}

/** The password was wrong, or not even looked at because the name is locked. */
export async function failLogin(ctx: Context, { userId, locked, failures }: LoginAttempt): Promise<void> {
  permit(ctx, 'system.run');
  const subject = `user:${userId ?? 'unknown'}`;
  const failed = { action: 'user.loginFailed', subject, after: { locked } };
  const acts = !locked && failures >= LOCK.failures ? [failed, { action: 'user.lock', subject }] : [failed];
  await inTransaction(ctx, (tx) => audit(tx, ctx, ...acts));
}

/** What people do about their own login, as it stands in the audit log. */
export type LoginAct =
  | 'user.passwordAccepted'
  | 'user.login'
  | 'user.logout'
  | 'user.endSession'
  | 'user.changePassword'
  | 'user.resetPassword'
  | 'user.enableSecondFactor'
  | 'user.disableSecondFactor'
  | 'user.failSecondFactor'
  | 'user.useRecoveryCode'
  | 'user.renewRecoveryCodes'
  | 'user.wrongPassword';

/** Leaves an audit row for what better-auth did in a transaction of its own. `userId` null: nobody we know. */
export async function noteLogin(ctx: Context, userId: string | null, ...acts: LoginAct[]): Promise<void> {
  permit(ctx, 'system.run');
  const subject = `user:${userId ?? 'unknown'}`;
  const proven = acts.some((act) => PROVEN.includes(act));
  await inTransaction(ctx, async (tx) => {
    if (userId && proven)
      await tx.$executeRaw`
        UPDATE app_user SET failed_logins = 0, locked_until = NULL, last_login_at = CASE WHEN ${acts.includes('user.login')} THEN now() ELSE last_login_at END WHERE id = ${userId}`;
    await audit(tx, ctx, ...acts.map((action) => ({ action, subject })));
  });
}

/** After these the count of wrong passwords begins again. */
const PROVEN: LoginAct[] = ['user.passwordAccepted', 'user.login', 'user.resetPassword'];

/** The one-time link to a new password. A disabled user gets none, and nobody is told. */
export async function sendResetLink(ctx: Context, userId: string, token: string): Promise<void> {
  permit(ctx, 'system.run');
  await inTransaction(ctx, async (tx) => {
    const user = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { email: true, name: true, disabledAt: true },
    });
    if (user.disabledAt) return;
    await sendMail(tx, ctx, resetMail(user, `${ctx.publicUrl}/console/reset?token=${token}`));
    await audit(tx, ctx, { action: 'user.requestReset', subject: `user:${userId}` });
  });
}
