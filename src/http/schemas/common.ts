import { z } from '@hono/zod-openapi';
import { localDate } from '../../calendar/local-date.ts';
import { settlementPeriod } from '../../calendar/settlement-period.ts';
import { money } from '../../money/money.ts';
import { ratePercent } from '../../money/rate.ts';

const passes = (read: (text: string) => unknown) => (text: string, ctx: z.core.$RefinementCtx) => {
  try {
    read(text);
  } catch (error) {
    ctx.addIssue({ code: 'custom', message: (error as Error).message, input: text });
  }
};

const NOT_TEXT = (kind: string) => (issue: { input?: unknown }) =>
  issue.input === undefined ? '缺少必填项' : `${kind}应为文本，不接受 JSON 数字`;

/** 金额 as it is answered: text, never a JSON number, so that no digit is lost on the way. */
export const zMoney = z
  .string({ error: NOT_TEXT('金额') })
  .superRefine(passes(money))
  .openapi({ example: '1234567.89', description: '金额（元），文本' });

/** 金额 as it is sent: not negative, and within what sums can hold. */
export const zAmount = zMoney
  .refine((text) => !text.startsWith('-'), { error: '金额不能为负数' })
  .refine((text) => text.split('.')[0]!.length <= 13, { error: '金额超出范围' });

export const zRate = z
  .string({ error: NOT_TEXT('利率') })
  .superRefine(passes(ratePercent))
  .openapi({ example: '3.65', description: '年利率（%），文本' });

export const zDate = z.string().superRefine(passes(localDate)).openapi({ example: '2026-04-10', format: 'date' });

export const zPeriod = z
  .string()
  .superRefine(passes(settlementPeriod))
  .openapi({ example: '2026-04', description: '月份' });

export const zId = z
  .string()
  .regex(/^[1-9]\d{0,17}$/, { error: '编号不正确' })
  .openapi({ example: '12' });

export const zCode = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, { error: '代码应为小写字母、数字和连字符' });

export const zAccountNo = z
  .string()
  .regex(/^[0-9A-Za-z]{4,40}$/, { error: '账号应由数字或字母组成' })
  .openapi({ example: '6402200155550001' });

/** Text that people typed: no control characters, whole characters only, so that it can be stored, printed and searched. */
export const zText = (most = 200) =>
  z
    .string()
    .trim()
    .min(1, { error: '不能为空' })
    .max(most, { error: `最多 ${most} 个字符` })
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), { error: '含有不能使用的字符' });

export const zCitation = z
  .object({
    document: z.string(),
    article: z.string(),
    confirmed: z.boolean(),
    source: z.string().optional(),
    mark: z.string().optional(),
  })
  .openapi('Citation');

/** 计算过程: inputs, clause, intermediate values, result, as a tree. */
export const zExplanation = z.any().openapi({ type: 'object', description: '计算过程：输入、条款、中间值与结果' });

export const zFault = z
  .object({
    code: z.string(),
    field: z.string().optional(),
    value: z.string().optional(),
    message: z.string(),
    cites: z.array(zCitation).optional(),
    row: z.number().int().optional(),
    seq: z.string().optional(),
  })
  .openapi('Fault');

export const zProblem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    errors: z.array(zFault),
    cites: z.array(zCitation),
    instance: z.string(),
    requestId: z.string(),
  })
  .openapi('Problem');

/** Query of every list: `limit` rows after `cursor`. */
export const zPage = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(200).optional(),
});

export const zList = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.number().int(), nextCursor: z.string().nullable() });

/** Anything a service answers that the schema does not need to repeat field by field. */
export const zPlain = z.record(z.string(), z.unknown());
