import { Hono } from 'hono';
import { html } from 'hono/html';
import { SYSTEM } from '../../access/context.ts';
import { inTransaction } from '../../db/transaction.ts';
import { verifyDocument } from '../../documents/service.ts';
import { formatYuan, money } from '../../money/money.ts';
import type { Deps } from '../app.ts';
import type { Env } from '../router.ts';

/** What is answered without a key: is it alive, can it work, and is this paper ours. */
export function ops({ db, today, demonstration }: Deps) {
  return new Hono<Env>()
    .get('/healthz', (c) => c.json({ status: 'ok' }))
    .get('/readyz', async (c) => {
      const [row] = await inTransaction(
        { db, actor: SYSTEM },
        (tx) => tx.$queryRaw<{ books: number }[]>`SELECT count(*)::int AS books FROM ledger.book`,
      );
      return c.json({
        status: 'ready',
        today: today(),
        demonstration,
        books: row!.books,
        notice: demonstration ? `演示数据，业务日期固定为 ${today()}` : null,
      });
    })
    .get('/', (c) => c.redirect('/api/docs'))
    .get('/verify/:code', async (c) => {
      const found = await verifyDocument(db, c.req.param('code'));
      if (!c.req.header('accept')?.includes('text/html')) return c.json(found);
      c.header('content-security-policy', "default-src 'none'");
      return c.html(verificationPage(found));
    })
    .get('/api/v1/verify/:code', async (c) => c.json(await verifyDocument(db, c.req.param('code'))));
}

type Verified = Awaited<ReturnType<typeof verifyDocument>>;

/** What whoever scans the code on the paper sees: was it issued, and the few facts to compare. */
function verificationPage({ title, number, issuedOn, verificationCode, facts }: Verified) {
  return html`<!doctype html>
    <html lang="zh-CN">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>单据核验</title>
      <h1>单据核验</h1>
      <p>本单据确由本系统出具，请逐项核对下列内容与纸面是否一致。</p>
      <dl>
        <dt>标题</dt><dd>${title}</dd>
        <dt>文号</dt><dd>${number}</dd>
        <dt>出具日期</dt><dd>${issuedOn}</dd>
        <dt>验证码</dt><dd>${verificationCode}</dd>
        ${(facts as { label: string; value: string }[]).map(({ label, value }) => html`<dt>${label}</dt><dd>${shown(value)}</dd>`)}
      </dl>
    </html>`;
}

/** Amounts as they stand on the paper. */
const shown = (value: string): string => (/^-?\d+\.\d\d$/.test(value) ? `${formatYuan(money(value))} 元` : value);
