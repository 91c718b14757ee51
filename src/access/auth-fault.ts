import { DomainError } from '../errors.ts';

type Status = DomainError['status'];

/** What better-auth refuses with, in our words; what is not here says only that it did not work. */
const FAULTS: Record<string, [status: Status, code: string, message: string]> = {
  UNAUTHORIZED: [401, 'UNAUTHENTICATED', '登录已失效，请重新登录'],
  FAILED_TO_GET_SESSION: [401, 'UNAUTHENTICATED', '登录已失效，请重新登录'],
  SESSION_EXPIRED: [401, 'UNAUTHENTICATED', '登录已失效，请重新登录'],
  ACCOUNT_DISABLED: [403, 'ACCOUNT_DISABLED', '此用户已停用，请联系系统管理员'],
  INVALID_PASSWORD: [422, 'WRONG_PASSWORD', '现用密码不正确'],
  CREDENTIAL_ACCOUNT_NOT_FOUND: [422, 'WRONG_PASSWORD', '现用密码不正确'],
  PASSWORD_TOO_SHORT: [422, 'PASSWORD_REFUSED', '密码太短'],
  PASSWORD_TOO_LONG: [422, 'PASSWORD_REFUSED', '密码太长'],
  INVALID_TOKEN: [422, 'LINK_INVALID', '链接无效、已用过或已过期，请重新申请'],
  USER_NOT_FOUND: [422, 'LINK_INVALID', '链接无效、已用过或已过期，请重新申请'],
  INVALID_CODE: [401, 'CODE_WRONG', '动态口令不正确，请核对手机时间后输入当前的六位数字'],
  INVALID_BACKUP_CODE: [401, 'CODE_WRONG', '恢复码不正确或已用过'],
  INVALID_TWO_FACTOR_COOKIE: [401, 'LOGIN_EXPIRED', '登录等待时间过长或动态口令错误次数过多，请重新输入用户名和密码'],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: [429, 'TOO_MANY_CODES', '动态口令错误次数过多，请重新输入用户名和密码'],
  ACCOUNT_TEMPORARILY_LOCKED: [429, 'SECOND_FACTOR_LOCKED', '动态口令错误次数过多，已锁定 15 分钟，请稍后再试'],
  TOTP_NOT_ENABLED: [422, 'SECOND_FACTOR_OFF', '尚未启用动态口令'],
  TWO_FACTOR_NOT_ENABLED: [422, 'SECOND_FACTOR_OFF', '尚未启用动态口令'],
  BACKUP_CODES_NOT_ENABLED: [422, 'SECOND_FACTOR_OFF', '尚未启用动态口令'],
  TOTP_ALREADY_ENABLED: [409, 'SECOND_FACTOR_ON', '已启用动态口令；更换手机请先停用，再重新启用'],
  OTP_NOT_CONFIGURED: [422, 'INVALID_INPUT', '只支持动态口令应用'],
  INVALID_ORIGIN: [403, 'CROSS_SITE', '请求来自其他网站，已拒绝'],
  MISSING_OR_NULL_ORIGIN: [403, 'CROSS_SITE', '请求没有说明来自哪个网站，已拒绝'],
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: [403, 'CROSS_SITE', '请求来自其他网站，已拒绝'],
  INVALID_REDIRECT_URL: [403, 'CROSS_SITE', '不能转到其他网站'],
  INVALID_CALLBACK_URL: [403, 'CROSS_SITE', '不能转到其他网站'],
  VALIDATION_ERROR: [422, 'INVALID_INPUT', '所填内容不完整或格式不正确'],
  BODY_MUST_BE_AN_OBJECT: [422, 'INVALID_INPUT', '所填内容不完整或格式不正确'],
};

/** The refusal of better-auth as a problem of ours. */
export function authFault(status: number, code: string | undefined): DomainError {
  const known = FAULTS[code ?? ''];
  if (known) return new DomainError(known[1], known[2], { status: known[0] });
  if (status === 429) return new DomainError('TOO_MANY_REQUESTS', '请求过于频繁，请稍后再试', { status: 429 });
  if (status === 401) return new DomainError('UNAUTHENTICATED', '登录已失效，请重新登录', { status: 401 });
  if (status === 409) return new DomainError('CONFLICT', '与同时进行的另一操作冲突，请重试', { status: 409 });
  return new DomainError('LOGIN_FAILED', '无法办理，请稍后重试', { status: status >= 500 ? 503 : 422 });
}
