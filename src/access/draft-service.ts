import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { type Context, permit } from './context.ts';

// Drafts leave no audit row: they are what one person is still typing, saved every few seconds, seen by nobody else (row-level security) and part of no
// decision. What becomes of them is audited when it is sent.

const MOST = 200;
const LARGEST = 256 * 1024;

/** What a person was typing under a key of the page's own; `body` is null where there is nothing. */
export interface DraftView {
  key: string;
  body: unknown;
  updatedAt: string | null;
}

/** The actor's own draft. */
export async function readDraft(ctx: Context, key: string): Promise<DraftView> {
  permit(ctx, 'draft.own');
  const where = { actor_key: { actor: ctx.actor.id, key } };
  const row = await inTransaction(ctx, (tx) => tx.draft.findUnique({ where }));
  return { key, body: row?.body ?? null, updatedAt: row?.updatedAt.toISOString() ?? null };
}

/** The actor's own drafts whose keys begin with a text, the latest first, without what they hold. */
export async function listDrafts(ctx: Context, prefix = ''): Promise<{ key: string; updatedAt: string }[]> {
  permit(ctx, 'draft.own');
  const rows = await inTransaction(ctx, (tx) =>
    tx.draft.findMany({
      where: { actor: ctx.actor.id, key: { startsWith: prefix } },
      select: { key: true, updatedAt: true },
      orderBy: [{ updatedAt: 'desc' }, { key: 'asc' }],
    }),
  );
  return rows.map(({ key, updatedAt }) => ({ key, updatedAt: updatedAt.toISOString() }));
}

/** Keeps a draft in place of the one before. @throws DomainError DRAFT_TOO_LARGE (413), DRAFTS_FULL (409) */
export async function keepDraft(ctx: Context, key: string, body: unknown): Promise<{ updatedAt: string }> {
  permit(ctx, 'draft.own');
  const text = JSON.stringify(body);
  if (new TextEncoder().encode(text).length > LARGEST)
    throw new DomainError('DRAFT_TOO_LARGE', '草稿超过 256 KB，未能保存', { status: 413 });
  // A character that PostgreSQL's JSON cannot hold would fail each later save, too.
  if (text.includes('\\u0000')) throw new DomainError('DRAFT_TEXT', '草稿含有不能保存的字符');
  const { id: actor } = ctx.actor;
  return inTransaction(ctx, async (tx) => {
    const others = await tx.draft.count({ where: { actor, key: { not: key } } });
    if (others >= MOST)
      throw new DomainError('DRAFTS_FULL', `草稿已有 ${MOST} 份，请先删除不用的草稿`, { status: 409 });
    const [row] = await tx.$queryRaw<{ updatedAt: Date }[]>`
      INSERT INTO draft (actor, key, body) VALUES (${actor}, ${key}, ${text}::jsonb)
      ON CONFLICT (actor, key) DO UPDATE SET body = EXCLUDED.body, updated_at = now() RETURNING updated_at AS "updatedAt"`;
    return { updatedAt: row!.updatedAt.toISOString() };
  });
}

/** Forgets a draft; that there is none changes nothing. */
export async function dropDraft(ctx: Context, key: string): Promise<void> {
  permit(ctx, 'draft.own');
  await inTransaction(ctx, (tx) => tx.draft.deleteMany({ where: { actor: ctx.actor.id, key } }));
}
