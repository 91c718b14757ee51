import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import { attachmentsOf } from '../attachments/store.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { issue } from '../documents/service.ts';
import type { PrintedVoucher } from '../documents/subsidy-views.ts';
import { TITLES, type TitleKind } from '../parties/title.ts';
import { type Check, faultsOf } from '../policy/check.ts';
import { valueOn } from '../policy/clause.ts';
import { papersFor } from '../policy/kinds/subsidy-papers.ts';
import { schemeByCode } from '../policy/register.ts';
import { INTEREST_KINDS, type InterestKind } from './interest.ts';
import { issuePublicity } from './papers-batch-service.ts';
import { issueClawbacks } from './papers-clawback-service.ts';
import { issueDecision, issueSupplements } from './papers-decision-service.ts';
import {
  applicationOf,
  headOf,
  linesOf,
  type PaperFacts,
  type PaperRow,
  paperFacts,
  paperRows,
  roundSubject,
  unique,
} from './papers-facts-service.ts';
import { notify } from './papers-notice-service.ts';
import { issueOrders } from './papers-order-service.ts';
import { isOpinion, type KeptPanel, opinionOf, panelSentence, remedy, sentence } from './papers-words.ts';
import { type AcceptedPledge, type PledgeText, pledgeText } from './pledge.ts';
import { requestOf } from './store.ts';

/** What happened to applications, on which day: their papers and letters follow. */
export interface PapersDue {
  event: string;
  ids: bigint[];
  on: LocalDate;
}

/**
 * Issues the papers that follow from an event of applications, all in one transaction, and writes to the enterprises. Run again it issues nothing twice. What was taken
 * back in the meantime gets none.
 */
export async function issueSubsidyPapers(ctx: Context, { event, ids, on }: PapersDue): Promise<void> {
  permit(ctx, 'system.run');
  await inTransaction(ctx, async (tx) => {
    const rows = await paperRows(tx, ids);
    const facts = await paperFacts(tx, rows);
    if (event === 'published') await issuePublicity(tx, ctx, rows, on);
    if (event === 'ordered' || event === 'reissued') await issueOrders(tx, ctx, rows, on);
    for (const row of rows) await issueOwn(tx, ctx, row, facts, { event, on });
    const letters = await notify(tx, ctx, event, rows);
    await audit(tx, ctx, {
      ...{ action: 'subsidy.papers', subject: 'subsidyApplication' },
      after: { event, applications: rows.length, letters },
    });
  });
}

/** The paper of one application, where the event has one and the application still stands where the event left it. */
async function issueOwn(
  tx: Tx,
  ctx: Context,
  row: PaperRow,
  facts: PaperFacts,
  { event, on }: Pick<PapersDue, 'event' | 'on'>,
): Promise<void> {
  const gone = ['draft', 'returned', 'withdrawn'].includes(row.status);
  if (event === 'submitted' && row.origin === 'own' && !gone) await issueForm(tx, ctx, row, facts, on);
  if ((event === 'decided' && !gone) || event === 'refused') await issueReview(tx, ctx, row, facts, on);
  if (event === 'refused') await issueRefusal(tx, ctx, row, facts, on);
  // Jobs run in any order: what corrects a decision comes after it, and names its number.
  const approved =
    event === 'supplemented' ? row.events.find(({ kind }) => kind === 'approved')?.recordedOn : undefined;
  const decidedOn = event === 'approved' ? on : approved && dateFromDb(approved);
  if (decidedOn && !gone && row.status !== 'refused') await issueDecision(tx, ctx, row, facts, decidedOn);
  if (event === 'supplemented') await issueSupplements(tx, ctx, row, facts);
  if (event === 'clawbackOrdered') await issueClawbacks(tx, ctx, row, facts);
}

/** 补贴申请表 of the latest submission, by the enterprise. */
async function issueForm(tx: Tx, ctx: Context, row: PaperRow, facts: PaperFacts, on: LocalDate): Promise<void> {
  const scheme = schemeByCode(row.schemeCode);
  const applied = dateFromDb(row.appliedOn!);
  const request = requestOf(row);
  const enterprise = await tx.enterprise.findUniqueOrThrow({
    where: { uscc: row.enterpriseUscc },
    include: { titles: { orderBy: { kind: 'asc' } } },
  });
  const held = enterprise.titles.filter((t) => dateFromDb(t.validFrom) <= applied && applied <= dateFromDb(t.validTo));
  const checklist = valueOn(scheme.papers, applied, facts.added);
  const accepted =
    (row.pledge as AcceptedPledge | null) ?? pledgeText(scheme, row.enterpriseName, applied, facts.added);
  const labels = new Map(
    papersFor(
      checklist.value,
      request.lines.map(({ kind }) => kind),
    ).map(({ code, label }) => [code, label]),
  );
  const handed = await attachmentsOf(tx, `subsidyApplication:${row.id}`);
  const lines = linesOf(row);
  const round = row.events.filter(({ kind }) => kind === 'submitted').length;
  await issue(tx, ctx, {
    ...{ kind: 'subsidyApplication', subject: roundSubject(row.id, round), poolCode: row.poolCode, bankCode: null },
    enterpriseUscc: row.enterpriseUscc,
    publicFacts: [
      { label: '申请企业', value: row.enterpriseName },
      { label: '受理顺序号', value: `${row.receivedNo}` },
      { label: '申请补贴金额', value: row.demand.toFixed(2) },
    ],
    view: {
      ...headOf(
        '补贴申请表',
        { schemeCode: row.schemeCode, issuer: row.enterpriseName, on },
        [checklist.citation, ...(accepted.citation ? [accepted.citation] : [])],
        lines,
      ),
      ...{ application: applicationOf(row), registeredIn: enterprise.registeredAt, lines },
      titles: [...new Set(held.map(({ kind }) => TITLES[kind as TitleKind] ?? kind))],
      figures: [
        { name: '上年营业收入', amount: enterprise.revenue.toFixed(2) },
        { name: '前年营业收入', amount: enterprise.previousRevenue.toFixed(2) },
        { name: '上年研发费用', amount: enterprise.rndExpense.toFixed(2) },
      ],
      ...{ amount: row.demand.toFixed(2), vouchers: vouchersOf(row), pledge: pledgeOf(accepted) },
      payee: { name: request.payee.accountName, bank: request.payee.bankName, number: request.payee.accountNo },
      papers: handed.map(({ paper, name, sha256 }) => ({ label: labels.get(paper) ?? paper, name, sha256 })),
    },
  });
}

/** The text between its title and whoever signs: the paper has both of its own. */
const pledgeOf = ({ title, text }: PledgeText) => ({ title, statements: text.split('\n').slice(1, -1) });

interface KeptVoucher {
  voucher: { voucherNo: string; paidOn: string; from: string; to: string; kind: InterestKind; amount: string };
  counted: string;
}

/** Receipts of interest with what of each counts, as judging kept them. */
function vouchersOf(row: PaperRow): PrintedVoucher[] {
  const kept = row.lines.flatMap(({ item }) => (item as unknown as { vouchers?: KeptVoucher[] }).vouchers ?? []);
  return kept.map(({ voucher, counted }) => ({
    ...{ voucherNo: voucher.voucherNo, paidOn: voucher.paidOn, from: voucher.from, to: voucher.to },
    ...{ kind: INTEREST_KINDS[voucher.kind], amount: voucher.amount, counted },
  }));
}

/** 补贴审核意见表 of the latest decision. For those who review: the enterprise is told the result, not who said what. */
async function issueReview(tx: Tx, ctx: Context, row: PaperRow, facts: PaperFacts, on: LocalDate): Promise<void> {
  const refused = row.status === 'refused';
  const since = row.events.findLastIndex(({ kind }) => kind === 'submitted');
  const said = row.events.slice(since + 1).filter(({ kind }) => isOpinion(kind));
  const round = row.events.filter(({ kind }) => kind === 'decided' || kind === 'refused').length;
  const lines = linesOf(row);
  const cites = (row.checks as unknown as Check[]).flatMap((check) => check.cites);
  const decided = refused ? '0.00' : row.decided!.toFixed(2);
  await issue(tx, ctx, {
    ...{ kind: 'subsidyReview', subject: roundSubject(row.id, round), poolCode: row.poolCode, bankCode: null },
    publicFacts: [
      { label: '受理顺序号', value: `${row.receivedNo}` },
      { label: '核定补贴金额', value: decided },
    ],
    view: {
      ...headOf('补贴审核意见表', { schemeCode: row.schemeCode, issuer: facts.authority, on }, cites, lines),
      ...{ application: applicationOf(row), amount: row.demand.toFixed(2), decided },
      lines: refused ? lines.map((line) => ({ ...line, decided: null })) : lines,
      result: refused ? 'refused' : 'granted',
      reasons: refused ? reasonsOf(row).map(({ text }) => text) : [],
      opinions: said.map(({ kind, recordedBy, recordedOn, amount, details }) =>
        opinionOf(kind as Parameters<typeof opinionOf>[0], {
          unit: kind === 'recommended' ? facts.countyOf(row.poolCode) : facts.authority,
          ...{ by: facts.nameOf(recordedBy), on: dateFromDb(recordedOn), amount: amount?.toFixed(2) ?? null },
          note: (details as { note?: string | null } | null)?.note ?? null,
        }),
      ),
      ...(row.panel && !refused ? { panel: panelSentence(row.panel as unknown as KeptPanel) } : {}),
    },
  });
}

/** 不予补贴告知书, to the enterprise. */
async function issueRefusal(tx: Tx, ctx: Context, row: PaperRow, facts: PaperFacts, on: LocalDate): Promise<void> {
  const reasons = reasonsOf(row);
  const found = unique(reasons.flatMap(({ cites }) => cites));
  const { holder } = schemeByCode(row.schemeCode);
  const cites = found.length > 0 ? found : [valueOn(holder, dateFromDb(row.appliedOn!), facts.added).citation];
  await issue(tx, ctx, {
    ...{ kind: 'subsidyRefusal', subject: roundSubject(row.id, 1), poolCode: row.poolCode, bankCode: null },
    enterpriseUscc: row.enterpriseUscc,
    publicFacts: [
      { label: '受理顺序号', value: `${row.receivedNo}` },
      { label: '结论', value: '不予补贴' },
    ],
    view: {
      ...headOf('不予补贴告知书', { schemeCode: row.schemeCode, issuer: facts.authority, on }, cites),
      ...{ addressee: row.enterpriseName, application: applicationOf(row), reasons, remedy: remedy('告知书') },
    },
  });
}

/** What stands against an application: what was checked, with its articles, or what a reviewer wrote instead. */
function reasonsOf({ checks, reason }: PaperRow) {
  const faults = faultsOf(checks as unknown as Check[]);
  const typed = reason ?? '';
  if (faults.length > 0 && (typed === '' || faults.every(({ message }) => typed.includes(message))))
    return faults.map(({ message, cites = [] }) => ({ text: sentence(message), cites }));
  return typed === '' ? [] : [{ text: sentence(typed), cites: faults.flatMap(({ cites = [] }) => cites) }];
}
