import type { DayCountBasis } from '../calendar/day-count.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { lastDay, periodOf, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Fault } from '../errors.ts';
import { formatYuan, type Money, money, toWire, ZERO } from '../money/money.ts';
import { ratePercent, toPercent } from '../money/rate.ts';
import type { AddedVersion } from '../policy/clause.ts';
import { checkClassification } from '../policy/decide.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import type { LoanClassification } from '../policy/five-categories.ts';
import type { Policy } from '../policy/policy.ts';
import { expectedInMonth, type LoanTerms, type RepaymentMethod } from './schedule.ts';
import type { LoanRow } from './store.ts';
import { DAY_COUNT_BASES, REPAYMENT_METHODS } from './terms.ts';

/** One line of a bank's monthly report (月报), as far as it could be read. */
export interface ReportFields {
  period?: SettlementPeriod;
  dueBillNo?: string;
  outstandingPrincipal?: Money;
  principalRepaid?: Money;
  interestPaid?: Money;
  loanClassification?: LoanClassification;
  overdueDays?: number;
  paidOff?: boolean;
}

export type WholeLine = Required<ReportFields>;

/** A loan that a report may speak of: its row, its contract's terms, and its policy. */
export interface ReportedLoan extends LoanRow {
  terms: LoanTerms;
  policy: Policy;
}

/** A line already received for a loan and month, as one text. */
export type KnownLines = Map<string, string>;

export interface LineFacts {
  today: LocalDate;
  loans: Map<string, ReportedLoan>;
  known: KnownLines;
  added: readonly AddedVersion[];
  /** principal repaid, told one by one, in months after the given one: a month-end balance does not know of it yet */
  repaidAfter(loanId: bigint, period: SettlementPeriod): Money;
  /** whether lines may replace what was received for their loan's latest month */
  correcting: boolean;
}

/** What the contract's own arithmetic says the month should show, and where the report differs. */
export interface Expected {
  principal: Money;
  interest: Money;
  outstanding: Money;
}

export type LineJudgement =
  | { outcome: 'new'; line: WholeLine; loan: ReportedLoan; expected: Expected; repaidLater: Money }
  | { outcome: 'same' }
  | { outcome: 'refused'; faults: Fault[] };

export const lineKey = (loanId: bigint, period: SettlementPeriod): string => `${loanId}:${period}`;

/** The line as one text: the same again gets the same answer. */
export function lineContent(l: Omit<WholeLine, 'period' | 'dueBillNo'>): string {
  return [
    toWire(l.outstandingPrincipal),
    toWire(l.principalRepaid),
    toWire(l.interestPaid),
    l.loanClassification,
    l.overdueDays,
    l.paidOff,
  ].join('|');
}

/** Judges the lines of a report; each bad one gets every fault it has. A loan's months are looked at in their order, however the lines stand. */
export function judgeLines(
  candidates: { fields: ReportFields; faults: Fault[]; place?: string }[],
  facts: LineFacts,
): LineJudgement[] {
  const seen = new Map<string, string>();
  const balances = new Map<bigint, Money>();
  const judged: LineJudgement[] = [];
  const byPeriod = candidates
    .map((c, i) => ({ ...c, i }))
    .sort((a, b) => compare(a.fields.period ?? '', b.fields.period ?? '') || a.i - b.i);
  for (const { fields, faults, place, i } of byPeriod) {
    const key = `${fields.dueBillNo}:${fields.period}`;
    const first = fields.dueBillNo && fields.period ? seen.get(key) : undefined;
    if (first === undefined) seen.set(key, place ?? `第 ${i + 1} 行`);
    judged[i] =
      first === undefined
        ? judgeLine(fields, faults, facts, balances)
        : {
            outcome: 'refused',
            faults: [...faults, fault('DUPLICATE_IN_FILE', 'dueBillNo', fields.dueBillNo!, `与本次报送的${first}重复`)],
          };
  }
  return judged;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function judgeLine(
  fields: ReportFields,
  faults: Fault[],
  facts: LineFacts,
  balances: Map<bigint, Money>,
): LineJudgement {
  const found = [...faults];
  const { dueBillNo, period } = fields;
  const loan = dueBillNo === undefined ? undefined : facts.loans.get(dueBillNo);
  if (dueBillNo !== undefined && !loan)
    found.push(fault('LOAN_UNKNOWN', 'dueBillNo', dueBillNo, `本行没有借据号为「${dueBillNo}」的入池贷款`));
  const line = isWholeLine(fields) ? fields : undefined;
  if (line && loan) {
    const before = facts.known.get(lineKey(loan.id, line.period));
    if (before === lineContent(line)) return { outcome: 'same' };
    if (before !== undefined) found.push(...correctionFaults(line, loan, facts));
  }
  if (loan) found.push(...lineFaults(fields, loan, facts));
  if (loan && period !== undefined && fields.outstandingPrincipal) {
    const before = balances.get(loan.id) ?? loan.outstandingPrincipal.plus(facts.repaidAfter(loan.id, period));
    found.push(...balanceFaults(fields.outstandingPrincipal, before, period, loan, facts));
    if (found.length === 0) balances.set(loan.id, fields.outstandingPrincipal);
  }
  if (found.length > 0 || !line || !loan) return { outcome: 'refused', faults: found };
  return {
    outcome: 'new',
    line,
    loan,
    expected: expectedInMonth(loan.terms, line.period),
    repaidLater: facts.repaidAfter(loan.id, line.period),
  };
}

function correctionFaults(line: WholeLine, loan: ReportedLoan, facts: LineFacts): Fault[] {
  const month = `借据号「${line.dueBillNo}」${line.period} 的月报已收到`;
  if (!facts.correcting)
    return [
      fault('REPORT_CONFLICT', 'dueBillNo', line.dueBillNo, `${month}，内容与本次不同；如系更正，请写明更正原因`),
    ];
  return line.period === loan.lastReportPeriod
    ? []
    : [fault('CORRECTION_TOO_OLD', 'period', line.period, `${month}，只能更正最近一期（${loan.lastReportPeriod}）`)];
}

/** What a reported balance cannot be, seen from what is known of the loan. */
function balanceFaults(
  outstanding: Money,
  before: Money,
  period: SettlementPeriod,
  loan: ReportedLoan,
  facts: LineFacts,
): Fault[] {
  const amount = toWire(outstanding);
  const repaid = facts.repaidAfter(loan.id, period);
  if (loan.status === 'revoked' && outstanding.greaterThan(ZERO))
    return [fault('LOAN_REVOKED', 'outstandingPrincipal', amount, '该笔贷款的备案已撤销，不再报送')];
  const latest = loan.lastReportPeriod === null || period >= loan.lastReportPeriod;
  if (latest && before.isZero() && outstanding.greaterThan(ZERO) && !facts.correcting)
    return [fault('LOAN_PAID_OFF', 'outstandingPrincipal', amount, '该笔贷款此前已结清')];
  if (latest && outstanding.lessThan(repaid)) {
    return [
      fault(
        'BALANCE_BELOW_REPAYMENTS',
        'outstandingPrincipal',
        amount,
        `${period} 月末余额小于其后已登记的还款 ${toWire(repaid)} 元`,
      ),
    ];
  }
  return [];
}

function isWholeLine(f: ReportFields): f is WholeLine {
  return [
    f.period,
    f.dueBillNo,
    f.outstandingPrincipal,
    f.principalRepaid,
    f.interestPaid,
    f.loanClassification,
    f.overdueDays,
    f.paidOff,
  ].every((x) => x !== undefined);
}

function lineFaults(f: ReportFields, loan: ReportedLoan, facts: LineFacts): Fault[] {
  const found: Fault[] = [];
  if (f.period !== undefined && lastDay(f.period) > facts.today)
    found.push(fault('REPORT_TOO_EARLY', 'period', f.period, `${f.period} 尚未结束，不能报送`));
  const drawn = loan.disbursedOn;
  if (f.period !== undefined && (drawn === null || f.period < periodOf(drawn))) {
    found.push(
      fault(
        'REPORT_BEFORE_DISBURSEMENT',
        'period',
        f.period,
        drawn === null ? '该笔贷款尚未报送放款' : `早于放款日 ${drawn} 所在月份`,
      ),
    );
  }
  for (const field of ['outstandingPrincipal', 'principalRepaid', 'interestPaid'] as const) {
    if (f[field]?.isNegative()) found.push(fault('AMOUNT_NEGATIVE', field, toWire(f[field]), '金额不能为负数'));
  }
  const { outstandingPrincipal: outstanding, paidOff } = f;
  if (outstanding?.greaterThan(loan.principal)) {
    found.push(
      fault(
        'OUTSTANDING_ABOVE_LENT',
        'outstandingPrincipal',
        toWire(outstanding),
        `贷款余额 ${toWire(outstanding)} 元大于贷款金额 ${toWire(loan.principal)} 元`,
      ),
    );
  }
  if (outstanding && paidOff !== undefined && paidOff !== outstanding.isZero()) {
    found.push(
      fault(
        'PAID_OFF_CONTRADICTED',
        'paidOff',
        paidOff ? '是' : '否',
        paidOff ? `已报结清，贷款余额 ${toWire(outstanding)} 元应为零` : '贷款余额为零，是否结清应为「是」',
      ),
    );
  }
  if (f.period !== undefined && f.loanClassification !== undefined && f.overdueDays !== undefined) {
    const check = checkClassification(
      loan.policy,
      { reported: f.loanClassification, overdueDays: f.overdueDays, reportedOn: lastDay(f.period) },
      facts.added,
    );
    if (check.verdict === 'fail')
      found.push({
        code: check.code,
        field: check.field ?? 'loanClassification',
        value: check.value,
        message: check.message,
        cites: check.cites,
      });
  }
  return found;
}

/** A figure of a report's line beside what the contract gives; wire amounts. */
export interface Difference {
  field: 'outstandingPrincipal' | 'principalRepaid' | 'interestPaid';
  reported: string;
  expected: string;
  difference: string;
}

/** Where a report's line differs from the contract's own arithmetic: shown, not refused. */
export function differences(
  line: Pick<WholeLine, 'outstandingPrincipal' | 'principalRepaid' | 'interestPaid'>,
  expected: Expected,
): Difference[] {
  const pairs = [
    ['outstandingPrincipal', line.outstandingPrincipal, expected.outstanding],
    ['principalRepaid', line.principalRepaid, expected.principal],
    ['interestPaid', line.interestPaid, expected.interest],
  ] as const;
  return pairs.flatMap(([field, reported, by]) =>
    reported.equals(by)
      ? []
      : [{ field, reported: toWire(reported), expected: toWire(by), difference: toWire(reported.minus(by)) }],
  );
}

const EXPECTED = {
  outstandingPrincipal: '月末应有的贷款余额',
  principalRepaid: '当月应还本金',
  interestPaid: '当月应付利息',
} as const;

/** What a contract says, as it is kept: wire amount, percent, ISO dates. */
export interface KeptTerms {
  principal: string;
  annualRate: string;
  disbursedOn: LocalDate;
  maturesOn: LocalDate;
  dayCountBasis: DayCountBasis;
  repaymentMethod: RepaymentMethod;
}

/** How the contract gives what a month was expected to bring: its terms, and the rule of its way of repayment. Pure. */
export function explainExpected(
  { field, expected }: Difference,
  period: SettlementPeriod,
  terms: KeptTerms,
): Explanation {
  const yuan = (wire: string) => `${formatYuan(money(wire))} 元`;
  const amortised = terms.repaymentMethod === 'equalInstallment' || terms.repaymentMethod === 'equalPrincipal';
  const rule = amortised
    ? '放款日对应日每月一期，利息 = 上期余额 × 年利率 ÷ 12，四舍五入到分'
    : '利息 = 本金 × 年利率 × 实际天数 ÷ 计息基础，结息日为 20 日，四舍五入到分；本金到期归还';
  return derived(
    `${period} ${EXPECTED[field]}：${rule}`,
    yuan(expected),
    [],
    [
      given('贷款金额', yuan(terms.principal)),
      given('年利率', `${toPercent(ratePercent(terms.annualRate))}%`),
      given('放款日期', terms.disbursedOn),
      given('到期日期', terms.maturesOn),
      given('计息基础', DAY_COUNT_BASES[terms.dayCountBasis]),
      given('还款方式', REPAYMENT_METHODS[terms.repaymentMethod]),
    ],
  );
}

function fault(code: string, field: string, value: string, message: string): Fault {
  return { code, field, value, message };
}
