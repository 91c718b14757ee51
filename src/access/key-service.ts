import { addMonths } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { toHex } from '../db/hex.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { audit } from './audit.ts';
import { type Context, permit } from './context.ts';
import { proveCode } from './prove-code.ts';
import { PERMISSIONS, type Permission, ROLES, type Role, SECOND_FACTOR_ROLES } from './roles.ts';
import { refuseUnknownOwner } from './user.ts';

export interface NewKey {
  name: string;
  role: Role;
  institutionCode?: string;
  enterpriseUscc?: string;
  scopes?: Permission[];
  /** last day on which it counts: a year from today when left out, two at most; a key that the service issues itself has none unless told */
  expiresOn?: string;
  /** refuses requests that are not signed */
  signed?: boolean;
}

const MONTHS = { usual: 12, most: 24 };

export interface IssuedKey {
  id: string;
  /** in clear, the only time it is ever shown */
  key: string;
}

/**
 * Issues a key to the system of a bank, a guarantor, an enterprise or the auditors. Who approves or operates issues their own (`issueOwnKey`); only the service
 * itself may enter an operator's that is nobody's. @throws DomainError KEY_WITHOUT_PERSON, SCOPE_BEYOND_ROLE, OWNER_*, KEY_EXPIRES_TOO_LATE (422)
 */
export async function issueKey(ctx: Context, input: NewKey): Promise<IssuedKey> {
  permit(ctx, 'key.manage');
  const first = ctx.actor.role === 'system' && input.role === 'operator';
  if (SECOND_FACTOR_ROLES.includes(input.role) && !first)
    throw new DomainError(
      'KEY_WITHOUT_PERSON',
      `「${ROLES[input.role]}」的密钥代表一个人，须由本人登录后在“我的账号”签发`,
    );
  return inTransaction(ctx, async (tx) => {
    await refuseUnknownOwner(tx, input);
    return enter(tx, ctx, input, null);
  });
}

/**
 * Issues a key that acts as whoever asks for it, for their own role and institution. They are logged in and give their 动态口令: a key cannot make another.
 * @throws DomainError FORBIDDEN (403), CODE_WRONG, CODE_USED (422), LOGIN_LOCKED (429), SCOPE_BEYOND_ROLE, KEY_EXPIRES_TOO_LATE (422)
 */
export async function issueOwnKey(
  ctx: Context,
  { code, ...input }: Pick<NewKey, 'name' | 'scopes' | 'expiresOn' | 'signed'> & { code: string },
): Promise<IssuedKey> {
  permit(ctx, 'key.own');
  const { actor } = ctx;
  if (actor.key !== null) throw new DomainError('FORBIDDEN', '密钥不能签发密钥，请登录后办理', { status: 403 });
  await proveCode(ctx, code);
  const own = { role: actor.role as Role, institutionCode: actor.institution ?? undefined };
  return inTransaction(ctx, (tx) => enter(tx, ctx, { ...input, ...own }, actor.id));
}

async function enter(tx: Tx, ctx: Context, input: NewKey, ownerId: string | null): Promise<IssuedKey> {
  const wrong = input.scopes?.filter((s) => !(PERMISSIONS[s].roles as readonly Role[]).includes(input.role)) ?? [];
  if (wrong.length > 0)
    throw new DomainError('SCOPE_BEYOND_ROLE', `「${ROLES[input.role]}」没有这些权限：${wrong.join('、')}`);
  const expiresOn = expiryOf(ctx, input.expiresOn);
  const id = randomHex(8);
  const secret = randomHex(24);
  await tx.$executeRaw`
    INSERT INTO api_key (id, secret_hash, name, role, institution_code, enterprise_uscc, scopes, expires_on, signed, owner_id)
    VALUES (${id}, sha256(convert_to(${secret}, 'UTF8')), ${input.name}, ${input.role}, ${input.institutionCode ?? null},
            ${input.enterpriseUscc ?? null}, ${input.scopes ?? []}, ${expiresOn}::date, ${input.signed ?? false}, ${ownerId})`;
  await audit(tx, ctx, {
    action: 'key.issue',
    subject: `key:${id}`,
    after: { role: input.role, institution: input.institutionCode ?? null, expiresOn, signed: input.signed ?? false },
  });
  return { id, key: `nkd_${id}_${secret}` };
}

function expiryOf({ today, actor }: Context, asked: string | undefined): string | null {
  if (asked === undefined) return actor.role === 'system' ? null : addMonths(today, MONTHS.usual);
  if (asked < today) throw new DomainError('KEY_EXPIRED_AT_ISSUE', `有效期至 ${asked} 早于今天`);
  const last = addMonths(today, MONTHS.most);
  if (asked > last) throw new DomainError('KEY_EXPIRES_TOO_LATE', `密钥有效期最长两年，不得晚于 ${last}`);
  return asked;
}

/** Ends a key at once. Ending it twice changes nothing. */
export async function revokeKey(ctx: Context, id: string): Promise<void> {
  permit(ctx, 'key.manage');
  await revoke(ctx, id);
}

/** Ends a key of one's own. @throws DomainError NOT_FOUND (404) for anybody else's */
export async function revokeOwnKey(ctx: Context, id: string): Promise<void> {
  permit(ctx, 'key.own');
  const mine = await inTransaction(ctx, (tx) => tx.apiKey.count({ where: { id, ownerId: ctx.actor.id } }));
  if (mine === 0) throw new DomainError('NOT_FOUND', '没有这个密钥', { status: 404 });
  await revoke(ctx, id);
}

async function revoke(ctx: Context, id: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const changed = await tx.$executeRaw`UPDATE api_key SET revoked_at = now() WHERE id = ${id} AND revoked_at IS NULL`;
    if (changed === 0) await refuseUnknownKey(tx, id);
    else await audit(tx, ctx, { action: 'key.revoke', subject: `key:${id}` });
  });
}

/** From now on a key must sign; there is no way back but a new key. @throws DomainError NOT_FOUND (404) */
export async function requireSignature(ctx: Context, id: string): Promise<void> {
  permit(ctx, 'key.manage');
  await inTransaction(ctx, async (tx) => {
    const changed = await tx.$executeRaw`UPDATE api_key SET signed = true WHERE id = ${id} AND NOT signed`;
    if (changed === 0) await refuseUnknownKey(tx, id);
    else
      await audit(tx, ctx, {
        action: 'key.require-signature',
        subject: `key:${id}`,
        before: { signed: false },
        after: { signed: true },
      });
  });
}

async function refuseUnknownKey(tx: Tx, id: string): Promise<void> {
  if (!(await tx.apiKey.findUnique({ where: { id }, select: { id: true } })))
    throw new DomainError('NOT_FOUND', '没有这个密钥', { status: 404 });
}

export interface KeyView {
  id: string;
  name: string;
  role: string;
  institutionCode: string | null;
  enterpriseUscc: string | null;
  scopes: string[];
  createdAt: Date;
  /** who issued it, as the audit log knows it; null for the service itself */
  createdBy: string | null;
  /** whose it is; null for a system's */
  ownerName: string | null;
  expiresOn: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  signed: boolean;
}

/** The keys without their secrets, oldest first; or the one of that id. */
export async function listKeys(ctx: Context, id: string | null = null): Promise<KeyView[]> {
  permit(ctx, 'key.manage');
  return inTransaction(ctx, (tx) => readKeys(tx, { id }));
}

/** One's own keys, oldest first. */
export async function listOwnKeys(ctx: Context): Promise<KeyView[]> {
  permit(ctx, 'key.own');
  return inTransaction(ctx, (tx) => readKeys(tx, { ownerId: ctx.actor.id }));
}

async function readKeys(tx: Tx, { id = null, ownerId = null }: { id?: string | null; ownerId?: string | null }) {
  return tx.$queryRaw<KeyView[]>`
    SELECT k.id, k.name, k.role, k.institution_code AS "institutionCode", k.enterprise_uscc AS "enterpriseUscc", k.scopes, k.created_at AS "createdAt",
           coalesce(u.name, issuer.name) AS "createdBy", o.name AS "ownerName", k.expires_on AS "expiresOn", k.last_used_at AS "lastUsedAt", k.revoked_at AS "revokedAt", k.signed
      FROM api_key k LEFT JOIN audit_log a ON a.subject = 'key:' || k.id AND a.action = 'key.issue'
           LEFT JOIN app_user u ON u.id = a.actor LEFT JOIN api_key issuer ON issuer.id = a.actor LEFT JOIN app_user o ON o.id = k.owner_id
     WHERE (${id}::text IS NULL OR k.id = ${id}) AND (${ownerId}::text IS NULL OR k.owner_id = ${ownerId}) ORDER BY k.created_at, k.id`;
}

function randomHex(bytes: number): string {
  return toHex(crypto.getRandomValues(new Uint8Array(bytes)));
}
