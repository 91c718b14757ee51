import type { PgBoss } from 'pg-boss';
import { type Context, type Log, SYSTEM } from '../src/access/context.ts';
import type { Db } from '../src/db/client.ts';
import type { Post } from '../src/files/mail.ts';
import type { Signer } from '../src/files/signing-key.ts';
import { sender } from './boss.ts';
import { catchUp } from './catch-up.ts';
import { importFile } from './import.ts';
import { makeArchive } from './make-archive.ts';
import { renderDocument } from './render-document.ts';
import { resetLink } from './reset-link.ts';
import { sealAuditLog } from './seal-audit.ts';
import { sendMail } from './send-mail.ts';
import { settlePool } from './settle.ts';
import { subsidyPapers } from './subsidy-papers.ts';

/** A job: parse, call a service. */
export type Handler = (ctx: Context, data: unknown) => Promise<void>;

const handlers = ({ post, signer }: Pick<WorkerDeps, 'post' | 'signer'>): Record<string, Handler> => ({
  'render-document': renderDocument,
  settle: settlePool,
  import: importFile,
  ...(post && { 'send-mail': sendMail(post) }),
  ...(signer && { 'make-archive': makeArchive(signer) }),
  'seal-audit': sealAuditLog,
  'reset-link': resetLink,
  'subsidy-papers': subsidyPapers,
  'catch-up': catchUp,
});

/** Short jobs are fetched so many at a time; one that fails sends its batch back, which harms nothing. */
const BATCH: Record<string, number> = { 'render-document': 20 };

export interface WorkerDeps {
  db: Db;
  boss: PgBoss;
  log: Log;
  publicUrl: string;
  /** how letters leave; without it they wait in their queue */
  post?: Post;
  /** who signs archives; without one they wait in their queue */
  signer?: Signer;
  today(): string;
}

/** Starts the workers and the daily schedule (02:00 Asia/Shanghai, and once now: whoever slept catches up). `boss` has been started. */
export async function startWorkers({ db, boss, log, publicUrl, today, ...means }: WorkerDeps): Promise<void> {
  const contextOf = (requestId: string): Context => ({
    db,
    log,
    publicUrl,
    today: today(),
    actor: SYSTEM,
    requestId,
    send: sender(boss),
  });
  for (const [queue, handle] of Object.entries(handlers(means))) {
    await boss.work(queue, { pollingIntervalSeconds: 0.5, batchSize: BATCH[queue] ?? 1 }, async (jobs) => {
      for (const job of jobs) {
        try {
          await handle(contextOf(job.id), job.data);
        } catch (err) {
          log.error({ err, queue, job: job.id }, 'job failed');
          throw err;
        }
      }
    });
  }
  await boss.schedule('catch-up', '0 2 * * *', {}, { tz: 'Asia/Shanghai' });
  await boss.schedule('seal-audit', '* * * * *');
  await boss.send('catch-up', {});
}
