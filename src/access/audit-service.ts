import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import type { AuditLog } from '../generated/node/client.ts';
import { type Context, permit } from './context.ts';

export interface AuditFilter {
  subject?: string;
  action?: string;
  actor?: string;
}

/** What was done, newest first, after a cursor (the last id seen); with the name of the key that did it. */
export async function listAudit(ctx: Context, filter: AuditFilter, page: { before: bigint | null; take: number }) {
  permit(ctx, 'audit.read');
  const where = { ...filter, ...(page.before === null ? {} : { id: { lt: page.before } }) };
  return inTransaction(ctx, async (tx) => {
    const total = await tx.auditLog.count({ where: filter });
    const rows = await tx.auditLog.findMany({ where, orderBy: { id: 'desc' }, take: page.take });
    const keys = await tx.apiKey.findMany({
      where: { id: { in: [...new Set(rows.map((r) => r.actor))] } },
      select: { id: true, name: true },
    });
    const names = new Map(keys.map(({ id, name }) => [id, name]));
    return { total, items: rows.map((row) => toView(row, names.get(row.actor) ?? null)) };
  });
}

function toView(row: AuditLog, actorName: string | null) {
  const { actor, role, institution, action, subject, before, after, requestId } = row;
  return {
    id: `${row.id}`,
    at: row.at.toISOString(),
    on: dateFromDb(row.on),
    actor,
    actorName,
    role,
    institution,
    action,
    subject,
    before,
    after,
    requestId,
  };
}
