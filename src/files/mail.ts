import { createTransport } from 'nodemailer';

export interface Letter {
  to: string;
  subject: string;
  text: string;
}

/** How letters leave. @throws when the server does not take one; whoever sends tries again */
export type Post = (letter: Letter) => Promise<void>;

/** Through an SMTP server, e.g. smtps://user:password@mail.example.gov.cn. */
export function smtpPost(url: string, from: string): Post {
  const transport = createTransport(url);
  return async (letter) => {
    await transport.sendMail({ ...letter, from });
  };
}

/** Where no server is named, letters are shown to whoever runs the service, who passes them on; to whom they go is only hinted at. */
export function printedPost(print: (text: string) => void): Post {
  return async ({ to, subject, text }) => {
    const at = to.lastIndexOf('@');
    print(
      `邮件（未配置 SMTP_URL，未发出）致 ${to.slice(0, 1)}***${to.slice(at)}\n  ${subject}\n${text.replace(/^(?=.)/gm, '  ')}`,
    );
  };
}
