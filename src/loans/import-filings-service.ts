import type { Context } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import type { Fault } from '../errors.ts';
import { FILING_COLUMNS, type FilingValues } from '../files/columns.ts';
import { convertTable } from '../files/convert.ts';
import { mapTable } from '../files/map-table.ts';
import type { Table } from '../files/table.ts';
import type { Check } from '../policy/check.ts';
import type { FilingFields } from './filing.ts';
import { acceptFilings, gather } from './filing-service.ts';
import type { Outcome } from './import-service.ts';
import { type Judgement, judge } from './judge.ts';

/** Rows written by one statement. */
const BATCH = 5_000;

/** 备案文件: every row judged, then all or the good ones filed. */
export async function takeFilings(
  tx: Tx,
  ctx: Context,
  about: { id: string; poolCode: string | null; mode: string },
  table: Table,
): Promise<Outcome> {
  const poolCode = about.poolCode!;
  const { rows, warnings } = convertTable(mapTable(table, FILING_COLUMNS));
  const candidates = rows.map((row) => ({
    fields: fieldsOf(row.values),
    faults: row.faults,
    place: `第 ${row.row} 行`,
  }));
  const known = await gather(
    tx,
    ctx,
    poolCode,
    candidates.map((c) => c.fields),
  );
  const judged = judge(candidates, known);
  const refused = judged.flatMap((j, i) => {
    const { row, seq } = rows[i]!;
    return j.outcome === 'refused' ? [{ row, seq, errors: j.faults.map((f) => ({ ...f, row, seq })) }] : [];
  });
  const fresh = judged.filter((j) => j.outcome === 'new');
  if (about.mode === 'good' || refused.length === 0) {
    for (let i = 0; i < fresh.length; i += BATCH)
      await acceptFilings(tx, ctx, poolCode, fresh.slice(i, i + BATCH), about.id);
  }
  const doubts = rows.flatMap((row, i) => [
    ...row.warnings,
    ...checkWarnings(judged[i]!).map((w) => ({ ...w, row: row.row, seq: row.seq })),
  ]);
  return { rowsRead: rows.length, rowsNew: fresh.length, refused, warnings: [...warnings, ...doubts] };
}

function fieldsOf(values: Partial<FilingValues>): FilingFields {
  const { purpose, disbursementAccount, ...fields } = values;
  return {
    ...fields,
    purpose: purpose?.code,
    purposeText: purpose?.text ?? null,
    renewsContractNo: fields.renewsContractNo ?? null,
    accountNo: disbursementAccount ?? null,
  };
}

function checkWarnings(judged: Judgement): Fault[] {
  const checks: Check[] = judged.outcome === 'same' ? [] : judged.checks;
  return checks
    .filter((c) => c.verdict === 'warn')
    .map(({ code, field, value, message, cites }) => ({ code, field, value, message, cites }));
}
