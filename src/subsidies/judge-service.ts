import { attachmentsOf } from '../attachments/store.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { type Money, money, toWire } from '../money/money.ts';
import { ratePercent, toPercent } from '../money/rate.ts';
import type { EnterpriseRecord } from '../parties/enterprise.ts';
import { enterprisesByUscc } from '../parties/enterprise-store.ts';
import { type Check, checksOf } from '../policy/check.ts';
import { valueOn } from '../policy/clause.ts';
import type { Explanation } from '../policy/explanation.ts';
import type { FilingContext } from '../policy/filing.ts';
import { windowOf } from '../policy/kinds/subsidy-period.ts';
import { schemeByCode } from '../policy/register.ts';
import type { Scheme } from '../policy/scheme.ts';
import { rulebook } from '../policy/store.ts';
import { bansOf } from './clawback-store.ts';
import { type EvaluatedLine, type Evaluation, evaluate } from './evaluate.ts';
import type { Applicant, ApplicationFacts, Ban, SubsidyItem } from './facts.ts';
import { historyOf, partnerRegister, programmeLoan, takenUses } from './facts-store.ts';
import { knownFrom } from './finding.ts';
import { findingsOf } from './finding-store.ts';
import { countVouchers, sharedDays, type VoucherLoan, type VoucherView, voucherView } from './interest.ts';
import { type KnownOfLine, type LineFact, lineFacts, withUses } from './line-facts.ts';
import { lackingMaterials } from './materials.ts';
import { type OpenScheme, openScheme } from './open-scheme.ts';
import {
  type ApplicationRequest,
  itemOf,
  type LineRequest,
  lackingOf,
  paidAfter,
  repeatedUses,
  USE_LABELS,
  type Use,
  usesOf,
} from './request.ts';

/** An application to be judged. `id` is null while it is not kept. */
export interface ToJudge {
  id: bigint | null;
  uscc: string;
  request: ApplicationRequest;
  appliedOn: LocalDate;
  year: number;
}

/** What judging made of an application. `told`: its lines as they stand, with what a loan of the programme leaves unsaid. */
export interface Judged {
  evaluation: Evaluation;
  vouchers: VoucherView[][];
  /** what each line states beside what it was checked against */
  facts: LineFact[][];
  told: LineRequest[];
}

/**
 * Judges applications to one scheme as everything stands: enterprises, partners, earlier grants, what is in use. Each under the rules of its own day.
 * @param rules other rules than those in force, for a trial
 * @throws DomainError ENTERPRISE_UNKNOWN (422), POLICY_OUTSIDE_DATES
 */
export async function judgeMany(tx: Tx, scheme: Scheme, all: ToJudge[], rules?: FilingContext): Promise<Judged[]> {
  const context = rules ?? (await rulebook(tx));
  const usccs = [...new Set(all.map(({ uscc }) => uscc))];
  const enterprises = await enterprisesByUscc(tx, usccs);
  const found = await findingsOf(tx, all);
  const bans = await bansOf(tx, scheme.code, usccs);
  const partner = await partnerRegister(tx);
  const ids = all.flatMap(({ id }) => id ?? []);
  const years = [...new Set(all.map(({ year }) => year))];
  const histories = new Map<number, Awaited<ReturnType<typeof historyOf>>>();
  for (const year of years) histories.set(year, await historyOf(tx, scheme.code, year, usccs, ids));
  const opened = new Map<LocalDate, OpenScheme>();
  const judged: Judged[] = [];
  for (const [place, one] of all.entries()) {
    const open = opened.get(one.appliedOn) ?? openScheme(scheme, one.appliedOn, context);
    opened.set(one.appliedOn, open);
    const enterprise = enterprises.get(one.uscc);
    if (!enterprise) throw new DomainError('ENTERPRISE_UNKNOWN', `没有登记企业「${one.uscc}」，请先登记`);
    const lines: ReadLine[] = [];
    for (const line of one.request.lines) {
      const on = line.paidOn ?? line.startsOn ?? one.appliedOn;
      lines.push(await readLine(tx, open, one, line, partner(line.kind, line.counterparty, on), context));
    }
    const facts: ApplicationFacts = {
      ...{
        appliedOn: one.appliedOn,
        year: one.year,
        applicant: { ...applicantOf(enterprise, one, bans.get(one.uscc)), ...knownFrom(found[place]!) },
      },
      ...{ items: lines.map(({ item }) => item), history: histories.get(one.year)!.get(one.uscc)! },
    };
    const [vouchers, told] = [lines.map((l) => l.vouchers), lines.map((l) => l.line)];
    const evaluation = evaluate(open, facts);
    for (const [i, line] of evaluation.lines.entries()) line.checks.push(...lines[i]!.overlaps);
    const beside = lines.map((line, i) =>
      lineFacts(one.request.lines[i]!, { ...line, ...periodOf(open, evaluation.lines[i]!) }),
    );
    judged.push({ evaluation, vouchers, facts: beside, told });
  }
  return judged;
}

function applicantOf(e: EnterpriseRecord, { request }: ToJudge, ban: Ban | undefined): Applicant {
  const amount = (text: string | undefined): Money | undefined => (text === undefined ? undefined : money(text));
  const { profit, previousProfit, netAssets, size, contestYear } = request;
  return {
    ...{ uscc: e.uscc, registeredAt: e.registeredIn, titles: e.titles, size, contestYear, ban },
    ...{ revenue: money(e.revenue), previousRevenue: money(e.previousRevenue), rndExpense: money(e.rndExpense) },
    ...{ profit: amount(profit), previousProfit: amount(previousProfit), netAssets: amount(netAssets) },
  };
}

/** A line as the rules see it; what a loan of the programme leaves unsaid is told by its filing. */
interface ReadLine {
  line: LineRequest;
  item: SubsidyItem;
  vouchers: VoucherView[];
  /** its vouchers that share days with another */
  overlaps: Check[];
  partner: boolean | undefined;
  /** the line as the filing of its loan tells it; null: no loan of the programme */
  filed: LineRequest | null;
}

/** The day of a line that its window counts, and what was found of it; nothing where the scheme does not know the kind. */
function periodOf(open: OpenScheme, { item, checks }: EvaluatedLine): Pick<KnownOfLine, 'counts' | 'period'> {
  const clause = open.scheme.lines[item.kind]?.period;
  const period = clause && checks.find((check) => check.clause === clause.id);
  return { counts: period ? open.line(item.kind).period.version.value.counts : '', period };
}

async function readLine(
  tx: Tx,
  open: OpenScheme,
  one: ToJudge,
  line: LineRequest,
  partner: boolean | undefined,
  { added }: FilingContext,
): Promise<ReadLine> {
  const rules = open.scheme.lines.interest;
  if (line.kind !== 'interest' || !rules?.vouchers)
    return { line, item: itemOf(line, { partner }), vouchers: [], overlaps: [], partner, filed: null };
  const ours = line.dueBillNo ? await programmeLoan(tx, one.uscc, line.dueBillNo) : null;
  const loan = ours ?? statedLoan(line);
  const period = valueOn(rules.period, one.appliedOn, added).value;
  const window = period.counts === 'paidOn' ? windowOf(period, one.year) : { from: '0001-01-01', to: '9999-12-31' };
  const vouchers = (line.vouchers ?? []).map((v) => ({ ...v, amount: money(v.amount) }));
  const version = valueOn(rules.vouchers, one.appliedOn, added);
  const { lines, total } = countVouchers(version, loan, vouchers, window);
  const lastPaidOn = lines.filter(({ left }) => left !== 'outsideYear').at(-1)?.voucher.paidOn;
  const whole = { ...line, ...(ours ? termsOf(ours) : {}) };
  const item = itemOf(whole, { partner, interest: { cost: total, lastPaidOn } });
  const { warn } = checksOf(rules.vouchers, version);
  const overlaps = sharedDays(vouchers).map(([first, { voucherNo }]) => {
    const message = `「${line.name}」付息凭证 ${voucherNo} 与 ${first.voucherNo} 的计息期间重叠，请核实是否重复`;
    return warn('VOUCHERS_OVERLAP', message, { field: 'vouchers', value: voucherNo });
  });
  return { line: whole, item, vouchers: lines.map(voucherView), overlaps, partner, filed: ours && whole };
}

/** What the filing of a loan says stands before what the applicant says. */
function termsOf({ terms }: VoucherLoan) {
  const { principal, annualRate, disbursedOn, maturesOn } = terms;
  return {
    ...{ principal: toWire(principal), annualRate: toPercent(annualRate), startsOn: disbursedOn, endsOn: maturesOn },
    ...{ dayCountBasis: terms.dayCountBasis, repaymentMethod: terms.repaymentMethod },
  };
}

/** A loan outside the programme, as the applicant tells it; null while it is not told. */
function statedLoan({ principal, annualRate, startsOn, endsOn, ...line }: LineRequest) {
  if (principal === undefined || annualRate === undefined || !startsOn || !endsOn || endsOn <= startsOn) return null;
  return {
    terms: {
      ...{ principal: money(principal), annualRate: ratePercent(annualRate), disbursedOn: startsOn, maturesOn: endsOn },
      dayCountBasis: line.dayCountBasis ?? ('actual360' as const),
      repaymentMethod: line.repaymentMethod ?? ('monthlyInterest' as const),
    },
    balances: null,
  };
}

/** One application as it is sent or kept. `paper`: it came on paper, and so did its papers. */
export type Asked = Pick<ToJudge, 'id' | 'uscc' | 'request'> & { paper?: boolean };

/** Judges one application by the rules of a day, says what it lacks, and of which year and batch it is. */
export async function judgeOn(tx: Tx, one: Asked, on: LocalDate) {
  const scheme = schemeByCode(one.request.scheme);
  const { added } = await rulebook(tx);
  const batch = scheme.batches.apply(valueOn(scheme.batches, on, added).value, on);
  const [judged] = await judgeMany(tx, scheme, [{ ...one, appliedOn: on, year: batch.year }]);
  const taken = await takenUses(tx, usesOf(one.uscc, one.request.lines), one.id);
  const complete = await completeness(tx, scheme, on, one, { told: judged!.told, taken });
  const values = taken.map(({ key }) => key.split('|').at(-1)!);
  return { judged: { ...judged!, facts: judged!.facts.map((facts) => withUses(facts, values)) }, complete, batch };
}

/** What is missing of an application and what of it was used before, as checks that say the field. @param on the day of the application */
async function completeness(
  tx: Tx,
  scheme: Scheme,
  on: LocalDate,
  { id, uscc, request, paper }: Asked,
  { told, taken }: { told: LineRequest[]; taken: Use[] },
): Promise<Check[]> {
  const { added } = await rulebook(tx);
  const [papers, pledge] = [valueOn(scheme.papers, on, added), valueOn(scheme.pledge, on, added)];
  const { fail } = checksOf(scheme.papers, papers);
  const found: Check[] = [];
  if (!request.pledged) {
    found.push(checksOf(scheme.pledge, pledge).fail('PLEDGE_MISSING', '请签订诚信承诺书', { field: 'pledged' }));
  }
  for (const [i, line] of told.entries()) {
    for (const { field, label } of lackingOf(line)) {
      found.push(fail('FIELD_MISSING', `「${line.name}」未填报${label}`, { field: `lines.${i}.${field}` }));
    }
  }
  for (const { line, field, value, message } of paidAfter(request.lines, on)) {
    found.push(fail('PAID_LATER', message, { field: `lines.${line}.${field}`, value }));
  }
  for (const { kind, key, place, first } of repeatedUses(uscc, request.lines)) {
    const value = key.split('|').at(-1);
    const message = `第 ${place} 项的${USE_LABELS[kind]}「${value}」已在第 ${first} 项申报，不得重复申报`;
    found.push(fail('USED_TWICE', message, { field: `lines.${place - 1}`, value }));
  }
  for (const { kind, key } of taken) {
    const value = key.split('|').at(-1);
    const message = `${USE_LABELS[kind]}「${value}」已用于其他补贴申请，不得重复申报`;
    found.push(fail('USED_BEFORE', message, { field: 'lines', value }));
  }
  if (paper) return found;
  const handed = id === null ? [] : await attachmentsOf(tx, `subsidyApplication:${id}`);
  const codes = handed.map((file) => file.paper);
  return [...found, ...lackingMaterials(scheme.papers, papers, request, codes)];
}

/** A judged application as its tables keep it. */
export function judgedColumns({ evaluation }: Judged) {
  return {
    checks: plain(evaluation.checks) as object[],
    explanation: plain<Explanation>(evaluation.explanation) as object,
    demand: toWire(evaluation.amount),
  };
}

/** Anything as the JSON it is kept as. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
