import type { Context } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { issue } from '../documents/service.ts';
import { addUp } from '../documents/totals.ts';
import { valueOn } from '../policy/clause.ts';
import { schemeByCode } from '../policy/register.ts';
import { headOf, type PaperRow, paperFacts } from './papers-facts-service.ts';
import { publishedRows } from './publicity-service.ts';

/** The batches these applications are of, each once, with their budgets. */
export async function batchesOf(tx: Tx, rows: readonly PaperRow[]) {
  const keys = new Map(rows.map((r) => [`${r.schemeCode} ${r.year} ${r.batchNo}`, r]));
  const OR = [...keys.values()].map(({ schemeCode, year, batchNo: no }) => ({ schemeCode, year, no }));
  return OR.length === 0 ? [] : tx.subsidyBatch.findMany({ where: { OR }, include: { budget: true } });
}

/** 拟补贴名单公示 of the batches whose applications were published. */
export async function issuePublicity(tx: Tx, ctx: Context, rows: readonly PaperRow[], on: LocalDate): Promise<void> {
  for (const batch of await batchesOf(tx, rows)) {
    const { authority, added } = await paperFacts(tx, []);
    const { schemeCode, year, no } = batch;
    const { publicity } = schemeByCode(schemeCode);
    const { value, citation } = valueOn(publicity, dateFromDb(batch.publishedOn!), added);
    const listed = await publishedRows(tx, batch, 'decided');
    const total = addUp(listed.map(({ amount }) => amount));
    await issue(tx, ctx, {
      ...{ kind: 'subsidyPublicity', subject: `subsidyBatch:${batch.id}`, poolCode: null, bankCode: null },
      publicFacts: [
        { label: '批次', value: `${year}年第${no}批` },
        { label: '公示户数', value: `${listed.length} 户` },
        { label: '拟补贴合计', value: total },
      ],
      view: {
        ...headOf(`${year}年第${no}批拟补贴名单公示`, { schemeCode, issuer: authority, on }, [citation]),
        ...{ scheme: schemeByCode(schemeCode).document.title, year, batchNo: no, total },
        ...{ publishedOn: dateFromDb(batch.publishedOn!), objectionsTo: dateFromDb(batch.objectionsTo!) },
        ...{ workingDays: value.workingDays, provisionalClock: batch.provisional },
        rows: listed.map(({ enterpriseName, project, amount }) => ({ enterprise: enterpriseName, project, amount })),
      },
    });
  }
}
