import type { Tx } from '../db/client.ts';
import type { Prisma } from '../generated/node/client.ts';
import type { Context } from './context.ts';

/** One thing done, for the audit log: verb on subject, with what it was before and is after. No personal data in either. */
export interface AuditedAct {
  /** e.g. `filing.consent` */
  action: string;
  /** e.g. `filing:12` */
  subject: string;
  before?: Prisma.InputJsonValue;
  after?: Prisma.InputJsonValue;
}

/** Leaves the audit rows of a use case in its own transaction, however many, in one statement. */
export async function audit(tx: Tx, ctx: Context, ...acts: AuditedAct[]): Promise<void> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await tx.$executeRaw`
    INSERT INTO audit_log ("on", actor, role, institution, key_id, request_id, action, subject, before, after)
    SELECT ${ctx.today}::date, ${ctx.actor.id}, ${ctx.actor.role}, ${ctx.actor.institution}, ${ctx.actor.key}, ${ctx.requestId}, w.action, w.subject, w.before::jsonb, w.after::jsonb
      FROM unnest(${acts.map((a) => a.action)}::text[], ${acts.map((a) => a.subject)}::text[], ${acts.map((a) => json(a.before))}::text[],
        ${acts.map((a) => json(a.after))}::text[]) w(action, subject, before, after)`;
}
