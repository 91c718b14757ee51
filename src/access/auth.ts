import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { username } from 'better-auth/plugins/username';
import type { Db } from '../db/client.ts';
import type { Log } from './context.ts';
import { PASSWORD_LENGTH } from './password.ts';

/**
 * Sessions end two hours after the last request and, whatever happens, twelve hours after the login (a trigger on login_session): the office computers of
 * these people are shared and a working day is one login; what is being typed is kept as a draft. OWASP ASVS 5.0, 7.3.
 */
const SESSION = { idleSeconds: 2 * 3600, renewedEverySeconds: 300 } as const;

/** The header in which we tell better-auth where a request comes from; what a client sends under this name is overwritten. */
export const ADDRESS_HEADER = 'x-ningkedai-address';

export interface AuthDeps {
  db: Db;
  log: Log;
  publicUrl: string;
}

/**
 * better-auth on the installation's own connection (the application's role can read neither hashes nor tokens). Made by `createApp`, for each request on
 * Workers: a connection may not outlive its request there. Nothing is configured: the secret is derived from the one in the database.
 */
export async function openAuth({ db, log, publicUrl }: AuthDeps) {
  const [row] = await db.$queryRaw<{ secret: string }[]>`SELECT document_hash('better-auth') AS secret`;
  return betterAuth({
    appName: '宁科贷',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: row!.secret,
    database: prismaAdapter(db, { provider: 'postgresql', transaction: true }),
    telemetry: { enabled: false },
    // Texts only: what better-auth hands over beside them may name people.
    logger: { level: 'error', log: (_, message) => log.error({ from: 'better-auth' }, message) },
    trustedOrigins: (request) => (request ? ownOrigins(request, publicUrl) : [new URL(publicUrl).origin]),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.least,
      maxPasswordLength: PASSWORD_LENGTH.most,
      revokeSessionsOnPasswordReset: true,
      // Links are sent by a job of ours (askReset); this says that passwords may be reset at all.
      sendResetPassword: async () => {},
    },
    user: {
      additionalFields: {
        role: { type: 'string', input: false },
        institutionCode: { type: 'string', required: false, input: false },
        enterpriseUscc: { type: 'string', required: false, input: false },
        disabledAt: { type: 'date', required: false, input: false },
      },
    },
    session: { expiresIn: SESSION.idleSeconds, updateAge: SESSION.renewedEverySeconds, freshAge: 0 },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }) => {
            const user = await db.user.findUnique({ where: { id: userId }, select: { disabledAt: true } });
            if (!user || user.disabledAt) throw APIError.from('FORBIDDEN', { code: 'ACCOUNT_DISABLED', message: '' });
          },
        },
      },
    },
    plugins: [
      username({ displayUsername: false, usernameValidator: (name) => USERNAME.test(name) }),
      twoFactor({ issuer: '宁科贷', backupCodeOptions: { amount: 10 } }),
    ],
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 300,
      // A whole office may stand behind one address; each account locks by itself.
      customRules: {
        '/sign-in/*': { window: 60, max: 30 },
        '/request-password-reset': { window: 60, max: 5 },
        '/reset-password': { window: 60, max: 10 },
        '/change-password': { window: 60, max: 10 },
        '/two-factor/*': { window: 60, max: 20 },
      },
    },
    advanced: {
      cookiePrefix: 'ningkedai',
      useSecureCookies: publicUrl.startsWith('https:'),
      // Said, because it is skipped by default under NODE_ENV=test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER], ipv6Subnet: 64 },
    },
  });
}

export type Auth = Awaited<ReturnType<typeof openAuth>>;

/** 用户名: small letters and digits first, so that nobody can be mistaken for an e-mail address. */
export const USERNAME = /^[a-z0-9][a-z0-9_.-]{2,29}$/i;

/** Where our own pages come from: the address we are known by, and the one this request was sent to; a proxy may have taken off TLS. */
export function ownOrigins(request: Request, publicUrl: string): string[] {
  const { host } = new URL(request.url);
  return [new URL(publicUrl).origin, `http://${host}`, `https://${host}`];
}
