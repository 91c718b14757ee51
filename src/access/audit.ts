import type { Tx } from '../db/client.ts';
import { dateToDb } from '../db/decimal.ts';
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

/** Leaves the audit rows of a use case in its own transaction. */
export async function audit(tx: Tx, ctx: Context, ...acts: AuditedAct[]): Promise<void> {
  await tx.auditLog.createMany({
    data: acts.map((act) => ({
      ...act,
      on: dateToDb(ctx.today),
      actor: ctx.actor.id,
      role: ctx.actor.role,
      institution: ctx.actor.institution,
      requestId: ctx.requestId,
    })),
  });
}
