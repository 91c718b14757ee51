import { audit } from '../access/audit.ts';
import { type Context, may, permit } from '../access/context.ts';
import type { Permission } from '../access/roles.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb } from '../db/decimal.ts';
import { toHex } from '../db/hex.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { AttachmentStore } from '../files/attachments.ts';
import type { Attachment } from '../generated/node/client.ts';
import { checkFile } from './check.ts';
import { type AttachmentView, attachmentsOf, attachmentView } from './store.ts';

/** What an attachment belongs to, as its own domain answers for it. */
export interface Owner {
  /** the pool and the bank that may see the papers, where there is one */
  poolCode: string | null;
  bankCode: string | null;
  /** the enterprise that may see the papers, or null */
  enterpriseUscc: string | null;
  /** why nothing may be added or withdrawn now, for the sender; null: it may */
  closed: string | null;
  /** the papers that may be handed in */
  papers: readonly { code: string; label: string }[];
}
/** Finds what a subject's id names, among what the actor may see, and holds it as it is until the transaction ends; null: there is none. */
export type FindOwner = (tx: Tx, ctx: Context, id: string) => Promise<Owner | null>;
/** By the word a subject begins with, e.g. `claim` of `claim:12`: who may look at its papers and who hands them in. */
export type Owners = Readonly<Record<string, { find: FindOwner; read: Permission; write: Permission }>>;

export interface NewAttachment {
  subject: string;
  paper: string;
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** More papers than this nobody reads. */
const MOST = 200;

/**
 * Keeps a paper: its bytes by their hash, a row that says what it belongs to. The same file for the same paper again answers the same. Bytes are put
 * before the row is written, so that a row never lacks them; bytes without a row are seen by nobody.
 * @throws DomainError SUBJECT_UNKNOWN (404), SUBJECT_CLOSED, ATTACHMENTS_FULL (409), PAPER_UNKNOWN and as `checkFile` (422)
 */
export async function attach(
  ctx: Context,
  owners: Owners,
  store: AttachmentStore,
  input: NewAttachment,
): Promise<{ created: boolean; attachment: AttachmentView }> {
  permit(ctx, 'attachment.write');
  const { subject, paper, bytes } = input;
  const { mediaType, name } = checkFile(input.name, bytes);
  await inTransaction(ctx, (tx) => openOwner(tx, ctx, owners, subject, paper));
  const sha256 = await hashOf(bytes);
  await store.put(toHex(sha256), bytes, mediaType);
  return inTransaction(ctx, async (tx) => {
    const { poolCode, bankCode, enterpriseUscc } = await openOwner(tx, ctx, owners, subject, paper);
    const before = await tx.attachment.findFirst({ where: { subject, paper, sha256, withdrawnOn: null } });
    if (before) return { created: false, attachment: attachmentView(before) };
    if ((await tx.attachment.count({ where: { subject, withdrawnOn: null } })) >= MOST)
      throw new DomainError('ATTACHMENTS_FULL', `附件已有 ${MOST} 份，请合并后上传`, { status: 409 });
    const row = await tx.attachment.create({
      data: {
        ...{ subject, paper, name, mediaType, size: bytes.length, sha256, poolCode, bankCode, enterpriseUscc },
        ...{ uploadedBy: ctx.actor.id, uploadedOn: dateToDb(ctx.today) },
      },
    });
    const after = { paper, name, size: bytes.length, sha256: toHex(sha256) };
    await audit(tx, ctx, { action: 'attachment.add', subject: `attachment:${row.id}`, after: { subject, ...after } });
    return { created: true, attachment: attachmentView(row) };
  });
}

/** The papers handed in for a subject. @throws DomainError SUBJECT_UNKNOWN (404) */
export async function listAttachments(ctx: Context, owners: Owners, subject: string): Promise<AttachmentView[]> {
  permit(ctx, 'attachment.read');
  return inTransaction(ctx, async (tx) => {
    await ownerOf(tx, ctx, owners, subject, 'read');
    return attachmentsOf(tx, subject);
  });
}

/** One paper with its bytes, which are what was handed in or nothing. @throws DomainError NOT_FOUND (404), ATTACHMENT_DAMAGED (503) */
export async function readAttachment(
  ctx: Context,
  owners: Owners,
  store: AttachmentStore,
  id: bigint,
): Promise<AttachmentView & { bytes: Uint8Array<ArrayBuffer> }> {
  permit(ctx, 'attachment.read');
  const row = await inTransaction(ctx, async (tx) => {
    const found = await ownRow(tx, id);
    await ownerOf(tx, ctx, owners, found.subject, 'read');
    return found;
  });
  const view = attachmentView(row);
  const bytes = await store.get(view.sha256);
  if (!bytes || toHex(await hashOf(bytes)) !== view.sha256) {
    ctx.log.error({ attachment: view.id, sha256: view.sha256, found: bytes !== null }, 'attachment damaged');
    const what = bytes ? '内容与登记的校验值不符' : '在附件存储中找不到';
    throw new DomainError('ATTACHMENT_DAMAGED', `附件「${view.name}」${what}，请联系系统管理员`, { status: 503 });
  }
  // Papers hold personal data: who looked at them is kept.
  await inTransaction(ctx, (tx) => audit(tx, ctx, { action: 'attachment.read', subject: `attachment:${id}` }));
  return { ...view, bytes };
}

/** Takes a paper back while its subject is still being prepared; the row stays, and so do the bytes. @throws DomainError NOT_FOUND (404), SUBJECT_CLOSED (409) */
export async function withdrawAttachment(ctx: Context, owners: Owners, id: bigint): Promise<void> {
  permit(ctx, 'attachment.write');
  await inTransaction(ctx, async (tx) => {
    const { subject } = await ownRow(tx, id);
    await openOwner(tx, ctx, owners, subject);
    // Read again behind the owner's lock: two who withdraw it at once.
    const { paper, name } = await ownRow(tx, id);
    const withdrawn = { withdrawnBy: ctx.actor.id, withdrawnOn: dateToDb(ctx.today) };
    await tx.attachment.updateMany({ where: { id }, data: withdrawn });
    const before = { subject, paper, name };
    await audit(tx, ctx, { action: 'attachment.withdraw', subject: `attachment:${id}`, before });
  });
}

async function ownRow(tx: Tx, id: bigint): Promise<Attachment> {
  const row = await tx.attachment.findFirst({ where: { id, withdrawnOn: null } });
  if (!row) throw new DomainError('NOT_FOUND', '没有这份附件', { status: 404 });
  return row;
}

async function ownerOf(tx: Tx, ctx: Context, owners: Owners, subject: string, what: 'read' | 'write'): Promise<Owner> {
  const [, kind = '', id = ''] = /^([a-zA-Z]+):([\w-]+)$/.exec(subject) ?? [];
  const known = Object.hasOwn(owners, kind) ? owners[kind]! : null;
  // Whose papers are not one's business is told nothing of them.
  const owner = known && may(ctx, known[what]) ? await known.find(tx, ctx, id) : null;
  if (!owner) throw new DomainError('SUBJECT_UNKNOWN', `没有附件所属的事项「${subject}」`, { status: 404 });
  return owner;
}

async function openOwner(tx: Tx, ctx: Context, owners: Owners, subject: string, paper?: string): Promise<Owner> {
  const owner = await ownerOf(tx, ctx, owners, subject, 'write');
  if (owner.closed) throw new DomainError('SUBJECT_CLOSED', owner.closed, { status: 409 });
  if (paper !== undefined && !owner.papers.some(({ code }) => code === paper)) {
    const known = owner.papers.map(({ code, label }) => `${code}（${label}）`).join('、');
    const message = `没有材料「${paper}」，应为：${known}`;
    throw new DomainError('PAPER_UNKNOWN', message, {
      errors: [{ code: 'PAPER_UNKNOWN', field: 'paper', value: paper, message }],
    });
  }
  return owner;
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
