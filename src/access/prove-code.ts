import { DomainError } from '../errors.ts';
import { type Context, SYSTEM } from './context.ts';
import { loginLocked } from './login-lock.ts';
import { beginLogin, failLogin, noteLogin } from './login-service.ts';
import { codeFits, spendCode, usernameOf } from './login-tokens.ts';

/**
 * Asks a person who is logged in for their 动态口令 once more, before what outlives the session. Wrong codes count like wrong passwords, and lock like them.
 * @throws DomainError CODE_WRONG, CODE_USED (422), LOGIN_LOCKED (429)
 */
export async function proveCode(ctx: Context, typed: string): Promise<void> {
  const { db, actor } = ctx;
  const service: Context = { ...ctx, actor: SYSTEM };
  const attempt = await beginLogin(service, await usernameOf(db, actor.id));
  if (attempt.locked) throw loginLocked();
  const code = typed.replace(/\s/g, '');
  if (!(await codeFits(db, actor.id, code))) {
    await failLogin(service, attempt, 'user.failSecondFactor');
    throw wrong('CODE_WRONG', '动态口令不正确，请核对手机时间后输入当前的六位数字');
  }
  if (!(await spendCode(db, actor.id, code))) throw wrong('CODE_USED', '此动态口令已用过，请等下一个');
  await noteLogin(service, actor.id, 'user.giveSecondFactor');
}

const wrong = (code: string, message: string): DomainError =>
  new DomainError(code, message, { errors: [{ code, field: 'code', message }] });
