import type { Tx } from '../db/client.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { audit } from './audit.ts';
import { type Context, permit } from './context.ts';
import { maskEmail } from './mask.ts';
import type { Role } from './roles.ts';

export interface UserView {
  id: string;
  name: string;
  username: string;
  email: string;
  role: Role;
  institutionCode: string | null;
  institutionName: string | null;
  enterpriseUscc: string | null;
  enterpriseName: string | null;
  secondFactor: boolean;
  /** sessions that are open now */
  sessions: number;
  state: 'active' | 'locked' | 'disabled';
  lockedUntil: string | null;
  lastLoginAt: string | null;
  disabledAt: string | null;
  createdAt: string;
}

const LISTING: Listing = {
  from: 'app_user u',
  key: { sql: 'u.id', type: 'text' },
  fields: {
    username: { sql: 'u.username', type: 'text' },
    role: { sql: 'u.role', type: 'text' },
    institutionCode: { sql: 'u.institution_code', type: 'text', nullable: true },
    lastLoginAt: { sql: 'u.last_login_at', type: 'timestamptz', nullable: true },
    createdAt: { sql: 'u.created_at', type: 'timestamptz' },
  },
  search: ['u.username', 'u.name', 'u.email'],
  order: 'username',
};
/** What users may be put in order by. */
export const USER_SORTS = Object.keys(LISTING.fields);

const STATE = `CASE WHEN u.disabled_at IS NOT NULL THEN 'disabled' WHEN u.locked_until > now() THEN 'locked' ELSE 'active' END`;

/** The people who can log in. */
export async function listUsers(
  ctx: Context,
  filter: { role?: Role; institutionCode?: string; state?: UserView['state'] },
  ask: ListAsk,
): Promise<Listed<UserView>> {
  permit(ctx, 'user.manage');
  return inTransaction(ctx, async (tx) => {
    const conditions: Condition[] = [
      ['u.role = ?', filter.role],
      ['u.institution_code = ?', filter.institutionCode],
      [`${STATE} = ?`, filter.state],
    ];
    const { items: ids, ...page } = await readKeys(tx, LISTING, conditions, ask);
    return { ...page, items: inOrder(ids, await readUsers(tx, ids), (row) => row.id) };
  });
}

async function readUsers(tx: Tx, ids: string[]): Promise<UserView[]> {
  const at = (column: string, name: string) => `to_char(u.${column}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "${name}"`;
  const rows = await tx.$queryRawUnsafe<UserView[]>(
    `SELECT u.id, u.name, u.username, u.email, u.role, u.institution_code AS "institutionCode", i.name AS "institutionName", u.enterprise_uscc AS "enterpriseUscc",
            e.name AS "enterpriseName", u.two_factor_enabled AS "secondFactor", ${STATE} AS state, ${at('locked_until', 'lockedUntil')}, ${at('last_login_at', 'lastLoginAt')},
            ${at('disabled_at', 'disabledAt')}, ${at('created_at', 'createdAt')},
            (SELECT count(*)::int FROM login_session s WHERE s.user_id = u.id AND s.expires_at > now()) AS sessions
       FROM app_user u LEFT JOIN institution i ON i.code = u.institution_code LEFT JOIN enterprise e ON e.uscc = u.enterprise_uscc WHERE u.id = ANY ($1::text[])`,
    ids,
  );
  return rows.map((row) => ({ ...row, email: maskEmail(row.email) }));
}

/** Shuts a person out at once. Whoever disables themselves could not undo it. @throws DomainError NOT_FOUND (404), SELF (409) */
export async function disableUser(ctx: Context, id: string): Promise<UserView> {
  permit(ctx, 'user.manage');
  refuseSelf(ctx, id, '停用');
  return changed(ctx, id, 'user.disable', async (tx) => {
    await tx.$executeRaw`UPDATE app_user SET disabled_at = now() WHERE id = ${id} AND disabled_at IS NULL`;
    await tx.$executeRaw`DELETE FROM login_session WHERE user_id = ${id}`;
  });
}

/** Lets a disabled person in again, with the password they had. @throws DomainError NOT_FOUND (404) */
export async function enableUser(ctx: Context, id: string): Promise<UserView> {
  permit(ctx, 'user.manage');
  return changed(ctx, id, 'user.enable', async (tx) => {
    await tx.$executeRaw`UPDATE app_user SET disabled_at = NULL WHERE id = ${id}`;
  });
}

/** Ends the lock after wrong passwords before its time. @throws DomainError NOT_FOUND (404) */
export async function unlockUser(ctx: Context, id: string): Promise<UserView> {
  permit(ctx, 'user.manage');
  return changed(ctx, id, 'user.unlock', async (tx) => {
    await tx.$executeRaw`UPDATE app_user SET failed_logins = 0, locked_until = NULL WHERE id = ${id}`;
  });
}

/** Ends every session of a person; they may log in again. @throws DomainError NOT_FOUND (404) */
export async function endSessions(ctx: Context, id: string): Promise<UserView> {
  permit(ctx, 'user.manage');
  return changed(ctx, id, 'user.endSession', async (tx) => {
    await tx.$executeRaw`DELETE FROM login_session WHERE user_id = ${id}`;
  });
}

/** Takes the 动态口令 from a person who lost phone and recovery codes: they enrol anew at the next login. Never one's own. @throws DomainError NOT_FOUND (404), SELF (409) */
export async function resetSecondFactor(ctx: Context, id: string): Promise<UserView> {
  permit(ctx, 'user.manage');
  refuseSelf(ctx, id, '重置');
  return changed(ctx, id, 'user.resetSecondFactor', async (tx) => {
    await tx.$executeRaw`DELETE FROM second_factor WHERE user_id = ${id}`;
    await tx.$executeRaw`UPDATE app_user SET two_factor_enabled = false WHERE id = ${id}`;
    await tx.$executeRaw`DELETE FROM login_session WHERE user_id = ${id}`;
  });
}

function refuseSelf(ctx: Context, id: string, verb: string): void {
  if (ctx.actor.id === id) throw new DomainError('SELF', `不能${verb}自己，请由另一位系统管理员办理`, { status: 409 });
}

async function changed(ctx: Context, id: string, action: string, change: (tx: Tx) => Promise<void>): Promise<UserView> {
  return inTransaction(ctx, async (tx) => {
    await change(tx);
    const [view] = await readUsers(tx, [id]);
    if (!view) throw new DomainError('NOT_FOUND', '没有这个用户', { status: 404 });
    await audit(tx, ctx, { action, subject: `user:${id}` });
    return view;
  });
}
