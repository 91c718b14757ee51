import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';
import { GUARANTOR_KINDS, ROLES, type Role } from './roles.ts';

export interface NewUser {
  name: string;
  username: string;
  email: string;
  role: Role;
  institutionCode?: string | null;
  enterpriseUscc?: string | null;
  phone?: string | null;
}

/**
 * Enters a person with their password's hash, as better-auth keeps it, in the caller's transaction (which leaves the audit row). @returns the id
 * @throws DomainError USERNAME_TAKEN, EMAIL_TAKEN (409)
 */
export async function insertUser(tx: Tx, user: NewUser, passwordHash: string): Promise<string> {
  await refuseTaken(tx, user);
  const id = crypto.randomUUID();
  await tx.$executeRaw`
    INSERT INTO app_user (id, name, email, email_verified, updated_at, username, role, institution_code, enterprise_uscc, phone)
    VALUES (${id}, ${user.name}, ${user.email}, false, now(), ${user.username}, ${user.role}, ${user.institutionCode ?? null}, ${user.enterpriseUscc ?? null}, ${user.phone ?? null})`;
  await tx.$executeRaw`
    INSERT INTO login_account (id, account_id, provider_id, user_id, password, updated_at) VALUES (${crypto.randomUUID()}, ${id}, 'credential', ${id}, ${passwordHash}, now())`;
  return id;
}

/**
 * Takes user name and address from whoever registered with them, was bound to no enterprise, and was refused or has waited since before a day (null: however
 * short), so that nobody keeps them by merely asking. What they asked for is refused and the login disabled.
 */
export async function freeNames(
  tx: Tx,
  ctx: Context,
  { username = null, email }: { username?: string | null; email: string },
  waitingSince: LocalDate | null,
): Promise<void> {
  const freed = await tx.$queryRaw<{ id: string }[]>`
    UPDATE app_user u SET username = 'x' || left(md5(u.id), 20), email = u.id || '@expired.invalid', disabled_at = now()
     WHERE (u.username = ${username} OR u.email = ${email}) AND u.role = 'enterprise' AND u.enterprise_uscc IS NULL AND EXISTS (
       SELECT FROM registration r WHERE r.user_id = u.id AND (r.status = 'refused' OR ${waitingSince}::date IS NULL OR r.submitted_on < ${waitingSince}::date))
    RETURNING u.id`;
  const ids = freed.map(({ id }) => id);
  if (ids.length === 0) return;
  const reason = '未经核实，用户名或邮箱已由他人使用';
  await tx.$executeRaw`
    UPDATE registration SET status = 'refused', decided_by = ${ctx.actor.id}, decided_on = ${ctx.today}::date, reason = ${reason}
     WHERE user_id = ANY (${ids}) AND status = 'submitted'`;
  await audit(tx, ctx, ...ids.map((id) => ({ action: 'user.disable', subject: `user:${id}`, after: { reason } })));
}

/** @throws DomainError USERNAME_TAKEN, EMAIL_TAKEN (409) */
export async function refuseTaken(tx: Tx, { username, email }: Pick<NewUser, 'username' | 'email'>): Promise<void> {
  const taken = await tx.user.findFirst({ where: { OR: [{ username }, { email }] }, select: { username: true } });
  if (taken?.username === username)
    throw new DomainError('USERNAME_TAKEN', `用户名「${username}」已有人使用，请换一个`, { status: 409 });
  if (taken) throw new DomainError('EMAIL_TAKEN', '此邮箱已用于另一个用户', { status: 409 });
}

/** For whom a role acts has to be said, and exist. @throws DomainError OWNER_MISSING, INSTITUTION_UNKNOWN, OWNER_IS_A_BANK, OWNER_IS_NO_BANK, OWNER_IS_NO_GUARANTOR, ENTERPRISE_UNKNOWN (422) */
export async function refuseUnknownOwner(
  tx: Tx,
  { role, institutionCode, enterpriseUscc }: Pick<NewUser, 'role' | 'institutionCode' | 'enterpriseUscc'>,
): Promise<void> {
  if ((role === 'bank' || role === 'countyReviewer' || role === 'guarantor') && !institutionCode)
    throw new DomainError('OWNER_MISSING', `「${ROLES[role]}」须写明机构`);
  if (role === 'enterprise' && !enterpriseUscc)
    throw new DomainError('OWNER_MISSING', '「企业」须写明统一社会信用代码');
  const institution = institutionCode ? await tx.institution.findUnique({ where: { code: institutionCode } }) : null;
  if (institutionCode && !institution) throw new DomainError('INSTITUTION_UNKNOWN', `没有机构「${institutionCode}」`);
  if (role !== 'bank' && institution?.kind === 'partnerBank')
    throw new DomainError('OWNER_IS_A_BANK', `「${institution.name}」是合作银行，不能属于「${ROLES[role]}」`);
  if (role === 'bank' && institution && institution.kind !== 'partnerBank')
    throw new DomainError('OWNER_IS_NO_BANK', `「${institution.name}」不是合作银行`);
  if (role === 'guarantor' && institution && !GUARANTOR_KINDS.includes(institution.kind))
    throw new DomainError('OWNER_IS_NO_GUARANTOR', `「${institution.name}」不是担保、再担保或保险机构`);
  if (enterpriseUscc && !(await tx.enterprise.findUnique({ where: { uscc: enterpriseUscc } })))
    throw new DomainError('ENTERPRISE_UNKNOWN', `没有登记企业 ${enterpriseUscc}`);
}
