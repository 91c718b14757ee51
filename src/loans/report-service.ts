import { audit } from '../access/audit.ts';
import { type Context, ownBank, permit } from '../access/context.ts';
import type { DayCountBasis } from '../calendar/day-count.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError, type Fault } from '../errors.ts';
import { money, sum } from '../money/money.ts';
import { ratePercent } from '../money/rate.ts';
import type { Explanation } from '../policy/explanation.ts';
import type { LoanClassification } from '../policy/five-categories.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { checkBreaker } from '../pool/breaker-service.ts';
import { lockPool } from '../pool/service.ts';
import type { LockedPool } from '../pool/store.ts';
import { type LoanMove, moveLoans } from './movement-service.ts';
import { placeOf } from './placement.ts';
import {
  type Difference,
  differences,
  explainExpected,
  judgeLines,
  type LineFacts,
  type LineJudgement,
  lineContent,
  lineKey,
  type ReportedLoan,
  type ReportFields,
} from './report.ts';
import type { RepaymentMethod } from './schedule.ts';
import {
  differingLines,
  insertReportLines,
  isSettling,
  knownReportLines,
  loansByDueBill,
  missingLoans,
  openReport,
  repaymentsByMonth,
  reportMoves,
} from './store.ts';

export interface ReportRequest {
  period: SettlementPeriod;
  poolCode?: string;
  /** given when lines replace what was sent for their loan's latest month */
  correctionReason?: string;
  lines: {
    dueBillNo: string;
    outstandingPrincipal: string;
    principalRepaid: string;
    interestPaid: string;
    loanClassification: LoanClassification;
    overdueDays: number;
    paidOff: boolean;
  }[];
}

export interface ReportSummary {
  id: string;
  bankCode: string;
  period: SettlementPeriod;
  receivedOn: LocalDate;
  lines: number;
  missingTotal: number;
}

export interface ReportView extends ReportSummary {
  differencesTotal: number;
  missing: { dueBillNo: string; enterprise: string; poolCode: string }[];
  /** `explanation`: how the contract gives what was expected */
  differences: (Difference & { dueBillNo: string; explanation: Explanation })[];
}

/** Of missing and differing loans so many are named; the totals tell of the rest. */
const NAMED = 1_000;

/**
 * A bank's monthly report (月报) by API: all of it or nothing. The same lines again change nothing; other figures for a month received already need a
 * reason, and then the difference is booked in the open month.
 * @throws DomainError REPORT_REFUSED (422) with each line's faults
 */
export async function reportBalances(ctx: Context, request: ReportRequest): Promise<ReportView> {
  permit(ctx, 'loan.report');
  return inTransaction(ctx, async (tx) => {
    const candidates = request.lines.map((line) => ({
      fields: {
        ...line,
        period: request.period,
        outstandingPrincipal: money(line.outstandingPrincipal),
        principalRepaid: money(line.principalRepaid),
        interestPaid: money(line.interestPaid),
      },
      faults: [],
    }));
    const facts = await gatherLoans(
      tx,
      ctx,
      candidates.map((c) => c.fields),
      request.poolCode ?? null,
      request.correctionReason !== undefined,
    );
    const judged = judgeLines(candidates, facts);
    const errors = judged.flatMap((j, i): Fault[] =>
      j.outcome === 'refused'
        ? j.faults.map((f) => ({ ...f, row: i + 1, field: f.field === 'period' ? 'period' : `lines.${i}.${f.field}` }))
        : [],
    );
    if (errors.length > 0)
      throw new DomainError('REPORT_REFUSED', `月报不符合要求，共 ${errors.length} 处：${errors[0]!.message}`, {
        errors,
      });
    await acceptLines(tx, ctx, judged, { importId: null, correctionReason: request.correctionReason });
    return readReport(tx, ownBank(ctx), request.period);
  });
}

/** What the judge of a report needs to know, in a few look-ups; the pools it moves are locked first, in order. */
export async function gatherLoans(
  tx: Tx,
  ctx: Context,
  lines: ReportFields[],
  poolCode: string | null,
  correcting: boolean,
): Promise<LineFacts> {
  const bank = ownBank(ctx);
  const dueBills = [...new Set(lines.flatMap((l) => l.dueBillNo ?? []))];
  const periods = [...new Set(lines.flatMap((l) => l.period ?? []))];
  const rules = await rulebook(tx);
  const pools = [...new Set((await loansByDueBill(tx, bank, dueBills, poolCode)).map((l) => l.poolCode))].sort();
  for (const pool of pools) await lockPool(tx, pool);
  if (await isSettling(tx, pools, periods))
    throw new DomainError('SETTLING', '该月正在结算，请稍后再报', { status: 503 });
  const loans = new Map(
    (await loansByDueBill(tx, bank, dueBills, poolCode)).map((row): [string, ReportedLoan] => [
      row.dueBillNo,
      asReported(row),
    ]),
  );
  const ids = [...loans.values()].map((l) => l.id);
  const known = (await knownReportLines(tx, ids, periods)).map((k): [string, string] => [
    lineKey(k.loanId, k.period),
    lineContent({
      outstandingPrincipal: money(k.outstanding),
      principalRepaid: money(k.repaid),
      interestPaid: money(k.interest),
      loanClassification: k.classification as LoanClassification,
      overdueDays: k.overdueDays,
      paidOff: k.paidOff,
    }),
  ]);
  const repaid = Map.groupBy(await repaymentsByMonth(tx, ids), (r) => r.loanId);
  const repaidAfter = (id: bigint, period: SettlementPeriod) =>
    sum((repaid.get(id) ?? []).filter((r) => r.month > period).map((r) => money(r.amount)));
  return { today: ctx.today, loans, known: new Map(known), added: rules.added, repaidAfter, correcting };
}

/** A loan with its terms and its policy, as reports look at it. */
export function asReported({
  annualRate,
  drawn,
  contractMatures,
  dayCountBasis,
  repaymentMethod,
  policyCode,
  ...loan
}: Awaited<ReturnType<typeof loansByDueBill>>[number]): ReportedLoan {
  return {
    ...loan,
    policy: policyByCode(policyCode),
    terms: {
      principal: loan.principal,
      annualRate: ratePercent(fromDb(annualRate).toFixed()),
      disbursedOn: drawn,
      maturesOn: contractMatures,
      dayCountBasis: dayCountBasis as DayCountBasis,
      repaymentMethod: repaymentMethod as RepaymentMethod,
    },
  };
}

type NewLine = Extract<LineJudgement, { outcome: 'new' }>;

/** Keeps the new lines and moves their loans to the latest reported balance, month by month. */
export async function acceptLines(
  tx: Tx,
  ctx: Context,
  judged: LineJudgement[],
  about: { importId: string | null; correctionReason?: string },
): Promise<void> {
  const accepted = judged.filter((j): j is NewLine => j.outcome === 'new');
  const bank = ownBank(ctx);
  const moves =
    about.correctionReason === undefined
      ? new Map<bigint, number>()
      : await reportMoves(
          tx,
          accepted.map((a) => a.loan.id),
        );
  for (const period of [...new Set(accepted.map((a) => a.line.period))].sort()) {
    const lines = accepted.filter((a) => a.line.period === period);
    const reportId = await openReport(tx, bank, period, ctx.today, about.importId);
    for (const poolCode of [...new Set(lines.map((l) => l.loan.poolCode))].sort()) {
      const pool = await lockPool(tx, poolCode);
      const moved = lines
        .filter((l) => l.loan.poolCode === poolCode)
        .flatMap((l) => moveOf(ctx, pool, l, moves.get(l.loan.id)));
      await moveLoans(tx, ctx, pool, moved);
      // A later month in the same file starts from where this one ends.
      for (const { loan, outstanding } of moved) loan.outstandingPrincipal = outstanding;
    }
    await insertReportLines(
      tx,
      bank,
      ctx.today,
      lines.map(({ line, loan, expected }) => ({ ...line, loan, expected, reportId })),
    );
    await audit(tx, ctx, {
      action: about.correctionReason === undefined ? 'report.receive' : 'report.correct',
      subject: `report:${reportId}`,
      after: { period, lines: lines.length, reason: about.correctionReason ?? null },
    });
    for (const poolCode of [...new Set(lines.map((l) => l.loan.poolCode))].sort())
      await checkBreaker(tx, ctx, poolCode, { event: 'report', reference: `report:${reportId}`, on: lastDay(period) });
  }
}

/** A month older than what the loan has reported keeps its line and moves nothing; what was repaid after the month's end stays repaid. */
function moveOf(ctx: Context, pool: LockedPool, { line, loan, repaidLater }: NewLine, correction?: number): LoanMove[] {
  const late = loan.lastReportPeriod !== null && line.period < loan.lastReportPeriod;
  const outstanding = line.outstandingPrincipal.minus(repaidLater);
  if (late || outstanding.equals(loan.outstandingPrincipal)) return [];
  const reference = `report:${loan.id}:${line.period}${correction === undefined ? '' : `:${correction + 1}`}`;
  const place = placeOf(lastDay(line.period), loan, ctx.today, pool.lockedThrough);
  return [
    {
      loan,
      kind: 'report',
      outstanding,
      reference,
      ...place,
      interest: line.interestPaid,
      details: { period: line.period },
    },
  ];
}

/** A bank's report of a month: what is missing and where it differs from the contracts' own arithmetic. */
async function readReport(tx: Tx, bank: string, period: SettlementPeriod): Promise<ReportView> {
  const report = await tx.balanceReport.findUnique({ where: { bankCode_period: { bankCode: bank, period } } });
  if (!report) throw new DomainError('NOT_FOUND', '没有收到这个月的月报', { status: 404 });
  const { rows: missing, total: missingTotal } = counted(await missingLoans(tx, bank, period, lastDay(period), NAMED));
  const { rows, total: differencesTotal } = counted(await differingLines(tx, report.id, NAMED));
  return {
    ...{
      id: report.id,
      bankCode: bank,
      period,
      receivedOn: dateFromDb(report.receivedOn),
      lines: await tx.balanceReportLine.count({ where: { reportId: report.id } }),
    },
    ...{ missingTotal, differencesTotal, missing },
    differences: rows.flatMap((r) =>
      differences(
        {
          outstandingPrincipal: money(r.outstanding),
          principalRepaid: money(r.repaid),
          interestPaid: money(r.interest),
        },
        {
          outstanding: money(r.expectedOutstanding),
          principal: money(r.expectedPrincipal),
          interest: money(r.expectedInterest),
        },
      ).map((d) => ({ dueBillNo: r.dueBillNo, ...d, explanation: explainExpected(d, period, r) })),
    ),
  };
}

function counted<T extends { total: number }>(rows: T[]): { rows: Omit<T, 'total'>[]; total: number } {
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}

/** A report of the actor's own. @throws DomainError NOT_FOUND (404) */
export async function findReport(ctx: Context, id: string): Promise<ReportView> {
  permit(ctx, 'loan.read');
  return inTransaction(ctx, async (tx) => {
    const report = await tx.balanceReport.findUnique({ where: { id } });
    if (!report) throw new DomainError('NOT_FOUND', '没有这份月报', { status: 404 });
    return readReport(tx, report.bankCode, report.period);
  });
}
