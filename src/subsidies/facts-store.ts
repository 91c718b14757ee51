import type { DayCountBasis } from '../calendar/day-count.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { addDays } from '../calendar/local-date.ts';
import { lastDay } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, fromDb } from '../db/decimal.ts';
import type { RepaymentMethod } from '../loans/schedule.ts';
import { money } from '../money/money.ts';
import { ratePercent } from '../money/rate.ts';
import { foldName } from '../parties/uscc.ts';
import type { EarlierAmount } from '../policy/kinds/subsidy-caps.ts';
import type { SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import type { SubsidyHistory } from './facts.ts';
import type { VoucherLoan } from './interest.ts';
import type { Use } from './request.ts';

const PARTNER_KINDS: Record<SubsidyKind, string | null> = {
  premium: 'insurer',
  interest: 'partnerBank',
  guaranteeFee: 'guarantor',
  valuationFee: 'valuer',
  rndProject: null,
};

/**
 * Tells whether an institution is on the register of partners (科技金融合作机构) for a kind of cost on a day. A kind that has no register answers
 * undefined: it was not looked up.
 */
export async function partnerRegister(
  tx: Tx,
): Promise<(kind: SubsidyKind, name: string, on: LocalDate) => boolean | undefined> {
  const rows = await tx.institution.findMany({
    where: { kind: { in: ['insurer', 'partnerBank', 'guarantor', 'valuer'] } },
    include: { partnerships: true },
  });
  return (kind, name, on) => {
    const all = rows.filter((row) => row.kind === PARTNER_KINDS[kind]);
    if (all.length === 0) return undefined;
    const found = all.find((row) => foldName(row.name) === foldName(name));
    return (
      found?.partnerships.some(
        (p) => dateFromDb(p.validFrom) <= on && (p.validTo === null || on <= dateFromDb(p.validTo)),
      ) ?? false
    );
  };
}

/**
 * What enterprises were granted before by a scheme, by code; decided and not refused counts, and more that a correction has kept for them, less what has
 * come back. `except`: the applications that are judged.
 */
export async function historyOf(
  tx: Tx,
  scheme: string,
  year: number,
  usccs: string[],
  except: bigint[],
): Promise<Map<string, SubsidyHistory>> {
  const rows = await tx.$queryRaw<
    { uscc: string; kind: SubsidyKind; class: string | null; year: number; amount: string; lines: number }[]
  >`
    SELECT l.enterprise_uscc AS uscc, l.kind, l.class, l.year, sum(coalesce(l.granted, l.decided) + l.adjusted + coalesce(more.amount, 0) - coalesce(back.received, 0))::text AS amount, count(DISTINCT coalesce(l.continues_line_id, l.id))::int AS lines
      FROM subsidy_line l JOIN subsidy_application a ON a.id = l.application_id
      LEFT JOIN (SELECT line_id, sum(received) AS received FROM subsidy_clawback GROUP BY line_id) back ON back.line_id = l.id
      LEFT JOIN (SELECT line_id, sum(amount) AS amount FROM subsidy_supplement WHERE cause = 'correction' AND status = 'proposed' AND amount > 0 GROUP BY line_id) more ON more.line_id = l.id
     WHERE l.scheme_code = ${scheme} AND l.enterprise_uscc = ANY (${usccs}::text[]) AND a.id <> ALL (${except}::bigint[])
       AND a.status IN ('decided', 'published', 'granted', 'approved', 'paid') AND l.status IN ('allowed', 'held')
     GROUP BY l.enterprise_uscc, l.kind, l.class, l.year`;
  return new Map(
    usccs.map((uscc) => [
      uscc,
      historyFrom(
        rows.filter((row) => row.uscc === uscc),
        year,
      ),
    ]),
  );
}

function historyFrom(
  rows: { kind: SubsidyKind; class: string | null; year: number; amount: string; lines: number }[],
  year: number,
): SubsidyHistory {
  const linesBefore: NonNullable<SubsidyHistory['linesBefore']> = {};
  const years = new Map<SubsidyKind, Set<number>>();
  const earlier = rows.map((row): EarlierAmount => {
    if (row.year === year) linesBefore[row.kind] = (linesBefore[row.kind] ?? 0) + row.lines;
    else years.set(row.kind, (years.get(row.kind) ?? new Set()).add(row.year));
    return { kind: row.kind, class: row.class ?? undefined, thisYear: row.year === year, amount: money(row.amount) };
  });
  return { earlier, linesBefore, yearsBefore: Object.fromEntries([...years].map(([kind, set]) => [kind, set.size])) };
}

/** Which of these are in use by another application. */
export async function takenUses(tx: Tx, uses: Use[], except: bigint | null): Promise<Use[]> {
  return tx.$queryRaw<Use[]>`
    SELECT kind, key FROM subsidy_taken(${uses.map((u) => u.kind)}::text[], ${uses.map((u) => u.key)}::text[], ${except}::bigint)`;
}

/** A loan of the enterprise that is in the programme, as its filing and its balances tell it; null: it is not. */
export async function programmeLoan(tx: Tx, uscc: string, dueBillNo: string): Promise<VoucherLoan | null> {
  const filing = await tx.loanFiling.findFirst({
    where: { enterpriseUscc: uscc, dueBillNo, status: 'consented' },
    include: { loan: { include: { events: { orderBy: [{ occurredOn: 'asc' }, { id: 'asc' }] } } } },
  });
  if (!filing) return null;
  const late = await tx.balanceReportLine.findFirst({
    where: { loanId: filing.id, overdueDays: { gt: 0 } },
    orderBy: { period: 'asc' },
  });
  let outstanding = money('0.00');
  const balances = (filing.loan?.events ?? []).flatMap(({ kind, occurredOn, principalDelta }) => {
    outstanding = outstanding.plus(fromDb(principalDelta));
    return kind === 'admission' ? [] : [{ on: dateFromDb(occurredOn), outstanding }];
  });
  return {
    terms: {
      principal: fromDb(filing.principal),
      annualRate: ratePercent(filing.annualRate.toFixed()),
      disbursedOn: dateFromDb(filing.disbursedOn),
      maturesOn: dateFromDb(filing.maturesOn),
      dayCountBasis: filing.dayCountBasis as DayCountBasis,
      repaymentMethod: filing.repaymentMethod as RepaymentMethod,
    },
    balances,
    overdueFrom: late ? addDays(lastDay(late.period), -late.overdueDays) : undefined,
  };
}

/** The pool in whose region an enterprise is registered, by enterprise: its unit recommends. */
export async function areasOf(tx: Tx, usccs: string[]): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ uscc: string; pool: string }[]>`
    SELECT DISTINCT ON (e.uscc) e.uscc, p.code AS pool FROM enterprise e JOIN pool p ON true, unnest(p.regions) region
     WHERE e.uscc = ANY (${usccs}::text[]) AND position(region IN e.registered_at) > 0 ORDER BY e.uscc, length(region) DESC, p.code`;
  return new Map(rows.map(({ uscc, pool }) => [uscc, pool]));
}
