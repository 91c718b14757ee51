import { actorNames } from '../access/actor-names.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import type { StatementRatio, StatementSection } from '../documents/view-models.ts';
import { DomainError } from '../errors.ts';
import type { Explanation } from '../policy/explanation.ts';
import type { AnnualBody } from './annual.ts';
import { composeYear } from './annual-service.ts';
import { explainRatio, explainYear } from './explain.ts';
import { seenPools } from './view-service.ts';
import { type MonthOfYear, yearChecklist } from './year.ts';
import { closingYears, monthsOfYear, type YearRow } from './year-store.ts';

/** A year of a pool, and how far it is from being closed. */
export interface YearView extends Omit<YearRow, 'ledgerHead' | 'ledgerEntries' | 'previous'> {
  /** proposed by the actor, who therefore may not decide */
  mine: boolean;
  /** the book as it stood when the year was closed */
  ledger: { head: string; entries: number } | null;
}
type Explained<T> = T & { explanation: Explanation };
/** One party's statement of the year, each balance and ratio with why. */
export interface AnnualView extends Omit<AnnualBody, 'sections' | 'ratios'> {
  sections: Explained<StatementSection>[];
  ratios: Explained<Omit<StatementRatio, 'explanation'>>[];
  documentId: string | null;
}
/** A year with its months, what it lacks, and its statements: as it was closed with, or up to the last settled month. */
export interface YearDetails extends YearView {
  checklist: ReturnType<typeof yearChecklist>;
  monthsOfYear: MonthOfYear[];
  statements: AnnualView[];
}

const upTo = (today: LocalDate): Listing => ({
  from: `closing_years(DATE '${today}') y`,
  key: { sql: 'y.id', type: 'uuid' },
  fields: {
    year: { sql: 'y.year', type: 'bigint' },
    poolCode: { sql: 'y.pool_code', type: 'text' },
    status: { sql: 'y.status', type: 'text' },
  },
  search: ['y.pool_code', 'y.pool_name'],
  order: '-year,poolCode',
});
/** What years may be put in order by. */
export const YEAR_SORTS = ['year', 'poolCode', 'status'];

/** The years that have begun, of the pools that the actor sees, the newest first. */
export async function listYears(
  ctx: Context,
  filter: { poolCode?: string; year?: number; status?: string },
  ask: ListAsk,
): Promise<Listed<YearView>> {
  permit(ctx, 'closing.read');
  return inTransaction(ctx, async (tx) => {
    const conditions: Condition[] = [
      ['y.pool_code = ANY (?::text[])', await seenPools(tx, ctx)],
      ['y.pool_code = ?', filter.poolCode],
      ['y.year = ?', filter.year],
      ['y.status = ?', filter.status],
    ];
    const { items: ids, ...page } = await readKeys(tx, upTo(ctx.today), conditions, ask);
    const rows = (await views(tx, ctx, ids)).map(({ view }) => view);
    return { ...page, items: inOrder(ids, rows, ({ id }) => id) };
  });
}

/** One year with what it lacks and its statements. @throws DomainError NOT_FOUND (404) */
export async function findYear(ctx: Context, id: string): Promise<YearDetails> {
  permit(ctx, 'closing.read');
  return inTransaction(ctx, (tx) => readYear(tx, ctx, id));
}

/** A year as it stands. @throws DomainError NOT_FOUND (404) */
export async function readYear(tx: Tx, ctx: Context, id: string): Promise<YearDetails> {
  const [found] = await views(tx, ctx, [id]);
  if (!found || !(await seenPools(tx, ctx)).includes(found.view.poolCode))
    throw new DomainError('NOT_FOUND', '没有这一年的年终结账', { status: 404 });
  const { view, previous } = found;
  const months = await monthsOfYear(tx, ctx.today, view.poolCode, view.year, view.months);
  const statements = view.status === 'closed' ? await kept(tx, id) : await composed(tx, view);
  return { ...view, checklist: yearChecklist(view.year, previous, months), monthsOfYear: months, statements };
}

async function kept(tx: Tx, id: string): Promise<AnnualView[]> {
  const rows = await tx.annualStatement.findMany({ where: { yearClosingId: id }, orderBy: { partyCode: 'asc' } });
  const found = rows.map(({ statement, documentId }) => explained(JSON.parse(statement) as AnnualBody, documentId));
  return found.sort((a, b) => (a.kind === b.kind ? 0 : a.kind === 'pool' ? -1 : 1));
}

async function composed(tx: Tx, { poolCode, year }: YearView): Promise<AnnualView[]> {
  const pool = await tx.pool.findUniqueOrThrow({ where: { code: poolCode } });
  const whole = await composeYear(tx, pool, year);
  return whole?.statements.map((body) => explained(body, null)) ?? [];
}

function explained(body: AnnualBody, documentId: string | null): AnnualView {
  return {
    ...body,
    sections: body.sections.map((section) => ({ ...section, explanation: explainYear(section) })),
    ratios: body.ratios.map((ratio) => ({ ...ratio, explanation: explainRatio(ratio) })),
    documentId,
  };
}

async function views(tx: Tx, ctx: Context, ids: string[]): Promise<{ view: YearView; previous: boolean }[]> {
  const rows = await closingYears(tx, ctx.today, ids);
  const names = await actorNames(
    tx,
    rows.flatMap(({ proposedBy, closedBy }) => [proposedBy ?? [], closedBy ?? []].flat()),
  );
  const name = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return rows.map(({ ledgerHead, ledgerEntries, previous, ...row }) => ({
    previous,
    view: {
      ...row,
      proposedBy: name(row.proposedBy),
      closedBy: name(row.closedBy),
      mine: row.proposedBy === ctx.actor.id,
      ledger: ledgerHead === null ? null : { head: ledgerHead, entries: ledgerEntries! },
    },
  }));
}
