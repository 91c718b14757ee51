import type { Db, Tx } from '../db/client.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { type Actor, SYSTEM } from './context.ts';
import { BY_A_PERSON, PERMISSIONS, type Role, SECOND_FACTOR_ROLES } from './roles.ts';

const KEY = /^nkd_([0-9a-f]{16})_([0-9a-f]{48})$/;

/**
 * Who acts by this key, or null when it is unknown, expired or revoked. The secret is compared as its hash inside the database;
 * it is 192 random bits, so a fast hash is enough. @throws DomainError SIGNATURE_REQUIRED for a key that must sign, KEY_WITHOUT_PERSON, KEY_OWNER_OUT (401)
 */
export async function authenticate(db: Db, key: string, today: string): Promise<Actor | null> {
  const [, id, secret] = KEY.exec(key) ?? [];
  if (!id || !secret) return null;
  return inTransaction({ db, actor: SYSTEM }, async (tx) => {
    const [holder] = await tx.$queryRaw<
      { id: string }[]
    >`SELECT * FROM key_holder(${id}, ${secret}, ${today}::date) AS h(id)`;
    return holder ? actorOfKey(tx, holder.id) : null;
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
 * nonce, so that a signature counts once however many processes there are. @throws DomainError SIGNATURE_TIME, SIGNATURE_REPLAYED, KEY_WITHOUT_PERSON, KEY_OWNER_OUT (401)
 */
export async function authenticateSigned(db: Db, signed: SignedRequest, today: string): Promise<Actor | null> {
  const { keyId, time, nonce, message, signature } = signed;
  return inTransaction({ db, actor: SYSTEM }, async (tx) => {
    const [holder] = await tx.$queryRaw<{ id: string }[]>`
      SELECT * FROM signed_key_holder(${keyId}, ${time}::timestamptz, ${nonce}, ${message}, decode(${signature}, 'hex'), ${today}::date) AS h(id)`;
    return holder ? actorOfKey(tx, holder.id) : null;
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
  const actor = await inTransaction(
    { db, actor: SYSTEM },
    async (tx) => (await actorOfUser(tx, id)) ?? (await actorOfKey(tx, id)),
  );
  if (!actor) throw new DomainError('ACTOR_UNKNOWN', '没有这个用户或密钥', { status: 404 });
  return actor;
}

const POOLS = '(SELECT array_agg(p.code) FROM pool p WHERE p.cooperating_unit = %.institution_code) AS pools';

async function actorOfUser(tx: Tx, id: string): Promise<Actor | null> {
  const [row] = await tx.$queryRawUnsafe<(Omit<Actor, 'pools'> & { pools: string[] | null })[]>(
    `SELECT u.id, u.name, u.role, u.institution_code AS institution, u.enterprise_uscc AS enterprise, '{}'::text[] AS scopes, NULL AS key, ${POOLS.replace('%', 'u')}
       FROM app_user u WHERE u.id = $1`,
    id,
  );
  return row ? { ...row, pools: row.pools ?? [] } : null;
}

interface KeyRow extends Omit<Actor, 'pools'> {
  role: Role;
  pools: string[] | null;
  key: string;
  ownerId: string | null;
  ready: boolean;
}

/**
 * A person's key acts as that person, within its scopes, as long as they may log in and have their second factor; any other as the system it was issued to. An
 * operator's key that is nobody's, the first of an installation, does nothing that a person answers for.
 */
async function actorOfKey(tx: Tx, id: string): Promise<Actor | null> {
  const [row] = await tx.$queryRawUnsafe<KeyRow[]>(
    `SELECT k.id, k.name, k.role, k.institution_code AS institution, k.enterprise_uscc AS enterprise, k.scopes, k.id AS key, k.owner_id AS "ownerId",
            coalesce(u.disabled_at IS NULL AND u.two_factor_enabled, false) AS ready, ${POOLS.replace('%', 'k')}
       FROM api_key k LEFT JOIN app_user u ON u.id = k.owner_id WHERE k.id = $1`,
    id,
  );
  if (!row) return null;
  const { ownerId, ready, ...key } = row;
  const actor: Actor = { ...key, pools: key.pools ?? [] };
  if (ownerId === null) return SECOND_FACTOR_ROLES.includes(row.role) ? nobodys(row.role, actor) : actor;
  const owner = await actorOfUser(tx, ownerId);
  if (owner && ready) return { ...owner, scopes: key.scopes, key: key.key };
  throw new DomainError('KEY_OWNER_OUT', '此密钥的所有人已停用，或尚未启用动态口令', { status: 401 });
}

function nobodys(role: Role, actor: Actor): Actor {
  if (role !== 'operator')
    throw new DomainError('KEY_WITHOUT_PERSON', '此密钥不属于任何人，已停用；请本人登录后在“我的账号”签发新的密钥', {
      status: 401,
    });
  const all = actor.scopes.length > 0 ? actor.scopes : Object.keys(PERMISSIONS);
  return { ...actor, scopes: all.filter((scope) => !BY_A_PERSON.some((one) => one === scope)) };
}
