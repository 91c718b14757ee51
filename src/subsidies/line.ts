import { DomainError } from '../errors.ts';
import { Exact, formatYuan, type Money, toWire, ZERO } from '../money/money.ts';
import { type Check, checksOf } from '../policy/check.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import { type AmountInput, type LineAmount, lineAmount } from '../policy/kinds/subsidy-amount.ts';
import { describeCounted } from '../policy/kinds/subsidy-counted.ts';
import { LINE_DATES, type LineFacts, SUBSIDY_KINDS } from '../policy/kinds/subsidy-line.ts';
import { allowedFault } from '../policy/kinds/subsidy-lines-allowed.ts';
import { windowOf } from '../policy/kinds/subsidy-period.ts';
import { judgeTitle } from './eligibility.ts';
import type { Applicant, ApplicationFacts, SubsidyItem } from './facts.ts';
import type { OpenLine, OpenScheme } from './open-scheme.ts';

/** One line judged and computed, before any cap. `amount` is 0.00 where a check fails. */
export interface JudgedLine {
  item: SubsidyItem;
  facts: LineFacts;
  checks: Check[];
  amount: Money;
  explanation: Explanation;
}

/** Judges one line and computes what it would bring before caps. `before`: how many of its kind stand before it in the year. */
export function judgeItem(
  open: OpenScheme,
  facts: ApplicationFacts,
  item: SubsidyItem,
  { ofApplicant, before }: { ofApplicant: LineFacts; before: number },
): JudgedLine {
  const known = lineFacts(item, ofApplicant);
  const nothing = (checks: Check[]): JudgedLine => ({
    ...{ item, facts: known, checks, amount: ZERO },
    explanation: derived(SUBSIDY_KINDS[item.kind], '0.00 元', [], [given('原因', checks.find(isFail)!.message)]),
  });
  let line: OpenLine;
  try {
    line = open.line(item.kind);
  } catch (error) {
    return nothing([outside(open, item, error)]);
  }
  const checks = [
    ...judgeHeld(open, facts, item),
    judgePeriod(line, facts, item),
    ...judgeAllowed(line, facts, item, before),
  ];
  try {
    const input = amountInput(open, line, item, known);
    const computed = lineAmount(line.amount.version.value, input.facts);
    checks.push(...judgeAmount(line, computed));
    if (checks.some(isFail)) return nothing(checks);
    return {
      item,
      facts: known,
      checks,
      amount: computed.amount,
      explanation: explain(line, item, computed, input.rate),
    };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { fail } = checksOf(line.amount.clause, line.amount.version);
    return nothing([...checks, fail(error.code, error.message, { field: 'lines', value: item.name })]);
  }
}

const isFail = ({ verdict }: Check): boolean => verdict === 'fail';

/** What an enterprise brings to each of its lines, told once. */
export function applicantFacts({ titles, size, revenue, netAssets }: Applicant): LineFacts {
  return {
    ...{ size, titles: titles.map(({ kind }) => kind) },
    ...{ revenue: revenue && toWire(revenue), netAssets: netAssets && toWire(netAssets) },
  };
}

function lineFacts(item: SubsidyItem, ofApplicant: LineFacts): LineFacts {
  const { class: cls, ordinal, yearOrdinal, firstLoan, product, principal } = item;
  const own = { class: cls, ordinal, yearOrdinal, firstLoan, product, principal: principal && toWire(principal) };
  return { ...ofApplicant, ...own };
}

/** A kind the scheme never had, or does not have on the day: said with the articles it does have. */
function outside(open: OpenScheme, item: SubsidyItem, error: unknown): Check {
  if (!(error instanceof DomainError)) throw error;
  const line = open.scheme.lines[item.kind];
  const clause = line?.amount ?? open.holder.clause;
  const version = line?.amount.versions[0] ?? open.holder.version;
  const { fail } = checksOf(clause, version);
  return fail(error.code, error.message, { field: 'kind', value: item.kind });
}

function judgeHeld(open: OpenScheme, { applicant, appliedOn }: ApplicationFacts, item: SubsidyItem): Check[] {
  if (open.holder.version.value.on === 'appliedOn') return [];
  return judgeTitle(open, applicant, { ...item.dates, appliedOn });
}

function judgePeriod({ period: { clause, version } }: OpenLine, facts: ApplicationFacts, item: SubsidyItem): Check {
  const { pass, fail } = checksOf(clause, version);
  const { value } = version;
  const dates = { ...item.dates, appliedOn: facts.appliedOn };
  const answer = clause.apply(value, { year: facts.year, dates });
  const day = LINE_DATES[value.counts];
  const { from, to } = windowOf(value, facts.year);
  const at = { field: value.counts, value: dates[value.counts] };
  if (answer === null) return pass('PERIOD', `${day} ${at.value} 在 ${from} 至 ${to} 之间`);
  if (answer === 'unknown') return fail('PERIOD_NOT_STATED', `「${item.name}」未填报${day}`, at);
  if (answer === 'claimedTooLate') {
    return fail('CLAIMED_TOO_LATE', `「${item.name}」超过申报期限：${clause.describe(value)}`, at);
  }
  const side = answer === 'early' ? '早于' : '晚于';
  const limit = answer === 'early' ? from : to;
  return fail('OUTSIDE_PERIOD', `「${item.name}」的${day} ${at.value} ${side}受理期间（${limit}）`, at);
}

function judgeAllowed(
  { allowed: { clause, version } }: OpenLine,
  { history }: ApplicationFacts,
  item: SubsidyItem,
  before: number,
): Check[] {
  const { pass, fail, notChecked } = checksOf(clause, version);
  const { class: cls, partner, termMonths, renewed, settled, otherMoney } = item;
  const { against, unknown } = clause.apply(version.value, {
    ...{ class: cls, partner, termMonths, renewed, settled, linesBefore: before },
    ...{ yearsBefore: history.yearsBefore?.[item.kind] ?? 0, otherMoney: otherMoney.gt(ZERO) },
  });
  const words = `「${item.name}」`;
  const found = against.map((code) =>
    fail(
      `LINE_${code.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()}`,
      `${words}${allowedFault(code)}；${clause.describe(version.value)}`,
      {
        field: 'lines',
        value: item.name,
      },
    ),
  );
  if (unknown.length > 0) {
    found.push(notChecked('LINE_NOT_CHECKED', `${words}下列各项未核实：${unknown.map(allowedFault).join('、')}`));
  }
  return found.length > 0 ? found : [pass('LINE_ALLOWED', `${words}在补贴范围内`)];
}

interface Rate {
  percent: string;
  source: string;
  confirmed: boolean;
}

function amountInput(open: OpenScheme, { amount }: OpenLine, item: SubsidyItem, known: LineFacts) {
  const { cost, annualRate, months, ipShare, insuredSum } = item;
  const signedOn = item.dates.signedOn ?? item.dates.startsOn;
  const rate: Rate | null = signedOn === undefined ? null : open.lpr(amount.version.value, signedOn);
  const facts: AmountInput = {
    ...known,
    ...{ paid: toWire(cost), annualRate, months, ipShare, lpr: rate?.percent },
    insuredSum: insuredSum && toWire(insuredSum),
  };
  return { facts, rate };
}

function judgeAmount({ amount: { clause, version } }: OpenLine, { nothing }: LineAmount): Check[] {
  if (!nothing) return [];
  const { fail } = checksOf(clause, version);
  const why = { belowLeastRate: '贷款利率低于规定的下限', costTooLow: '实际支出未超过规定的数额' }[nothing];
  return [fail('NOTHING_COUNTS', `${why}，不予补贴；${clause.describe(version.value)}`, { field: 'lines' })];
}

function explain(
  { amount: { version } }: OpenLine,
  item: SubsidyItem,
  computed: LineAmount,
  rate: Rate | null,
): Explanation {
  const { row, counted, amount } = computed;
  const inputs = [given('实际支付', yuan(item.cost)), given('适用', row.label)];
  if (item.annualRate) inputs.push(given('贷款年利率', `${item.annualRate}%`));
  if (rate) {
    const cite = { document: '贷款市场报价利率（LPR）', article: rate.source, confirmed: rate.confirmed };
    inputs.push(derived('LPR', `${rate.percent}%`, [cite]));
  }
  if (version.value.ipShareOnly) inputs.push(given('知识产权质押占比', `${item.ipShare}%`));
  const exact = `${counted.toDecimalPlaces(6, Exact.ROUND_HALF_UP).toFixed()} 元`;
  return derived(
    SUBSIDY_KINDS[item.kind],
    yuan(amount),
    [version.citation],
    [derived(`计入金额（${describeCounted(row.counts)}）`, exact, [], inputs), given('补贴比例', `${row.percent}%`)],
  );
}

const yuan = (amount: Money): string => `${formatYuan(amount)} 元`;
