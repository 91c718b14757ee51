import { actorNames } from '../access/actor-names.ts';
import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import { maskEmail, maskName, maskPhone } from '../access/mask.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { type Condition, chinese, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Prisma, SubsidyObjector } from '../generated/node/client.ts';
import { schemeByCode } from '../policy/register.ts';

/** An objection as the department sees it; who objected is masked, and shown in full only to who says why. */
export interface ObjectionView {
  id: string;
  applicationId: string;
  place: number;
  lineKind: string;
  lineName: string;
  /** what was decided of the line, and what is kept for it since its batch was shared out */
  decided: string | null;
  reserved: string | null;
  scheme: string;
  schemeTitle: string;
  year: number;
  batchNo: number;
  enterpriseUscc: string;
  enterpriseName: string;
  ground: string;
  raisedOn: string;
  recordedByName: string | null;
  /** whether the reader kept it: another person decides */
  mine: boolean;
  objectorKind: string | null;
  objectorName: string | null;
  objectorContact: string | null;
  status: string;
  opinion: string | null;
  decidedOn: string | null;
  decidedByName: string | null;
}

const OBJECTIONS: Listing = {
  from: 'subsidy_objection o JOIN subsidy_line l ON l.id = o.line_id JOIN subsidy_application a ON a.id = l.application_id',
  key: { sql: 'o.id', type: 'bigint' },
  fields: {
    id: { sql: 'o.id', type: 'bigint' },
    scheme: { sql: 'a.scheme_code', type: 'text' },
    year: { sql: 'a.year::bigint', type: 'bigint' },
    batchNo: { sql: 'a.batch_no::bigint', type: 'bigint' },
    enterpriseName: { sql: chinese('a.enterprise_name'), type: 'text' },
    status: { sql: 'o.status', type: 'text' },
    raisedOn: { sql: 'o.raised_on', type: 'date' },
    decidedOn: { sql: 'o.decided_on', type: 'date', nullable: true },
  },
  search: ['a.enterprise_uscc', 'a.enterprise_name', 'o.ground'],
  order: '-id',
};
/** What objections may be put in order by. */
export const OBJECTION_SORTS = Object.keys(OBJECTIONS.fields);

export interface ObjectionFilter {
  scheme?: string;
  year?: number;
  batchNo?: number;
  applicationId?: bigint;
  enterpriseUscc?: string;
  status?: string;
}

/** Objections, the latest first when no other order is asked for. */
export async function listObjections(
  ctx: Context,
  filter: ObjectionFilter,
  ask: ListAsk,
): Promise<Listed<ObjectionView>> {
  permit(ctx, 'objection.read');
  const conditions: Condition[] = [
    ['a.scheme_code = ?', filter.scheme],
    ['a.year = ?', filter.year],
    ['a.batch_no = ?', filter.batchNo],
    ['a.id = ?', filter.applicationId],
    ['a.enterprise_uscc = ?', filter.enterpriseUscc],
    ['o.status = ?', filter.status],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items, total, nextCursor } = await readKeys(tx, OBJECTIONS, conditions, ask);
    return { items: inOrder(items, await read(tx, ctx, items.map(BigInt)), ({ id }) => id), total, nextCursor };
  });
}

/** One objection. @throws DomainError NOT_FOUND (404) */
export async function findObjection(ctx: Context, id: bigint): Promise<ObjectionView> {
  permit(ctx, 'objection.read');
  return inTransaction(ctx, async (tx) => {
    const [found] = await read(tx, ctx, [id]);
    if (!found) throw unknown();
    return found;
  });
}

/** Who objected, in full, for who says why; each look stands in the audit log, without what was seen. @throws DomainError NOT_FOUND (404) */
export async function revealObjector(
  ctx: Context,
  id: bigint,
  reason: string,
): Promise<{ objectorName: string; objectorContact: string }> {
  permit(ctx, 'objection.reveal');
  return inTransaction(ctx, async (tx) => {
    const found = await tx.subsidyObjector.findUnique({ where: { objectionId: id } });
    if (!found) throw unknown();
    const after = { fields: ['objectorName', 'objectorContact'], reason };
    await audit(tx, ctx, { action: 'personal.reveal', subject: `subsidyObjection:${id}`, after });
    return { objectorName: found.name, objectorContact: found.contact };
  });
}

const WITH = {
  objector: true,
  line: { include: { application: true } },
} as const satisfies Prisma.SubsidyObjectionInclude;

async function read(tx: Tx, ctx: Context, ids: bigint[]): Promise<ObjectionView[]> {
  const rows = await tx.subsidyObjection.findMany({ where: { id: { in: ids } }, include: WITH });
  const hands = rows.flatMap(({ recordedBy, decidedBy }) => [recordedBy, decidedBy ?? []].flat());
  const names = await actorNames(tx, hands);
  return rows.map(({ line, objector, ...row }) => {
    const { schemeCode: scheme, year, batchNo, enterpriseUscc, enterpriseName } = line.application;
    return {
      ...{ id: `${row.id}`, applicationId: `${line.applicationId}`, place: line.place, lineKind: line.kind },
      ...{
        lineName: line.name,
        decided: line.decided?.toFixed(2) ?? null,
        reserved: line.reserved?.toFixed(2) ?? null,
      },
      ...{ scheme, schemeTitle: schemeByCode(scheme).document.title, year, batchNo, enterpriseUscc, enterpriseName },
      ...{ ground: row.ground, raisedOn: dateFromDb(row.raisedOn), recordedByName: names.get(row.recordedBy) ?? null },
      mine: row.recordedBy === ctx.actor.id,
      ...masked(objector),
      ...{ status: row.status, opinion: row.opinion, decidedOn: row.decidedOn && dateFromDb(row.decidedOn) },
      decidedByName: names.get(row.decidedBy ?? '') ?? null,
    };
  });
}

/** An organisation's name is no personal data; how to reach it may be. */
function masked(objector: SubsidyObjector | null) {
  if (!objector) return { objectorKind: null, objectorName: null, objectorContact: null };
  const { kind, name, contact } = objector;
  const hidden = contact.includes('@') ? maskEmail(contact) : maskPhone(contact);
  return { objectorKind: kind, objectorName: kind === 'person' ? maskName(name) : name, objectorContact: hidden };
}

const unknown = (): DomainError => new DomainError('NOT_FOUND', '没有这项异议', { status: 404 });
