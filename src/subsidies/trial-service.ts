import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyApplication } from '../generated/node/client.ts';
import { type Money, sum, toWire, ZERO } from '../money/money.ts';
import { type ClauseCitation, parseValue } from '../policy/clause.ts';
import { clauseOn } from '../policy/decide.ts';
import type { FilingContext } from '../policy/filing.ts';
import { findClause, SCHEMES } from '../policy/register.ts';
import type { Scheme } from '../policy/scheme.ts';
import { rulebook } from '../policy/store.ts';
import { judgeMany } from './judge-service.ts';
import { requestOf } from './store.ts';

/** What a changed value would have made of a year's applications. `items`: at most a hundred of those it changes. */
export interface Trial {
  clauseId: string;
  title: string;
  year: number;
  before: string;
  after: string;
  applications: number;
  eligibleBefore: number;
  eligibleAfter: number;
  demandBefore: string;
  demandAfter: string;
  changed: number;
  items: { id: string; enterpriseName: string; before: string; after: string }[];
}

const SHOWN = 100;

/**
 * Judges a year's applications once more, each by the rules of its day, with and without another value of one clause. Writes nothing.
 * @throws DomainError CLAUSE_UNKNOWN (404), CLAUSE_NOT_OF_SUBSIDIES, POLICY_VALUE_INVALID (422)
 */
export async function tryValue(
  ctx: Context,
  { clauseId, value: raw, year }: { clauseId: string; value?: unknown; year: number },
): Promise<Trial> {
  permit(ctx, 'policy.preview');
  const clause = findClause(clauseId);
  const scheme = SCHEMES.find(({ clauses }) => clauses.includes(clause));
  if (!scheme) throw new DomainError('CLAUSE_NOT_OF_SUBSIDIES', `条款「${clause.title}」不是补贴政策的条款`);
  const value = parseValue(clause, raw);
  return inTransaction(ctx, async (tx) => {
    const known = await rulebook(tx);
    const rows = await tx.subsidyApplication.findMany({
      where: { schemeCode: scheme.code, year, appliedOn: { not: null }, status: { not: 'withdrawn' } },
      orderBy: { receivedNo: 'asc' },
    });
    const citation: ClauseCitation = { document: '拟议的取值', article: '尚未提出', confirmed: false, mark: 'A' };
    const others = known.added.filter((version) => version.clauseId !== clauseId);
    const changed = (on: LocalDate) => ({
      ...known,
      added: [...others, { clauseId, effectiveFrom: on, value, citation }],
    });
    const [before, after] = [
      await amountsOf(tx, scheme, rows, () => known),
      await amountsOf(tx, scheme, rows, changed),
    ];
    const view = clauseOn(clause, ctx.today, known.added);
    const moved = rows.filter(({ id }) => !before.get(id)!.eq(after.get(id)!));
    return {
      ...{
        clauseId,
        title: clause.title,
        year,
        before: view.text ?? view.outsideDates ?? '',
        after: clause.describe(value),
      },
      ...{ applications: rows.length, eligibleBefore: positive(before), eligibleAfter: positive(after) },
      ...{
        demandBefore: toWire(sum(before.values())),
        demandAfter: toWire(sum(after.values())),
        changed: moved.length,
      },
      items: moved.slice(0, SHOWN).map(({ id, enterpriseName }) => ({
        ...{ id: `${id}`, enterpriseName, before: toWire(before.get(id)!), after: toWire(after.get(id)!) },
      })),
    };
  });
}

const positive = (amounts: Map<bigint, Money>): number =>
  [...amounts.values()].filter((amount) => amount.gt(ZERO)).length;

/** What each application comes to; applications of one day under one set of rules. */
async function amountsOf(
  tx: Tx,
  scheme: Scheme,
  rows: SubsidyApplication[],
  rulesOn: (on: LocalDate) => FilingContext,
): Promise<Map<bigint, Money>> {
  const amounts = new Map<bigint, Money>();
  for (const [on, own] of Map.groupBy(rows, (row) => dateFromDb(row.appliedOn!))) {
    const asked = own.map((row) => ({
      ...{ id: row.id, uscc: row.enterpriseUscc, request: requestOf(row), appliedOn: on, year: row.year },
    }));
    const judged = await judgeMany(tx, scheme, asked, rulesOn(on));
    for (const [i, { id }] of own.entries()) amounts.set(id, judged[i]!.evaluation.amount);
  }
  return amounts;
}
