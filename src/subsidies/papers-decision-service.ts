import type { Context } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { issue } from '../documents/service.ts';
import type { PrintedSubsidyLine, SubsidyDecisionView } from '../documents/subsidy-views.ts';
import { longDate, yuan } from '../documents/wording.ts';
import type { Citation } from '../errors.ts';
import { money } from '../money/money.ts';
import { valueOn } from '../policy/clause.ts';
import { schemeByCode } from '../policy/register.ts';
import {
  applicationOf,
  headOf,
  linesOf,
  type PaperFacts,
  type PaperRow,
  roundSubject,
} from './papers-facts-service.ts';
import { KEEP_BOOKS, remedy } from './papers-words.ts';
import { requestOf } from './store.ts';

/** What one decision letter says of its own. */
interface Decided {
  subject: string;
  lines: PrintedSubsidyLine[];
  decided: string;
  granted: string;
  notes: string[];
  on: LocalDate;
  /** articles beside those of every decision */
  cites?: Citation[];
  correction?: SubsidyDecisionView['correction'];
}

/** 补贴决定书 of an application just approved, to the enterprise. */
export async function issueDecision(
  tx: Tx,
  ctx: Context,
  row: PaperRow,
  facts: PaperFacts,
  on: LocalDate,
): Promise<void> {
  const { budget } = schemeByCode(row.schemeCode);
  const rule = budget.describe(valueOn(budget, on, facts.added).value);
  await issueLetter(tx, ctx, row, facts, {
    ...{ subject: roundSubject(row.id, 1), on, decided: row.decided!.toFixed(2), granted: row.granted!.toFixed(2) },
    lines: linesOf(row).map((l) => ({ ...l, granted: l.granted ?? '0.00', decided: l.decided ?? '0.00' })),
    notes: await notesOf(tx, row, rule),
  });
}

/** 补贴决定书 of each line whose grant changed after its batch was shared out: an objection that fell away, a correction. What has one keeps it. */
export async function issueSupplements(tx: Tx, ctx: Context, row: PaperRow, facts: PaperFacts): Promise<void> {
  const all = await tx.subsidySupplement.findMany({
    where: { applicationId: row.id, status: { in: ['approved', 'ordered'] } },
    ...{ include: { line: true, corrections: true }, orderBy: { id: 'asc' } },
  });
  const first = await tx.document.findUnique({
    where: { kind_subject: { kind: 'subsidyDecision', subject: roundSubject(row.id, 1) } },
    select: { number: true },
  });
  const lines = linesOf(row);
  for (const { id, line, amount, decidedOn, corrections } of all) {
    const granted = amount.toFixed(2);
    const printed = { ...lines[line.place - 1]!, granted };
    const corrected = corrections[0];
    await issueLetter(tx, ctx, row, facts, {
      ...{ subject: `subsidy:${row.id}:supplement:${id}`, on: dateFromDb(decidedOn!), lines: [printed], granted },
      decided: printed.decided ?? '0.00',
      notes: ['该项公示期内有异议，暂缓办理；经核实异议不成立，现按分配预算时预留的份额补充安排。'],
      ...(corrected && {
        cites: corrected.cites as unknown as Citation[],
        correction: {
          ...{ before: corrected.amountBefore.toFixed(2), after: corrected.amountAfter.toFixed(2) },
          ...{ difference: granted, reason: corrected.reason, decisionNumber: first?.number },
        },
      }),
    });
  }
}

async function issueLetter(tx: Tx, ctx: Context, row: PaperRow, facts: PaperFacts, letter: Decided): Promise<void> {
  const { subject, lines, decided, granted, notes, on, correction } = letter;
  const { budget, clawback, publicity } = schemeByCode(row.schemeCode);
  const barred = valueOn(clawback, on, facts.added);
  const cites = [publicity, budget].map((clause) => valueOn<unknown>(clause, on, facts.added).citation);
  const { payee } = requestOf(row);
  const { accountName: name, bankName: bank, accountNo: number } = payee;
  await issue(tx, ctx, {
    ...{ kind: 'subsidyDecision', subject, poolCode: row.poolCode, bankCode: null },
    enterpriseUscc: row.enterpriseUscc,
    publicFacts: [
      { label: '企业名称', value: row.enterpriseName },
      { label: '补贴金额', value: granted },
    ],
    view: {
      ...headOf(
        correction ? '补贴更正决定书' : '补贴决定书',
        { schemeCode: row.schemeCode, issuer: facts.authority, on },
        [...cites, barred.citation, ...(letter.cites ?? [])],
        lines,
      ),
      ...{ addressee: row.enterpriseName, application: applicationOf(row), lines, decided, granted, notes, correction },
      payee: { name: name || row.enterpriseName, bank: bank || UNTOLD, number: number || UNTOLD },
      duties: [KEEP_BOOKS, `${clawback.describe(barred.value)}。`],
      remedy: remedy('决定书'),
    },
  });
}

const UNTOLD = '尚未填报，请及时补报';

/** How the budget was shared, where it did not reach for everything. */
async function notesOf(tx: Tx, row: PaperRow, rule: string): Promise<string[]> {
  const [decided, granted] = [row.decided!.toFixed(2), row.granted!.toFixed(2)];
  if (money(granted).gte(money(decided))) return [];
  const batch = await tx.subsidyBatch.findUnique({
    where: { schemeCode_year_no: { schemeCode: row.schemeCode, year: row.year, no: row.batchNo } },
  });
  const shared = row.events.findLast(({ kind }) => kind === 'granted');
  const { deferred = '0.00' } = (shared?.details ?? {}) as { deferred?: string };
  const of = batch?.demand && batch.available;
  return [
    ...(of
      ? [
          `本批核定补贴合计 ${yuan(batch.demand!.toFixed(2))} 元，${longDate(dateFromDb(batch.allocatedOn!))}分配时可用预算 ${yuan(batch.available!.toFixed(2))} 元。${rule}。`,
        ]
      : [`${rule}。`]),
    `你单位核定补贴 ${yuan(decided)} 元，本批安排 ${yuan(granted)} 元。`,
    ...(money(deferred).isZero() ? [] : [`未安排的 ${yuan(deferred)} 元转下一年度办理。`]),
  ];
}
