import type { Db, Tx } from '../db/client.ts';
import { toHex } from '../db/hex.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { audit } from './audit.ts';
import { type Actor, type Context, permit, SYSTEM } from './context.ts';
import { PERMISSIONS, type Permission, ROLES, type Role } from './roles.ts';

const KEY = /^nkd_([0-9a-f]{16})_([0-9a-f]{48})$/;

/**
 * Who holds this key, or null when it is unknown, expired or revoked. The secret is compared as its hash inside the database;
 * it is 192 random bits, so a fast hash is enough.
 */
export async function authenticate(db: Db, key: string, today: string): Promise<Actor | null> {
  const [, id, secret] = KEY.exec(key) ?? [];
  if (!id || !secret) return null;
  return inTransaction({ db, actor: SYSTEM }, async (tx) => {
    const [holder] = await tx.$queryRaw<
      { id: string }[]
    >`SELECT * FROM key_holder(${id}, ${secret}, ${today}::date) AS h(id)`;
    return holder ? readActor(tx, holder.id) : null;
  });
}

/** The actor of a key that has been let in before, for work that goes on without its holder. @throws DomainError KEY_UNKNOWN */
export async function actorOf(db: Db, id: string): Promise<Actor> {
  const actor = await inTransaction({ db, actor: SYSTEM }, (tx) => readActor(tx, id));
  if (!actor) throw new DomainError('KEY_UNKNOWN', '没有这个密钥', { status: 404 });
  return actor;
}

async function readActor(tx: Tx, id: string): Promise<Actor | null> {
  const [row] = await tx.$queryRaw<(Omit<Actor, 'pools'> & { pools: string[] | null })[]>`
    SELECT k.id, k.name, k.role, k.institution_code AS institution, k.enterprise_uscc AS enterprise, k.scopes,
           (SELECT array_agg(p.code) FROM pool p WHERE p.cooperating_unit = k.institution_code) AS pools
      FROM api_key k WHERE k.id = ${id}`;
  return row ? { ...row, pools: row.pools ?? [] } : null;
}

export interface NewKey {
  name: string;
  role: Role;
  institutionCode?: string;
  enterpriseUscc?: string;
  scopes?: Permission[];
  expiresOn?: string;
}

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
  if (input.role === 'enterprise' && !input.enterpriseUscc)
    throw new DomainError('KEY_WITHOUT_ENTERPRISE', '企业的密钥须写明统一社会信用代码');
  if (input.expiresOn !== undefined && input.expiresOn < ctx.today)
    throw new DomainError('KEY_EXPIRED_AT_ISSUE', `有效期至 ${input.expiresOn} 早于今天`);
  const id = randomHex(8);
  const secret = randomHex(24);
  await inTransaction(ctx, async (tx) => {
    await refuseUnknownOwner(tx, input);
    await tx.$executeRaw`
      INSERT INTO api_key (id, secret_hash, name, role, institution_code, enterprise_uscc, scopes, expires_on)
      VALUES (${id}, sha256(convert_to(${secret}, 'UTF8')), ${input.name}, ${input.role}, ${input.institutionCode ?? null},
              ${input.enterpriseUscc ?? null}, ${input.scopes ?? []}, ${input.expiresOn ?? null}::date)`;
    await audit(tx, ctx, {
      action: 'key.issue',
      subject: `key:${id}`,
      after: { role: input.role, institution: input.institutionCode ?? null },
    });
  });
  return { id, key: `nkd_${id}_${secret}` };
}

async function refuseUnknownOwner(tx: Tx, { role, institutionCode, enterpriseUscc }: NewKey): Promise<void> {
  const institution = institutionCode ? await tx.institution.findUnique({ where: { code: institutionCode } }) : null;
  if (institutionCode && !institution) throw new DomainError('INSTITUTION_UNKNOWN', `没有机构「${institutionCode}」`);
  if (role !== 'bank' && institution?.kind === 'partnerBank') {
    throw new DomainError('KEY_OF_A_BANK', `「${institution.name}」是合作银行，不能持有「${ROLES[role]}」的密钥`);
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
    if (changed === 0 && !(await tx.apiKey.findUnique({ where: { id }, select: { id: true } })))
      throw new DomainError('NOT_FOUND', '没有这个密钥', { status: 404 });
    if (changed > 0) await audit(tx, ctx, { action: 'key.revoke', subject: `key:${id}` });
  });
}

/** The keys without their secrets. */
export async function listKeys(ctx: Context) {
  permit(ctx, 'key.manage');
  return inTransaction(ctx, (tx) =>
    tx.apiKey.findMany({
      orderBy: { createdAt: 'asc' },
      select: {
        id: true,
        name: true,
        role: true,
        institutionCode: true,
        enterpriseUscc: true,
        scopes: true,
        createdAt: true,
        expiresOn: true,
        revokedAt: true,
      },
    }),
  );
}

function randomHex(bytes: number): string {
  return toHex(crypto.getRandomValues(new Uint8Array(bytes)));
}
