import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import { lastDay } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { BankMatch } from '../generated/node/client.ts';
import { closeMatched } from './difference-store.ts';
import { type MatchView, matchViews } from './match-list-service.ts';
import { insertMatches } from './run-store.ts';
import { lockAccount } from './statement-store.ts';

export interface NewMatch {
  poolCode: string;
  accountNo: string;
  lineIds: string[];
  legs: { seq: number; lineNo: number }[];
  reason: string;
}

/**
 * 人工核对: somebody says that these belong together, and why. Both sides come to the same to the fen, and none of them is used already: the database holds
 * both. @throws DomainError MATCH_UNEQUAL, MATCH_USED, RECONCILED (409), MATCH_EMPTY (422)
 */
export async function matchByHand(ctx: Context, input: NewMatch): Promise<MatchView> {
  permit(ctx, 'reconciliation.run');
  const { poolCode, accountNo, reason } = input;
  const [lines, legs] = [
    [...new Set(input.lineIds)],
    [...new Set(input.legs.map(({ seq, lineNo }) => `${seq}:${lineNo}`))],
  ];
  if (lines.length + legs.length < 2 || legs.length === 0)
    throw new DomainError('MATCH_EMPTY', '请选择要核对的银行明细和分录');
  return inTransaction(ctx, async (tx) => {
    await lockAccount(tx, accountNo);
    await assertFree(tx, poolCode, lines, legs);
    const [id] = await insertMatches(tx, { poolCode, accountNo }, { actor: ctx.actor.id, on: ctx.today, runId: null }, [
      { rule: 'manual', lines, legs, reason },
    ]);
    await assertOpenMonth(tx, id!);
    await closeMatched(tx, accountNo, ctx.today);
    await audit(tx, ctx, {
      action: 'bankMatch.add',
      subject: `bankMatch:${id}`,
      after: { accountNo, lines, legs, reason },
    });
    return (await matchViews(tx, [id!]))[0]!;
  });
}

/**
 * 取消核对: what was matched, by whoever or whatever, is open again, and why is kept. What was booked with its match is reversed instead.
 * @throws DomainError NOT_FOUND (404), MATCH_UNDONE, MATCH_BOOKED, RECONCILED (409)
 */
export async function undoMatch(ctx: Context, id: bigint, reason: string): Promise<MatchView> {
  permit(ctx, 'reconciliation.run');
  return inTransaction(ctx, async (tx) => {
    const { accountNo } = await matchOf(tx, id);
    await lockAccount(tx, accountNo);
    const { rule, undoneOn } = await matchOf(tx, id);
    if (undoneOn) throw new DomainError('MATCH_UNDONE', '这项核对已经取消', { status: 409 });
    if (rule === 'resolution')
      throw new DomainError('MATCH_BOOKED', '这项核对是处理差异时入账的，请冲销该差异的处理', { status: 409 });
    await assertOpenMonth(tx, id);
    const data = { undoneBy: ctx.actor.id, undoneOn: dateToDb(ctx.today), undoneReason: reason };
    await tx.bankMatch.updateMany({ where: { id }, data });
    await audit(tx, ctx, { action: 'bankMatch.undo', subject: `bankMatch:${id}`, before: { rule }, after: { reason } });
    return (await matchViews(tx, [id]))[0]!;
  });
}

async function matchOf(tx: Tx, id: bigint): Promise<BankMatch> {
  const row = await tx.bankMatch.findUnique({ where: { id } });
  if (!row) throw new DomainError('NOT_FOUND', '没有这项核对', { status: 404 });
  return row;
}

/** Says in words what the unique indexes hold, for whoever comes second. */
async function assertFree(tx: Tx, poolCode: string, lines: string[], legs: string[]): Promise<void> {
  const [used] = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT match_id AS id FROM bank_match_line WHERE live AND line_id = ANY (${lines}::bigint[])
    UNION ALL SELECT match_id FROM bank_match_leg WHERE live AND pool_code = ${poolCode} AND seq || ':' || line_no = ANY (${legs}::text[]) LIMIT 1`;
  if (used)
    throw new DomainError('MATCH_USED', `所选明细或分录已经核对（第 ${used.id} 项），不能重复使用`, { status: 409 });
}

/** A month that was confirmed stays as it is: what lies wholly up to its end. What was on its way then, and is matched with what came later, was named as that and stays named. */
async function assertOpenMonth(tx: Tx, id: bigint): Promise<void> {
  const [row] = await tx.$queryRaw<{ period: string | null; last: string | null }[]>`
    SELECT (SELECT max(r.period) FROM reconciliation r WHERE r.account_no = m.account_no AND r.status = 'confirmed') AS period,
           (SELECT max(day)::text FROM (SELECT b.occurred_on AS day FROM bank_match_line u JOIN bank_line b ON b.id = u.line_id WHERE u.match_id = m.id
             UNION ALL SELECT l.occurred_on FROM bank_match_leg u JOIN ledger.line l ON l.book_id = u.pool_code AND l.seq = u.seq AND l.line_no = u.line_no WHERE u.match_id = m.id) d) AS last
      FROM bank_match m WHERE m.id = ${id}`;
  if (!row?.period || !row.last || row.last > lastDay(row.period)) return;
  throw new DomainError('RECONCILED', `${row.last} 所在的月份已经确认对账，不能再改动`, { status: 409 });
}
