import { audit } from '../access/audit.ts';
import { type Context, permit, SYSTEM } from '../access/context.ts';
import type { Db, Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { toHex } from '../db/hex.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { DOCUMENT_KINDS } from './kinds.ts';
import type { DocumentHead } from './parts.ts';
import { documentIdentity, nextSerial } from './store.ts';
import { codeFromHash, normaliseCode } from './verification-code.ts';
import type { DocumentKind, ViewModels } from './view-models.ts';
import { documentNumber } from './wording.ts';

/** What a document is about and who may see it; the paper itself is its view model. */
export interface Issue<K extends DocumentKind> {
  kind: K;
  /** one document per kind and subject, e.g. `filing:12` */
  subject: string;
  view: Omit<ViewModels[K], 'number' | 'verificationCode' | 'verifyUrl'>;
  /** the pool it concerns; null: only who sees all pools, and those named below */
  poolCode: string | null;
  /** the bank it concerns, or null: then only who sees the pool sees it */
  bankCode: string | null;
  /** the enterprise it concerns, which may read it too */
  enterpriseUscc?: string;
  /** the few facts that anyone who holds the paper may compare */
  publicFacts: { label: string; value: string }[];
}

/**
 * Issues a document in the caller's transaction: numbered, with its verification code, its PDF drawn by a job of the same transaction.
 * Issued again for the same subject it is the same document. @returns its id
 */
export async function issue<K extends DocumentKind>(tx: Tx, ctx: Context, input: Issue<K>): Promise<string> {
  const { kind, subject, poolCode, bankCode, enterpriseUscc, publicFacts } = input;
  const head = input.view as Omit<DocumentHead, 'number' | 'verificationCode' | 'verifyUrl'>;
  const { id, hash } = await documentIdentity(tx, kind, subject, JSON.stringify(input.view));
  if (await tx.document.findUnique({ where: { id }, select: { id: true } })) return id;
  const year = Number(head.issuedOn.slice(0, 4));
  const { word } = DOCUMENT_KINDS[kind];
  const number = documentNumber(word, year, await nextSerial(tx, word, year));
  const verificationCode = codeFromHash(hash);
  const view = { ...input.view, number, verificationCode, verifyUrl: `${ctx.publicUrl}/verify/${verificationCode}` };
  // As text: a ledger has thousands of rows, and Prisma would walk through each.
  await tx.$executeRaw`
    INSERT INTO document (id, kind, subject, pool_code, bank_code, enterprise_uscc, number, title, verification_code, issued_on, public_facts, view_model)
    VALUES (${id}::uuid, ${kind}, ${subject}, ${poolCode}, ${bankCode}, ${enterpriseUscc ?? null}, ${number}, ${head.title}, ${verificationCode}, ${head.issuedOn}::date,
      ${JSON.stringify(publicFacts)}::jsonb, ${JSON.stringify(view)}::jsonb)`;
  // What somebody waits for is drawn before what was issued in bulk.
  await ctx.send(tx, 'render-document', { id }, { singletonKey: id, priority: ctx.actor.role === 'system' ? 0 : 1 });
  return id;
}

/** 作废 of the document of a subject, in the transaction that takes back what it was about; without one, or when it is void already, nothing happens. */
export async function voidDocument(
  tx: Tx,
  ctx: Context,
  about: { kind: DocumentKind; subject: string; reason: string },
): Promise<void> {
  const { kind, subject, reason } = about;
  const row = await tx.document.findUnique({
    where: { kind_subject: { kind, subject } },
    select: { id: true, voidedOn: true },
  });
  if (!row || row.voidedOn) return;
  await tx.document.update({ where: { id: row.id }, data: { voidedOn: dateToDb(ctx.today), voidReason: reason } });
  await audit(tx, ctx, { action: 'document.void', subject: `document:${row.id}`, after: { reason } });
}

export interface DocumentView {
  id: string;
  kind: string;
  number: string;
  title: string;
  subject: string;
  issuedOn: string;
  verificationCode: string;
  ready: boolean;
  /** 作废: what it was about was taken back */
  voidedOn: string | null;
  voidReason: string | null;
  view: unknown;
}

/** A document of the actor's own. @throws DomainError NOT_FOUND (404) */
export async function findDocument(ctx: Context, id: string): Promise<DocumentView> {
  permit(ctx, 'document.read');
  const row = await inTransaction(ctx, (tx) => tx.document.findUnique({ where: { id }, omit: { pdf: true } }));
  if (!row) throw new DomainError('NOT_FOUND', '没有这份单据', { status: 404 });
  const { kind, number, title, subject, verificationCode } = row;
  return {
    id,
    kind,
    number,
    title,
    subject,
    verificationCode,
    issuedOn: dateFromDb(row.issuedOn),
    ready: row.pdfSha256 !== null,
    voidedOn: row.voidedOn && dateFromDb(row.voidedOn),
    voidReason: row.voidReason,
    view: row.viewModel,
  };
}

/** The PDF of a document of the actor's own. @throws DomainError NOT_FOUND (404), NOT_READY (503) while its job has not drawn it yet */
export async function documentPdf(ctx: Context, id: string): Promise<{ name: string; pdf: Uint8Array<ArrayBuffer> }> {
  permit(ctx, 'document.read');
  const row = await inTransaction(ctx, (tx) =>
    tx.document.findUnique({ where: { id }, select: { number: true, title: true, pdf: true } }),
  );
  if (!row) throw new DomainError('NOT_FOUND', '没有这份单据', { status: 404 });
  if (!row.pdf) throw new DomainError('NOT_READY', '单据正在生成，请稍后再取', { status: 503 });
  return { name: `${row.title} ${row.number}.pdf`, pdf: row.pdf };
}

/** What was issued under a code, for anyone who holds the paper: title, number, day, the few public facts, whether it is void; never more. */
export async function verifyDocument(db: Db, typed: string) {
  const code = normaliseCode(typed);
  const found = await inTransaction({ db, actor: SYSTEM }, (tx) =>
    tx.document.findUnique({ where: { verificationCode: code }, omit: { pdf: true, viewModel: true } }),
  );
  if (!found) throw new DomainError('CODE_UNKNOWN', '没有以此验证码出具的单据', { status: 404 });
  const { title, number, kind } = found;
  return {
    verificationCode: code,
    title,
    number,
    kind,
    issuedOn: dateFromDb(found.issuedOn),
    voidedOn: found.voidedOn && dateFromDb(found.voidedOn),
    facts: found.publicFacts,
    pdfSha256: found.pdfSha256 && toHex(found.pdfSha256),
  };
}

/** Keeps the bytes a job has drawn, once; the same bytes again change nothing. */
export async function storePdf(
  ctx: Context,
  id: string,
  draw: (kind: DocumentKind, view: unknown) => Promise<Uint8Array>,
): Promise<void> {
  permit(ctx, 'system.run');
  const row = await inTransaction(ctx, (tx) =>
    tx.document.findUniqueOrThrow({ where: { id }, select: { kind: true, viewModel: true, pdfSha256: true } }),
  );
  if (row.pdfSha256) return;
  const pdf = await draw(row.kind as DocumentKind, row.viewModel);
  await inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`UPDATE document SET pdf = ${pdf}, pdf_sha256 = sha256(${pdf}) WHERE id = ${id}::uuid AND pdf_sha256 IS NULL`;
    await audit(tx, ctx, { action: 'document.draw', subject: `document:${id}` });
  });
}

/** Puts the drawing job again for documents that have none of their bytes, after a process was killed. */
export async function sendUndrawn(ctx: Context): Promise<void> {
  permit(ctx, 'system.run');
  await inTransaction(ctx, async (tx) => {
    const undrawn = await tx.document.findMany({
      where: { pdfSha256: null },
      select: { id: true },
      orderBy: { issuedOn: 'asc' },
      take: 1_000,
    });
    for (const { id } of undrawn) await ctx.send(tx, 'render-document', { id }, { singletonKey: id });
    if (undrawn.length > 0)
      await audit(tx, ctx, { action: 'document.send', subject: 'document', after: { documents: undrawn.length } });
  });
}
