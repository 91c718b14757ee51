import type { LocalDate } from '../calendar/local-date.ts';
import { lastDay, periodOf, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Fault } from '../errors.ts';
import { type Money, toWire, ZERO } from '../money/money.ts';
import type { AddedVersion } from '../policy/clause.ts';
import { checkClassification } from '../policy/decide.ts';
import type { Policy } from '../policy/policy.ts';
import type { LoanClassification } from './classification.ts';
import { expectedInMonth, type LoanTerms } from './schedule.ts';
import type { LoanRow } from './store.ts';

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
}

/** What the contract's own arithmetic says the month should show, and where the report differs. */
export interface Expected {
  principal: Money;
  interest: Money;
  outstanding: Money;
}

export type LineJudgement =
  | { outcome: 'new'; line: WholeLine; loan: ReportedLoan; expected: Expected }
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

/** Judges the lines of a report in the order they stand; each bad one gets every fault it has. */
export function judgeLines(
  candidates: { fields: ReportFields; faults: Fault[]; place?: string }[],
  facts: LineFacts,
): LineJudgement[] {
  const seen = new Map<string, string>();
  return candidates.map(({ fields, faults, place }, i) => {
    const found = [...faults];
    const loan = fields.dueBillNo === undefined ? undefined : facts.loans.get(fields.dueBillNo);
    if (fields.dueBillNo !== undefined && !loan)
      found.push(
        fault('LOAN_UNKNOWN', 'dueBillNo', fields.dueBillNo, `本行没有借据号为「${fields.dueBillNo}」的入池贷款`),
      );
    const line = isWholeLine(fields) ? fields : undefined;
    if (fields.dueBillNo !== undefined && fields.period !== undefined) {
      const key = `${fields.dueBillNo}:${fields.period}`;
      const first = seen.get(key);
      if (first !== undefined)
        return {
          outcome: 'refused',
          faults: [...found, fault('DUPLICATE_IN_FILE', 'dueBillNo', fields.dueBillNo, `与本次报送的${first}重复`)],
        };
      seen.set(key, place ?? `第 ${i + 1} 行`);
    }
    if (line && loan) {
      const before = facts.known.get(lineKey(loan.id, line.period));
      if (before === lineContent(line)) return { outcome: 'same' };
      if (before !== undefined)
        found.push(
          fault(
            'REPORT_CONFLICT',
            'dueBillNo',
            line.dueBillNo,
            `借据号「${line.dueBillNo}」${line.period} 的月报已收到，内容与本次不同`,
          ),
        );
    }
    if (loan) found.push(...lineFaults(fields, loan, facts));
    if (found.length > 0 || !line || !loan) return { outcome: 'refused', faults: found };
    return { outcome: 'new', line, loan, expected: expectedInMonth(loan.terms, line.period) };
  });
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
  if (
    loan.status === 'paidOff' &&
    f.period !== undefined &&
    loan.lastReportPeriod !== null &&
    f.period > loan.lastReportPeriod &&
    outstanding?.greaterThan(ZERO)
  ) {
    found.push(fault('LOAN_PAID_OFF', 'outstandingPrincipal', toWire(outstanding), '该笔贷款已结清'));
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

/** Where a report's line differs from the contract's own arithmetic: shown, not refused. */
export function differences(
  line: Pick<WholeLine, 'outstandingPrincipal' | 'principalRepaid' | 'interestPaid'>,
  expected: Expected,
) {
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

function fault(code: string, field: string, value: string, message: string): Fault {
  return { code, field, value, message };
}
