import { z } from '@hono/zod-openapi';
import type { Sheet } from '../../files/sheet.ts';
import { writeCsv } from '../../files/write-csv.ts';
import { writeXlsx } from '../../files/write-xlsx.ts';

/** As which file a sheet is wanted. */
export const zFormat = z.strictObject({ format: z.enum(['xlsx', 'csv']).default('xlsx') });

/** What a route answers that gives a file. */
export const fileAnswer = {
  200: {
    description: '文件',
    content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
  },
};

/** A sheet as a file to be saved. */
export async function download(sheet: Sheet, name: string, format: 'xlsx' | 'csv'): Promise<never> {
  const bytes = format === 'csv' ? writeCsv(sheet) : await writeXlsx(sheet);
  const type =
    format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.${format}`)}`,
    },
  }) as never;
}
