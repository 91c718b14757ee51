import { actorNames } from '../access/actor-names.ts';
import { audit } from '../access/audit.ts';
import { sealAudit } from '../access/audit-chain-service.ts';
import { type Context, permit, SYSTEM } from '../access/context.ts';
import { setProgress } from '../access/progress.ts';
import type { Db, Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { toHex } from '../db/hex.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Archive } from '../generated/node/client.ts';
import { archiveName, linesOf } from './archive.ts';
import { bookNamed, type Extent, extentOf, firstYear, partOfArchive } from './store.ts';

const ARCHIVES: Listing = {
  from: 'archive a',
  key: { sql: 'a.id', type: 'bigint' },
  fields: {
    id: { sql: 'a.id', type: 'bigint' },
    poolCode: { sql: 'a.pool_code', type: 'text' },
    year: { sql: 'a.year', type: 'numeric' },
    madeOn: { sql: 'a.made_on', type: 'date' },
  },
  search: ['a.pool_code', 'a.year::text'],
  order: '-id',
};
/** What archives may be put in order by. */
export const ARCHIVE_SORTS = Object.keys(ARCHIVES.fields);
/** Where the public keys are kept that archives have been signed with. */
const KEYS = 'archiveKeys';

/** A public key that signs, or signed, archives: in hex, and the first day it did. */
export interface ArchiveKey {
  publicKey: string;
  since: string;
}

/** 审计档案 as it is listed. */
export interface ArchiveView {
  id: string;
  poolCode: string;
  year: number;
  asOf: string;
  status: string;
  jobId: string | null;
  bytes: string | null;
  sha256: string | null;
  publicKey: string | null;
  entries: number;
  links: number;
  madeOn: string;
  madeBy: string;
  madeByName: string | null;
}

/**
 * Has a year of a book archived. What is in it is fixed here, by numbers; a job writes it. With nothing new since the last archive of that year it is that one.
 * @throws DomainError POOL_UNKNOWN (404), YEAR_OUTSIDE (422), ARCHIVE_KEY_MISSING (503)
 */
export async function makeArchive(
  ctx: Context,
  { poolCode, year }: { poolCode: string; year: number },
): Promise<{ created: boolean; archive: ArchiveView }> {
  permit(ctx, 'archive.make');
  await sealAudit({ ...ctx, actor: SYSTEM });
  return inTransaction(ctx, async (tx) => {
    if ((await keysIn(tx)).length === 0)
      throw new DomainError('ARCHIVE_KEY_MISSING', '本系统尚未配置档案签名密钥（ARCHIVE_KEY），请联系系统管理员', {
        status: 503,
      });
    await checkYear(tx, ctx, poolCode, year);
    const extent = await extentOf(tx, poolCode, year, ctx.today);
    const { ledgerTo, auditTo } = extent;
    const same = { poolCode_year_ledgerTo_auditTo: { poolCode, year, ledgerTo, auditTo } };
    const before = await tx.archive.findUnique({ where: same });
    if (before) return { created: false, archive: (await viewsOf(tx, [before]))[0]! };
    return { created: true, archive: await begin(tx, ctx, poolCode, year, extent) };
  });
}

async function checkYear(tx: Tx, ctx: Context, poolCode: string, year: number): Promise<void> {
  if (!(await bookNamed(tx, poolCode)))
    throw new DomainError('POOL_UNKNOWN', `没有资金池「${poolCode}」的账套`, { status: 404 });
  const first = (await firstYear(tx, poolCode)) ?? Number(ctx.today.slice(0, 4));
  const last = Number(ctx.today.slice(0, 4));
  if (year < first || year > last)
    throw new DomainError('YEAR_OUTSIDE', `该账套可归档的年度为 ${first}${last > first ? ` 至 ${last}` : ''}`);
}

async function begin(tx: Tx, ctx: Context, poolCode: string, year: number, extent: Extent): Promise<ArchiveView> {
  const { asOf, ...numbers } = extent;
  const row = await tx.archive.create({
    data: {
      ...{ poolCode, year, ...numbers, asOf: dateToDb(asOf), status: 'making' },
      ...{ madeBy: ctx.actor.id, madeOn: dateToDb(ctx.today) },
    },
  });
  const jobId = await ctx.send(tx, 'make-archive', { id: `${row.id}` }, { singletonKey: `${row.id}` });
  if (jobId) await setProgress(tx, jobId, `${poolCode} ${year} 年审计档案`, 0, linesOf(extent), '');
  const made = await tx.archive.update({ where: { id: row.id }, data: { jobId } });
  await audit(tx, ctx, { action: 'archive.make', subject: `archive:${row.id}`, after: { poolCode, year, asOf } });
  return (await viewsOf(tx, [made]))[0]!;
}

/** The archives there are, newest first. */
export async function listArchives(
  ctx: Context,
  { poolCode, year }: { poolCode?: string; year?: number },
  ask: ListAsk,
): Promise<Listed<ArchiveView>> {
  permit(ctx, 'archive.read');
  return inTransaction(ctx, async (tx) => {
    const conditions: Condition[] = [
      ['a.pool_code = ?', poolCode],
      ['a.year = ?', year],
    ];
    const { items: ids, ...page } = await readKeys(tx, ARCHIVES, conditions, ask);
    const rows = await tx.archive.findMany({ where: { id: { in: ids.map(BigInt) } } });
    return {
      ...page,
      items: await viewsOf(
        tx,
        inOrder(ids, rows, ({ id }) => `${id}`),
      ),
    };
  });
}

/** One archive. @throws DomainError NOT_FOUND (404) */
export async function findArchive(ctx: Context, id: bigint): Promise<ArchiveView> {
  permit(ctx, 'archive.read');
  return inTransaction(ctx, async (tx) => (await viewsOf(tx, [await archiveRow(tx, id)]))[0]!);
}

/** The file itself, part by part; who took it is entered in the log. @throws DomainError NOT_FOUND (404), NOT_READY (503) while its job writes it */
export async function downloadArchive(
  ctx: Context,
  id: bigint,
): Promise<{ name: string; bytes: number; parts: AsyncGenerator<Uint8Array<ArrayBuffer>> }> {
  permit(ctx, 'archive.read');
  const row = await inTransaction(ctx, async (tx) => {
    const found = await archiveRow(tx, id);
    if (found.status !== 'ready') throw new DomainError('NOT_READY', '档案正在制作，请稍后再取', { status: 503 });
    await audit(tx, ctx, { action: 'archive.download', subject: `archive:${id}` });
    return found;
  });
  return {
    name: archiveName(row.poolCode, row.year, dateFromDb(row.asOf)),
    bytes: Number(row.bytes),
    parts: partsOf(ctx, id),
  };
}

async function* partsOf(ctx: Context, id: bigint): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let place = 0; ; place++) {
    const part = await inTransaction(ctx, (tx) => partOfArchive(tx, id, place));
    if (!part) return;
    yield part;
  }
}

/** Remembers whose signature archives carry from now on; the keys before it stay published. */
export async function publishKey(ctx: Context, publicKey: string): Promise<void> {
  permit(ctx, 'system.run');
  await inTransaction(ctx, async (tx) => {
    const keys = await keysIn(tx);
    if (keys.at(-1)?.publicKey === publicKey) return;
    const value = [...keys, { publicKey, since: ctx.today }].map((key) => ({ ...key }));
    await tx.setting.upsert({ where: { key: KEYS }, update: { value }, create: { key: KEYS, value } });
    await audit(tx, ctx, { action: 'archive.publishKey', subject: 'archive', after: { publicKey } });
  });
}

/** The public keys archives are or were signed with, the present one last; for anybody. */
export async function archiveKeys(db: Db): Promise<ArchiveKey[]> {
  return inTransaction({ db, actor: SYSTEM }, keysIn);
}

async function keysIn(tx: Tx): Promise<ArchiveKey[]> {
  const found = await tx.setting.findUnique({ where: { key: KEYS } });
  return (found?.value as ArchiveKey[] | undefined) ?? [];
}

async function archiveRow(tx: Tx, id: bigint): Promise<Archive> {
  const row = await tx.archive.findUnique({ where: { id } });
  if (!row) throw new DomainError('NOT_FOUND', '没有这份档案', { status: 404 });
  return row;
}

async function viewsOf(tx: Tx, rows: Archive[]): Promise<ArchiveView[]> {
  const names = await actorNames(
    tx,
    rows.map(({ madeBy }) => madeBy),
  );
  return rows.map((row) => ({
    id: `${row.id}`,
    poolCode: row.poolCode,
    year: row.year,
    asOf: dateFromDb(row.asOf),
    status: row.status,
    jobId: row.jobId,
    bytes: row.bytes === null ? null : `${row.bytes}`,
    sha256: row.sha256 && toHex(row.sha256),
    publicKey: row.publicKey,
    entries: Number(row.ledgerTo - row.ledgerFrom) + 1,
    links: Number(row.auditTo - row.auditFrom) + 1,
    madeOn: dateFromDb(row.madeOn),
    madeBy: row.madeBy,
    madeByName: names.get(row.madeBy) ?? null,
  }));
}
