import { actorNames } from '../access/actor-names.ts';
import { type Actor, type Context, permit } from '../access/context.ts';
import { addDays, type LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import type { ListAsk, Listed } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { exportEnd, exportEntries, exportHead } from './export.ts';
import type { ExportFrame } from './export-frame.ts';
import type { ExportFormat } from './export-names.ts';
import type { BookRow, PostedEntry } from './journal-entry.ts';
import {
  type Broken,
  balancesOn,
  books,
  type EntryFilter,
  type EntrySort,
  entriesByDay,
  entriesPage,
  firstDay,
  hashAt,
  headOfHeads,
  verify,
} from './query-store.ts';
import { type AccountBalance, type TrialBalance, trialBalance } from './trial-balance.ts';

const EXPORT_BATCH = 2000;

/** The accounts of a book, or of all the actor may see, with their balances at the end of a day (today when none is named). */
export async function listAccounts(
  ctx: Context,
  poolCode: string | undefined,
  asOf: LocalDate = ctx.today,
): Promise<AccountBalance[]> {
  permit(ctx, 'ledger.read');
  return inTransaction(ctx, async (tx) => balancesOn(tx, await ownCodes(tx, ctx.actor, poolCode), asOf));
}

/** 试算平衡表 at the end of a day (today when none is named) of a book, or of all the actor may see. */
export async function trialBalanceOn(
  ctx: Context,
  poolCode: string | undefined,
  asOf: LocalDate = ctx.today,
): Promise<TrialBalance> {
  permit(ctx, 'ledger.read');
  return trialBalance(asOf, await listAccounts(ctx, poolCode, asOf));
}

/** An entry with the name of who posted it; null for the service itself. */
export type NamedEntry = PostedEntry & { actorName: string | null };

/** Entries with their lines, a page at a time, by book and number unless `sort` says by day. @throws DomainError CURSOR_INVALID */
export async function listEntries(
  ctx: Context,
  filter: EntryFilter & { poolCode?: string },
  { sort = 'seq', q, cursor, take }: Omit<ListAsk, 'sort'> & { sort?: EntrySort },
): Promise<Listed<NamedEntry>> {
  permit(ctx, 'ledger.read');
  const { poolCode, ...asked } = filter;
  const after = entryCursor(cursor);
  return inTransaction(ctx, async (tx) => {
    const codes = await ownCodes(tx, ctx.actor, poolCode);
    const { items, total } = await entriesPage(tx, codes, { ...asked, q }, { sort, take: take + 1, after });
    const names = await actorNames(
      tx,
      items.map((e) => e.actor),
    );
    const shown = items.slice(0, take).map((e) => ({ ...e, actorName: names.get(e.actor) ?? null }));
    const last = shown.at(-1);
    return { items: shown, total, nextCursor: items.length > take && last ? `${last.poolCode}:${last.seq}` : null };
  });
}

/** Where a page of entries begins: after `pool:number`. */
function entryCursor(cursor: string | undefined): { book: string; seq: number } | null {
  if (cursor === undefined) return null;
  const [, book, seq] = /^(.+):(\d{1,15})$/.exec(cursor) ?? [];
  if (!book || !seq) throw new DomainError('CURSOR_INVALID', '游标不正确，请使用上一页给出的 nextCursor');
  return { book, seq: Number(seq) };
}

/** What a verification says. `head` is the book's, or one hash over the heads of all the books. */
export interface Verification {
  valid: boolean;
  entries: number;
  head: string;
  broken: Broken[];
  books: { poolCode: string; name: string; valid: boolean; entries: number; head: string }[];
}

/**
 * Recomputes the chain, the lines and the balances of a book, or of all the actor may see. With an `anchor`, the number of entries and the head that a
 * statement prints, it also tells whether the book still holds what that statement was drawn from.
 */
export async function verifyBooks(
  ctx: Context,
  poolCode: string | undefined,
  anchor?: { entries: number; head: string },
): Promise<Verification> {
  permit(ctx, 'ledger.read');
  if (anchor && !poolCode) throw new DomainError('POOL_NEEDED', '核对单据所印账套头须写明资金池（poolCode）');
  return inTransaction(ctx, async (tx) => {
    const found = await verify(tx, await ownCodes(tx, ctx.actor, poolCode));
    const broken = found.flatMap((b) => b.broken.map((fault) => ({ poolCode: b.poolCode, ...fault })));
    if (anchor && poolCode) broken.push(...(await anchorFaults(tx, poolCode, anchor)));
    return {
      valid: broken.length === 0,
      entries: found.reduce((total, b) => total + b.entries, 0),
      head:
        found.length === 1
          ? found[0]!.head
          : await headOfHeads(
              tx,
              found.map((b) => b.head),
            ),
      broken,
      books: found.map(({ poolCode: code, name, entries, head }) => {
        return { poolCode: code, name, valid: broken.every((f) => f.poolCode !== code), entries, head };
      }),
    };
  });
}

async function anchorFaults(tx: Tx, poolCode: string, anchor: { entries: number; head: string }): Promise<Broken[]> {
  if ((await hashAt(tx, poolCode, anchor.entries)) === anchor.head) return [];
  const detail = `第 ${anchor.entries} 号凭证的哈希与单据所印账套头 ${anchor.head} 不符：该单据出具后账簿被改写`;
  return [{ poolCode, seq: anchor.entries, reference: null, lineNo: null, problem: 'anchor', detail }];
}

/**
 * A book's entries of some days as a journal of hledger, Ledger or beancount, in pieces, with the balances at the end asserted in it. The pieces together
 * show the book as it stood when the first was made.
 */
export async function exportBook(
  ctx: Context,
  poolCode: string,
  format: ExportFormat,
  span: { from?: LocalDate; to?: LocalDate },
): Promise<{ name: string; pieces: AsyncGenerator<string> }> {
  permit(ctx, 'ledger.read');
  const { from = null, to = ctx.today } = span;
  if (from !== null && from > to) throw new DomainError('DATES_REVERSED', `起始日期 ${from} 晚于截止日期 ${to}`);
  const frame = await inTransaction(ctx, (tx) => exportFrame(tx, ctx.actor, poolCode, from, to));
  return { name: `${poolCode}-${to}.${format}`, pieces: exportPieces(ctx, format, frame) };
}

async function exportFrame(
  tx: Tx,
  actor: Actor,
  poolCode: string,
  from: LocalDate | null,
  to: LocalDate,
): Promise<ExportFrame> {
  const [book] = await ownBooks(tx, actor, poolCode);
  const { entries } = book!;
  const before = from === null ? null : addDays(from, -1);
  const first = before ?? (await firstDay(tx, poolCode)) ?? to;
  const opened = first < to ? first : to;
  const closing = await balancesOn(tx, [poolCode], to, entries);
  const opening = before === null ? [] : await balancesOn(tx, [poolCode], before, entries);
  return { book: book!, from, to, opened, opening, closing };
}

async function* exportPieces(ctx: Context, format: ExportFormat, frame: ExportFrame): AsyncGenerator<string> {
  yield exportHead(format, frame);
  const span = { from: frame.from, to: frame.to, entries: frame.book.entries };
  for (let after: PostedEntry | null = null; ; ) {
    const batch: PostedEntry[] = await inTransaction(ctx, (tx) =>
      entriesByDay(tx, frame.book.poolCode, span, after, EXPORT_BATCH),
    );
    yield exportEntries(format, batch);
    if (batch.length < EXPORT_BATCH) break;
    after = batch.at(-1)!;
  }
  yield exportEnd(format, frame);
}

/** The books the actor may see: a county those of its pools, everyone else who reads ledgers all. @throws DomainError POOL_UNKNOWN (404), also for a book of others */
async function ownBooks(tx: Tx, actor: Actor, poolCode: string | undefined): Promise<BookRow[]> {
  const own = actor.role === 'countyReviewer' ? actor.pools : null;
  const found = (await books(tx, own)).filter((b) => poolCode === undefined || b.poolCode === poolCode);
  if (poolCode !== undefined && found.length === 0) {
    throw new DomainError('POOL_UNKNOWN', `没有资金池「${poolCode}」的账套`, { status: 404 });
  }
  return found;
}

async function ownCodes(tx: Tx, actor: Actor, poolCode: string | undefined): Promise<string[]> {
  return (await ownBooks(tx, actor, poolCode)).map((b) => b.poolCode);
}
