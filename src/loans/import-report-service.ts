import type { Context } from '../access/context.ts';
import { ownBank } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import type { Fault } from '../errors.ts';
import { BALANCE_COLUMNS } from '../files/columns.ts';
import { convertTable } from '../files/convert.ts';
import { mapTable } from '../files/map-table.ts';
import type { Table } from '../files/table.ts';
import { foldName } from '../parties/uscc.ts';
import type { ImportTask, Outcome } from './import-service.ts';
import { judgeLines } from './report.ts';
import { acceptLines, gatherLoans } from './report-service.ts';

/** 月报文件: every line judged against its loan, then all or the good ones taken. */
export async function takeReport(tx: Tx, ctx: Context, about: ImportTask, table: Table): Promise<Outcome> {
  const { rows, warnings } = convertTable(mapTable(table, BALANCE_COLUMNS));
  await about.tell('核查', 0, rows.length);
  const bank = await tx.institution.findUniqueOrThrow({ where: { code: ownBank(ctx) } });
  const candidates = rows.map(({ values: { classification, ...fields }, row, faults }) => ({
    fields: { ...fields, loanClassification: classification },
    faults: [...faults, ...otherBank(fields.bankName, bank.name)],
    place: `第 ${row} 行`,
  }));
  const facts = await gatherLoans(
    tx,
    ctx,
    candidates.map((c) => c.fields),
    about.poolCode,
    false,
  );
  const judged = judgeLines(candidates, facts);
  const refused = judged.flatMap((j, i) => {
    const { row, seq } = rows[i]!;
    return j.outcome === 'refused' ? [{ row, seq, errors: j.faults.map((f) => ({ ...f, row, seq })) }] : [];
  });
  await about.tell('登记', rows.length - refused.length, rows.length);
  const fresh = judged.filter((j) => j.outcome === 'new');
  if (about.mode === 'good' || refused.length === 0) await acceptLines(tx, ctx, fresh, { importId: about.id });
  return {
    rowsRead: rows.length,
    rowsNew: fresh.length,
    refused,
    warnings: [...warnings, ...rows.flatMap((r) => r.warnings)],
  };
}

function otherBank(name: string | undefined, own: string): Fault[] {
  if (name === undefined || foldName(name) === foldName(own)) return [];
  return [{ code: 'OTHER_BANK', field: 'bankName', value: name, message: `合作银行「${name}」不是本行「${own}」` }];
}
