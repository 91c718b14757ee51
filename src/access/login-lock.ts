import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';

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
export async function countTry(tx: Tx, name: string): Promise<LoginAttempt> {
  const lock = `${LOCK.minutes} minutes`;
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
}

/** Takes a try back that was counted and then not looked at, and the lock with it if this was the one that closed it. */
export async function uncountTry(tx: Tx, name: string, { userId, failures }: LoginAttempt): Promise<void> {
  const unlock = failures >= LOCK.failures;
  if (userId)
    await tx.$executeRaw`
      UPDATE app_user SET failed_logins = greatest(failed_logins - 1, 0), locked_until = CASE WHEN ${unlock} THEN NULL ELSE locked_until END WHERE id = ${userId}`;
  else
    await tx.$executeRaw`
      UPDATE login_guess SET failures = greatest(failures - 1, 0), locked_until = CASE WHEN ${unlock} THEN NULL ELSE locked_until END
       WHERE name_hash = sha256(convert_to(${name}, 'UTF8'))`;
}

/** What a locked name is told, right password or not. */
export const loginLocked = (): DomainError =>
  new DomainError(
    'LOGIN_LOCKED',
    `密码或动态口令连续 ${LOCK.failures} 次不正确，已锁定 ${LOCK.minutes} 分钟；请稍后再试，或请系统管理员解锁`,
    { status: 429 },
  );
