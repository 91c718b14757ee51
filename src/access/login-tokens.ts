import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import type { Db } from '../db/client.ts';
import { totpAt } from './totp.ts';

// Read and written on the installation's own connection, like everything of better-auth: the application's role may not.

/** Whose second factor is being waited for, by the (signed) cookie of the challenge; null when it is none of ours. For the audit log, not for trust. */
export async function userOfChallenge(db: Db, cookies: string): Promise<string | null> {
  const [, identifier] = /(?:^|; ?)(?:__Secure-)?ningkedai\.two_factor=([\w-]+)\./.exec(cookies) ?? [];
  const found = identifier ? await db.verification.findFirst({ where: { identifier }, select: { value: true } }) : null;
  return found?.value ?? null;
}

/** Whose password a link resets, or null when the link is not good any more. */
export async function userOfResetToken(db: Db, token: string): Promise<string | null> {
  const where = { identifier: `reset-password:${token}` };
  return (await db.verification.findFirst({ where, select: { value: true } }))?.value ?? null;
}

/** Marks a 动态口令 as used: within the minutes in which it counts it is taken once (OWASP ASVS 5.0, 6.5.1). @returns whether it was new */
export async function spendCode(db: Db, userId: string, code: string): Promise<boolean> {
  await db.$executeRaw`DELETE FROM login_verification WHERE identifier = ${`code:${userId}`} AND expires_at < now()`;
  const spent = await db.$executeRaw`
    INSERT INTO login_verification (id, identifier, value, expires_at, updated_at) VALUES (${`code:${userId}:${code}`}, ${`code:${userId}`}, ${code}, now() + interval '3 minutes', now())
    ON CONFLICT (id) DO NOTHING`;
  return spent > 0;
}

/** Whether it is the 动态口令 of a user now, or of the step before or after, by the database's clock. */
export async function codeFits(db: Db, userId: string, code: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ key: string; secret: string; at: number }[]>`
    SELECT document_hash('better-auth') AS key, secret, (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at FROM second_factor WHERE user_id = ${userId} AND verified`;
  if (!row) return false;
  const secret = await symmetricDecrypt({ key: row.key, data: row.secret });
  const codes = await Promise.all([0, -1, 1].map((step) => totpAt(secret, row.at + step * 30_000)));
  return codes.includes(code);
}

/** The name a person logs in by. */
export async function usernameOf(db: Db, id: string): Promise<string> {
  const { username, email } = await db.user.findUniqueOrThrow({
    where: { id },
    select: { username: true, email: true },
  });
  return username ?? email;
}

/** Ends a session that better-auth has just begun. */
export async function dropSession(db: Db, token: string): Promise<void> {
  await db.session.deleteMany({ where: { token } });
}

/** What others know about a user, which a password may not contain. */
export async function personalOf(db: Db, id: string): Promise<(string | null | undefined)[]> {
  const user = await db.user.findUnique({
    where: { id },
    select: { email: true, username: true, enterpriseUscc: true, registration: { select: { uscc: true } } },
  });
  return user ? [user.username, user.email, user.enterpriseUscc, user.registration?.uscc] : [];
}

/** The codes of a user that `spendCode` would not take again. */
export async function spentCodes(db: Db, userId: string): Promise<string[]> {
  const rows = await db.verification.findMany({ where: { identifier: `code:${userId}` }, select: { value: true } });
  return rows.map(({ value }) => value);
}

/** Enrols a 动态口令 without its owner's doing: for the demonstration, whose secrets lie beside its data. */
export async function enrol(db: Db, userId: string, secret: string, recoveryCodes: string[]): Promise<void> {
  const [row] = await db.$queryRaw<{ key: string }[]>`SELECT document_hash('better-auth') AS key`;
  const { key } = row!;
  const kept = {
    secret: await symmetricEncrypt({ key, data: secret }),
    backupCodes: await symmetricEncrypt({ key, data: JSON.stringify(recoveryCodes) }),
  };
  await db.twoFactor.create({ data: { id: crypto.randomUUID(), userId, ...kept } });
  await db.user.update({ where: { id: userId }, data: { twoFactorEnabled: true } });
}
