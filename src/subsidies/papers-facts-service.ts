import { actorNames } from '../access/actor-names.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import type { DocumentHead } from '../documents/parts.ts';
import type { PrintedApplication, PrintedSubsidyLine } from '../documents/subsidy-views.ts';
import type { Citation } from '../errors.ts';
import type { Prisma, SubsidyLine } from '../generated/node/client.ts';
import { citesOf, type Explanation } from '../policy/explanation.ts';
import type { FilingContext } from '../policy/filing.ts';
import { SUBSIDY_KINDS, type SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import type { LineRequest } from './request.ts';
import { requestOf } from './store.ts';

const WHOLE = {
  lines: { orderBy: { place: 'asc' } },
  events: { orderBy: { id: 'asc' } },
} as const satisfies Prisma.SubsidyApplicationInclude;
/** An application with all that its papers print. */
export type PaperRow = Prisma.SubsidyApplicationGetPayload<{ include: typeof WHOLE }>;

/** What papers of several applications share: who signs, who acted, by which rules. */
export interface PaperFacts {
  /** 主管部门, by name: decides, signs and seals */
  authority: string;
  /** name of whoever acted, by id; the service itself has none */
  nameOf(actor: string | null): string;
  /** the unit that recommends for a pool; the authority where there is none */
  countyOf(poolCode: string | null): string;
  added: FilingContext['added'];
}

/** Applications with all that their papers print, in the order of their ids. */
export async function paperRows(tx: Tx, ids: readonly bigint[]): Promise<PaperRow[]> {
  return tx.subsidyApplication.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' }, include: WHOLE });
}

/** What the papers of these applications share. @param actors whoever else is to be named */
export async function paperFacts(tx: Tx, rows: readonly PaperRow[], actors: string[] = []): Promise<PaperFacts> {
  const names = await actorNames(tx, [...actors, ...rows.flatMap(({ events }) => events.map((e) => e.recordedBy))]);
  const pools = await tx.pool.findMany({ select: { code: true, cooperatingUnit: true } });
  const units = new Map(
    (await tx.institution.findMany({ select: { code: true, name: true, kind: true }, orderBy: { code: 'asc' } })).map(
      (unit) => [unit.code, unit],
    ),
  );
  const authority = [...units.values()].find(({ kind }) => kind === 'regionalAuthority')?.name ?? '补贴主管部门';
  const counties = new Map(pools.map(({ code, cooperatingUnit }) => [code, units.get(cooperatingUnit)?.name]));
  return {
    authority,
    nameOf: (actor) => (actor && names.get(actor)) ?? '系统',
    countyOf: (poolCode) => counties.get(poolCode ?? '') ?? authority,
    added: (await rulebook(tx)).added,
  };
}

/** Which application it is, as printed. */
export function applicationOf(row: PaperRow): PrintedApplication {
  return {
    ...{ enterprise: row.enterpriseName, uscc: row.enterpriseUscc, year: row.year, batchNo: row.batchNo },
    ...{ scheme: schemeByCode(row.schemeCode).document.title, receivedNo: `${row.receivedNo ?? ''}` },
    appliedOn: dateFromDb(row.appliedOn!),
  };
}

/** The lines of an application, as printed. */
export function linesOf(row: PaperRow): PrintedSubsidyLine[] {
  const told = requestOf(row).lines;
  return row.lines.map((line) => ({
    ...{ kind: SUBSIDY_KINDS[line.kind as SubsidyKind], name: line.name, evidence: evidenceOf(toldOf(line, told)) },
    ...{ cost: line.cost.toFixed(2), otherMoney: line.otherMoney.toFixed(2), amount: line.amount.toFixed(2) },
    ...{ decided: line.decided?.toFixed(2) ?? null, granted: line.granted?.toFixed(2) ?? null },
    ...{ reason: line.reason ?? (line.status === 'held' ? '有异议，暂缓办理' : ''), cites: citesOfLine(line) },
  }));
}

/** The line as it was stated. What goes on from an earlier year keeps its request, though not all of its lines. */
const toldOf = ({ place, kind, name }: SubsidyLine, told: LineRequest[]): LineRequest | undefined =>
  [told[place - 1], ...told].find((line) => line?.kind === kind && line.name === name);

/** What the figures of a line rest on; of one that brings nothing, what stands against it. */
function citesOfLine({ explanation, checks }: SubsidyLine): Citation[] {
  const own = unique(citesOf(explanation as unknown as Explanation));
  if (own.length > 0) return own;
  const failed = (checks as unknown as { verdict: string; cites: Citation[] }[]).filter((c) => c.verdict === 'fail');
  return unique(failed.flatMap(({ cites }) => cites));
}

const MOST_INVOICES = 3;

/** Who was paid, and by which papers. */
function evidenceOf(line: LineRequest | undefined): string {
  if (!line) return '';
  const { policyNo, contractNo, dueBillNo, pledgeNo, invoiceNos = [], vouchers = [] } = line;
  const more = invoiceNos.length > MOST_INVOICES ? ` 等 ${invoiceNos.length} 张` : '';
  const papers = [
    policyNo && `保险单 ${policyNo}`,
    contractNo && `合同 ${contractNo}`,
    dueBillNo && `借据 ${dueBillNo}`,
    pledgeNo && `质押登记 ${pledgeNo}`,
    invoiceNos.length > 0 && `发票 ${invoiceNos.slice(0, MOST_INVOICES).join('、')}${more}`,
    vouchers.length > 0 && `付息凭证 ${vouchers.length} 张`,
  ].filter(Boolean);
  return [line.counterparty, papers.join('；')].filter(Boolean).join('\n');
}

/** What stands at the head of a paper: title, programme, who signs, and the articles with their marks. `lines`: articles of single figures, which make the whole provisional too. */
export function headOf(
  title: string,
  { schemeCode, issuer, on }: { schemeCode: string; issuer: string; on: string },
  cites: Citation[],
  lines: readonly { cites: Citation[] }[] = [],
): Omit<DocumentHead, 'number' | 'verificationCode' | 'verifyUrl'> {
  const all = [...cites, ...lines.flatMap((line) => line.cites)];
  return {
    ...{ title, programme: schemeByCode(schemeCode).document.title, issuer, issuedOn: on, cites: unique(cites) },
    provisionalFigures: all.some(({ confirmed }) => !confirmed),
  };
}

/** The subject of a paper of an application; of a later submission or decision with its number: `subsidy:12`, then `subsidy:12:2`. */
export const roundSubject = (id: bigint, round: number): string => `subsidy:${id}${round > 1 ? `:${round}` : ''}`;

/** Each article once. */
export function unique(cites: readonly Citation[]): Citation[] {
  return [...new Map(cites.map((c) => [`${c.document}\n${c.article}\n${c.confirmed}`, c])).values()];
}
