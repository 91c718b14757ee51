import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import { setProgress } from '../access/progress.ts';
import type { Tx } from '../db/client.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Signer, sha256Hex } from '../files/signing-key.ts';
import { ZipWriter } from '../files/write-zip.ts';
import { BOOK_RECORDS, chainPart, FORMAT, linesOf, type Manifest, POLICY_RECORDS, readMe } from './archive.ts';
import { clausesInForce, keptPolicies, noticesInForce, quotesInForce } from './policies.ts';
import {
  accountLines,
  bankLines,
  bookNamed,
  chainLines,
  type Extent,
  earlierLines,
  endArchive,
  entryLines,
  hashesAt,
  keepPart,
  lockArchive,
  orphanLines,
  pdfBytes,
  recordLines,
  statementBytes,
  strayLines,
} from './store.ts';

const BATCH = 2_000;
/** A file of lines goes on in another when it has grown to this, so that none is held whole that is larger. */
const FILE = 32 * 1024 * 1024;
const PART = 4 * 1024 * 1024;

/** A file of an archive before it is packed. */
export interface ArchiveFile {
  path: string;
  content: Uint8Array<ArrayBuffer>;
}

/** Which year of which book. */
export type Wanted = Extent & { poolCode: string; year: number };

/** Writes an archive that was asked for, to its end: file by file into parts, each kept as soon as it is full. Run again, it writes the same bytes. */
export async function buildArchive(ctx: Context, id: bigint, signer: Signer): Promise<void> {
  permit(ctx, 'system.run');
  const archive = await inTransaction(ctx, (tx) => lockArchive(tx, id));
  if (archive.status === 'ready') return;
  const zip = new ZipWriter();
  const parts = partsOf(ctx, id);
  let rows = 0;
  for await (const { path, content } of signedFiles(ctx, archive, signer)) {
    rows += path.endsWith('.jsonl') ? countLines(content) : 0;
    if (await parts.take(zip.add(path, content))) await tell(ctx, archive, rows);
  }
  await parts.take(zip.end());
  const made = { parts: await parts.end(), bytes: zip.bytes, sha256: zip.sha256(), publicKey: signer.publicKey };
  await inTransaction(ctx, async (tx) => {
    if (!(await endArchive(tx, id, made))) return;
    const { bytes, sha256, publicKey } = made;
    await audit(tx, ctx, { action: 'archive.finish', subject: `archive:${id}`, after: { bytes, sha256, publicKey } });
  });
}

/** Gathers bytes into parts of one size and keeps each that is full; `take` says whether one was. */
function partsOf(ctx: Context, id: bigint) {
  let held: Uint8Array[] = [];
  let place = 0;
  const size = () => held.reduce((sum, piece) => sum + piece.length, 0);
  const keep = async () => {
    const whole = new Uint8Array(size());
    let at = 0;
    for (const piece of held) {
      whole.set(piece, at);
      at += piece.length;
    }
    held = [];
    await inTransaction(ctx, (tx) => keepPart(tx, id, place, whole));
    place += 1;
  };
  return {
    take: async (piece: Uint8Array): Promise<boolean> => {
      held.push(piece);
      if (size() < PART) return false;
      await keep();
      return true;
    },
    end: async (): Promise<number> => {
      if (held.length > 0) await keep();
      return place;
    },
  };
}

/** Says how far the job is, in lines. */
async function tell(
  ctx: Context,
  { jobId, poolCode, year, ...extent }: Wanted & { jobId: string | null },
  rows: number,
) {
  const total = linesOf(extent);
  const label = `${poolCode} ${year} 年审计档案`;
  if (jobId) await inTransaction(ctx, (tx) => setProgress(tx, jobId, label, Math.min(rows, total), total, ''));
}

const countLines = (content: Uint8Array): number => content.reduce((lines, byte) => lines + (byte === 10 ? 1 : 0), 0);

/** All files of an archive in their order, the manifest and its signature last. */
export async function* signedFiles(ctx: Context, wanted: Wanted, signer: Signer): AsyncGenerator<ArchiveFile> {
  const files: Manifest['files'] = [];
  for await (const file of filesOf(ctx, wanted)) {
    files.push({ path: file.path, bytes: file.content.length, sha256: sha256Hex(file.content) });
    yield file;
  }
  const manifest = text('manifest.json', JSON.stringify({ ...(await headOf(ctx, wanted)), files }, null, 1));
  yield manifest;
  const { publicKey } = signer;
  const signature = { algorithm: 'Ed25519', publicKey, signature: signer.sign(manifest.content) };
  yield text('signature.json', JSON.stringify(signature, null, 1));
}

function headOf(ctx: Context, wanted: Wanted): Promise<Omit<Manifest, 'files'>> {
  const { poolCode: book, year, asOf, ledgerFrom, ledgerTo, auditFrom, auditTo } = wanted;
  return inTransaction(ctx, async (tx) => {
    const before = await hashesAt(tx, book, ledgerFrom - 1n, auditFrom - 1n);
    const last = await hashesAt(tx, book, ledgerTo, auditTo);
    return {
      ...{ format: FORMAT, book, bookName: (await bookNamed(tx, book))!.name, year, asOf },
      ledger: chainPart(ledgerFrom, ledgerTo, before.ledger, last.ledger),
      audit: chainPart(auditFrom, auditTo, before.audit, last.audit),
    };
  });
}

async function* filesOf(ctx: Context, wanted: Wanted): AsyncGenerator<ArchiveFile> {
  const { poolCode: book, year, asOf, ledgerFrom, ledgerTo, auditFrom, auditTo } = wanted;
  const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(ctx, work);
  const all = (work: (tx: Tx) => Rows) => once(() => read(work));
  const { name } = (await read((tx) => bookNamed(tx, book)))!;
  yield text('README.txt', readMe(name, book, year, asOf));
  const entries = following(ledgerFrom - 1n, (after) => read((tx) => entryLines(tx, book, after, ledgerTo, BATCH)));
  yield* files('ledger/entries', entries);
  yield* files(
    'ledger/orphans',
    all((tx) => orphanLines(tx, book, ledgerFrom, ledgerTo)),
  );
  yield* files(
    'ledger/accounts',
    all((tx) => accountLines(tx, book, ledgerFrom, ledgerTo)),
  );
  for (const [kind, path] of Object.entries(BOOK_RECORDS)) {
    const kept = await read((tx) => recordLines(tx, kind, book, wanted));
    yield* files(
      path,
      once(async () => kept),
    );
    if (kind === 'bankStatement')
      yield* statementFiles(
        read,
        kept.map(({ line }) => recordOf(line)),
      );
    if (kind === 'drawing')
      yield* pdfFiles(
        read,
        kept.map(({ line }) => recordOf(line)),
      );
  }
  yield* policyFiles(read, wanted);
  yield* files('audit/strays', all(strayLines));
  yield* files(
    'audit/chain',
    following(auditFrom - 1n, (after) => read((tx) => chainLines(tx, after, auditTo, BATCH))),
  );
}

type Rows = Promise<{ place: bigint; line: string }[]>;
type Read = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** The lines of the bank's statements and their files. */
async function* statementFiles(read: Read, statements: { id: string; format: string }[]): AsyncGenerator<ArchiveFile> {
  for (const { id, format } of statements) {
    yield* files(
      `bank/lines/${id}`,
      once(() => read((tx) => bankLines(tx, [BigInt(id)]))),
    );
    yield { path: `bank/files/${id}.${format}`, content: await read((tx) => statementBytes(tx, BigInt(id))) };
  }
}

async function* pdfFiles(read: Read, drawings: { id: string }[]): AsyncGenerator<ArchiveFile> {
  for (const { id } of drawings) {
    const content = await read((tx) => pdfBytes(tx, id));
    if (content) yield { path: `documents/${id}.pdf`, content };
  }
}

/** What was entered of policies in the year and before it, and what was in force by all that and by what the program itself brings. */
async function* policyFiles(read: Read, wanted: Wanted): AsyncGenerator<ArchiveFile> {
  const rows: string[] = [];
  const earlier: string[] = [];
  for (const [kind, path] of Object.entries(POLICY_RECORDS)) {
    earlier.push(...(await read((tx) => earlierLines(tx, kind, '-', wanted))).map(({ line }) => line));
    const kept = await read((tx) => recordLines(tx, kind, '-', wanted));
    rows.push(...kept.map(({ line }) => line));
    yield* files(
      path,
      once(async () => kept),
    );
  }
  yield linesOfFile('policies/earlier.jsonl', earlier);
  const { added, quotes, notices } = keptPolicies([...earlier, ...rows]);
  yield linesOfFile('policies/clauses.jsonl', clausesInForce(added, wanted.year).map(asText));
  yield linesOfFile('policies/lpr.jsonl', quotesInForce(quotes).map(asText));
  yield linesOfFile('policies/holidays.jsonl', noticesInForce(notices).map(asText));
}

const asText = (item: object): string => JSON.stringify(item);
const linesOfFile = (path: string, lines: string[]): ArchiveFile =>
  text(path, lines.map((line) => `${line}\n`).join(''));

/** Batches of rows, each after the place where the last ended. */
async function* following(start: bigint, next: (after: bigint) => Rows): AsyncGenerator<string[]> {
  for (let after = start; ; ) {
    const rows = await next(after);
    if (rows.length === 0) return;
    yield rows.map(({ line }) => line);
    after = rows.at(-1)!.place;
  }
}

async function* once(read: () => Rows): AsyncGenerator<string[]> {
  yield (await read()).map(({ line }) => line);
}

/** Lines as a file, or as several of one name where they are many: `x.jsonl`, `x-2.jsonl`, … */
async function* files(name: string, batches: AsyncGenerator<string[]>): AsyncGenerator<ArchiveFile> {
  let held: string[] = [];
  let size = 0;
  let place = 0;
  const next = () => {
    place += 1;
    const file = text(`${name}${place > 1 ? `-${place}` : ''}.jsonl`, held.join(''));
    held = [];
    size = 0;
    return file;
  };
  for await (const batch of batches) {
    for (const line of batch) {
      held.push(`${line}\n`);
      size += line.length;
      if (size >= FILE) yield next();
    }
  }
  if (held.length > 0 || place === 0) yield next();
}

const text = (path: string, content: string): ArchiveFile => ({ path, content: new TextEncoder().encode(content) });
const recordOf = (line: string) => JSON.parse(line).record;
