import type { Context } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { issue } from '../documents/service.ts';
import { longDate, yuan } from '../documents/wording.ts';
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

/** 补贴决定书 of an application just approved, to the enterprise. */
export async function issueDecision(
  tx: Tx,
  ctx: Context,
  row: PaperRow,
  facts: PaperFacts,
  on: LocalDate,
): Promise<void> {
  const scheme = schemeByCode(row.schemeCode);
  const granted = row.granted!.toFixed(2);
  const lines = linesOf(row).map((line) => ({
    ...line,
    granted: line.granted ?? '0.00',
    decided: line.decided ?? '0.00',
  }));
  const budget = valueOn(scheme.budget, on, facts.added);
  const clawback = valueOn(scheme.clawback, on, facts.added);
  const publicity = valueOn(scheme.publicity, on, facts.added);
  const { payee } = requestOf(row);
  const cites = [publicity.citation, budget.citation, clawback.citation];
  await issue(tx, ctx, {
    ...{ kind: 'subsidyDecision', subject: roundSubject(row.id, 1), poolCode: row.poolCode, bankCode: null },
    enterpriseUscc: row.enterpriseUscc,
    publicFacts: [
      { label: '企业名称', value: row.enterpriseName },
      { label: '补贴金额', value: granted },
    ],
    view: {
      ...headOf('补贴决定书', { schemeCode: row.schemeCode, issuer: facts.authority, on }, cites, lines),
      ...{ addressee: row.enterpriseName, application: applicationOf(row), lines, granted },
      decided: row.decided!.toFixed(2),
      notes: await notesOf(tx, row, scheme.budget.describe(budget.value)),
      payee: {
        name: payee.accountName || row.enterpriseName,
        bank: payee.bankName || '尚未填报，请及时补报',
        number: payee.accountNo || '尚未填报，请及时补报',
      },
      duties: [KEEP_BOOKS, `${scheme.clawback.describe(clawback.value)}。`],
      remedy: remedy('决定书'),
    },
  });
}

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
