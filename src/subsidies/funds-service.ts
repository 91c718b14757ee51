import { type Context, permit } from '../access/context.ts';
import { dateFromDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { sum, toWire, ZERO } from '../money/money.ts';
import { isLive } from './clawback.ts';
import { paidOf } from './clawback-store.ts';

/** Where the money of one line stands. Amounts in 元: granted with what corrections changed, kept for it while contested, paid, back, still to be claimed. */
export interface LineFunds {
  place: number;
  lineKind: string;
  lineName: string;
  granted: string;
  adjusted: string;
  reserved: string;
  paid: string;
  clawedBack: string;
  recovered: string;
  /** what may still be claimed back */
  claimable: string;
  /** the application by which the rest goes on in a later year */
  continuedAs: string | null;
}

/** Where the money of an application stands, line by line, with what was granted and claimed back after its batch. */
export interface FundsView {
  applicationId: string;
  granted: string;
  paid: string;
  clawedBack: string;
  recovered: string;
  lines: LineFunds[];
  supplements: { id: string; place: number; cause: string; amount: string; status: string; allocatedOn: string }[];
}

/** Where the money of an application of the actor's own stands. An enterprise is told what was decided. @throws DomainError NOT_FOUND (404) */
export async function fundsOf(ctx: Context, id: bigint): Promise<FundsView> {
  permit(ctx, 'subsidy.read');
  return inTransaction(ctx, async (tx) => {
    const outside = ctx.actor.role === 'enterprise';
    const row = await tx.subsidyApplication.findUnique({
      where: { id },
      include: {
        lines: { include: { clawbacks: true, continued: true }, orderBy: { place: 'asc' } },
        supplements: { include: { line: true }, orderBy: { id: 'asc' } },
      },
    });
    if (!row || row.status === 'draft') throw new DomainError('NOT_FOUND', '没有这项补贴申请', { status: 404 });
    const known = await paidOf(
      tx,
      row.lines.map((line) => line.id),
    );
    const lines = row.lines.map((line) => {
      const { paid, before } = known.get(line.id)!;
      const backs = line.clawbacks.filter(({ status }) => isLive(status) && status !== 'proposed');
      return { line, paid, claimable: paid.minus(before), back: backs };
    });
    const back = lines.flatMap((one) => one.back);
    return {
      ...{ applicationId: `${id}`, granted: toWire(fromDb(row.granted ?? '0').plus(fromDb(row.adjusted))) },
      ...{
        paid: toWire(sum(lines.map(({ paid }) => paid))),
        clawedBack: toWire(sum(back.map((c) => fromDb(c.amount)))),
      },
      recovered: toWire(sum(back.map((c) => fromDb(c.received)))),
      lines: lines.map(({ line, paid, claimable, back: own }) => ({
        ...{ place: line.place, lineKind: line.kind, lineName: line.name, adjusted: line.adjusted.toFixed(2) },
        ...{ granted: line.granted?.toFixed(2) ?? toWire(ZERO), reserved: line.reserved?.toFixed(2) ?? toWire(ZERO) },
        ...{ paid: toWire(paid), clawedBack: toWire(sum(own.map((c) => fromDb(c.amount)))) },
        ...{ recovered: toWire(sum(own.map((c) => fromDb(c.received)))), claimable: toWire(claimable) },
        continuedAs: line.continued ? `${line.continued.applicationId}` : null,
      })),
      supplements: row.supplements
        .filter(({ status }) => !outside || status === 'approved' || status === 'ordered')
        .map(({ id: no, line, cause, amount, status, allocatedOn }) => ({
          ...{ id: `${no}`, place: line.place, cause, amount: amount.toFixed(2), status },
          allocatedOn: dateFromDb(allocatedOn),
        })),
    };
  });
}
