import type { Context } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { ENTERPRISE_COLUMNS } from '../files/columns.ts';
import { convertTable } from '../files/convert.ts';
import { mapTable } from '../files/map-table.ts';
import type { Table } from '../files/table.ts';
import { checkEnterprises, upsertEnterprises } from '../parties/enterprise-service.ts';
import type { ImportTask, Outcome } from './import-service.ts';

/** 企业名录: every line judged against the register, then all or the good ones written. */
export async function takeEnterprises(tx: Tx, ctx: Context, about: ImportTask, table: Table): Promise<Outcome> {
  const { rows, warnings } = convertTable(mapTable(table, ENTERPRISE_COLUMNS));
  await about.tell('核查', 0, rows.length);
  const judged = await checkEnterprises(
    tx,
    rows.map(({ values, faults }) => ({ fields: values, faults })),
  );
  const refused = judged.flatMap((j, i) => {
    const { row, seq } = rows[i]!;
    return j.outcome === 'refused' ? [{ row, seq, errors: j.faults.map((f) => ({ ...f, row, seq })) }] : [];
  });
  await about.tell('登记', rows.length - refused.length, rows.length);
  const good = judged.flatMap((j) => (j.outcome === 'refused' ? [] : [j.fields]));
  if (about.mode === 'good' || refused.length === 0) await upsertEnterprises(tx, ctx, good);
  const doubts = judged.flatMap((j, i) => j.warnings.map((w) => ({ ...w, row: rows[i]!.row, seq: rows[i]!.seq })));
  return {
    rowsRead: rows.length,
    rowsNew: judged.filter((j) => j.outcome === 'new').length,
    refused,
    warnings: [...warnings, ...rows.flatMap((r) => r.warnings), ...doubts],
  };
}
