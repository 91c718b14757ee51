import { type Context, permit, SYSTEM } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Citation } from '../errors.ts';
import { type FilingView, findFiling } from '../loans/filing-service.ts';
import { money, toWire } from '../money/money.ts';
import { findEnterprise } from '../parties/enterprise-service.ts';
import { isValidOn } from '../parties/title.ts';
import { leverageOn, reviewDueOn } from '../policy/decide.ts';
import type { Explanation } from '../policy/explanation.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { explainHeadroom } from '../pool/explain.ts';
import { headroom } from '../pool/exposure.ts';
import { type Act, actsOf, commitmentsOf, type HistoryRow, historyOf, waitingAfter } from './review-store.ts';
import { type PoolState, poolStates } from './store.ts';

type Enterprise = Awaited<ReturnType<typeof findEnterprise>>;

/** The clock of a filing: received, due by the reviewer's own time, late while it waits. */
export interface Clock {
  receivedOn: LocalDate;
  dueOn: LocalDate;
  late: boolean;
  /** the year's holidays are not known yet */
  provisional: boolean;
  decidedOn: LocalDate | null;
  cites: Citation[];
  explanation: Explanation;
}

/** A pool's headroom before a consent and after it; wire amounts. */
export interface Consent {
  before: string;
  after: string;
  enough: boolean;
  explanation: { before: Explanation; after: Explanation };
}

/** A filing on one page. */
export interface Review {
  filing: FilingView;
  poolName: string;
  bankName: string;
  enterprise: Omit<Enterprise, 'titles'> & { titles: (Enterprise['titles'][number] & { validWhenFiled: boolean })[] };
  history: HistoryRow[];
  commitments: { counted: string; loans: number; badLoans: number };
  acts: Act[];
  /** null once it is decided, and for an enterprise */
  headroom: Consent | null;
  clock: Clock;
  documents: { id: string; kind: string; title: string; number: string; issuedOn: LocalDate; ready: boolean }[];
  consentLetterId: string | null;
  waiting: { count: number; nextId: string | null };
}

/**
 * Everything a reviewer looks at before deciding, and whoever else may see the filing afterwards; each reader finds the history of its own scope.
 * @throws DomainError NOT_FOUND (404)
 */
export async function reviewFiling(ctx: Context, id: bigint): Promise<Review> {
  permit(ctx, 'filing.read');
  const filing = await findFiling(ctx, id);
  const enterprise = await findEnterprise(ctx, filing.enterpriseUscc, filing.filedOn);
  const titles = enterprise.titles.map((t) => ({ ...t, valid: isValidOn(t, ctx.today), validWhenFiled: t.valid }));
  const { importId, ...review } = await inTransaction(ctx, async (tx) => {
    const [pool] = await poolStates(tx, [filing.poolCode]);
    const { name: bankName } = await tx.institution.findUniqueOrThrow({ where: { code: filing.bankCode } });
    const documents = await documentsOf(tx, id);
    const own = ctx.actor.role === 'countyReviewer' ? ctx.actor.pools : null;
    return {
      ...(await tx.loanFiling.findUniqueOrThrow({ where: { id }, select: { importId: true } })),
      ...{ filing, poolName: pool!.name, bankName, enterprise: { ...enterprise, titles }, documents },
      history: await historyOf(tx, filing.enterpriseUscc, id),
      commitments: await commitmentsOf(tx, filing.enterpriseUscc),
      headroom: await consentOf(tx, ctx, filing, pool!),
      clock: await clockOf(tx, ctx, filing, pool!.policyCode),
      consentLetterId: documents.find((d) => d.kind === 'consentLetter')?.id ?? null,
      waiting: await waitingAfter(tx, own, id),
    };
  });
  return { ...review, acts: await visibleActs(ctx, id, importId) };
}

/** Names of persons go to those who see everything of the pool, and to their own institution. */
async function visibleActs(ctx: Context, id: bigint, importId: string | null): Promise<Act[]> {
  const { role, institution: own } = ctx.actor;
  const acts = await inTransaction({ db: ctx.db, actor: SYSTEM }, (tx) => actsOf(tx, `${id}`, importId));
  return acts.map(({ institution, ...act }) => {
    const named = (role !== 'bank' && role !== 'enterprise') || (institution !== null && institution === own);
    return named ? act : { ...act, actorName: null };
  });
}

async function documentsOf(tx: Tx, id: bigint) {
  const rows = await tx.document.findMany({
    where: { subject: `filing:${id}` },
    orderBy: [{ issuedOn: 'asc' }, { number: 'asc' }],
    select: { id: true, kind: true, title: true, number: true, issuedOn: true, pdfSha256: true },
  });
  return rows.map(({ pdfSha256, issuedOn, ...d }) => ({
    ...d,
    issuedOn: dateFromDb(issuedOn),
    ready: pdfSha256 !== null,
  }));
}

async function consentOf(tx: Tx, ctx: Context, filing: FilingView, pool: PoolState): Promise<Consent | null> {
  if (filing.status !== 'submitted' || ctx.actor.role === 'enterprise') return null;
  const { added } = await rulebook(tx);
  const { multiple, explanation } = leverageOn(policyByCode(pool.policyCode), ctx.today, added);
  const [capital, counted] = [money(pool.capital), money(pool.counted)];
  const next = counted.plus(money(filing.countedPrincipal));
  const [before, after] = [headroom(multiple, capital, counted), headroom(multiple, capital, next)];
  return {
    ...{ before: toWire(before), after: toWire(after), enough: !after.isNegative() },
    explanation: {
      before: explainHeadroom(before, explanation, capital, counted),
      after: explainHeadroom(after, explanation, capital, next),
    },
  };
}

/** The region's reviewer has its own time; to everyone else the clock is the cooperating unit's. */
async function clockOf(tx: Tx, ctx: Context, filing: FilingView, policyCode: string): Promise<Clock> {
  const by = ctx.actor.role === 'regionalReviewer' ? 'region' : 'cooperatingUnit';
  const due = reviewDueOn(policyByCode(policyCode), filing.filedOn, by, await rulebook(tx));
  const { filedOn: receivedOn, decidedOn, status } = filing;
  const late = status === 'submitted' ? due.dueOn < ctx.today : decidedOn !== null && due.dueOn < decidedOn;
  return { ...due, receivedOn, decidedOn, late, cites: due.explanation.cites };
}
