import { addDays, type LocalDate } from '../calendar/local-date.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { audit } from './audit.ts';
import { type Context, permit } from './context.ts';

/** The row of `setting` that says that a database holds the demonstration, and the one with the day it has been moved to. */
export const DEMONSTRATION = 'demonstration';
export const DEMONSTRATION_DAY = 'demonstrationDay';

const FURTHEST_DAYS = 400;

/**
 * Moves the demonstration's business day forward, so that what comes next (a report falls due, a month can be settled) can be tried; what is due then starts
 * by itself. `movable` is false where the day is fixed from outside. @throws DomainError NOT_FOUND (404) outside the demonstration, DAY_NOT_FORWARD, DAY_TOO_FAR
 */
export async function moveDay(ctx: Context, day: LocalDate, movable: boolean): Promise<void> {
  permit(ctx, 'demonstration.move');
  if (!movable) throw new DomainError('NOT_FOUND', '此环境的业务日期不能推进', { status: 404 });
  if (day <= ctx.today) throw new DomainError('DAY_NOT_FORWARD', `业务日期只能往后推，现在是 ${ctx.today}`);
  if (day > addDays(ctx.today, FURTHEST_DAYS)) throw new DomainError('DAY_TOO_FAR', `一次最多推后 ${FURTHEST_DAYS} 天`);
  await inTransaction(ctx, async (tx) => {
    if (!(await tx.setting.findUnique({ where: { key: DEMONSTRATION } })))
      throw new DomainError('NOT_FOUND', '只有演示环境可以推进业务日期', { status: 404 });
    const row = { key: DEMONSTRATION_DAY, value: day };
    await tx.setting.upsert({ where: { key: row.key }, update: { value: day }, create: row });
    await audit(tx, ctx, {
      action: 'demonstration.move',
      subject: 'demonstration',
      before: { day: ctx.today },
      after: { day },
    });
  });
}
