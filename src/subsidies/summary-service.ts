import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { inTransaction } from '../db/transaction.ts';
import { issue } from '../documents/service.ts';
import type { PrintedSummaryRow } from '../documents/subsidy-views.ts';
import { DomainError } from '../errors.ts';
import { writeFormXlsx } from '../files/write-form-xlsx.ts';
import { Exact, money, sum, toWire } from '../money/money.ts';
import { TITLES, type TitleKind } from '../parties/title.ts';
import { valueOn } from '../policy/clause.ts';
import { SUBSIDY_KINDS, type SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import { schemeByCode } from '../policy/register.ts';
import { availableOf } from './budget-service.ts';
import { headOf, paperFacts } from './papers-facts-service.ts';
import {
  amountsOf,
  countsOf,
  groupsOf,
  SUMMARY_NOTES,
  summarySheets,
  totalRow,
  type YearSummary,
  yearSentence,
} from './summary.ts';

/** A year of a scheme as it stands: how many asked and got, by kind, region and class of enterprise. @throws DomainError BUDGET_UNKNOWN (404) */
export async function yearSummary(ctx: Context, code: string): Promise<YearSummary> {
  permit(ctx, 'budget.read');
  return inTransaction(ctx, (tx) => summarise(tx, ctx, code));
}

/** The same as a book for XLSX. @throws DomainError BUDGET_UNKNOWN (404) */
export async function yearSummaryFile(ctx: Context, code: string): Promise<{ name: string; file: Uint8Array }> {
  permit(ctx, 'budget.read');
  return inTransaction(ctx, async (tx) => {
    const summary = await summarise(tx, ctx, code);
    const file = await writeFormXlsx(summarySheets(summary));
    return { name: `${summary.year}年度补贴资金汇总表 ${ctx.today}.xlsx`, file };
  });
}

/**
 * Issues the year as a paper (补贴年度汇总表) as it stands. Where nothing has changed since the last, it is the last.
 * @returns the document's id @throws DomainError BUDGET_UNKNOWN (404)
 */
export async function issueYearSummary(ctx: Context, code: string): Promise<{ documentId: string }> {
  permit(ctx, 'subsidy.summarise');
  return inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`summary:${code}`}, 0))`;
    const of = await summarise(tx, ctx, code);
    const { asOf: _, ...figures } = of;
    const [row] = await tx.$queryRaw<{ n: number; hash: string; id: string | null }[]>`
      SELECT count(*)::int AS n, md5(${JSON.stringify(figures)}) AS hash,
             (SELECT id::text FROM document WHERE kind = 'subsidySummary' AND subject = ${`subsidyBudget:${code}:`} || md5(${JSON.stringify(figures)})) AS id
        FROM document WHERE kind = 'subsidySummary' AND starts_with(subject, ${`subsidyBudget:${code}:`})`;
    if (row!.id !== null) return { documentId: row!.id };
    const documentId = await issuePaper(tx, ctx, of, row!.hash);
    await audit(tx, ctx, { action: 'subsidy.summarise', subject: `subsidyBudget:${code}`, after: { documentId } });
    return { documentId };
  });
}

async function issuePaper(tx: Tx, ctx: Context, of: YearSummary, hash: string): Promise<string> {
  const { budget } = schemeByCode(of.scheme);
  const { authority, added } = await paperFacts(tx, []);
  const { citation } = valueOn(budget, ctx.today, added);
  const head = { schemeCode: of.scheme, issuer: authority, on: ctx.today };
  return issue(tx, ctx, {
    ...{ kind: 'subsidySummary', subject: `subsidyBudget:${of.budgetCode}:${hash}`, poolCode: null, bankCode: null },
    publicFacts: [
      { label: '年度', value: `${of.year}` },
      { label: '获补贴企业', value: `${of.counts.enterprises} 户` },
      { label: '安排补贴', value: of.granted },
    ],
    view: {
      ...headOf(`${of.year}年度补贴资金汇总表`, head, [citation]),
      ...{ scheme: of.schemeTitle, year: of.year, asOf: of.asOf, sentence: of.sentence, total: of.total },
      ...{ counts: countsOf(of), amounts: amountsOf(of), groups: groupsOf(of), notes: SUMMARY_NOTES },
    },
  });
}

/** One row of the lines, by three features at once. */
interface Cell {
  uscc: string;
  kind: SubsidyKind;
  region: string;
  title: TitleKind | null;
  demand: string;
  granted: string;
  paid: string;
  clawed: string;
}

async function summarise(tx: Tx, ctx: Context, code: string): Promise<YearSummary> {
  const row = await tx.subsidyBudget.findUnique({ where: { code } });
  if (!row) throw new DomainError('BUDGET_UNKNOWN', `没有补贴预算「${code}」`, { status: 404 });
  const { schemeCode: scheme, year } = row;
  const cells = await cellsOf(tx, scheme, year);
  const [counts] = await tx.$queryRaw<(YearSummary['counts'] & { returned: string; received: string })[]>`
    SELECT count(*)::int AS applications, count(DISTINCT a.enterprise_uscc)::int AS applicants,
           (count(*) FILTER (WHERE a.status = 'refused'))::int AS refused, (count(*) FILTER (WHERE a.status = 'withdrawn'))::int AS withdrawn,
           (count(DISTINCT a.enterprise_uscc) FILTER (WHERE a.granted + a.adjusted > 0 AND a.status IN ('approved', 'paid')))::int AS enterprises,
           (count(DISTINCT a.enterprise_uscc) FILTER (WHERE a.granted + a.adjusted > 0 AND EXISTS (SELECT FROM subsidy_payment p WHERE p.application_id = a.id AND p.status = 'paid')))::int AS "paidEnterprises",
           (SELECT coalesce(sum(p.amount), 0.00)::text FROM subsidy_payment p JOIN subsidy_batch b ON b.id = p.batch_id
             WHERE b.budget_code = ${code} AND p.status = 'returned'
               AND NOT EXISTS (SELECT FROM subsidy_payment q WHERE q.application_id = p.application_id AND q.attempt > p.attempt AND q.supplement_id IS NOT DISTINCT FROM p.supplement_id)) AS returned,
           (SELECT coalesce(sum(balance), 0.00)::text FROM ledger.account WHERE book_id = ${code} AND code = '4001') AS received
      FROM subsidy_application a WHERE a.scheme_code = ${scheme} AND a.year = ${year} AND a.received_no IS NOT NULL`;
  const { returned, received, ...told } = counts!;
  const total = totalRow(
    grouped(cells, () => '合计'),
    told.enterprises,
  );
  const paid = row.paid.toFixed(2);
  const of = {
    ...{ scheme, schemeTitle: schemeByCode(scheme).document.title, year, asOf: ctx.today, budgetCode: code },
    ...{ budgetName: row.name, counts: told, budget: row.amount.toFixed(2), received: toWire(new Exact(received)) },
    ...{ demand: total.demand, granted: total.granted, paid, returned },
    unpaid: toWire(money(row.approved.toFixed(2)).minus(money(paid))),
    ...{
      clawedBack: row.clawedBack.toFixed(2),
      recovered: row.recovered.toFixed(2),
      remitted: row.remitted.toFixed(2),
    },
    available: toWire(availableOf(row)),
    byKind: grouped(cells, ({ kind }) => SUBSIDY_KINDS[kind]),
    byRegion: grouped(cells, ({ region }) => region || '未登记'),
    byTitle: grouped(cells, ({ title }) => (title ? TITLES[title] : '其他')),
    total,
  };
  return { ...of, sentence: yearSentence(of) };
}

/** The decided lines of a year, summed by enterprise, kind, region and class; paid is what their payments came to, line by line as it was granted. */
async function cellsOf(tx: Tx, scheme: string, year: number): Promise<Cell[]> {
  return tx.$queryRaw<Cell[]>`
    SELECT l.enterprise_uscc AS uscc, l.kind, coalesce(e.registered_at, '') AS region, t.kind AS title,
           sum(l.decided)::text AS demand,
           sum(CASE WHEN a.status IN ('approved', 'paid') THEN coalesce(l.granted, 0.00) + l.adjusted ELSE 0.00 END)::text AS granted,
           sum(CASE WHEN EXISTS (SELECT FROM subsidy_payment p WHERE p.application_id = a.id AND p.supplement_id IS NULL AND p.status = 'paid')
                    THEN coalesce(l.granted, 0.00) + l.adjusted - s.apart ELSE 0.00 END + s.paid)::text AS paid,
           sum(coalesce((SELECT sum(c.amount) FROM subsidy_clawback c WHERE c.line_id = l.id AND c.status IN ('ordered', 'received', 'remitted')), 0.00))::text AS clawed
      FROM subsidy_line l JOIN subsidy_application a ON a.id = l.application_id
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(s.amount), 0.00) AS apart, coalesce(sum(made.paid), 0.00) AS paid
          FROM subsidy_supplement s CROSS JOIN LATERAL (
            SELECT count(*) AS n, sum(p.amount) FILTER (WHERE p.status = 'paid') AS paid FROM subsidy_payment p WHERE p.supplement_id = s.id) made
         WHERE s.line_id = l.id AND made.n > 0) s
      LEFT JOIN enterprise e ON e.uscc = l.enterprise_uscc
      LEFT JOIN LATERAL (
        SELECT held.kind FROM enterprise_title held WHERE held.uscc = l.enterprise_uscc AND a.applied_on BETWEEN held.valid_from AND held.valid_to
         ORDER BY array_position(${TITLE_ORDER}::text[], held.kind) NULLS LAST LIMIT 1) t ON true
     WHERE a.scheme_code = ${scheme} AND a.year = ${year} AND l.decided IS NOT NULL AND a.status IN ('decided', 'published', 'granted', 'approved', 'paid')
     GROUP BY 1, 2, 3, 4`;
}

/** In which order several titles of an enterprise count; `SUMMARY_NOTES` says it. */
const TITLE_ORDER: TitleKind[] = [
  ...(['nationalHighTech', 'techLittleGiant', 'innovationBenchmark', 'agriHighTech', 'specializedNew'] as const),
  ...(['techSme', 'gazelle', 'fledgling'] as const),
];

/** The cells by one feature, the largest grant first. */
function grouped(cells: readonly Cell[], name: (cell: Cell) => string): PrintedSummaryRow[] {
  const total = (own: Cell[], pick: (cell: Cell) => string) => toWire(sum(own.map((cell) => money(pick(cell)))));
  return [...Map.groupBy(cells, name)]
    .map(([label, own]) => ({
      name: label,
      enterprises: new Set(own.filter(({ granted }) => !money(granted).isZero()).map(({ uscc }) => uscc)).size,
      ...{
        demand: total(own, (c) => c.demand),
        granted: total(own, (c) => c.granted),
        paid: total(own, (c) => c.paid),
      },
      clawedBack: total(own, (c) => c.clawed),
    }))
    .sort((a, b) => money(b.granted).cmp(money(a.granted)) || (a.name < b.name ? -1 : 1));
}
