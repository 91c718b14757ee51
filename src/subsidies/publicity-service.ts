import { SYSTEM } from '../access/context.ts';
import { addDays, type LocalDate } from '../calendar/local-date.ts';
import { addWorkingDays, type HolidayNotice } from '../calendar/working-days.ts';
import type { Db, Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { addUp } from '../documents/totals.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyBatch } from '../generated/node/client.ts';
import { valueOn } from '../policy/clause.ts';
import { SUBSIDY_KINDS, type SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';

/** One batch among those that are public. */
export interface PublishedBatch {
  id: string;
  schemeTitle: string;
  year: number;
  batchNo: number;
  publishedOn: LocalDate;
  objectionsTo: LocalDate;
  /** until when may move: the holidays of its year are not known */
  provisional: boolean;
  /** whether objections may still come */
  open: boolean;
  enterprises: number;
}

/** What is public of a batch: names, projects in words, amounts; nothing else of anybody. */
export interface PublishedList extends PublishedBatch {
  workingDays: number;
  /** how many of them are left, today among them; null once objections are closed */
  left: number | null;
  /** by which article it is open so long; `confirmed` false: an example value */
  article: string;
  confirmed: boolean;
  authority: string;
  /** 拟补贴金额 before the budget is shared out and approved, 补贴金额 after */
  final: boolean;
  rows: { enterpriseName: string; project: string; amount: string }[];
  total: string;
}

/** So many batches are listed, the latest first. */
const MOST = 100;

/** Batches in publication and after, for anybody. */
export async function publishedBatches(db: Db, today: LocalDate): Promise<PublishedBatch[]> {
  return inTransaction({ db, actor: SYSTEM }, async (tx) => {
    const rows = await tx.subsidyBatch.findMany({
      ...{ where: { publishedOn: { not: null } }, take: MOST },
      orderBy: [{ publishedOn: 'desc' }, { id: 'desc' }],
    });
    const counts = await tx.subsidyApplication.groupBy({
      by: ['schemeCode', 'year', 'batchNo'],
      where: {
        status: { in: [...SHOWN] },
        OR: rows.map(({ schemeCode, year, no: batchNo }) => ({ schemeCode, year, batchNo })),
      },
      _count: true,
    });
    const key = (of: { schemeCode: string; year: number }, no: number) => `${of.schemeCode} ${of.year} ${no}`;
    const byBatch = new Map(counts.map((c) => [key(c, c.batchNo), c._count]));
    return rows.map((row) => headOf(row, today, byBatch.get(key(row, row.no)) ?? 0));
  });
}

/** What is public of one batch, for anybody. @throws DomainError NOT_FOUND (404), also for what is not published */
export async function publishedBatch(db: Db, today: LocalDate, id: string): Promise<PublishedList> {
  return inTransaction({ db, actor: SYSTEM }, async (tx) => {
    const batch = /^[1-9]\d{0,17}$/.test(id) ? await tx.subsidyBatch.findUnique({ where: { id: BigInt(id) } }) : null;
    if (!batch?.publishedOn) throw new DomainError('NOT_FOUND', '没有这份公示', { status: 404 });
    const { publicity } = schemeByCode(batch.schemeCode);
    const { added, notices } = await rulebook(tx);
    const { value, citation } = valueOn(publicity, dateFromDb(batch.publishedOn), added);
    const final = batch.status === 'approved' || batch.status === 'ordered';
    const rows = await publishedRows(tx, batch, final ? 'granted' : 'decided');
    const unit = await tx.institution.findFirst({ where: { kind: 'regionalAuthority' }, orderBy: { code: 'asc' } });
    const head = headOf(batch, today, rows.length);
    return {
      ...{ ...head, workingDays: value.workingDays, left: head.open ? leftOf(head, today, notices) : null },
      ...{
        article: citation.document + citation.article,
        confirmed: citation.confirmed,
        authority: unit?.name ?? '补贴主管部门',
        final,
        rows,
        total: addUp(rows.map(({ amount }) => amount)),
      },
    };
  });
}

/** The list as it was signed and sealed, as PDF, for anybody. @throws DomainError NOT_FOUND (404), NOT_READY (503) */
export async function publishedPdf(db: Db, id: string): Promise<Uint8Array<ArrayBuffer>> {
  const found = await inTransaction({ db, actor: SYSTEM }, (tx) =>
    tx.document.findUnique({
      where: { kind_subject: { kind: 'subsidyPublicity', subject: `subsidyBatch:${id}` } },
      select: { pdf: true },
    }),
  );
  if (!found) throw new DomainError('NOT_FOUND', '没有这份公示', { status: 404 });
  if (!found.pdf) throw new DomainError('NOT_READY', '公示文件正在生成，请稍后再取', { status: 503 });
  return found.pdf;
}

/** Working days from today on to the last day; the day of publication does not count. */
function leftOf({ publishedOn, objectionsTo }: PublishedBatch, today: LocalDate, notices: HolidayNotice[]): number {
  const eve = addDays(today, -1);
  const start = eve > publishedOn ? eve : publishedOn;
  let left = 0;
  while (addWorkingDays(start, left + 1, notices).date <= objectionsTo) left += 1;
  return left;
}

const SHOWN = ['published', 'granted', 'approved', 'paid'] as const;

/** The rows of a batch's list, in the order of arrival: what was decided of each, or what it was granted in the end. */
export async function publishedRows(
  tx: Tx,
  { schemeCode, year, no }: Pick<SubsidyBatch, 'schemeCode' | 'year' | 'no'>,
  amounts: 'decided' | 'granted',
): Promise<PublishedList['rows']> {
  const rows = await tx.$queryRaw<{ name: string; kinds: SubsidyKind[]; decided: string; granted: string }[]>`
    SELECT a.enterprise_name AS name, array_agg(DISTINCT l.kind ORDER BY l.kind) AS kinds,
           coalesce(sum(l.decided), 0.00)::text AS decided, coalesce(sum(l.granted + l.adjusted), 0.00)::text AS granted
      FROM subsidy_application a JOIN subsidy_line l ON l.application_id = a.id
     WHERE a.scheme_code = ${schemeCode} AND a.year = ${year} AND a.batch_no = ${no} AND l.status IN ('allowed', 'held')
       AND a.status = ANY (${[...SHOWN]}::text[])
     GROUP BY a.id ORDER BY a.received_no`;
  // Whom the budget did not reach got nothing: that is no subsidy.
  const listed = amounts === 'granted' ? rows.filter(({ granted }) => granted !== '0.00') : rows;
  return listed.map((row) => ({
    ...{ enterpriseName: row.name, amount: row[amounts] },
    project: row.kinds.map((kind) => SUBSIDY_KINDS[kind]).join('、'),
  }));
}

function headOf(row: SubsidyBatch, today: LocalDate, enterprises: number): PublishedBatch {
  const objectionsTo = dateFromDb(row.objectionsTo!);
  return {
    ...{ id: `${row.id}`, schemeTitle: schemeByCode(row.schemeCode).document.title, year: row.year, batchNo: row.no },
    ...{ publishedOn: dateFromDb(row.publishedOn!), objectionsTo, provisional: row.provisional, enterprises },
    open: today <= objectionsTo,
  };
}
