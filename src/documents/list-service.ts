import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import { dateFromDb } from '../db/decimal.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, ownRows, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Document } from '../generated/node/client.ts';

/** The month a paper is about: the settled one, or for all others the month it was issued in. */
const PERIOD = `CASE WHEN d.subject ~ '^(settlement|ledger):' THEN split_part(d.subject, ':', 3) ELSE to_char(d.issued_on, 'YYYY-MM') END`;

/** 文号 in the order of its serial: 9号 before 10号. */
const NUMBER = `regexp_replace(d.number, '\\d+号$', '') || lpad(coalesce(substring(d.number FROM '(\\d+)号$'), ''), 9, '0')`;

const DOCUMENTS: Listing = {
  from: 'document d',
  key: { sql: 'd.id', type: 'uuid' },
  fields: {
    issuedOn: { sql: 'd.issued_on', type: 'date' },
    number: { sql: NUMBER, type: 'text' },
    kind: { sql: 'd.kind', type: 'text' },
    title: { sql: 'd.title', type: 'text' },
    subject: { sql: 'd.subject', type: 'text' },
    poolCode: { sql: 'd.pool_code', type: 'text', nullable: true },
    period: { sql: PERIOD, type: 'text' },
  },
  search: [
    ...['d.number', 'd.title', 'd.subject', 'd.verification_code', 'd.enterprise_uscc'],
    (patterns) =>
      `d.enterprise_uscc IN (SELECT e.uscc FROM enterprise e WHERE e.name LIKE ANY (${patterns}) OR e.folded_name LIKE ANY (${patterns}))`,
    (patterns) =>
      `d.subject IN (SELECT 'filing:' || f.id FROM loan_filing f WHERE f.due_bill_no LIKE ANY (${patterns}) OR f.contract_no LIKE ANY (${patterns}))`,
    (patterns) =>
      `(d.subject LIKE 'claim:%' AND split_part(d.subject, ':', 2) IN (SELECT c.id::text FROM claim c WHERE c.due_bill_no LIKE ANY (${patterns}) OR c.contract_no LIKE ANY (${patterns})))`,
    (patterns) =>
      `(d.subject LIKE 'subsidy:%' AND split_part(d.subject, ':', 2) IN (SELECT a.id::text FROM subsidy_application a WHERE a.enterprise_name LIKE ANY (${patterns})))`,
  ],
  order: '-issuedOn,-number',
};
/** What documents may be put in order by. */
export const DOCUMENT_SORTS = Object.keys(DOCUMENTS.fields);

export interface DocumentFilter {
  kind?: string;
  subject?: string;
  poolCode?: string;
  period?: SettlementPeriod;
  /** first and last day of issue */
  from?: LocalDate;
  to?: LocalDate;
}

/** The documents the actor may see, newest first when no other order is asked for. */
export async function listDocuments(
  ctx: Context,
  filter: DocumentFilter,
  ask: ListAsk,
): Promise<Listed<ReturnType<typeof itemOf>>> {
  permit(ctx, 'document.read');
  const conditions: Condition[] = [
    ...ownRows(ctx.actor, 'd'),
    ['d.kind = ?', filter.kind],
    // `claim:12` also has `claim:12:recovery:34`.
    [`starts_with(d.subject || ':', ? || ':')`, filter.subject],
    ['d.pool_code = ?', filter.poolCode],
    [`${PERIOD} = ?`, filter.period],
    ['d.issued_on >= ?::date', filter.from],
    ['d.issued_on <= ?::date', filter.to],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, DOCUMENTS, conditions, ask);
    const rows = await tx.document.findMany({ where: { id: { in: ids } }, omit: { pdf: true, viewModel: true } });
    const usccs = [...new Set(rows.flatMap((d) => d.enterpriseUscc ?? []))];
    const enterprises = await tx.enterprise.findMany({
      where: { uscc: { in: usccs } },
      select: { uscc: true, name: true },
    });
    const names = new Map(enterprises.map(({ uscc, name }) => [uscc, name]));
    return { ...page, items: inOrder(ids, rows, ({ id }) => id).map((row) => itemOf(row, names)) };
  });
}

function itemOf(row: Omit<Document, 'pdf' | 'viewModel'>, names: Map<string, string>) {
  const { id, kind, number, title, subject, verificationCode, poolCode, enterpriseUscc } = row;
  const issuedOn = dateFromDb(row.issuedOn);
  return {
    ...{ id, kind, number, title, subject, issuedOn, verificationCode, ready: row.pdfSha256 !== null },
    voidedOn: row.voidedOn && dateFromDb(row.voidedOn),
    ...{ poolCode, enterpriseUscc, enterpriseName: enterpriseUscc && (names.get(enterpriseUscc) ?? null) },
    period: /^(settlement|ledger):/.test(subject) ? (subject.split(':')[2] ?? '') : issuedOn.slice(0, 7),
  };
}
