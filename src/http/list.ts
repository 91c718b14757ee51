import { z } from '@hono/zod-openapi';
import type { Context as HonoContext, TypedResponse } from 'hono';
import type { ListAsk, Listed } from '../db/listing.ts';
import { exportList, type ListFile } from './export-list.ts';
import type { Env } from './router.ts';
import { zPage, zText } from './schemas/common.ts';

const MOST_SORTED = 3;

/** Query of a list that a table shows: page, order, search, and the same rows as a file. `sorts` are the names that it may be put in order by. */
export function zListQuery(sorts: readonly string[]) {
  return zPage.extend({
    cursor: z.string().max(4_000).optional(),
    sort: zSort(sorts).optional(),
    q: zText(100).optional().openapi({ description: '查找：包含所填文字的编号或名称' }),
    format: z
      .enum(['json', 'xlsx', 'csv'])
      .default('json')
      .openapi({ description: 'xlsx、csv 时答复为文件，含符合条件的全部行（最多 100,000 行），不分页' }),
    columns: z
      .string()
      .max(1_000)
      .optional()
      .openapi({ description: '文件中的列，按所列字段名的次序，以逗号分隔；不填为全部', example: undefined }),
  });
}

function zSort(sorts: readonly string[]) {
  const names = sorts.join('、');
  return z
    .string()
    .max(200)
    .superRefine((text, ctx) => {
      const words = text.split(',').map((word) => word.replace(/^-/, ''));
      const unknown = words.find((word) => !sorts.includes(word));
      const refuse = (message: string) => ctx.addIssue({ code: 'custom', message, input: text });
      if (unknown !== undefined) refuse(`不能按「${unknown}」排序，可用：${names}`);
      else if (words.length > MOST_SORTED) refuse(`最多按 ${MOST_SORTED} 个字段排序`);
      else if (new Set(words).size < words.length) refuse('同一个字段只能写一次');
    })
    .openapi({ description: `排序字段，以逗号分隔，前加 - 为倒序。可用：${names}` });
}

export interface ListQuery {
  limit: number;
  cursor?: string;
  sort?: string;
  q?: string;
  format: 'json' | 'xlsx' | 'csv';
  columns?: string;
}

/** The answer of a list: a page of it as JSON, or all of it as a file. `list` is the use case, given the filter without what every list has. */
export async function answerList<Q extends ListQuery, T extends object, L extends Listed<T> = Listed<T>>(
  c: HonoContext<Env>,
  query: Q,
  file: ListFile<T>,
  list: (filter: Omit<Q, keyof ListQuery>, ask: ListAsk) => Promise<L & Listed<T>>,
): Promise<TypedResponse<L, 200, 'json'>> {
  const { limit, cursor, sort, q, format, columns, ...filter } = query;
  const page = (at: Pick<ListAsk, 'cursor' | 'take' | 'total'>) => list(filter, { sort, q, ...at });
  if (format === 'json') return c.json(await page({ cursor, take: limit }), 200) as never;
  return (await exportList(c, { format, columns }, file, page)) as never;
}
