import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import type { AnnualStatementView } from '../documents/annual-views.ts';
import { issue } from '../documents/service.ts';
import { DomainError } from '../errors.ts';
import type { YearClosing } from '../generated/node/client.ts';
import { lockBook } from '../ledger/store.ts';
import { lockPool } from '../pool/service.ts';
import type { AnnualBody } from './annual.ts';
import { composeYear } from './annual-service.ts';
import { assertYearClosable } from './year.ts';
import { readYear, type YearDetails } from './year-list-service.ts';
import { yearClosingId, yearOf } from './year-store.ts';

/**
 * Somebody proposes 年终结账 of a pool: the year is over, every month of it since the pool began is closed, and so is the year before.
 * @throws DomainError YEAR_NOT_OVER (422), YEAR_INCOMPLETE, CLOSED, ALREADY_PROPOSED (409), NOT_FOUND (404)
 */
export async function proposeYear(
  ctx: Context,
  { poolCode, year }: { poolCode: string; year: number },
): Promise<YearDetails> {
  permit(ctx, 'closing.propose');
  if (year >= yearOf(ctx.today)) throw new DomainError('YEAR_NOT_OVER', `${year} 年尚未结束，不能年终结账`);
  return inTransaction(ctx, async (tx) => {
    await lockPool(tx, poolCode);
    const id = await yearClosingId(tx, poolCode, year);
    const before = await tx.yearClosing.findUnique({ where: { id } });
    if (before?.status === 'closed') throw closed(year);
    const details = await readYear(tx, ctx, id);
    if (before?.status === 'proposed') {
      if (details.mine) return details;
      throw new DomainError('ALREADY_PROPOSED', `${year} 年的年终结账已经提出，等待复核`, { status: 409 });
    }
    assertYearClosable(year, details.checklist);
    const data = { status: 'proposed', proposedBy: ctx.actor.id, proposedOn: dateToDb(ctx.today) };
    await tx.yearClosing.upsert({ where: { id }, create: { id, poolCode, year, ...data }, update: data });
    await audit(tx, ctx, { action: 'yearClosing.propose', subject: `yearClosing:${id}`, after: { poolCode, year } });
    return readYear(tx, ctx, id);
  });
}

/**
 * Another person closes the year, for good: its statements are composed, held to those of its last month, kept, and go out as papers; each account's balance
 * carries over. @throws DomainError SAME_PERSON (403), CLOSING_NOT_PROPOSED, YEAR_DOES_NOT_TIE, CLOSED (409), NOT_FOUND (404)
 */
export async function confirmYear(ctx: Context, id: string): Promise<YearDetails> {
  permit(ctx, 'closing.decide');
  return inTransaction(ctx, async (tx) => {
    const row = await lockProposed(tx, id);
    const { poolCode, year } = row;
    if (row.proposedBy === ctx.actor.id)
      throw new DomainError('SAME_PERSON', '提出人不得复核自己提出的年终结账，请由另一人办理', { status: 403 });
    assertYearClosable(year, (await readYear(tx, ctx, id)).checklist);
    const pool = await tx.pool.findUniqueOrThrow({ where: { code: poolCode } });
    const { statements, cites } = (await composeYear(tx, pool, year))!;
    const book = await lockBook(tx, poolCode);
    const { entries } = book;
    const carried = JSON.stringify(statements.find(({ kind }) => kind === 'pool')!.carried);
    await tx.yearClosing.updateMany({
      where: { id },
      data: {
        ...{ status: 'closed', carried, ledgerHead: book.head, ledgerEntries: entries },
        ...{ closedBy: ctx.actor.id, closedOn: dateToDb(ctx.today) },
      },
    });
    const issuer = await tx.institution.findUnique({ where: { code: pool.matchingUnit }, select: { name: true } });
    const head = {
      ...{ programme: pool.programme, issuer: issuer?.name ?? '', issuedOn: ctx.today, poolName: pool.name, cites },
      ...{ provisionalFigures: cites.some((c) => !c.confirmed), ledger: { head: book.head, entries: Number(entries) } },
    };
    for (const body of statements) {
      const party = { partyKind: body.kind, partyCode: body.code, poolCode, year };
      const documentId = await issueAnnual(tx, ctx, poolCode, body, head);
      const data = { yearClosingId: id, ...party, statement: JSON.stringify(body), documentId };
      await tx.annualStatement.create({ data });
    }
    const after = { poolCode, year, ledgerHead: book.head, ledgerEntries: `${entries}` };
    await audit(tx, ctx, { action: 'yearClosing.confirm', subject: `yearClosing:${id}`, after });
    return readYear(tx, ctx, id);
  });
}

type Head = Pick<
  AnnualStatementView,
  'programme' | 'issuer' | 'issuedOn' | 'poolName' | 'cites' | 'provisionalFigures' | 'ledger'
>;

/** The paper of one party's year. @returns its id */
function issueAnnual(tx: Tx, ctx: Context, poolCode: string, of: AnnualBody, head: Head): Promise<string> {
  const { kind, code, ...body } = of;
  const about = { poolCode, bankCode: null };
  const publicFacts = body.totalInWords.map(({ name, amount }) => ({ label: name, value: amount }));
  const subject = `annual:${poolCode}:${body.year}:${code}`;
  return kind === 'pool'
    ? issue(tx, ctx, {
        ...{ ...about, kind: 'annualPool', subject, publicFacts },
        view: { ...head, ...body, title: '风险补偿资金池年度报表' },
      })
    : issue(tx, ctx, {
        ...{ ...about, kind: 'annualContributor', subject, publicFacts },
        view: { ...head, ...body, title: '资金池出资方年度报表' },
      });
}

/** What was proposed is taken back or sent back, by either of the two. @throws DomainError CLOSING_NOT_PROPOSED, CLOSED (409), NOT_FOUND (404) */
export async function withdrawYear(ctx: Context, id: string, reason: string): Promise<YearDetails> {
  permit(ctx, 'closing.propose');
  return inTransaction(ctx, async (tx) => {
    const { poolCode, year } = await lockProposed(tx, id);
    await tx.yearClosing.updateMany({ where: { id }, data: { status: 'withdrawn' } });
    const act = { action: 'yearClosing.withdraw', subject: `yearClosing:${id}` };
    await audit(tx, ctx, { ...act, before: { poolCode, year }, after: { reason } });
    return readYear(tx, ctx, id);
  });
}

async function lockProposed(tx: Tx, id: string): Promise<YearClosing> {
  const seen = await tx.yearClosing.findUnique({ where: { id }, select: { poolCode: true } });
  if (!seen) throw new DomainError('NOT_FOUND', '没有提出这一年的年终结账', { status: 404 });
  await lockPool(tx, seen.poolCode);
  const row = await tx.yearClosing.findUniqueOrThrow({ where: { id } });
  if (row.status === 'closed') throw closed(row.year);
  if (row.status !== 'proposed')
    throw new DomainError('CLOSING_NOT_PROPOSED', `${row.year} 年的年终结账尚未提出`, { status: 409 });
  return row;
}

const closed = (year: number): DomainError => new DomainError('CLOSED', `${year} 年已经年终结账`, { status: 409 });
