import type { z } from '@hono/zod-openapi';
import { DomainError } from '../../errors.ts';
import { zProblem } from '../schemas/common.ts';

const problem = { content: { 'application/problem+json': { schema: zProblem } } };

/** An answer in JSON with the problems every route may answer; those are left out of its type, since routes only ever throw them. */
export const answers = <T extends z.ZodType, S extends 200 | 201 | 202>(status: S, schema: T, description: string) =>
  ({
    [status]: { description, content: { 'application/json': { schema } } },
    ...PROBLEMS,
  }) as unknown as { [K in S]: { description: string; content: { 'application/json': { schema: T } } } };

export const PROBLEMS = {
  400: { description: '请求无法解析', ...problem },
  401: { description: '未通过身份验证', ...problem },
  403: { description: '无权操作', ...problem },
  404: { description: '没有找到', ...problem },
  409: { description: '与现有数据冲突', ...problem },
  413: { description: '内容过大', ...problem },
  415: { description: '内容类型不支持', ...problem },
  422: { description: '内容不符合要求', ...problem },
  429: { description: '请求过于频繁', ...problem },
} as const;

/** A JSON body: required, so that a missing content type is an error and not an empty object. */
export const jsonBody = <T extends z.ZodType>(schema: T) =>
  ({ required: true, content: { 'application/json': { schema } } }) as const;

/** A JSON body of which every field may be left out, and so the body itself. */
export const optionalBody = <T extends z.ZodType>(schema: T) =>
  ({ required: false, content: { 'application/json': { schema } } }) as const;

/** Cursors of lists that are counted from the start. @throws DomainError CURSOR_INVALID */
export function offsetCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,9}$/.test(cursor)) throw new DomainError('CURSOR_INVALID', '游标不正确，请使用上一页给出的 nextCursor');
  return Number(cursor);
}
