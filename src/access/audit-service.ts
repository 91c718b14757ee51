import type { LocalDate } from '../calendar/local-date.ts';
import { dateFromDb } from '../db/decimal.ts';
import { type Condition, inOrder, type ListAsk, type Listing, partOf, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import type { AuditLog } from '../generated/node/client.ts';
import { actorNames } from './actor-names.ts';
import { audit } from './audit.ts';
import { type Context, permit } from './context.ts';

export interface AuditFilter {
  subject?: string;
  action?: string;
  actor?: string;
  from?: LocalDate;
  to?: LocalDate;
  /** part of what it was before or is after */
  text?: string;
}

const LOG: Listing = {
  from: 'audit_log a',
  key: { sql: 'a.id', type: 'bigint' },
  fields: {
    id: { sql: 'a.id', type: 'bigint' },
    on: { sql: 'a."on"', type: 'date' },
    actor: { sql: 'a.actor', type: 'text' },
    action: { sql: 'a.action', type: 'text' },
    subject: { sql: 'a.subject', type: 'text' },
  },
  search: [
    ...['a.subject', 'a.action', 'a.actor', 'a.request_id'],
    ...['api_key', 'app_user'].map(
      (holders) => (patterns: string) =>
        `a.actor IN (SELECT h.id FROM ${holders} h WHERE h.name LIKE ANY (${patterns}))`,
    ),
    (patterns) => `a.subject IN (SELECT 'user:' || h.id FROM app_user h WHERE h.name LIKE ANY (${patterns}))`,
  ],
  order: '-id',
};
/** What the audit log may be put in order by. */
export const AUDIT_SORTS = Object.keys(LOG.fields);

/** What was done, newest first; with the name of who did it, and of the user or key it was done to. */
export async function listAudit(ctx: Context, filter: AuditFilter, ask: ListAsk) {
  permit(ctx, 'audit.read');
  return inTransaction(ctx, async (tx) => {
    const conditions: Condition[] = [
      ['a.subject = ?', filter.subject],
      ['a.action = ?', filter.action],
      ['a.actor = ?', filter.actor],
      ['a."on" >= ?::date', filter.from],
      ['a."on" <= ?::date', filter.to],
      [`concat_ws(' ', a.before::text, a.after::text) LIKE ?`, filter.text && partOf(filter.text)],
    ];
    const { items: ids, ...page } = await readKeys(tx, LOG, conditions, ask);
    const rows = await tx.auditLog.findMany({ where: { id: { in: ids.map(BigInt) } } });
    const names = await actorNames(
      tx,
      rows.flatMap(({ actor, keyId, subject }) => [actor, keyId ?? actor, idOf(subject)]),
    );
    const items = inOrder(ids, rows, (row) => `${row.id}`).map((row) => toView(row, names));
    return { ...page, items };
  });
}

/** Enters in the audit log that a list left as a file: which, with what filter, how many items. */
export async function recordExport(
  ctx: Context,
  { path, query, rows }: { path: string; query: Record<string, string>; rows: number },
): Promise<void> {
  permit(ctx, 'list.export');
  await inTransaction(ctx, (tx) => audit(tx, ctx, { action: 'list.export', subject: path, after: { query, rows } }));
}

/** The id within a subject such as `user:…`. */
const idOf = (subject: string): string => subject.slice(subject.indexOf(':') + 1);

function toView(row: AuditLog, names: Map<string, string>) {
  const { actor, role, institution, keyId, action, subject, before, after, requestId } = row;
  return {
    id: `${row.id}`,
    at: row.at.toISOString(),
    on: dateFromDb(row.on),
    actor,
    actorName: names.get(actor) ?? null,
    role,
    institution,
    keyId,
    keyName: keyId && (names.get(keyId) ?? null),
    action,
    subject,
    subjectName: names.get(idOf(subject)) ?? null,
    before,
    after,
    requestId,
  };
}
