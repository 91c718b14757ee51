import { audit } from '../access/audit.ts';
import { type Actor, type Context, permit } from '../access/context.ts';
import { maskName } from '../access/mask.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import type { ListAsk, Listed } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError, type Fault } from '../errors.ts';
import { money } from '../money/money.ts';
import {
  type EnterpriseCandidate,
  type EnterpriseInput,
  type EnterpriseJudgement,
  type EnterpriseRecord,
  judgeEnterprises,
} from './enterprise.ts';
import { ENTERPRISES, enterprisesByUscc, listedUsccs, writeEnterprises } from './enterprise-store.ts';
import { isValidOn, TITLES, type Title } from './title.ts';

/** Rows of audit written by one statement. */
const BATCH = 5_000;

/** Judges lines of a 企业名录 against the register, each with its faults and warnings; writes nothing. */
export async function checkEnterprises(tx: Tx, candidates: EnterpriseCandidate[]): Promise<EnterpriseJudgement[]> {
  const known = await enterprisesByUscc(tx, usccsOf(candidates.map((c) => c.fields)));
  return judgeEnterprises(candidates, known).judged;
}

/**
 * Puts enterprises and titles on the register, a line per title; what is there already is brought up to date, what is left out stays. Lines that
 * change nothing write nothing.
 * @throws DomainError ENTERPRISE_REFUSED (422) with every fault, `row` counted from 1; nothing is written then
 */
export async function upsertEnterprises(
  tx: Tx,
  ctx: Context,
  rows: EnterpriseInput[],
): Promise<{ created: number; changed: number; warnings: Fault[] }> {
  permit(ctx, 'enterprise.write');
  const known = await enterprisesByUscc(tx, usccsOf(rows), true);
  const { judged, changed } = judgeEnterprises(
    rows.map((fields) => ({ fields, faults: [] })),
    known,
  );
  const errors = judged.flatMap((j, i) => (j.outcome === 'refused' ? j.faults.map((f) => ({ ...f, row: i + 1 })) : []));
  if (errors.length > 0)
    throw new DomainError('ENTERPRISE_REFUSED', `企业信息有 ${errors.length} 处不符合要求：${errors[0]!.message}`, {
      errors,
    });
  if (changed.length > 0) await writeEnterprises(tx, changed);
  const acts = changed.map((record) => actOf(known.get(record.uscc), record));
  for (let i = 0; i < acts.length; i += BATCH) await audit(tx, ctx, ...acts.slice(i, i + BATCH));
  const created = changed.filter(({ uscc }) => !known.has(uscc)).length;
  return { created, changed: changed.length - created, warnings: judged.flatMap((j) => j.warnings) };
}

const usccsOf = (rows: { uscc?: string }[]): string[] => [...new Set(rows.flatMap(({ uscc }) => uscc ?? []))];

/** The names of persons stay out of the log. */
function actOf(before: EnterpriseRecord | undefined, after: EnterpriseRecord) {
  const open = ({ legalRepresentative: _, titles, ...facts }: EnterpriseRecord) => ({
    ...facts,
    titles: titles.map((t) => ({ ...t })),
  });
  const subject = `enterprise:${after.uscc}`;
  return before
    ? { action: 'enterprise.change', subject, before: open(before), after: open(after) }
    : { action: 'enterprise.create', subject, after: open(after) };
}

export type EnterpriseView = Omit<EnterpriseRecord, 'titles'> & {
  asOf: LocalDate;
  titles: (Title & { label: string; valid: boolean })[];
};

/** Only the enterprise itself reads the person's name unasked; others ask for it by name, see revealEnterprise. */
function toView({ titles, ...record }: EnterpriseRecord, asOf: LocalDate, { enterprise }: Actor): EnterpriseView {
  const { legalRepresentative: person } = record;
  return {
    ...record,
    legalRepresentative: person && enterprise !== record.uscc ? maskName(person) : person,
    asOf,
    titles: titles.map((title) => ({
      ...title,
      label: TITLES[title.kind] ?? title.kind,
      valid: isValidOn(title, asOf),
    })),
  };
}

/** One enterprise as it travels: amounts as text, all its titles at once. */
export interface EnterpriseRequest
  extends Omit<
    EnterpriseInput,
    | 'totalAssets'
    | 'revenue'
    | 'previousRevenue'
    | 'rndExpense'
    | 'title'
    | 'certificateNo'
    | 'titleValidFrom'
    | 'titleValidTo'
  > {
  totalAssets?: string;
  revenue?: string;
  previousRevenue?: string;
  rndExpense?: string;
  titles?: Title[];
}

/** Registers an enterprise or brings it up to date. @throws DomainError ENTERPRISE_REFUSED (422) */
export async function putEnterprise(
  ctx: Context,
  { titles = [], ...request }: EnterpriseRequest,
): Promise<EnterpriseView & { created: boolean; warnings: Fault[] }> {
  permit(ctx, 'enterprise.write');
  const amount = (text: string | undefined) => (text === undefined ? undefined : money(text));
  const { totalAssets, revenue, previousRevenue, rndExpense, ...rest } = request;
  const facts = {
    ...rest,
    totalAssets: amount(totalAssets),
    revenue: amount(revenue),
    previousRevenue: amount(previousRevenue),
    rndExpense: amount(rndExpense),
  };
  const lines = titles.map(({ kind, certificateNo, validFrom, validTo }) => ({
    ...facts,
    title: kind,
    certificateNo,
    titleValidFrom: validFrom,
    titleValidTo: validTo,
  }));
  return inTransaction(ctx, async (tx) => {
    const { created, warnings } = await upsertEnterprises(tx, ctx, lines.length > 0 ? lines : [facts]);
    const record = (await enterprisesByUscc(tx, [request.uscc])).get(request.uscc)!;
    return { ...toView(record, ctx.today, ctx.actor), created: created > 0, warnings: warnings.slice(0, 1) };
  });
}

/**
 * An enterprise by its code, with which titles count on a day. Banks may look up any, since they file by code; enterprises only themselves,
 * counties their own. @throws DomainError NOT_FOUND (404)
 */
export async function findEnterprise(ctx: Context, uscc: string, asOf: LocalDate = ctx.today): Promise<EnterpriseView> {
  permit(ctx, 'enterprise.read');
  return inTransaction(ctx, async (tx) => {
    return toView(await visibleEnterprise(tx, ctx, uscc, asOf), asOf, ctx.actor);
  });
}

async function visibleEnterprise(tx: Tx, ctx: Context, uscc: string, asOf: LocalDate): Promise<EnterpriseRecord> {
  const visible = ctx.actor.role === 'bank' || (await listedUsccs(tx, { uscc, asOf }, { take: 1 })).total > 0;
  const record = visible ? (await enterprisesByUscc(tx, [uscc])).get(uscc) : undefined;
  if (!record) throw new DomainError('NOT_FOUND', `企业库中没有 ${uscc}`, { status: 404 });
  return record;
}

/** What the views hide of an enterprise, for who says why; each look stands in the audit log, without what was seen. @throws DomainError NOT_FOUND (404) */
export async function revealEnterprise(
  ctx: Context,
  uscc: string,
  reason: string,
): Promise<{ legalRepresentative: string | null }> {
  permit(ctx, 'personal.reveal');
  return inTransaction(ctx, async (tx) => {
    const { legalRepresentative } = await visibleEnterprise(tx, ctx, uscc, ctx.today);
    const after = { fields: ['legalRepresentative'], reason };
    await audit(tx, ctx, { action: 'personal.reveal', subject: `enterprise:${uscc}`, after });
    return { legalRepresentative };
  });
}

/** What enterprises may be put in order by. */
export const ENTERPRISE_SORTS = Object.keys(ENTERPRISES.fields);

/** The enterprises of the actor's own, by code when no other order is asked for. `title` counts when it is valid on `asOf` (today when none is named). */
export async function listEnterprises(
  ctx: Context,
  { asOf = ctx.today, ...filter }: { uscc?: string; name?: string; title?: string; asOf?: LocalDate },
  ask: ListAsk,
): Promise<Listed<EnterpriseView>> {
  permit(ctx, 'enterprise.read');
  return inTransaction(ctx, async (tx) => {
    const { items: usccs, ...page } = await listedUsccs(tx, { ...filter, asOf }, ask);
    const records = await enterprisesByUscc(tx, usccs);
    return { ...page, items: usccs.map((uscc) => toView(records.get(uscc)!, asOf, ctx.actor)) };
  });
}
