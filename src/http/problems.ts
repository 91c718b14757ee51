import type { Context as HonoContext } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import type { Log } from '../access/context.ts';
import { DomainError, type Fault } from '../errors.ts';
import type { Env } from './router.ts';

const chinese = z.locales.zhCN().localeError;
const NOUNS: Record<string, string> = {
  string: '文本',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '对象',
};
z.config({
  localeError: (issue) => {
    if (issue.code === 'invalid_type')
      return issue.input === undefined ? '缺少必填项' : `应为${NOUNS[issue.expected] ?? issue.expected}`;
    if (issue.code === 'invalid_format' && issue.format === 'uuid') return '编号格式不正确';
    if (issue.code === 'too_small' && issue.origin === 'number') return `不能小于 ${issue.minimum}`;
    if (issue.code === 'too_big' && issue.origin === 'number') return `不能大于 ${issue.maximum}`;
    if (issue.code === 'invalid_value' && issue.input === undefined) return '缺少必填项';
    if (issue.code === 'invalid_value') return `应为以下之一：${issue.values.join('、')}`;
    return chinese(issue);
  },
});

const TITLES: Record<number, string> = {
  400: '请求无法解析',
  401: '未通过身份验证',
  403: '无权操作',
  404: '没有找到',
  409: '与现有数据冲突',
  413: '内容过大',
  415: '内容类型不支持',
  422: '内容不符合要求',
  429: '请求过于频繁',
  500: '服务出错',
  503: '服务暂不可用',
};

const HINTS: Record<number, string> = {
  400: '请求内容无法解析：应为有效的 JSON 或表单',
  415: '内容类型不支持：请以 application/json 发送（上传文件用 multipart/form-data）',
};

/** A schema's complaints as one refusal with a fault for each field. */
export function invalidInput(error: z.core.$ZodError, target: string): DomainError {
  const errors = error.issues.flatMap((issue): Fault[] => {
    const at = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        code: 'UNKNOWN_FIELD',
        field: at ? `${at}.${key}` : key,
        message: `不认识的字段「${key}」`,
      }));
    }
    return [{ code: 'INVALID_FIELD', field: at || target, value: shown(issue.input), message: issue.message }];
  });
  return new DomainError(
    'INVALID_INPUT',
    `有 ${errors.length} 处不符合要求：${errors[0]?.field} ${errors[0]?.message}`,
    { errors },
  );
}

function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return (typeof value === 'string' ? value : JSON.stringify(value))?.slice(0, 200);
}

/** The answer to any error: RFC 9457, Chinese, with the request's id. What we did not foresee is logged and not shown. */
export function problem(error: unknown, c: HonoContext<Env>, log: Log): Response {
  const known = asKnown(error);
  if (!known) log.error({ requestId: c.get('requestId'), err: error }, 'request failed');
  const status = known?.status ?? 500;
  const body = {
    type: 'about:blank',
    title: TITLES[status] ?? '无法处理',
    status,
    code: known?.code ?? 'INTERNAL',
    detail: known?.message ?? '服务内部出错，请稍后再试；如仍出错，请将请求编号告诉管理员',
    errors: known?.errors ?? [],
    cites: known?.cites ?? [],
    instance: c.req.path,
    requestId: c.get('requestId'),
  };
  return c.body(JSON.stringify(body), status as 400, { 'content-type': 'application/problem+json; charset=utf-8' });
}

function asKnown(
  error: unknown,
): { status: number; code: string; message: string; errors?: Fault[]; cites?: DomainError['cites'] } | undefined {
  if (error instanceof DomainError) return error;
  if (error instanceof HTTPException && error.status < 500) {
    const code = { 400: 'MALFORMED', 413: 'TOO_LARGE', 415: 'UNSUPPORTED_TYPE' }[error.status as number] ?? 'REFUSED';
    const message = HINTS[error.status] ?? TITLES[error.status] ?? '无法处理';
    return { status: error.status, code, message };
  }
  return undefined;
}
