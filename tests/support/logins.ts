import { createHmac, randomBytes } from 'node:crypto';
import { hashPassword, symmetricEncrypt } from 'better-auth/crypto';
import { Secret, TOTP } from 'otpauth';
import { SYSTEM } from '../../src/access/context.ts';
import { insertUser, type NewUser } from '../../src/access/user.ts';
import type { Db } from '../../src/db/client.ts';
import { inTransaction } from '../../src/db/transaction.ts';

export const PASSWORD = 'ran-yu-he-lan-shan-2026';
let hashed: Promise<string> | undefined;

export interface TestUser {
  id: string;
  username: string;
  email: string;
  password: string;
  /** of a session that began just now, with the second factor done */
  cookie: string;
  /** the current 动态口令, or of so many steps later */
  code(steps?: number): string;
}

/** A user of a role with password and, unless `secondFactor` is false, an enrolled 动态口令, logged in. */
export async function makeUser(
  db: Db,
  { secondFactor = true, ...given }: Partial<NewUser> & Pick<NewUser, 'role'> & { secondFactor?: boolean },
): Promise<TestUser> {
  hashed ??= hashPassword(PASSWORD);
  const hash = await hashed;
  const username = given.username ?? `u${randomBytes(5).toString('hex')}`;
  const user = { name: '测试员', username, email: `${username}@example.com`, ...given };
  const id = await inTransaction({ db, actor: SYSTEM }, (tx) => insertUser(tx, user, hash));
  const [row] = await db.$queryRaw<{ secret: string }[]>`SELECT document_hash('better-auth') AS secret`;
  const key = row!.secret;
  const secret = randomBytes(16).toString('hex');
  if (secondFactor) {
    const encrypted = await symmetricEncrypt({ key, data: secret });
    const backupCodes = await symmetricEncrypt({ key, data: JSON.stringify(['aaaaa-bbbbb', 'ccccc-ddddd']) });
    await db.twoFactor.create({ data: { id: `${id}-2f`, userId: id, secret: encrypted, backupCodes } });
    await db.user.update({ where: { id }, data: { twoFactorEnabled: true } });
  }
  const token = randomBytes(24).toString('base64url');
  await db.session.create({ data: { id: `${id}-s`, userId: id, token, expiresAt: new Date(Date.now() + 7_200_000) } });
  const cookie = `ningkedai.session_token=${encodeURIComponent(`${token}.${createHmac('sha256', key).update(token).digest('base64')}`)}`;
  const totp = new TOTP({ secret: Secret.fromUTF8(secret) });
  return {
    ...{ id, username, email: user.email, password: PASSWORD, cookie },
    code: (steps = 0) => totp.generate({ timestamp: Date.now() + steps * 30_000 }),
  };
}

/** The cookies that an answer sets, as a browser would send them back. */
export function cookiesOf(headers: Headers): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0]!)
    .filter((cookie) => !cookie.endsWith('='))
    .join('; ');
}
