import { addDays, type LocalDate } from '../calendar/local-date.ts';
import { firstDay, lastDay, periodOf, periodsBetween, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import type { Citation } from '../errors.ts';
import { type FeeBearing, feeOf, settledIn } from '../guarantee/accrual.ts';
import { paidThrough, type ReguaranteeDue, reguaranteeDues } from '../guarantee/paid.ts';
import { feeBearing, paidGuarantees } from '../guarantee/store.ts';
import { type Money, sum, ZERO } from '../money/money.ts';
import { type AddedVersion, type ClauseVersion, valueOn } from '../policy/clause.ts';
import type { FeeCeilings } from '../policy/kinds/fee-ceilings.ts';
import { policyByCode } from '../policy/register.ts';

type Standing = Pick<ReguaranteeDue, 'arisen' | 'paid'>;

/** What guarantors, re-guarantors and insurers of a pool were owed and owed for a month, and what they paid; each carried on from the month before. */
export interface GuaranteeMonth {
  parties: Map<string, 'guarantor' | 'reguarantor' | 'insurer'>;
  /**
   * `from`, `to`: institution codes, or the borrower's name; `before`: accrued before the month, `amount` in it, `late`: of months closed before the
   * guarantee was told, which this month takes as adjustments
   */
  fees: {
    from: string;
    to: string;
    fromName: string;
    toName: string;
    dueBillNo: string;
    before: Money;
    amount: Money;
    late: { belongsTo: SettlementPeriod; amount: Money }[];
    cites: Citation[];
  }[];
  /** 代偿 in all, before the month and at its end */
  paid: { party: string; to: string; before: Money; after: Money }[];
  redues: { from: string; to: string; before: Standing; after: Standing }[];
}

/** The month's fees by the movements of each liability, its payouts, and what re-guarantors owe for them. Everything from the ledger: a month that is closed never reads otherwise. */
export async function guaranteeMonth(
  tx: Tx,
  pool: { code: string; policyCode: string },
  period: SettlementPeriod,
  added: readonly AddedVersion[],
): Promise<GuaranteeMonth> {
  const [before, end] = [addDays(firstDay(period), -1), lastDay(period)];
  const clause = policyByCode(pool.policyCode).feeCeilings;
  const rule = (month: SettlementPeriod) => (clause ? valueOn(clause, lastDay(month), added) : null);
  const bearing = await feeBearing(tx, pool.code, end);
  const institutions = await tx.institution.findMany({ select: { code: true, name: true, kind: true } });
  const names = new Map(institutions.map(({ code, name }) => [code, name]));
  const all = await paidGuarantees(tx, pool.code);
  return {
    parties: new Map(
      institutions.filter(({ kind }) => KINDS.has(kind)).map(({ code, kind }) => [code, kind as 'guarantor']),
    ),
    fees: bearing.flatMap((g) => feesOf(g, bearing, period, rule, names)),
    paid: between(paidThrough(all, before), paidThrough(all, end), ({ party, to }) => `${party} ${to}`).map(
      ([was, is]) => ({ party: is.party, to: is.to, before: was?.amount ?? ZERO, after: is.amount }),
    ),
    redues: between(reguaranteeDues(all, before), reguaranteeDues(all, end), ({ from, to }) => `${from} ${to}`).map(
      ([was, is]) => ({ from: is.from, to: is.to, before: was ?? NOTHING, after: is }),
    ),
  };
}

const KINDS = new Set(['guarantor', 'reguarantor', 'insurer']);
const NOTHING: Standing = { arisen: ZERO, paid: ZERO };

/** Each standing at the end beside the one before it; one that came to nothing since is kept with what it was. */
function between<T extends { amount?: Money; arisen?: Money; paid?: Money }>(
  before: T[],
  after: T[],
  key: (of: T) => string,
): [was: T | undefined, is: T][] {
  const was = new Map(before.map((one) => [key(one), one]));
  const is = new Map(after.map((one) => [key(one), one]));
  const gone = before.filter((one) => !is.has(key(one)));
  return [
    ...after.map((one): [T | undefined, T] => [was.get(key(one)), one]),
    ...gone.map((one): [T, T] => [one, { ...one, amount: ZERO, arisen: ZERO, paid: ZERO }]),
  ];
}

type Bearing = Awaited<ReturnType<typeof feeBearing>>[number];
type Rule = (month: SettlementPeriod) => ClauseVersion<FeeCeilings> | null;

/** What accrued on one guarantee before a month, as its settlements had it month by month, and in it; nothing where neither did. */
function feesOf(
  g: Bearing,
  all: readonly Bearing[],
  period: SettlementPeriod,
  rule: Rule,
  names: ReadonlyMap<string, string>,
): GuaranteeMonth['fees'] {
  const [first] = g.moves;
  if (!first) return [];
  const months = periodsBetween(periodOf(first.on), period).filter((month) => settledIn(g, month) <= period);
  const dues = months.map((month) => ({ month, due: dueIn(g, month, rule) }));
  const now = rule(period);
  const stated = now?.value.fees.find(({ code }) => code === g.fee);
  const last = dues.findLast(({ due }) => due !== null)?.due;
  if (!last) return [];
  const amount = dues.find(({ month }) => month === period)?.due?.amount ?? ZERO;
  const earlier = dues.flatMap(({ month, due }) => (due && month < period ? [{ month, amount: due.amount }] : []));
  const late = earlier.filter(({ month }) => settledIn(g, month) === period);
  const before = sum(earlier.filter((one) => !late.includes(one)).map((one) => one.amount));
  const codeOf = (who: string) => all.find((o) => o.dueBillNo === g.dueBillNo && o.role === who)?.party ?? who;
  const [from, to] = [codeOf(last.from), codeOf(last.to)];
  const nameOf = (code: string) =>
    names.get(code) ?? [stated?.from, stated?.to].find((who) => who?.code === code)?.label ?? code;
  const cites = now && stated ? [now.citation] : [];
  return [
    {
      ...{ from, to, fromName: nameOf(from), toName: nameOf(to), dueBillNo: g.dueBillNo },
      ...{ before, amount, late: late.map((one) => ({ belongsTo: one.month, amount: one.amount })), cites },
    },
  ];
}

function dueIn(g: FeeBearing, month: SettlementPeriod, rule: Rule) {
  const next: LocalDate = addDays(lastDay(month), 1);
  return feeOf(rule(month)?.value ?? null, g, firstDay(month), next);
}
