import { hashPassword } from 'better-auth/crypto';
import { addDays } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { audit } from './audit.ts';
import { type Context, permit } from './context.ts';
import { refusePoor } from './invitation-service.ts';
import { decisionMail, sendMail } from './mail.ts';
import { maskEmail, maskName, maskPhone } from './mask.ts';
import { freeNames, insertUser } from './user.ts';

export interface NewRegistration {
  /** checked by whoever calls */
  uscc: string;
  enterpriseName: string;
  name: string;
  username: string;
  email: string;
  phone?: string;
  password: string;
}

export interface RegistrationView {
  id: string;
  uscc: string;
  enterpriseName: string;
  status: 'submitted' | 'approved' | 'refused';
  submittedOn: string;
  decidedOn: string | null;
  reason: string | null;
  personName: string;
  email: string;
  phone: string | null;
  /** as the register has it; null: not on it */
  registeredName: string | null;
  registeredIn: string | null;
}

/** What was registered and not confirmed in so many days no longer keeps user name and address from others. */
const HELD_DAYS = 30;

/**
 * Somebody says they act for an enterprise; any number may say so of the same one, and none keeps the others out. They can log in at once and see what became of it, and nothing else until they are bound.
 * @throws DomainError PASSWORD_REFUSED (422), USERNAME_TAKEN, EMAIL_TAKEN (409)
 */
export async function submitRegistration(
  ctx: Context,
  { password, uscc, enterpriseName, ...person }: NewRegistration,
): Promise<{ id: string; username: string; status: 'submitted' }> {
  permit(ctx, 'registration.submit');
  refusePoor(password, [person.username, person.email, uscc]);
  const hash = await hashPassword(password);
  return inTransaction(ctx, async (tx) => {
    await freeNames(tx, ctx, person, addDays(ctx.today, -HELD_DAYS));
    const userId = await insertUser(tx, { ...person, role: 'enterprise' }, hash);
    const [made] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO registration (user_id, uscc, enterprise_name, status, submitted_on) VALUES (${userId}, ${uscc}, ${enterpriseName}, 'submitted', ${ctx.today}::date) RETURNING id::text`;
    const { id } = made!;
    await audit(
      tx,
      ctx,
      { action: 'user.create', subject: `user:${userId}`, after: { role: 'enterprise' } },
      { action: 'registration.submit', subject: `registration:${id}`, after: { uscc } },
    );
    return { id, username: person.username, status: 'submitted' };
  });
}

const LISTING: Listing = {
  from: 'registration r JOIN app_user u ON u.id = r.user_id LEFT JOIN enterprise e ON e.uscc = r.uscc',
  key: { sql: 'r.id', type: 'uuid' },
  fields: {
    submittedOn: { sql: 'r.submitted_on', type: 'date' },
    status: { sql: 'r.status', type: 'text' },
    uscc: { sql: 'r.uscc', type: 'text' },
    enterpriseName: { sql: 'r.enterprise_name', type: 'text' },
  },
  search: ['r.uscc', 'r.enterprise_name', 'u.name'],
  order: 'submittedOn',
};
/** What registrations may be put in order by. */
export const REGISTRATION_SORTS = Object.keys(LISTING.fields);

/** A county decides on enterprises registered where one of its pools lends, the region on all. The actor's pools are a setting of the transaction. */
export const OWN_REGION = `((SELECT current_setting('app.scope', true) = 'all')
  OR EXISTS (SELECT FROM pool p, unnest(p.regions) region WHERE p.code = ANY (string_to_array(current_setting('app.pools', true), ',')) AND position(region IN e.registered_at) > 0))`;

/** The registrations the actor decides on, longest waiting first. */
export async function listRegistrations(
  ctx: Context,
  { status }: { status?: RegistrationView['status'] },
  ask: ListAsk,
): Promise<Listed<RegistrationView>> {
  permit(ctx, 'registration.decide');
  return inTransaction(ctx, async (tx) => {
    const conditions: Condition[] = [
      ['r.status = ?', status],
      [`?::boolean AND ${OWN_REGION}`, true],
    ];
    const { items: ids, ...page } = await readKeys(tx, LISTING, conditions, ask);
    return { ...page, items: inOrder(ids, await readRegistrations(tx, ids), (row) => row.id) };
  });
}

async function readRegistrations(tx: Tx, ids: string[]): Promise<RegistrationView[]> {
  const rows = await tx.$queryRawUnsafe<RegistrationView[]>(
    `SELECT r.id::text, r.uscc, r.enterprise_name AS "enterpriseName", r.status, r.submitted_on::text AS "submittedOn", r.decided_on::text AS "decidedOn", r.reason,
            u.name AS "personName", u.email, u.phone, e.name AS "registeredName", e.registered_at AS "registeredIn"
       FROM ${LISTING.from} WHERE r.id = ANY ($1::uuid[]) AND ${OWN_REGION}`,
    ids,
  );
  return rows.map((row) => ({
    ...row,
    ...{ personName: maskName(row.personName), email: maskEmail(row.email), phone: row.phone && maskPhone(row.phone) },
  }));
}

/** Who registered, in full, for whoever may see it and says why; leaves an audit row without the data. @throws DomainError NOT_FOUND (404) */
export async function revealRegistration(
  ctx: Context,
  id: string,
  reason: string,
): Promise<Pick<RegistrationView, 'personName' | 'email' | 'phone'>> {
  permit(ctx, 'personal.reveal');
  return inTransaction(ctx, async (tx) => {
    const [view] = await readRegistrations(tx, [id]);
    const row = view && (await tx.registration.findUnique({ where: { id }, select: { user: true } }));
    if (!row) throw new DomainError('NOT_FOUND', '没有这个注册申请', { status: 404 });
    const after = { fields: ['personName', 'email', 'phone'], reason };
    await audit(tx, ctx, { action: 'personal.reveal', subject: `registration:${id}`, after });
    const { name, email, phone } = row.user;
    return { personName: name, email, phone };
  });
}

/** Binds the person to the enterprise, which has to be on the register. @throws DomainError NOT_FOUND (404), ALREADY_DECIDED (409), ENTERPRISE_UNKNOWN (422) */
export async function approveRegistration(ctx: Context, id: string): Promise<RegistrationView> {
  permit(ctx, 'registration.decide');
  return inTransaction(ctx, async (tx) => {
    const { uscc, registeredName } = await openRegistration(tx, id);
    if (registeredName === null)
      throw new DomainError('ENTERPRISE_UNKNOWN', `企业库中没有 ${uscc}，请先登记企业，再同意注册`);
    const { userId } = await decide(tx, ctx, id, 'approved', null);
    await tx.$executeRaw`UPDATE app_user SET enterprise_uscc = ${uscc} WHERE id = ${userId}`;
    await audit(tx, ctx, {
      action: 'registration.approve',
      subject: `registration:${id}`,
      after: { uscc, user: userId },
    });
    return (await readRegistrations(tx, [id]))[0]!;
  });
}

/** @throws DomainError NOT_FOUND (404), ALREADY_DECIDED (409) */
export async function refuseRegistration(ctx: Context, id: string, reason: string): Promise<RegistrationView> {
  permit(ctx, 'registration.decide');
  return inTransaction(ctx, async (tx) => {
    await openRegistration(tx, id);
    await decide(tx, ctx, id, 'refused', reason);
    await audit(tx, ctx, { action: 'registration.refuse', subject: `registration:${id}`, after: { reason } });
    return (await readRegistrations(tx, [id]))[0]!;
  });
}

async function openRegistration(tx: Tx, id: string): Promise<RegistrationView> {
  await tx.$queryRaw`SELECT FROM registration WHERE id = ${id}::uuid FOR UPDATE`;
  const [view] = await readRegistrations(tx, [id]);
  if (!view) throw new DomainError('NOT_FOUND', '没有这个注册申请', { status: 404 });
  if (view.status !== 'submitted') throw new DomainError('ALREADY_DECIDED', '此注册申请已有结论', { status: 409 });
  return view;
}

async function decide(
  tx: Tx,
  ctx: Context,
  id: string,
  status: 'approved' | 'refused',
  reason: string | null,
): Promise<{ userId: string }> {
  const [row] = await tx.$queryRaw<{ userId: string; email: string; name: string; enterpriseName: string }[]>`
    UPDATE registration r SET status = ${status}, reason = ${reason}, decided_by = ${ctx.actor.id}, decided_on = ${ctx.today}::date
      FROM app_user u WHERE u.id = r.user_id AND r.id = ${id}::uuid RETURNING u.id AS "userId", u.email, u.name, r.enterprise_name AS "enterpriseName"`;
  await sendMail(tx, ctx, decisionMail(row!, reason, `${ctx.publicUrl}/console`));
  return row!;
}
