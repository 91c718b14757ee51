import type { Context } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import type { PrintedClaim, PrintedShare } from '../documents/compensation-views.ts';
import type { PrintedAccount, PrintedCheck } from '../documents/parts.ts';
import { voidDocument } from '../documents/service.ts';
import type { DocumentKind } from '../documents/view-models.ts';
import { longDate } from '../documents/wording.ts';
import type { Citation } from '../errors.ts';
import type { Claim, Pool } from '../generated/node/client.ts';
import { loanFacts } from '../loans/letter-service.ts';
import type { PanelDecision } from '../parties/panel.ts';
import type { Check } from '../policy/check.ts';
import { findClause } from '../policy/register.ts';
import type { KeptPart } from './approval.ts';
import { holdingsOf } from './facts-store.ts';
import type { PayeeAccount } from './request.ts';

/** What every paper of a claim is about, with the names it prints. */
export interface Printed {
  claim: PrintedClaim;
  pool: Pool;
  /** an institution's name; a code that is none stands for itself */
  nameOf(code: string): string;
}

/** A claim as its papers print it. */
export async function printed(tx: Tx, claim: Claim): Promise<Printed> {
  const pool = await tx.pool.findUniqueOrThrow({ where: { code: claim.poolCode } });
  const filing = await tx.loanFiling.findUniqueOrThrow({ where: { id: claim.loanId } });
  const names = new Map(
    (await tx.institution.findMany({ select: { code: true, name: true } })).map((i) => [i.code, i.name]),
  );
  const nameOf = (code: string) => names.get(code) ?? code;
  const { unpaidPrincipal, countedUnpaid, requested } = claim;
  return {
    ...{ pool, nameOf },
    claim: {
      ...{ claimNo: `${claim.id}`, bank: nameOf(claim.bankCode), poolName: pool.name },
      ...{ loan: await loanFacts(tx, filing), claimedOn: dateFromDb(claim.claimedOn!) },
      ...{ unpaidPrincipal: unpaidPrincipal.toFixed(2), countedUnpaid: countedUnpaid.toFixed(2) },
      requested: requested.toFixed(2),
    },
  };
}

/** What stands at the head of a paper: title, programme, who signs, and the articles with their marks. */
export function headOf(
  { pool }: Printed,
  today: LocalDate,
  kind: keyof typeof TITLES,
  issuer: string,
  cites: Citation[],
) {
  return {
    ...{ title: TITLES[kind], programme: pool.programme, issuer, issuedOn: today },
    ...{ provisionalFigures: cites.some((c) => !c.confirmed), cites: unique(cites) },
  };
}

const TITLES = {
  claimLetter: '风险补偿申请函',
  claimApproval: '风险补偿审批表',
  paymentNotice: '风险补偿资金拨付通知',
  recoveryDistribution: '追偿回款分配单',
  writeOffSheet: '风险补偿资金核销审核表',
} as const satisfies Partial<Record<DocumentKind, string>>;

/** What anyone who holds the paper may compare, with its amount. */
export function factsOf({ claim }: Printed, label: string, value: string) {
  return [
    { label: '申请银行', value: claim.bank },
    { label: '借据号', value: claim.loan.dueBillNo },
    { label, value },
  ];
}

/** Who bears what, each by name: of a pool's part those contributors that stand for it. */
export async function printedShares(
  tx: Tx,
  { nameOf }: Printed,
  poolCode: string,
  parts: readonly KeptPart[],
): Promise<PrintedShare[]> {
  const holdings = await holdingsOf(tx, poolCode);
  return parts.map(({ bearer, label, kind, contributors, party, percent, amount, cites }) => {
    const own = holdings.filter((h) => contributors === 'all' || contributors.includes(h.kind));
    const names = kind === 'pool' ? own.map((h) => nameOf(h.party)).join('、') : nameOf(party ?? bearer);
    // A party that nobody named goes by what the clause calls it.
    const who = names === '' || names === bearer ? label : names;
    return { bearer: label, party: who, percent: percent ? `${percent} %` : '', amount, from: kind, cites };
  });
}

/** Checks as a form prints them; what could not be checked is left out. */
export function printedChecks(checks: readonly Check[]): PrintedCheck[] {
  return checks
    .filter(({ verdict }) => verdict !== 'notChecked')
    .map(({ clause, code, verdict, value, message, cites }) => ({
      ...{ name: clause ? findClause(clause).title : code, value: value ?? '', message, cites },
      verdict: verdict === 'warn' ? 'warning' : (verdict as 'pass' | 'fail'),
    }));
}

/** 集体研究 as a sentence. */
export function panelSentence({ decidedOn, members, recused, substitutes }: PanelDecision): string {
  const more = [
    ...(recused.length > 0 ? [`回避人员：${recused.join('、')}`] : []),
    ...(substitutes.length > 0 ? [`递补人员：${substitutes.join('、')}`] : []),
  ];
  return `${[`${longDate(decidedOn)}经集体研究同意，参加人员：${members.join('、')}`, ...more].join('；')}。`;
}

/** Where the compensation goes: as the bank stated it, else to its account on record, else as its paper says. */
export async function payeeOf(
  tx: Tx,
  { nameOf }: Printed,
  payee: string,
  stated: PayeeAccount | undefined,
): Promise<PrintedAccount> {
  if (stated) return { name: stated.accountName, bank: stated.bankName, number: stated.accountNo };
  const [only, second] = await tx.bankAccount.findMany({ where: { institutionCode: payee }, take: 2 });
  if (only && !second) return { name: only.accountName, bank: only.bankName, number: only.accountNo };
  return { name: nameOf(payee), bank: '见所附收款账户材料', number: '见所附收款账户材料' };
}

/** The subject of a paper that a claim may have several of, one after the other: `claim:12`, then `claim:12:2`. */
export const roundSubject = (id: bigint, round: number): string => (round > 1 ? `claim:${id}:${round}` : `claim:${id}`);

/** Voids those papers of these kinds that a claim has and that stand. */
export async function voidPapers(
  tx: Tx,
  ctx: Context,
  id: bigint,
  kinds: readonly (keyof typeof TITLES)[],
  reason: string,
): Promise<void> {
  const own = `claim:${id}`;
  const rows = await tx.document.findMany({
    where: {
      kind: { in: [...kinds] },
      voidedOn: null,
      OR: [{ subject: own }, { subject: { startsWith: `${own}:` } }],
    },
    select: { kind: true, subject: true },
    orderBy: { number: 'asc' },
  });
  for (const { kind, subject } of rows) await voidDocument(tx, ctx, { kind: kind as DocumentKind, subject, reason });
}

/** Words that somebody typed, ending as a sentence does. */
export const sentence = (words: string): string => (words === '' || /[。！？]$/u.test(words) ? words : `${words}。`);

function unique(cites: Citation[]): Citation[] {
  return [...new Map(cites.map((c) => [`${c.document}${c.article}${c.confirmed}`, c])).values()];
}
