import { inTransaction } from '../db/transaction.ts';
import { audit } from './audit.ts';
import { type Context, permit } from './context.ts';
import { countTry, LOCK, type LoginAttempt } from './login-lock.ts';
import { resetMail, sendMail } from './mail.ts';

/** Counts a try before its password is looked at; a locked name is not tried at all. */
export async function beginLogin(ctx: Context, name: string): Promise<LoginAttempt> {
  permit(ctx, 'system.run');
  return inTransaction(ctx, (tx) => countTry(tx, name));
}

/** The password was wrong, perhaps once too often. */
export async function failLogin(ctx: Context, { userId, failures }: LoginAttempt): Promise<void> {
  permit(ctx, 'system.run');
  const subject = `user:${userId ?? 'unknown'}`;
  const failed = { action: 'user.loginFailed', subject };
  const acts = failures >= LOCK.failures ? [failed, { action: 'user.lock', subject }] : [failed];
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
