import type { z } from '@hono/zod-openapi';
import type { Context as HonoContext } from 'hono';
import { recordExport } from '../access/audit-service.ts';
import type { ListAsk, Listed } from '../db/listing.ts';
import { DomainError } from '../errors.ts';
import type { SheetColumn } from '../files/sheet.ts';
import { streamCsv, streamXlsx } from '../files/stream-sheet.ts';
import { FIELD_LABELS, FIELD_NAMES } from './docs/names.ts';
import type { Env } from './router.ts';
import { zDate, zMoney, zRate } from './schemas/common.ts';

/** A list as a file: what it is called, the schema of its rows, and how an item becomes rows when it is not one itself. */
export interface ListFile<T extends object> {
  name: string;
  row: z.ZodObject;
  /** headings where the field's usual name says something else */
  titles?: Record<string, string>;
  rowsOf?(item: T): object[];
  /** rows read at once, where 2,000 are too heavy */
  batch?: number;
}

/** A file with more rows helps nobody; whoever needs them reads the list page by page. */
const MOST = 100_000;
const BATCH = 2_000;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * All rows of a list that the filter and the actor's scope let through, as a file that is made while it is sent. It is entered in the audit log first.
 * @throws DomainError EXPORT_TOO_LARGE, COLUMN_UNKNOWN (422)
 */
export async function exportList<T extends object>(
  c: HonoContext<Env>,
  { format, columns }: { format: 'xlsx' | 'csv'; columns?: string },
  file: ListFile<T>,
  page: (at: Pick<ListAsk, 'cursor' | 'take' | 'total'>) => Promise<Listed<T>>,
): Promise<Response> {
  const ctx = c.get('ctx');
  const fields = chosen(file, columns);
  const take = file.batch ?? BATCH;
  const first = await page({ take });
  if (first.total > MOST) {
    const message = `共 ${first.total} 行，超过一个文件的 ${MOST} 行，请缩小范围后再导出`;
    throw new DomainError('EXPORT_TOO_LARGE', message);
  }
  await recordExport(ctx, { path: c.req.path, query: c.req.query(), rows: first.total });
  const sheet = {
    name: file.name,
    columns: fields.map(({ column }) => column),
    rows: rowsOf(file, fields, first, (cursor) => page({ cursor, take, total: first.total })),
  };
  return new Response(format === 'csv' ? streamCsv(sheet) : streamXlsx(sheet), {
    headers: {
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : XLSX,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${file.name} ${ctx.today}.${format}`)}`,
    },
  });
}

interface Field {
  name: string;
  column: SheetColumn;
}

async function* rowsOf<T extends object>(
  file: ListFile<T>,
  fields: Field[],
  first: Listed<T>,
  next: (cursor: string) => Promise<Listed<T>>,
): AsyncGenerator<string[]> {
  for (let page = first; ; page = await next(page.nextCursor)) {
    for (const row of page.items.flatMap((item): object[] => file.rowsOf?.(item) ?? [item]))
      yield fields.map(({ name }) => cellOf(name, (row as Record<string, unknown>)[name]));
    if (page.nextCursor === null) return;
  }
}

/** The columns asked for, or all that one cell can hold. */
function chosen({ row, titles = {} }: Pick<ListFile<object>, 'row' | 'titles'>, columns: string | undefined): Field[] {
  const fields = Object.entries(row.shape).flatMap(([name, schema]) => {
    const kind = kindOf(schema as z.ZodType);
    return kind ? [{ name, column: { title: titleOf(titles[name] ?? FIELD_NAMES[name] ?? name, kind), kind } }] : [];
  });
  if (columns === undefined) return fields;
  return columns.split(',').map((name) => {
    const field = fields.find((f) => f.name === name);
    if (field) return field;
    throw new DomainError('COLUMN_UNKNOWN', `没有列「${name}」，可用：${fields.map((f) => f.name).join('、')}`);
  });
}

/** What a field's cells are; undefined for lists and objects, which need rows of their own. */
function kindOf(schema: z.ZodType): SheetColumn['kind'] | undefined {
  if (schema === zMoney) return 'money';
  if (schema === zDate) return 'date';
  if (schema === zRate) return 'rate';
  const { type, innerType } = schema._zod.def as { type: string; innerType?: z.ZodType };
  if (innerType) return kindOf(innerType);
  if (type === 'number') return 'integer';
  return type === 'array' || type === 'object' ? undefined : 'text';
}

/** A heading: the field's Chinese name without what only callers of the API need to know. */
function titleOf(name: string, kind: SheetColumn['kind']): string {
  const title = name.replace(/[，；：].*$/, '').replace(/（(?!%)[^）]*）/g, '');
  return kind === 'money' ? `${title}(元)` : title;
}

function cellOf(name: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'object') return JSON.stringify(value);
  return FIELD_LABELS[name]?.[`${value}`] ?? `${value}`;
}
