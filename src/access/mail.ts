import type { Tx } from '../db/client.ts';
import type { Context } from './context.ts';

/** A letter: plain text, for one person. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Puts a letter into the transaction; a Node process sends it, also when the request came in on Workers. */
export async function sendMail(tx: Tx, ctx: Context, mail: Mail): Promise<void> {
  await ctx.send(tx, 'send-mail', mail);
}

/** A letter to somebody: greeting, lines, and that nobody reads answers. */
export const letter = (name: string, lines: string[]): string =>
  [`${name}：`, '', ...lines, '', '本邮件由系统自动发出，请勿回复。'].join('\n');

export const resetMail = ({ email, name }: { email: string; name: string }, link: string): Mail => ({
  to: email,
  subject: '宁科贷：重设密码',
  text: letter(name, [
    '请在一小时内打开下面的链接重设密码，链接只能用一次：',
    link,
    '如果不是您本人申请，请不要理会，密码不会改变。',
  ]),
});

export const invitationMail = (
  to: { email: string; name: string; username: string; role: string },
  link: string,
): Mail => ({
  to: to.email,
  subject: '宁科贷：邀请您使用',
  text: letter(to.name, [
    `系统管理员邀请您以「${to.role}」身份使用宁科贷，用户名为 ${to.username}。`,
    '请在七天内打开下面的链接设置密码，链接只能用一次：',
    link,
  ]),
});

export const decisionMail = (
  to: { email: string; name: string; enterpriseName: string },
  reason: string | null,
  link: string,
): Mail => ({
  to: to.email,
  subject: reason === null ? '宁科贷：企业注册已通过' : '宁科贷：企业注册未通过',
  text: letter(to.name, [
    reason === null
      ? `您已可以代表「${to.enterpriseName}」使用宁科贷，请登录：`
      : `您为「${to.enterpriseName}」提交的注册未通过：${reason}。可以登录查看：`,
    link,
  ]),
});
