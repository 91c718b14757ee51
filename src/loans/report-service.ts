import { audit } from '../access/audit.ts';
import { type Context, ownBank, permit } from '../access/context.ts';
import type { DayCountBasis } from '../calendar/day-count.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError, type Fault } from '../errors.ts';
import { placeInOpenMonth } from '../ledger/journal-entry.ts';
import { money } from '../money/money.ts';
import { ratePercent } from '../money/rate.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { lockPool } from '../pool/service.ts';
import type { LockedPool } from '../pool/store.ts';
import type { LoanClassification } from './classification.ts';
import { type LoanMove, moveLoans } from './loan-service.ts';
import {
  differences,
  judgeLines,
  type LineFacts,
  type LineJudgement,
  lineContent,
  lineKey,
  type ReportedLoan,
  type ReportFields,
} from './report.ts';
import type { RepaymentMethod } from './schedule.ts';
import { insertReportLines, knownReportLines, loansByDueBill, missingLoans, openReport } from './store.ts';

export interface ReportRequest {
  period: SettlementPeriod;
  poolCode?: string;
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

export interface ReportView {
  id: string;
  bankCode: string;
  period: SettlementPeriod;
  receivedOn: LocalDate;
  lines: number;
  missing: { dueBillNo: string; enterprise: string; poolCode: string }[];
  differences: { dueBillNo: string; field: string; reported: string; expected: string; difference: string }[];
}

/** A bank's monthly report (月报) by API: all of it or nothing. The same lines again change nothing. @throws DomainError REPORT_REFUSED (422) with each line's faults */
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
    );
    const judged = judgeLines(candidates, facts);
    const errors = judged.flatMap((j, i): Fault[] =>
      j.outcome === 'refused' ? j.faults.map((f) => ({ ...f, row: i + 1, field: `lines.${i}.${f.field}` })) : [],
    );
    if (errors.length > 0)
      throw new DomainError('REPORT_REFUSED', `月报不符合要求，共 ${errors.length} 处：${errors[0]!.message}`, {
        errors,
      });
    await acceptLines(tx, ctx, judged, null);
    return readReport(tx, ownBank(ctx), request.period);
  });
}

/** What the judge of a report needs to know, in three look-ups; the pools it moves are locked first, in order. */
export async function gatherLoans(
  tx: Tx,
  ctx: Context,
  lines: ReportFields[],
  poolCode: string | null,
): Promise<LineFacts> {
  const bank = ownBank(ctx);
  const dueBills = [...new Set(lines.flatMap((l) => l.dueBillNo ?? []))];
  const rules = await rulebook(tx);
  for (const pool of [...new Set((await loansByDueBill(tx, bank, dueBills, poolCode)).map((l) => l.poolCode))].sort())
    await lockPool(tx, pool);
  const found = await loansByDueBill(tx, bank, dueBills, poolCode);
  const loans = new Map(
    found.map(
      ({
        annualRate,
        drawn,
        contractMatures,
        dayCountBasis,
        repaymentMethod,
        policyCode,
        ...loan
      }): [string, ReportedLoan] => [
        loan.dueBillNo,
        {
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
        },
      ],
    ),
  );
  const known = await knownReportLines(
    tx,
    [...loans.values()].map((l) => l.id),
    [...new Set(lines.flatMap((l) => l.period ?? []))],
  );
  const content = known.map((k): [string, string] => [
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
  return { today: ctx.today, loans, known: new Map(content), added: rules.added };
}

type NewLine = Extract<LineJudgement, { outcome: 'new' }>;

/** Keeps the new lines and moves their loans to the latest reported balance, month by month. */
export async function acceptLines(
  tx: Tx,
  ctx: Context,
  judged: LineJudgement[],
  importId: string | null,
): Promise<void> {
  const accepted = judged
    .filter((j): j is NewLine => j.outcome === 'new')
    .sort((a, b) => (a.line.period < b.line.period ? -1 : a.line.period > b.line.period ? 1 : 0));
  const bank = ownBank(ctx);
  for (const period of [...new Set(accepted.map((a) => a.line.period))]) {
    const lines = accepted.filter((a) => a.line.period === period);
    const reportId = await openReport(tx, bank, period, ctx.today, importId);
    for (const poolCode of [...new Set(lines.map((l) => l.loan.poolCode))].sort()) {
      const pool = await lockPool(tx, poolCode);
      const moves = lines.filter((l) => l.loan.poolCode === poolCode).flatMap((l) => moveOf(ctx, pool, l));
      await moveLoans(tx, ctx, pool, moves);
      // A later month in the same file starts from where this one ends.
      for (const { loan, outstanding } of moves) loan.outstandingPrincipal = outstanding;
    }
    await insertReportLines(
      tx,
      bank,
      ctx.today,
      lines.map(({ line, loan, expected }) => ({ ...line, loan, expected, reportId })),
    );
    await audit(tx, ctx, {
      action: 'report.receive',
      subject: `report:${reportId}`,
      after: { period, lines: lines.length },
    });
  }
}

/** A month older than what the loan has reported keeps its line and moves nothing. */
function moveOf(ctx: Context, pool: LockedPool, { line, loan }: NewLine): LoanMove[] {
  const late = loan.lastReportPeriod !== null && line.period < loan.lastReportPeriod;
  if (late || line.outstandingPrincipal.equals(loan.outstandingPrincipal)) return [];
  const end = lastDay(line.period);
  const place =
    end < loan.admittedOn
      ? { occurredOn: ctx.today, belongsTo: line.period }
      : placeInOpenMonth(end, ctx.today, pool.lockedThrough);
  return [
    {
      loan,
      kind: 'report',
      outstanding: line.outstandingPrincipal,
      reference: `report:${loan.id}:${line.period}`,
      ...place,
      interest: line.interestPaid,
      details: { period: line.period },
    },
  ];
}

/** A bank's report of a month: what is missing and where it differs from the contracts' own arithmetic. */
export async function readReport(tx: Tx, bank: string, period: SettlementPeriod): Promise<ReportView> {
  const report = await tx.balanceReport.findUnique({
    where: { bankCode_period: { bankCode: bank, period } },
    include: { lines: { include: { loan: { select: { dueBillNo: true } } }, orderBy: { loanId: 'asc' } } },
  });
  const found = report?.lines.flatMap((l) =>
    differences(
      {
        outstandingPrincipal: fromDb(l.outstandingPrincipal),
        principalRepaid: fromDb(l.principalRepaid),
        interestPaid: fromDb(l.interestPaid),
      },
      {
        outstanding: fromDb(l.expectedOutstanding),
        principal: fromDb(l.expectedPrincipal),
        interest: fromDb(l.expectedInterest),
      },
    ).map((d) => ({ dueBillNo: l.loan.dueBillNo, ...d })),
  );
  return {
    id: report?.id ?? '',
    bankCode: bank,
    period,
    receivedOn: report ? dateFromDb(report.receivedOn) : '',
    lines: report?.lines.length ?? 0,
    missing: await missingLoans(tx, bank, period, lastDay(period)),
    differences: found ?? [],
  };
}

/** The reports the actor may see, newest month first. */
export async function listReports(
  ctx: Context,
  filter: { bankCode?: string; period?: string },
  page: { take: number; skip: number },
): Promise<{ total: number; items: ReportView[] }> {
  permit(ctx, 'loan.read');
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.balanceReport.findMany({
      where: filter,
      orderBy: [{ period: 'desc' }, { bankCode: 'asc' }],
      ...page,
      select: { bankCode: true, period: true },
    });
    const items: ReportView[] = [];
    for (const { bankCode, period } of rows) items.push(await readReport(tx, bankCode, period));
    return { total: await tx.balanceReport.count({ where: filter }), items };
  });
}
