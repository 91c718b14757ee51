import { z } from '@hono/zod-openapi';
import type { Mapping } from '../../files/headings.ts';

/** What a sender says of a file's headings: the field of each, or null. */
export const zHeadings = z.record(z.string().max(200), z.string().max(60).nullable());

/** The same in a form, where an object travels as its JSON text. */
export const zMapping = z
  .string()
  .max(20_000)
  .transform((text, ctx): Mapping => {
    const said = zHeadings.safeParse(parsed(text));
    if (said.success) return said.data;
    ctx.addIssue({ code: 'custom', message: '应为 JSON 对象：{"文件中的列名": "字段名" 或 null}' });
    return z.NEVER;
  })
  .openapi({
    ...{ type: 'string', example: '{"备注": null}' },
    description: '列的对应，JSON 文本：{"文件中的列名": "字段名"}，null 表示不读取该列',
  });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
