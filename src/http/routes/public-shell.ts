import { html } from 'hono/html';
import { PAGE_CSP } from '../security-headers.ts';

/** Lets a public page have our style sheet and a form of its own, and nothing else. */
export const page = async (c: { header(name: string, value: string): void }, next: () => Promise<void>) => {
  c.header('content-security-policy', PAGE_CSP.replace("form-action 'none'", "form-action 'self'"));
  await next();
};

/** A piece of a page; whatever is put into it is escaped. */
export type Html = ReturnType<typeof html>;

/** A whole page without script: heading, content, and the way to the other public pages. */
export function shell(title: string, content: Html): Html {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · 宁科贷</title>
        <link rel="stylesheet" href="/pages.css" />
        <link rel="icon" href="/console/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <header>
          <strong>宁科贷</strong>
          <a href="/about">关于</a><a href="/policies">政策条款</a><a href="/publicity">补贴公示</a><a href="/verify">单据核验</a><a href="/console/">登录</a>
        </header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
        <footer>科技金融风险补偿贷款服务</footer>
      </body>
    </html>`;
}
