import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { periodOf } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { fieldsOf, summaryOf } from '../loans/filing-service.ts';
import { factsOf } from '../loans/judge.ts';
import { contractsOf, enterpriseFacts } from '../loans/store.ts';
import { Exact, toWire } from '../money/money.ts';
import { type AddedVersion, type Clause, type ClauseCitation, parseValue, valueOn } from '../policy/clause.ts';
import { clauseOn } from '../policy/decide.ts';
import type { Policy } from '../policy/policy.ts';
import { findClause, POLICIES } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import {
  type CapChange,
  capChange,
  type Outcome,
  outcomeOf,
  type PoolChange,
  poolChange,
  type Rules,
} from './preview.ts';
import { countedEnterprises, waitingOf } from './preview-store.ts';
import { poolStates } from './store.ts';

/** What a new version would change, if it were approved. */
export interface Preview {
  clauseId: string;
  title: string;
  /** the day looked at: when it begins, or today if it began before */
  on: LocalDate;
  before: string;
  after: string;
  note: string;
  pools: PoolChange[];
  filings: {
    total: number;
    looked: number;
    changed: number;
    items: {
      id: string;
      dueBillNo: string;
      enterpriseName: string;
      poolName: string;
      before: Outcome;
      after: Outcome;
    }[];
  };
  /** only for the cap */
  enterprises: CapChange | null;
  /** only for monthly days: of the month the day lies in */
  dates: { what: string; before: LocalDate; after: LocalDate }[];
}

const NOTE = '已受理的备案仍按受理日的条款审核；此处把待审核的备案当作在该日备案，比较本条款新旧取值下的结论。';
/** So many waiting filings are judged, and so many changed ones named. */
const LOOKED = 5_000;
const NAMED = 100;

/** A proposed version, before it is approved. Writes nothing. @throws DomainError NOT_FOUND (404), POLICY_VALUE_INVALID (422) */
export async function previewVersion(ctx: Context, id: string): Promise<Preview> {
  permit(ctx, 'policy.preview');
  return inTransaction(ctx, async (tx) => {
    const row = await tx.policyVersion.findUnique({ where: { id } });
    if (!row) throw new DomainError('NOT_FOUND', '没有这个条款版本', { status: 404 });
    return preview(tx, ctx, findClause(row.clauseId), {
      clauseId: row.clauseId,
      effectiveFrom: dateFromDb(row.effectiveFrom),
      expiresOn: row.expiresOn && dateFromDb(row.expiresOn),
      value: row.value,
      citation: row.citation as unknown as ClauseCitation,
    });
  });
}

/** A value that nobody has proposed yet. Writes nothing. @throws DomainError CLAUSE_UNKNOWN (404), POLICY_VALUE_INVALID (422) */
export async function previewValue(
  ctx: Context,
  { clauseId, effectiveFrom, value }: { clauseId: string; effectiveFrom: LocalDate; value?: unknown },
): Promise<Preview> {
  permit(ctx, 'policy.preview');
  const clause = findClause(clauseId);
  const citation: ClauseCitation = { document: '拟议的取值', article: '尚未提出', confirmed: false, mark: 'A' };
  return inTransaction(ctx, (tx) => preview(tx, ctx, clause, { clauseId, effectiveFrom, value, citation }));
}

async function preview(tx: Tx, ctx: Context, clause: Clause, version: AddedVersion): Promise<Preview> {
  const { effectiveFrom } = version;
  const value = parseValue(clause, version.value);
  const on = effectiveFrom > ctx.today ? effectiveFrom : ctx.today;
  const known = await rulebook(tx);
  // On a tie the later in the list counts; what comes into force between then and the day looked at is left out of the comparison.
  const added = known.added.filter((v) => v.clauseId !== clause.id || v.effectiveFrom <= effectiveFrom);
  const rules = { before: known, after: { ...known, added: [...added, { ...version, value }] } };
  const before = clauseOn(clause, on, rules.before.added);
  const words = { clauseId: clause.id, title: clause.title, on, note: NOTE, after: clause.describe(value) };
  const head = { ...words, before: before.text ?? before.outsideDates ?? '' };
  const policy = POLICIES.find((p) => p.clauses.includes(clause));
  // What enterprises are subsidised by moves no pool and no filing.
  if (!policy) return { ...head, pools: [], filings: NO_FILINGS, enterprises: null, dates: [] };
  const pools = (await poolStates(tx, null)).filter((p) => p.policyCode === policy.code);
  const codes = pools.map((p) => p.code);
  return {
    ...head,
    pools: clause === policy.leverage ? pools.map((pool) => poolChange(pool, policy, on, rules)) : [],
    filings: await filingChanges(tx, policy, clause, codes, on, rules),
    enterprises:
      clause === policy.cap && before.value !== null
        ? capChange(await countedEnterprises(tx, codes), policy, on, { before: before.value, after: value })
        : null,
    dates: dateChanges(clause, policy, on, rules),
  };
}

const NO_FILINGS: Preview['filings'] = { total: 0, looked: 0, changed: 0, items: [] };

/** The waiting filings as if they came in on the day, by this clause alone under both rules: those that it would judge otherwise. */
async function filingChanges(
  tx: Tx,
  policy: Policy,
  clause: Clause,
  pools: string[],
  on: LocalDate,
  rules: Rules,
): Promise<Preview['filings']> {
  const { total, rows } = await waitingOf(tx, pools, LOOKED);
  const rule = policy.filing.find((r) => r.clause.id === clause.id);
  if (!rule) return { total, looked: 0, changed: 0, items: [] };
  const facts = await enterpriseFacts(tx, [...new Set(rows.map((r) => r.enterpriseUscc))]);
  const regions = new Map((await tx.pool.findMany()).map((p) => [p.code, p]));
  const renewed = new Map<string, Awaited<ReturnType<typeof contractsOf>>>();
  for (const [bank, own] of Map.groupBy(rows, (r) => r.bankCode))
    renewed.set(
      bank,
      await contractsOf(
        tx,
        bank,
        own.flatMap((r) => r.renewsContractNo ?? []),
      ),
    );
  const [judgeBefore, judgeAfter] = [rule.open(rules.before), rule.open(rules.after)];
  const items = rows.flatMap((row) => {
    const enterprise = facts.get(row.enterpriseUscc)!;
    const counted = toWire(new Exact(enterprise.counted).minus(fromDb(row.countedPrincipal)));
    const summary = summaryOf(row);
    const pool = regions.get(row.poolCode)!;
    const at = { filedOn: on, poolRegions: pool.regions, contracts: renewed.get(row.bankCode)! };
    const judged = factsOf(fieldsOf(summary), { ...enterprise, counted }, at);
    const [before, after] = [outcomeOf(judgeBefore(judged)), outcomeOf(judgeAfter(judged))];
    const { id, dueBillNo, enterpriseName } = summary;
    return before.verdict === after.verdict
      ? []
      : [{ id, dueBillNo, enterpriseName, poolName: pool.name, before, after }];
  });
  return { total, looked: rows.length, changed: items.length, items: items.slice(0, NAMED) };
}

function dateChanges(clause: Clause, policy: Policy, on: LocalDate, rules: Rules): Preview['dates'] {
  const monthly = [
    { of: policy.reporting, what: '月报报送截止日' },
    { of: policy.settlement, what: '结算日' },
  ].find(({ of }) => of.id === clause.id);
  if (!monthly) return [];
  const period = periodOf(on);
  const due = ({ added }: Rules['before']) => monthly.of.apply(valueOn(monthly.of, on, added).value, period);
  return [{ what: `${period} ${monthly.what}`, before: due(rules.before), after: due(rules.after) }];
}
