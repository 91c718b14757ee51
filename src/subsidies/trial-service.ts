import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyApplication } from '../generated/node/client.ts';
import { type Money, money, sum, toWire, ZERO } from '../money/money.ts';
import { type ClauseCitation, parseValue } from '../policy/clause.ts';
import { clauseOn } from '../policy/decide.ts';
import type { Explanation } from '../policy/explanation.ts';
import type { FilingContext } from '../policy/filing.ts';
import { findClause, SCHEMES } from '../policy/register.ts';
import type { Scheme } from '../policy/scheme.ts';
import { rulebook } from '../policy/store.ts';
import type { Evaluation } from './evaluate.ts';
import { judgeMany } from './judge-service.ts';
import { requestOf } from './store.ts';

/** One application that a changed value would move, line by line, with why the figure is what it is and would be. */
export interface Moved {
  id: string;
  enterpriseName: string;
  enterpriseUscc: string;
  before: string;
  after: string;
  lines: { place: number; kind: string; name: string; before: string; after: string }[];
  explanation: { before: Explanation; after: Explanation };
}

/** What a changed value would have made of a year's applications. `items`: those it changes, the largest change first, as many as are shown. */
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
  gaining: number;
  losing: number;
  /** the same by kind of line */
  kinds: { kind: string; before: string; after: string }[];
  items: Moved[];
}

/** Each carries two explanations. */
const SHOWN = 300;

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
      where: {
        schemeCode: scheme.code,
        year,
        appliedOn: { not: null },
        continuesId: null,
        status: { not: 'withdrawn' },
      },
      orderBy: { receivedNo: 'asc' },
    });
    const citation: ClauseCitation = { document: '拟议的取值', article: '尚未提出', confirmed: false, mark: 'A' };
    const others = known.added.filter((version) => version.clauseId !== clauseId);
    const changed = (on: LocalDate) => ({
      ...known,
      added: [...others, { clauseId, effectiveFrom: on, value, citation }],
    });
    const before = await evaluationsOf(tx, scheme, rows, () => known);
    const after = await evaluationsOf(tx, scheme, rows, changed);
    const view = clauseOn(clause, ctx.today, known.added);
    const moved = rows
      .map((row) => movedOf(row, before.get(row.id)!, after.get(row.id)!))
      .filter((item) => item.before !== item.after || item.lines.some((line) => line.before !== line.after))
      .sort((a, b) => changeOf(b).abs().comparedTo(changeOf(a).abs()));
    return {
      ...{ clauseId, title: clause.title, year },
      ...{ before: view.text ?? view.outsideDates ?? '', after: clause.describe(value) },
      ...{ applications: rows.length, eligibleBefore: positive(before), eligibleAfter: positive(after) },
      ...{ demandBefore: totalOf(before), demandAfter: totalOf(after), changed: moved.length },
      gaining: moved.filter((item) => changeOf(item).gt(ZERO)).length,
      losing: moved.filter((item) => changeOf(item).lt(ZERO)).length,
      ...{ kinds: kindsOf(before, after), items: moved.slice(0, SHOWN) },
    };
  });
}

type Evaluations = Map<bigint, Evaluation>;

const changeOf = ({ before, after }: { before: string; after: string }): Money => money(after).minus(before);
const totalOf = (all: Evaluations): string => toWire(sum([...all.values()].map(({ amount }) => amount)));
const positive = (all: Evaluations): number => [...all.values()].filter(({ amount }) => amount.gt(ZERO)).length;

function movedOf(row: SubsidyApplication, before: Evaluation, after: Evaluation): Moved {
  return {
    ...{ id: `${row.id}`, enterpriseName: row.enterpriseName, enterpriseUscc: row.enterpriseUscc },
    ...{ before: toWire(before.amount), after: toWire(after.amount) },
    lines: before.lines.map(({ item, amount }, i) => ({
      ...{ place: i + 1, kind: item.kind, name: item.name, before: toWire(amount) },
      after: toWire(after.lines[i]!.amount),
    })),
    explanation: { before: before.explanation, after: after.explanation },
  };
}

function kindsOf(before: Evaluations, after: Evaluations): Trial['kinds'] {
  const linesOf = (all: Evaluations) => [...all.values()].flatMap(({ lines }) => lines);
  const totals = (all: Evaluations) =>
    new Map(
      [...Map.groupBy(linesOf(all), ({ item }) => item.kind)].map(([kind, own]) => [
        kind,
        toWire(sum(own.map(({ amount }) => amount))),
      ]),
    );
  const [was, becomes] = [totals(before), totals(after)];
  return [...was].map(([kind, amount]) => ({ kind, before: amount, after: becomes.get(kind)! }));
}

/** How each application is judged; those of one day under one set of rules. */
async function evaluationsOf(
  tx: Tx,
  scheme: Scheme,
  rows: SubsidyApplication[],
  rulesOn: (on: LocalDate) => FilingContext,
): Promise<Evaluations> {
  const found: Evaluations = new Map();
  for (const [on, own] of Map.groupBy(rows, (row) => dateFromDb(row.appliedOn!))) {
    const asked = own.map((row) => ({
      ...{ id: row.id, uscc: row.enterpriseUscc, request: requestOf(row), appliedOn: on, year: row.year },
    }));
    const judged = await judgeMany(tx, scheme, asked, rulesOn(on));
    for (const [i, { id }] of own.entries()) found.set(id, judged[i]!.evaluation);
  }
  return found;
}
