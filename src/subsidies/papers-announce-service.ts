import type { Context } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { voidDocument } from '../documents/service.ts';
import type { DocumentKind } from '../documents/view-models.ts';

/** Events that papers or letters follow; see `issueSubsidyPapers`. */
const DUE: readonly string[] = [
  ...['submitted', 'returned', 'decided', 'refused', 'published', 'approved', 'ordered', 'reissued', 'paid'],
  ...['returnedByBank', 'supplemented', 'deferred', 'clawbackOrdered'],
];
/** Events of a whole batch, whose list stands on one paper. */
const TOGETHER: readonly string[] = ['published', 'ordered'];
/** Applications of one job: one transaction each. */
const CHUNK = 50;

/** Events that take papers back, with the reason printed at their verification. */
const VOIDED: Record<string, { kinds: DocumentKind[]; reason: string }> = {
  returned: { kinds: ['subsidyApplication', 'subsidyReview'], reason: '申请退回补正' },
  withdrawn: { kinds: ['subsidyApplication', 'subsidyReview', 'subsidyDecision'], reason: '企业撤回申请' },
  refused: { kinds: ['subsidyDecision'], reason: '更正后不予补贴' },
  clawbackCancelled: { kinds: ['subsidyClawback'], reason: '追回已撤销' },
};

/**
 * What follows from a step of applications, in its own transaction: papers it takes back are void at once, papers and letters it brings are left to a job,
 * however many there are.
 */
export async function announce(
  tx: Tx,
  ctx: Context,
  kind: string,
  rows: readonly { id: bigint; details: Record<string, unknown> }[],
): Promise<void> {
  const voided = VOIDED[kind];
  if (voided)
    for (const { subject, kind: of } of await standing(tx, voided.kinds, rows)) {
      await voidDocument(tx, ctx, { kind: of, subject, reason: voided.reason });
    }
  if (!DUE.includes(kind)) return;
  const size = TOGETHER.includes(kind) ? Math.max(rows.length, 1) : CHUNK;
  for (let at = 0; at < rows.length; at += size) {
    const ids = rows.slice(at, at + size).map(({ id }) => `${id}`);
    await ctx.send(tx, 'subsidy-papers', { event: kind, ids, on: ctx.today });
  }
}

/** Papers of these kinds that applications have and that stand; of a clawback only its own. */
async function standing(
  tx: Tx,
  kinds: DocumentKind[],
  rows: readonly { id: bigint; details: Record<string, unknown> }[],
): Promise<{ kind: DocumentKind; subject: string }[]> {
  const subjects = rows.map(({ id, details: { clawbackId } }) =>
    clawbackId === undefined ? `subsidy:${id}` : `subsidy:${id}:clawback:${clawbackId}`,
  );
  if (subjects.length === 0) return [];
  return tx.$queryRaw<{ kind: DocumentKind; subject: string }[]>`
    SELECT d.kind, d.subject FROM document d
     WHERE d.kind = ANY (${kinds}::text[]) AND d.voided_on IS NULL
       AND EXISTS (SELECT FROM unnest(${subjects}::text[]) s WHERE starts_with(d.subject || ':', s || ':')) ORDER BY d.number`;
}
