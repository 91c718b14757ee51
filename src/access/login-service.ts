import { toHex } from '../db/hex.ts';
import { inTransaction } from '../db/transaction.ts';
import { audit } from './audit.ts';
import { type Context, permit } from './context.ts';
import { countTry, LOCK, type LoginAttempt, uncountTry } from './login-lock.ts';
import { resetMail, sendMail } from './mail.ts';

/** Counts a try before its password is looked at; a locked name is not tried at all. */
export async function beginLogin(ctx: Context, name: string): Promise<LoginAttempt> {
  permit(ctx, 'system.run');
  return inTransaction(ctx, (tx) => countTry(tx, name));
}

/** The password, or the 动态口令 that was asked for again, was wrong, perhaps once too often. */
export async function failLogin(
  ctx: Context,
  { userId, failures }: LoginAttempt,
  action: 'user.loginFailed' | 'user.failSecondFactor' = 'user.loginFailed',
): Promise<void> {
  permit(ctx, 'system.run');
  const subject = `user:${userId ?? 'unknown'}`;
  const failed = { action, subject };
  const acts = failures >= LOCK.failures ? [failed, { action: 'user.lock', subject }] : [failed];
  await inTransaction(ctx, (tx) => audit(tx, ctx, ...acts));
}

/** Whether the password was right nobody found out: the try does not count. */
export async function forgetTry(ctx: Context, name: string, attempt: LoginAttempt): Promise<void> {
  permit(ctx, 'system.run');
  await inTransaction(ctx, (tx) => uncountTry(tx, name, attempt));
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
  | 'user.giveSecondFactor'
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
const PROVEN: LoginAct[] = ['user.passwordAccepted', 'user.login', 'user.giveSecondFactor', 'user.resetPassword'];

/** Takes note that somebody wants a new password for a user name or address. Whether anybody has it is looked at later, so that the answer is the same. */
export async function askReset(ctx: Context, name: string): Promise<void> {
  permit(ctx, 'system.run');
  await inTransaction(ctx, (tx) => ctx.send(tx, 'reset-link', { name }, { singletonKey: name }));
}

/** Sends the one-time link to a new password, at most one a minute. A disabled user gets none, and nobody is told. */
export async function sendResetLink(ctx: Context, name: string): Promise<void> {
  permit(ctx, 'system.run');
  const token = toHex(crypto.getRandomValues(new Uint8Array(32)));
  await inTransaction(ctx, async (tx) => {
    const user = await tx.user.findFirst({
      where: name.includes('@') ? { email: name } : { username: name },
      select: { id: true, email: true, name: true, disabledAt: true },
    });
    if (!user || user.disabledAt) return;
    const [kept] = await tx.$queryRaw<{ made: boolean }[]>`SELECT keep_reset_token(${user.id}, ${token}) AS made`;
    if (!kept!.made) return;
    await sendMail(tx, ctx, resetMail(user, `${ctx.publicUrl}/console/reset?token=${token}`));
    await audit(tx, ctx, { action: 'user.requestReset', subject: `user:${user.id}` });
  });
}
