import type { Context } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import type { Fault } from '../errors.ts';
import { FILING_COLUMNS, type FilingValues } from '../files/columns.ts';
import { rowConverter } from '../files/convert.ts';
import { type MappedTable, mapTable } from '../files/map-table.ts';
import type { Table } from '../files/table.ts';
import { TotalsCheck } from '../files/totals.ts';
import type { Check } from '../policy/check.ts';
import type { FilingFields } from './filing.ts';
import { acceptFilings, gather } from './filing-service.ts';
import type { ImportTask, Outcome } from './import-service.ts';
import { type Judgement, judging } from './judge.ts';

/** Rows judged together and written by one statement. */
const BATCH = 5_000;
const KEYS = ['enterpriseUscc', 'dueBillNo', 'renewsContractNo'];

/**
 * 备案文件: every row judged, then all or the good ones filed. While the database writes one batch the next is read and judged; if in the end nothing may
 * go in, what was written is taken back.
 */
export async function takeFilings(tx: Tx, ctx: Context, about: ImportTask, table: Table): Promise<Outcome> {
  const poolCode = about.poolCode!;
  const mapped = mapTable(table, FILING_COLUMNS);
  const judgeNext = judging(await gather(tx, ctx, poolCode, keysOf(mapped)));
  const convert = rowConverter(mapped);
  const totals = new TotalsCheck(mapped);
  const outcome: Outcome = { rowsRead: mapped.rows.length, rowsNew: 0, refused: [], warnings: [] };
  const judgeBatch = async (at: number): Promise<Fresh[]> => {
    // Lets the batch before leave for the database before this one keeps the thread busy.
    await new Promise((resume) => setTimeout(resume));
    const fresh: Fresh[] = [];
    for (const raw of mapped.rows.slice(at, at + BATCH)) {
      const { row, seq, values, faults, warnings } = convert(raw);
      totals.add(values);
      const judged = judgeNext({ fields: fieldsOf(values), faults, place: `第 ${row} 行` });
      if (judged.outcome === 'new') fresh.push(judged);
      if (judged.outcome === 'refused')
        outcome.refused.push({ row, seq, errors: judged.faults.map((f) => ({ ...f, row, seq })) });
      outcome.warnings.push(...warnings, ...checkWarnings(judged).map((w) => ({ ...w, row, seq })));
    }
    outcome.rowsNew += fresh.length;
    return fresh;
  };
  let telling = Promise.resolve(); // goes beside the work and never holds it up
  let writing: Promise<unknown> = tx.$executeRaw`SAVEPOINT rows`;
  for (let at = 0; at < mapped.rows.length; at += BATCH) {
    telling = telling.then(() => about.tell('核查并登记', at, mapped.rows.length));
    const [fresh] = await Promise.all([judgeBatch(at), writing]);
    const lost = about.mode === 'all' && outcome.refused.length > 0;
    writing = lost ? Promise.resolve() : acceptFilings(tx, ctx, poolCode, fresh, about.id);
  }
  await writing;
  await telling;
  if (about.mode === 'all' && outcome.refused.length > 0) await tx.$executeRaw`ROLLBACK TO SAVEPOINT rows`;
  return { ...outcome, warnings: [...mapped.warnings, ...totals.warnings(), ...outcome.warnings] };
}

type Fresh = Extract<Judgement, { outcome: 'new' }>;

/** Only what the database is asked by, of every row; the rows themselves are read batch by batch. */
function keysOf(mapped: MappedTable<typeof FILING_COLUMNS>): FilingFields[] {
  const headings = mapped.headings.filter((h) => KEYS.includes(h.column.field));
  return mapped.rows.map(rowConverter({ ...mapped, headings })).map(({ values }) => fieldsOf(values));
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
