import { hashPassword } from 'better-auth/crypto';
import type { Tx } from '../db/client.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { audit } from './audit.ts';
import { type Context, permit } from './context.ts';
import { invitationMail, sendMail } from './mail.ts';
import { maskEmail } from './mask.ts';
import { passwordFault } from './password.ts';
import { ROLES, type Role } from './roles.ts';
import { freeNames, insertUser, type NewUser, refuseTaken, refuseUnknownOwner } from './user.ts';

const VALID = '7 days';

export interface InvitationView {
  id: string;
  name: string;
  username: string;
  email: string;
  role: Role;
  institutionCode: string | null;
  enterpriseUscc: string | null;
  /** the name of who did */
  invitedBy: string;
  createdAt: string;
  expiresAt: string;
  state: 'open' | 'accepted' | 'revoked' | 'expired';
}

/**
 * Invites a person: the one-time link goes to them by mail. Without an address (the first operator) it only comes back.
 * @throws DomainError USERNAME_TAKEN, EMAIL_TAKEN (409), OWNER_* (422)
 */
export async function invite(ctx: Context, input: NewUser): Promise<InvitationView & { token: string }> {
  permit(ctx, 'user.manage');
  const token = randomToken();
  return inTransaction(ctx, async (tx) => {
    await refuseUnknownOwner(tx, input);
    if (input.email) await freeNames(tx, ctx, { email: input.email }, null);
    await refuseTaken(tx, input);
    const [made] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO invitation (token_hash, email, name, username, role, institution_code, enterprise_uscc, invited_by, expires_at)
      VALUES (sha256(convert_to(${token}, 'UTF8')), ${input.email}, ${input.name}, ${input.username}, ${input.role}, ${input.institutionCode ?? null},
              ${input.enterpriseUscc ?? null}, ${ctx.actor.id}, now() + ${VALID}::interval) RETURNING id::text`;
    const { id } = made!;
    const link = `${ctx.publicUrl}/console/invitation?token=${token}`;
    if (input.email) await sendMail(tx, ctx, invitationMail({ ...input, role: ROLES[input.role] }, link));
    const after = { role: input.role, institution: input.institutionCode ?? null };
    await audit(tx, ctx, { action: 'user.invite', subject: `invitation:${id}`, after });
    const [view] = await readInvitations(tx, [id]);
    return { ...view!, token };
  });
}

const LISTING: Listing = {
  from: 'invitation i',
  key: { sql: 'i.id', type: 'uuid' },
  fields: {
    createdAt: { sql: 'i.created_at', type: 'timestamptz' },
    expiresAt: { sql: 'i.expires_at', type: 'timestamptz' },
    username: { sql: 'i.username', type: 'text' },
    role: { sql: 'i.role', type: 'text' },
  },
  search: ['i.username', 'i.name', 'i.email'],
  order: '-createdAt',
};
/** What invitations may be put in order by. */
export const INVITATION_SORTS = Object.keys(LISTING.fields);

const STATE = `CASE WHEN i.accepted_at IS NOT NULL THEN 'accepted' WHEN i.revoked_at IS NOT NULL THEN 'revoked' WHEN i.expires_at <= now() THEN 'expired' ELSE 'open' END`;

/** The invitations, newest first; never their tokens. */
export async function listInvitations(
  ctx: Context,
  { state }: { state?: InvitationView['state'] },
  ask: ListAsk,
): Promise<Listed<InvitationView>> {
  permit(ctx, 'user.manage');
  return inTransaction(ctx, async (tx) => {
    const conditions: Condition[] = [[`${STATE} = ?`, state]];
    const { items: ids, ...page } = await readKeys(tx, LISTING, conditions, ask);
    const rows = (await readInvitations(tx, ids)).map((row) => ({ ...row, email: maskEmail(row.email) }));
    return { ...page, items: inOrder(ids, rows, (row) => row.id) };
  });
}

async function readInvitations(tx: Tx, ids: string[]): Promise<InvitationView[]> {
  return tx.$queryRawUnsafe<InvitationView[]>(
    `SELECT i.id::text, i.name, i.username, i.email, i.role, i.institution_code AS "institutionCode", i.enterprise_uscc AS "enterpriseUscc", coalesce((SELECT u.name FROM app_user u WHERE u.id = i.invited_by), (SELECT k.name FROM api_key k WHERE k.id = i.invited_by), i.invited_by) AS "invitedBy",
            to_char(i.created_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "createdAt", to_char(i.expires_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "expiresAt", ${STATE} AS state
       FROM invitation i WHERE i.id = ANY ($1::uuid[])`,
    ids,
  );
}

/** Makes an open invitation's link worthless. @throws DomainError NOT_FOUND (404), INVITATION_CLOSED (409) */
export async function revokeInvitation(ctx: Context, id: string): Promise<InvitationView> {
  permit(ctx, 'user.manage');
  return inTransaction(ctx, async (tx) => {
    const changed = await tx.$executeRaw`
      UPDATE invitation SET revoked_at = now() WHERE id = ${id}::uuid AND accepted_at IS NULL AND revoked_at IS NULL`;
    const [view] = await readInvitations(tx, [id]);
    if (!view) throw new DomainError('NOT_FOUND', '没有这个邀请', { status: 404 });
    if (changed === 0) throw new DomainError('INVITATION_CLOSED', '邀请已接受或已撤回', { status: 409 });
    await audit(tx, ctx, { action: 'user.revokeInvitation', subject: `invitation:${id}` });
    return view;
  });
}

/** Whom a link invites, for the page that it opens. `email` is null where the invited still has to give one. @throws DomainError LINK_INVALID (422) */
export async function lookInvitation(ctx: Context, token: string) {
  permit(ctx, 'invitation.accept');
  return inTransaction(ctx, async (tx) => {
    const { name, username, email, role, institutionCode, enterpriseUscc, expiresAt } = await openInvitation(tx, token);
    const institution = institutionCode
      ? await tx.institution.findUnique({ where: { code: institutionCode }, select: { name: true } })
      : null;
    const enterprise = enterpriseUscc
      ? await tx.enterprise.findUnique({ where: { uscc: enterpriseUscc }, select: { name: true } })
      : null;
    return {
      ...{ name, username, email: email || null, role, roleName: ROLES[role], expiresAt },
      ...{ institutionName: institution?.name ?? null, enterpriseName: enterprise?.name ?? null },
    };
  });
}

/** The invited sets a password and can log in. @throws DomainError LINK_INVALID, PASSWORD_REFUSED, EMAIL_MISSING (422), USERNAME_TAKEN, EMAIL_TAKEN (409) */
export async function acceptInvitation(
  ctx: Context,
  { token, password, email }: { token: string; password: string; email?: string },
): Promise<{ username: string }> {
  permit(ctx, 'invitation.accept');
  const invited = await inTransaction(ctx, (tx) => openInvitation(tx, token));
  const address = invited.email || email;
  if (!address) throw new DomainError('EMAIL_MISSING', '请填写您的邮箱，用于重设密码');
  refusePoor(password, [invited.username, address, invited.enterpriseUscc]);
  const hash = await hashPassword(password);
  return inTransaction(ctx, async (tx) => {
    const taken = await tx.$executeRaw`
      UPDATE invitation SET accepted_at = now() WHERE id = ${invited.id}::uuid AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now()`;
    if (taken === 0) throw worthless();
    await freeNames(tx, ctx, { email: address }, null);
    const id = await insertUser(tx, { ...invited, email: address }, hash);
    const after = { role: invited.role, institution: invited.institutionCode, invitation: invited.id };
    await audit(tx, ctx, { action: 'user.create', subject: `user:${id}`, after });
    return { username: invited.username };
  });
}

async function openInvitation(tx: Tx, token: string): Promise<InvitationView> {
  const [found] = await tx.$queryRaw<{ id: string }[]>`SELECT id::text FROM invitation_of(${token}) AS i(id)`;
  const [view] = found ? await readInvitations(tx, [found.id]) : [];
  if (!view) throw worthless();
  return view;
}

const worthless = (): DomainError =>
  new DomainError('LINK_INVALID', '邀请链接无效、已用过、已撤回或已过期，请联系系统管理员');

/** @throws DomainError PASSWORD_REFUSED (422) */
export function refusePoor(password: string, personal: (string | null)[]): void {
  const fault = passwordFault(password, personal);
  if (fault)
    throw new DomainError('PASSWORD_REFUSED', fault, {
      errors: [{ code: 'PASSWORD_REFUSED', field: 'password', message: fault }],
    });
}

/** 256 bits, as they go into a link. */
function randomToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (c) => ({ '+': '-', '/': '_' })[c] ?? '');
}
