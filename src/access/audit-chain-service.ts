import type { Tx } from '../db/client.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { type Context, permit, SYSTEM } from './context.ts';

/** The chain of the audit log: how many links it has, and the hash of the last (hex). */
export interface AuditHead {
  entries: number;
  head: string;
}

/** What is wrong in it: at which link, about what. */
export interface BrokenLink {
  seq: number | null;
  subject: string | null;
  /** gap, hash, missing, stray, head, record, anchor */
  problem: string;
  detail: string;
}

/** Chains what has been committed since the last time; in a transaction of its own, so that nobody waits for it but another sealer. */
export async function sealAudit(ctx: Context): Promise<AuditHead> {
  permit(ctx, 'system.run');
  return inTransaction(ctx, sealIn);
}

/** Seals with the caller's transaction. Others who seal wait until it ends: nothing long belongs behind it. */
export async function sealIn(tx: Tx): Promise<AuditHead> {
  const [row] = await tx.$queryRaw<AuditHead[]>`
    SELECT entries::int, encode(head, 'hex') AS head FROM audit.seal_all()`;
  return row!;
}

/** The chain as it was last sealed: what a statement prints. */
export async function auditHead(tx: Tx): Promise<AuditHead> {
  const [row] = await tx.$queryRaw<AuditHead[]>`SELECT entries::int, encode(head, 'hex') AS head FROM audit.chain`;
  return row!;
}

/**
 * Seals, then recomputes the whole chain and compares every record with its digest. With an `anchor`, the number and the head that a statement prints,
 * it also tells whether the chain still holds what stood there then.
 */
export async function verifyAudit(
  ctx: Context,
  anchor?: AuditHead,
): Promise<AuditHead & { valid: boolean; waiting: number; broken: BrokenLink[] }> {
  permit(ctx, 'audit.read');
  await sealAudit({ ...ctx, actor: SYSTEM });
  return inTransaction(ctx, async (tx) => {
    const broken = await tx.$queryRaw<BrokenLink[]>`
      SELECT seq::int, subject, problem, detail FROM audit.verify()`;
    if (anchor) broken.push(...(await anchorFaults(tx, anchor)));
    const [row] = await tx.$queryRaw<{ waiting: number }[]>`
      SELECT (SELECT count(*) FROM audit_log)::int + (SELECT count(*) FROM audit.evidence)::int - (SELECT count(*) FROM audit.seal)::int AS waiting`;
    return { valid: broken.length === 0, ...(await auditHead(tx)), waiting: row!.waiting, broken };
  });
}

async function anchorFaults(tx: Tx, { entries, head }: AuditHead): Promise<BrokenLink[]> {
  const [link] = await tx.$queryRaw<{ hash: string }[]>`
    SELECT encode(hash, 'hex') AS hash FROM audit.seal WHERE seq = ${entries}::bigint`;
  if (link?.hash === head) return [];
  const detail = `审计链第 ${entries} 条的散列值与单据所印 ${head} 不符：该单据出具后审计日志被改写`;
  return [{ seq: entries, subject: null, problem: 'anchor', detail }];
}

/** The anchor a question gives whole or not at all. @throws DomainError ANCHOR_INCOMPLETE */
export function anchorOf(asked: { entries?: number; head?: string }): AuditHead | undefined {
  const { entries, head } = asked;
  if ((entries === undefined) !== (head === undefined))
    throw new DomainError('ANCHOR_INCOMPLETE', '核对单据所印散列值须同时给出 entries 与 head');
  return entries === undefined || head === undefined ? undefined : { entries, head };
}
