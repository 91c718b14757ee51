import { type Context, permit } from '../access/context.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import type {
  SettlementStatementView,
  StatementNote,
  StatementRatio,
  StatementSection,
  WatchedLoan,
} from '../documents/view-models.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/node/client.ts';
import type { Explanation } from '../policy/explanation.ts';
import { seesPool } from '../pool/service.ts';
import { explainRatio, explainSection } from './explain.ts';

/** A section with why it closes as it does. */
type ExplainedSection = StatementSection & { explanation: Explanation };

export interface SettlementView {
  id: string;
  poolCode: string;
  poolName: string;
  period: SettlementPeriod;
  status: string;
  settledOn: string;
  jobId: string | null;
  sections: ExplainedSection[];
  ratios: (Omit<StatementRatio, 'explanation'> & { explanation: Explanation })[];
  watchList: WatchedLoan[];
  notes: StatementNote[];
  ledger: { head: string; entries: number };
  documentId: string | null;
  statements: {
    partyKind: string;
    partyCode: string;
    partyName: string;
    documentId: string | null;
    sections: ExplainedSection[];
  }[];
}

/** A settlement as the actor may see it: all statements, or a bank's own. @throws DomainError NOT_FOUND (404) */
export async function findSettlement(ctx: Context, id: string): Promise<SettlementView> {
  permit(ctx, 'settlement.read');
  return inTransaction(ctx, async (tx) => {
    const [view] = await readSettlements(tx, [id]);
    if (!view || !(await seesPool(tx, ctx.actor, view.poolCode, ctx.today)))
      throw new DomainError('NOT_FOUND', '没有这次结算', { status: 404 });
    return view;
  });
}

const WITH = {
  pool: { select: { name: true } },
  statements: { orderBy: [{ partyKind: 'desc' }, { partyCode: 'asc' }] },
} as const satisfies Prisma.SettlementInclude;

async function readSettlements(tx: Tx, ids: string[]): Promise<SettlementView[]> {
  const rows = await tx.settlement.findMany({ where: { id: { in: ids } }, include: WITH });
  return rows.map(viewOf);
}

function viewOf(row: Prisma.SettlementGetPayload<{ include: typeof WITH }>): SettlementView {
  const statements = row.statements.map((s) => ({
    ...s,
    view: JSON.parse(s.statement) as SettlementStatementView,
  }));
  const head = statements.find((s) => s.partyKind === 'pool') ?? statements[0];
  return {
    ...{
      id: row.id,
      poolCode: row.poolCode,
      poolName: row.pool.name,
      period: row.period,
      status: row.status,
      settledOn: dateFromDb(row.settledOn),
      jobId: row.jobId,
    },
    ...{
      sections: explained(head?.view.sections ?? []),
      ratios: (head?.view.ratios ?? []).map((r) => ({ ...r, explanation: explainRatio(r) })),
      watchList: head?.view.watchList ?? [],
      notes: head?.view.notes ?? [],
    },
    ledger: { head: row.ledgerHead, entries: Number(row.ledgerEntries) },
    documentId: head?.documentId ?? null,
    statements: statements.map((s) => ({
      partyKind: s.partyKind,
      partyCode: s.partyCode,
      partyName: s.view.partyName,
      documentId: s.documentId,
      sections: explained(s.view.sections),
    })),
  };
}

const explained = (sections: StatementSection[]): ExplainedSection[] =>
  sections.map((section) => ({ ...section, explanation: explainSection(section) }));

const SETTLEMENTS: Listing = {
  from: 'settlement s',
  key: { sql: 's.id', type: 'uuid' },
  fields: {
    period: { sql: 's.period', type: 'text' },
    poolCode: { sql: 's.pool_code', type: 'text' },
    status: { sql: 's.status', type: 'text' },
    settledOn: { sql: 's.settled_on', type: 'date' },
  },
  search: ['s.period', 's.pool_code', '(SELECT p.name FROM pool p WHERE p.code = s.pool_code)'],
  order: '-period,poolCode',
};
/** What settlements may be put in order by. */
export const SETTLEMENT_SORTS = Object.keys(SETTLEMENTS.fields);

export interface SettlementFilter {
  poolCode?: string;
  period?: SettlementPeriod;
  status?: string;
  /** first and last month */
  from?: SettlementPeriod;
  to?: SettlementPeriod;
}

/** Settlements of the pools the actor sees, the newest month first when no other order is asked for, each with the statements of its own parties. */
export async function listSettlements(
  ctx: Context,
  filter: SettlementFilter,
  ask: ListAsk,
): Promise<Listed<SettlementView>> {
  permit(ctx, 'settlement.read');
  return inTransaction(ctx, async (tx) => {
    const conditions: Condition[] = [
      ['s.pool_code = ANY (?::text[])', await seenPools(tx, ctx)],
      ['s.pool_code = ?', filter.poolCode],
      ['s.period = ?', filter.period],
      ['s.status = ?', filter.status],
      ['s.period >= ?', filter.from],
      ['s.period <= ?', filter.to],
    ];
    const { items: ids, ...page } = await readKeys(tx, SETTLEMENTS, conditions, ask);
    return { ...page, items: inOrder(ids, await readSettlements(tx, ids), (row) => row.id) };
  });
}

/** The codes of the pools whose settlements and closings the actor sees. */
export async function seenPools(tx: Tx, ctx: Context): Promise<string[]> {
  const seen: string[] = [];
  for (const { code } of await tx.pool.findMany({ select: { code: true } }))
    if (await seesPool(tx, ctx.actor, code, ctx.today)) seen.push(code);
  return seen;
}
