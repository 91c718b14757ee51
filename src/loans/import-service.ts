import { actorOf } from '../access/api-key.ts';
import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import { setProgress } from '../access/progress.ts';
import type { Permission } from '../access/roles.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError, type Fault } from '../errors.ts';
import { COLUMNS_OF, type ImportKind } from '../files/columns.ts';
import type { Mapping } from '../files/headings.ts';
import { mapTable } from '../files/map-table.ts';
import { readTable } from '../files/read-table.ts';
import type { Table } from '../files/table.ts';
import type { Import, Prisma } from '../generated/node/client.ts';
import { gather } from './filing-service.ts';
import { takeEnterprises } from './import-enterprises-service.ts';
import { takeFilings } from './import-filings-service.ts';
import { takeReport } from './import-report-service.ts';
import { findImport, type ImportView } from './import-view-service.ts';

export type ImportMode = 'all' | 'good';

/** What came of a file's rows. Refused rows carry their faults; with `all`, one refused row keeps every row out. */
export interface Outcome {
  rowsRead: number;
  rowsNew: number;
  refused: { row: number; seq?: string; errors: Fault[] }[];
  warnings: Fault[];
}

/** Who may send which kind of file. */
export const IMPORT_PERMISSIONS: Record<ImportKind, Permission> = {
  loanFilings: 'filing.create',
  balanceReports: 'loan.report',
  enterprises: 'enterprise.write',
};

/** What is known of a file when its rows are taken, and how its sender is told how far that is (rows done of all). */
export interface ImportTask {
  id: string;
  poolCode: string | null;
  mode: ImportMode;
  tell(step: string, done: number, total: number): Promise<void>;
}
type Tell = ImportTask['tell'];

/** Files up to this size are done within the request; larger ones go on in a job. */
const INLINE_BYTES = 1_500_000;
/** Of a file's doubts so many are kept. */
const KEPT_WARNINGS = 1_000;

export interface NewImport {
  kind: ImportKind;
  poolCode?: string;
  mode: ImportMode;
  fileName: string;
  file: Uint8Array<ArrayBuffer>;
  /** what the sender says of headings that we do not know */
  mapping?: Mapping;
  /** the import that this one sends again */
  corrects?: string;
}

/** Keeps an uploaded file and judges it: at once when it is small, else in a job of the same transaction. */
export async function receiveImport(ctx: Context, input: NewImport): Promise<ImportView> {
  permit(ctx, IMPORT_PERMISSIONS[input.kind]);
  if (input.kind === 'loanFilings' && !input.poolCode)
    throw new DomainError('POOL_NEEDED', '报送备案须写明资金池（poolCode）');
  // A file that cannot be read at all is refused before anything is kept.
  const table = { ...(await readTable(input.file)), mapping: input.mapping };
  mapTable(table, COLUMNS_OF[input.kind]);
  const large = input.file.length > INLINE_BYTES;
  const id = await inTransaction(ctx, async (tx) => {
    // Neither is a file kept for a pool that the bank does not work with; judging a small one finds that out itself.
    if (large && input.kind === 'loanFilings') await gather(tx, ctx, input.poolCode!, []);
    const { id } = await tx.import.create({
      select: { id: true },
      data: {
        ...input,
        poolCode: input.poolCode ?? null,
        bankCode: ctx.actor.institution,
        status: 'staged',
        receivedOn: dateToDb(ctx.today),
        warnings: [],
        createdBy: ctx.actor.id,
      },
    });
    await audit(tx, ctx, {
      action: 'import.receive',
      subject: `import:${id}`,
      after: { kind: input.kind, mode: input.mode, bytes: input.file.length },
    });
    const jobId = large ? await ctx.send(tx, 'import', { id, today: ctx.today }, { singletonKey: id }) : null;
    if (jobId) {
      await tx.import.update({ where: { id }, data: { jobId }, select: { id: true } });
      await setProgress(tx, jobId, `导入 ${input.fileName}`, 0, 1, ctx.actor.institution ?? '');
    }
    if (!large) await judgeAndCommit(tx, ctx, id, table, async () => {});
    return id;
  });
  return findImport(ctx, id);
}

/** Judges a kept file and commits what its sender chose. Done already: nothing to do. */
async function judgeAndCommit(tx: Tx, ctx: Context, id: string, table: Table, tell: Tell): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM import WHERE id = ${id}::uuid FOR UPDATE`;
  const found = await tx.import.findUniqueOrThrow({ where: { id }, omit: { file: true } });
  if (found.status !== 'staged') return;
  permit(ctx, IMPORT_PERMISSIONS[found.kind as ImportKind]);
  const outcome = await take(tx, ctx, { ...found, mode: found.mode as ImportMode, tell }, table);
  const refusedAll = found.mode === 'all' && outcome.refused.length > 0;
  if (outcome.refused.length > 0) await keepRefused(tx, id, outcome);
  await tx.import.update({
    where: { id },
    data: {
      status: refusedAll ? 'refused' : 'done',
      rowsRead: outcome.rowsRead,
      rowsAccepted: refusedAll ? 0 : outcome.rowsRead - outcome.refused.length,
      rowsRefused: outcome.refused.length,
      rowsNew: refusedAll ? 0 : outcome.rowsNew,
      warnings: outcome.warnings.slice(0, KEPT_WARNINGS) as unknown as Prisma.InputJsonValue,
    },
    select: { id: true },
  });
  const { jobId, fileName, bankCode } = found;
  const rows = outcome.rowsRead;
  if (jobId) await setProgress(tx, jobId, `导入 ${fileName}：完成`, rows, rows, bankCode ?? '');
  await audit(tx, ctx, {
    action: 'import.process',
    subject: `import:${id}`,
    after: { read: outcome.rowsRead, refused: outcome.refused.length, new: outcome.rowsNew },
  });
}

function take(tx: Tx, ctx: Context, task: ImportTask & { kind: string }, table: Table): Promise<Outcome> {
  switch (task.kind as ImportKind) {
    case 'loanFilings':
      return takeFilings(tx, ctx, task, table);
    case 'balanceReports':
      return takeReport(tx, ctx, task, table);
    case 'enterprises':
      return takeEnterprises(tx, ctx, task, table);
  }
}

/** A job's turn: for whoever sent the file, on the day it was received. */
export async function processImportJob(ctx: Context, job: { id: string; today: string }): Promise<void> {
  permit(ctx, 'system.run');
  const kept = await inTransaction(ctx, (tx) => tx.import.findUniqueOrThrow({ where: { id: job.id } }));
  if (kept.status !== 'staged') return;
  const sender: Context = { ...ctx, today: job.today, actor: await actorOf(ctx.db, kept.createdBy) };
  const tell = teller(ctx, kept);
  try {
    await tell('读取', 0, 1);
    const table = { ...(await readTable(kept.file)), mapping: (kept.mapping ?? undefined) as Mapping | undefined };
    await inTransaction(sender, (tx) => judgeAndCommit(tx, sender, job.id, table, tell));
  } catch (error) {
    if (!(error instanceof DomainError) || error.status === 503) throw error;
    await fail(sender, job.id, error);
    await tell('未能受理', 0, 1);
  }
}

/** Tells on a connection of its own, so that it can be seen while the rows are still being taken. */
function teller(ctx: Context, { jobId, fileName, bankCode }: Import): Tell {
  return async (step, done, total) => {
    if (!jobId) return;
    const label = `导入 ${fileName}：${step}`;
    const told = inTransaction(ctx, (tx) => setProgress(tx, jobId, label, done, total, bankCode ?? ''));
    // The file is not given up because nobody could be told how far it is.
    await told.catch((err) => ctx.log.warn({ err, jobId }, 'progress not told'));
  };
}

/** A file that cannot be taken as a whole (a pool that is not the bank's, say) says why and is not tried again. */
async function fail(ctx: Context, id: string, { code, message }: DomainError): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await tx.import.updateMany({
      where: { id, status: 'staged' },
      data: { status: 'failed', problem: { code, message } },
    });
    await audit(tx, ctx, { action: 'import.fail', subject: `import:${id}`, after: { code } });
  });
}

async function keepRefused(tx: Tx, id: string, { refused }: Outcome): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO import_row (import_id, row, seq, errors) SELECT ${id}::uuid, w.row, w.seq, w.errors::jsonb
      FROM unnest(${refused.map((r) => r.row)}::int[], ${refused.map((r) => r.seq ?? null)}::text[], ${refused.map((r) => JSON.stringify(r.errors))}::text[]) w(row, seq, errors)`;
}

/** Puts the job again for files that were received and not judged, after a process was killed. */
export async function sendStaged(ctx: Context): Promise<void> {
  permit(ctx, 'system.run');
  await inTransaction(ctx, async (tx) => {
    const staged = await tx.import.findMany({ where: { status: 'staged' }, select: { id: true, receivedOn: true } });
    for (const { id, receivedOn } of staged)
      await ctx.send(tx, 'import', { id, today: dateFromDb(receivedOn) }, { singletonKey: id });
    if (staged.length > 0)
      await audit(tx, ctx, { action: 'import.send', subject: 'import', after: { imports: staged.length } });
  });
}
