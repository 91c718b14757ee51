import { addMonths } from '../calendar/local-date.ts';
import type { Db, Tx } from '../db/client.ts';
import { toHex } from '../db/hex.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { audit } from './audit.ts';
import { type Actor, type Context, permit, SYSTEM } from './context.ts';
import { PERMISSIONS, type Permission, ROLES, type Role } from './roles.ts';
import { GUARANTOR_KINDS } from './user.ts';

const KEY = /^nkd_([0-9a-f]{16})_([0-9a-f]{48})$/;

/**
 * Who holds this key, or null when it is unknown, expired or revoked. The secret is compared as its hash inside the database;
 * it is 192 random bits, so a fast hash is enough. @throws DomainError SIGNATURE_REQUIRED (401) for a key that must sign
 */
export async function authenticate(db: Db, key: string, today: string): Promise<Actor | null> {
  const [, id, secret] = KEY.exec(key) ?? [];
  if (!id || !secret) return null;
  return inTransaction({ db, actor: SYSTEM }, async (tx) => {
    const [holder] = await tx.$queryRaw<
      { id: string }[]
    >`SELECT * FROM key_holder(${id}, ${secret}, ${today}::date) AS h(id)`;
    return holder ? readActor(tx, holder.id) : null;
  }).catch(asUnauthenticated);
}

/** A signed request: the five lines that were signed, and what stands beside them in the header. */
export interface SignedRequest {
  keyId: string;
  /** RFC 3339, UTC */
  time: string;
  nonce: string;
  message: string;
  /** 64 hex digits */
  signature: string;
}

/**
 * Who signed, or null when the key is unknown, expired or revoked or the signature is not its own. The database compares, looks at its clock and takes the
 * nonce, so that a signature counts once however many processes there are. @throws DomainError SIGNATURE_TIME, SIGNATURE_REPLAYED (401)
 */
export async function authenticateSigned(db: Db, signed: SignedRequest, today: string): Promise<Actor | null> {
  const { keyId, time, nonce, message, signature } = signed;
  return inTransaction({ db, actor: SYSTEM }, async (tx) => {
    const [holder] = await tx.$queryRaw<{ id: string }[]>`
      SELECT * FROM signed_key_holder(${keyId}, ${time}::timestamptz, ${nonce}, ${message}, decode(${signature}, 'hex'), ${today}::date) AS h(id)`;
    return holder ? readActor(tx, holder.id) : null;
  }).catch(asUnauthenticated);
}

/** What the database says of a signature is about who asks, not a conflict. */
function asUnauthenticated(error: unknown): never {
  if (error instanceof DomainError && error.code.startsWith('SIGNATURE_'))
    throw new DomainError(error.code, error.message, { status: 401 });
  throw error;
}

/** The actor of a key or user that has been let in before, for work that goes on without them. @throws DomainError ACTOR_UNKNOWN */
export async function actorOf(db: Db, id: string): Promise<Actor> {
  const actor = await inTransaction({ db, actor: SYSTEM }, (tx) => readActor(tx, id));
  if (!actor) throw new DomainError('ACTOR_UNKNOWN', '没有这个用户或密钥', { status: 404 });
  return actor;
}

async function readActor(tx: Tx, id: string): Promise<Actor | null> {
  const [row] = await tx.$queryRaw<(Omit<Actor, 'pools'> & { pools: string[] | null })[]>`
    SELECT k.id, k.name, k.role, k.institution_code AS institution, k.enterprise_uscc AS enterprise, k.scopes,
           (SELECT array_agg(p.code) FROM pool p WHERE p.cooperating_unit = k.institution_code) AS pools
      FROM (SELECT id, name, role, institution_code, enterprise_uscc, scopes FROM api_key
            UNION ALL SELECT id, name, role, institution_code, enterprise_uscc, '{}' FROM app_user) k WHERE k.id = ${id}`;
  return row ? { ...row, pools: row.pools ?? [] } : null;
}

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

/** Issues a key and answers it in clear, the only time it is ever shown. */
export async function issueKey(ctx: Context, input: NewKey): Promise<{ id: string; key: string }> {
  permit(ctx, 'key.manage');
  const wrong = input.scopes?.filter((s) => !(PERMISSIONS[s].roles as readonly Role[]).includes(input.role)) ?? [];
  if (wrong.length > 0)
    throw new DomainError('SCOPE_BEYOND_ROLE', `「${ROLES[input.role]}」没有这些权限：${wrong.join('、')}`);
  if (input.role === 'bank' && !input.institutionCode)
    throw new DomainError('KEY_WITHOUT_BANK', '合作银行的密钥须写明机构');
  if (input.role === 'countyReviewer' && !input.institutionCode)
    throw new DomainError('KEY_WITHOUT_UNIT', '合作单位审核员的密钥须写明机构');
  if (input.role === 'guarantor' && !input.institutionCode)
    throw new DomainError('KEY_WITHOUT_GUARANTOR', '担保和保险机构的密钥须写明机构');
  if (input.role === 'enterprise' && !input.enterpriseUscc)
    throw new DomainError('KEY_WITHOUT_ENTERPRISE', '企业的密钥须写明统一社会信用代码');
  const expiresOn = expiryOf(ctx, input.expiresOn);
  const id = randomHex(8);
  const secret = randomHex(24);
  await inTransaction(ctx, async (tx) => {
    await refuseUnknownOwner(tx, input);
    await tx.$executeRaw`
      INSERT INTO api_key (id, secret_hash, name, role, institution_code, enterprise_uscc, scopes, expires_on, signed)
      VALUES (${id}, sha256(convert_to(${secret}, 'UTF8')), ${input.name}, ${input.role}, ${input.institutionCode ?? null},
              ${input.enterpriseUscc ?? null}, ${input.scopes ?? []}, ${expiresOn}::date, ${input.signed ?? false})`;
    await audit(tx, ctx, {
      action: 'key.issue',
      subject: `key:${id}`,
      after: { role: input.role, institution: input.institutionCode ?? null, expiresOn, signed: input.signed ?? false },
    });
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

async function refuseUnknownOwner(tx: Tx, { role, institutionCode, enterpriseUscc }: NewKey): Promise<void> {
  const institution = institutionCode ? await tx.institution.findUnique({ where: { code: institutionCode } }) : null;
  if (institutionCode && !institution) throw new DomainError('INSTITUTION_UNKNOWN', `没有机构「${institutionCode}」`);
  if (role !== 'bank' && institution?.kind === 'partnerBank') {
    throw new DomainError('KEY_OF_A_BANK', `「${institution.name}」是合作银行，不能持有「${ROLES[role]}」的密钥`);
  }
  if (role === 'guarantor' && institution && !GUARANTOR_KINDS.includes(institution.kind)) {
    throw new DomainError('KEY_OF_NO_GUARANTOR', `「${institution.name}」不是担保、再担保或保险机构`);
  }
  if (enterpriseUscc && !(await tx.enterprise.findUnique({ where: { uscc: enterpriseUscc } }))) {
    throw new DomainError('ENTERPRISE_UNKNOWN', `没有登记企业 ${enterpriseUscc}`);
  }
}

/** Ends a key at once. Ending it twice changes nothing. */
export async function revokeKey(ctx: Context, id: string): Promise<void> {
  permit(ctx, 'key.manage');
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
  expiresOn: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  signed: boolean;
}

/** The keys without their secrets, oldest first; or the one of that id. */
export async function listKeys(ctx: Context, id: string | null = null): Promise<KeyView[]> {
  permit(ctx, 'key.manage');
  return inTransaction(
    ctx,
    (tx) => tx.$queryRaw<KeyView[]>`
    SELECT k.id, k.name, k.role, k.institution_code AS "institutionCode", k.enterprise_uscc AS "enterpriseUscc", k.scopes, k.created_at AS "createdAt",
           coalesce(u.name, issuer.name) AS "createdBy", k.expires_on AS "expiresOn", k.last_used_at AS "lastUsedAt", k.revoked_at AS "revokedAt", k.signed
      FROM api_key k LEFT JOIN audit_log a ON a.subject = 'key:' || k.id AND a.action = 'key.issue'
           LEFT JOIN app_user u ON u.id = a.actor LEFT JOIN api_key issuer ON issuer.id = a.actor
     WHERE ${id}::text IS NULL OR k.id = ${id} ORDER BY k.created_at, k.id`,
  );
}

function randomHex(bytes: number): string {
  return toHex(crypto.getRandomValues(new Uint8Array(bytes)));
}
