import { Hono } from 'hono';
import { SYSTEM } from '../../access/context.ts';
import { archiveKeys } from '../../archive/service.ts';
import { inTransaction } from '../../db/transaction.ts';
import { verifyDocument } from '../../documents/service.ts';
import type { Deps } from '../app.ts';
import type { Env } from '../router.ts';

/** What is answered without a key: is it alive, can it work, is this paper ours, and whose signature archives carry. */
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
        notice: demonstration ? `演示数据，业务日期为 ${today()}` : null,
      });
    })
    .get('/archive-key', async (c) => c.json({ algorithm: 'Ed25519', keys: await archiveKeys(db) }))
    .get('/api/v1/verify/:code', async (c) => c.json(await verifyDocument(db, c.req.param('code'))));
}
