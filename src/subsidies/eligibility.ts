import { toWire } from '../money/money.ts';
import { type Check, checksOf } from '../policy/check.ts';
import { type HolderAnswer, qualifyingTitle } from '../policy/kinds/subsidy-holder.ts';
import { LINE_DATES, type LineDate } from '../policy/kinds/subsidy-line.ts';
import type { Applicant, ApplicationFacts } from './facts.ts';
import type { OpenScheme } from './open-scheme.ts';

/**
 * Judges the enterprise itself, in the order of the articles: place, title (where it must hold on the day of the application), gate, record, ban. Codes:
 * REGISTRATION / REGISTERED_ELSEWHERE, TITLE / TITLE_NOT_VALID, GATE / GATE_NOT_MET / GATE_NOT_STATED, STANDING / ENTERPRISE_BARRED /
 * STANDING_NOT_CHECKED, APPLICANT_BANNED.
 */
export function judgeApplicant(open: OpenScheme, facts: ApplicationFacts): Check[] {
  const { holder } = open;
  return [
    judgePlace(open, facts.applicant),
    ...(holder.version.value.on === 'appliedOn'
      ? judgeTitle(open, facts.applicant, { appliedOn: facts.appliedOn })
      : []),
    ...judgeGate(open, facts),
    ...judgeStanding(open, facts.applicant),
    ...judgeBan(open, facts),
  ];
}

function judgePlace({ registration: { clause, version } }: OpenScheme, { registeredAt }: Applicant): Check {
  const { pass, fail } = checksOf(clause, version);
  return clause.apply(version.value, { registeredAt })
    ? pass('REGISTRATION', `登记所在地 ${registeredAt} 符合要求`)
    : fail('REGISTERED_ELSEWHERE', `${clause.describe(version.value)}，企业登记在 ${registeredAt}`, {
        ...{ field: 'enterpriseUscc', value: registeredAt },
      });
}

/**
 * Whether a title holds on the day the clause means; a prize that a reviewer did not find is none, and one that nobody has looked up is said to be so
 * (CONTEST_NOT_CONFIRMED). @param dates the days that are known of the application or line
 */
export function judgeTitle(
  { holder: { clause, version } }: OpenScheme,
  { titles, contestYear: stated, contestConfirmed }: Applicant,
  dates: Partial<Record<LineDate, string>>,
): Check[] {
  const { value } = version;
  const { pass, fail, notChecked } = checksOf(clause, version);
  const contestYear = contestConfirmed === false ? undefined : stated;
  const answer: HolderAnswer = clause.apply(value, { dates, titles, contestYear });
  const day = LINE_DATES[value.on];
  if ('holds' in answer) {
    const held = qualifyingTitle(value, titles, dates[value.on]!);
    const name = value.anyOf.find(({ code }) => code === held?.kind)?.label;
    const why = held
      ? `${name}（证书编号 ${held.certificateNo}，有效期至 ${held.validTo}）在${day}有效`
      : `${contestYear} 年在创新创业大赛获奖`;
    if (held || contestConfirmed) return [pass('TITLE', why)];
    const open = `企业填报 ${why}，由审核人员核实`;
    return [pass('TITLE', why), notChecked('CONTEST_NOT_CONFIRMED', open, { field: 'contestYear', value: 'contest' })];
  }
  const needed = `；${clause.describe(value)}`;
  if (answer.lacks === 'date')
    return [fail('TITLE_NOT_VALID', `未填报${day}，无法核对资质${needed}`, { field: value.on })];
  const listed = titles.filter(({ kind }) => value.anyOf.some(({ code }) => code === kind));
  const why = {
    title: listed[0]
      ? `所持资质的有效期为 ${listed[0].validFrom} 至 ${listed[0].validTo}，${day} ${dates[value.on]} 不在其内`
      : `企业未持有所列资质${contestConfirmed === false ? '，经核实没有所填报的获奖' : ''}`,
    recognisedTooLongAgo: `首次认定已超过 ${value.withinMonthsOfRecognition} 个月`,
  }[answer.lacks];
  return [fail('TITLE_NOT_VALID', `${why}${needed}`, { field: 'enterpriseUscc' })];
}

function judgeGate({ gate, holder }: OpenScheme, { applicant, appliedOn, year }: ApplicationFacts): Check[] {
  if (!gate) return [];
  const { clause, version } = gate;
  const { pass, fail } = checksOf(clause, version);
  const { revenue, previousRevenue, profit, previousProfit, rndExpense } = applicant;
  const text = (amount: typeof revenue) => (amount === undefined ? undefined : toWire(amount));
  const held = qualifyingTitle(holder.version.value, applicant.titles, appliedOn);
  const answer = clause.apply(version.value, {
    ...{ revenue: text(revenue), previousRevenue: text(previousRevenue), rndExpense: text(rndExpense) },
    ...{ profit: text(profit), previousProfit: text(previousProfit) },
    newTitle:
      isOfYear(held?.validFrom, year) || (applicant.contestYear === year && applicant.contestConfirmed !== false),
  });
  const rule = clause.describe(version.value);
  if (answer === 'failed')
    return [fail('GATE_NOT_MET', `未达到要求：${rule}`, { field: 'revenue', value: text(revenue) })];
  if (answer === 'unknown') {
    return [fail('GATE_NOT_STATED', `上年销售收入、研发费用未填报齐全，无法判断：${rule}`, { field: 'revenue' })];
  }
  return [pass('GATE', WHY[answer])];
}

const WHY = {
  revenue: '上年销售收入增长达到要求',
  profit: '上年利润增长达到要求',
  rnd: '上年研发费用占销售收入的比重达到要求',
  waived: '当年取得资质或奖项，不受经营和研发门槛限制',
};

/** A title is of a year when it begins in it. */
const isOfYear = (day: string | undefined, year: number): boolean => day?.startsWith(`${year}-`) ?? false;

function judgeStanding({ standing: { clause, version } }: OpenScheme, { standing }: Applicant): Check[] {
  const { pass, fail, notChecked } = checksOf(clause, version);
  const { barred, unknown } = clause.apply(version.value, standing ?? {});
  const label = (code: string) => version.value.barred.find((item) => item.code === code)!.label;
  const found = barred.map((code) =>
    fail('ENTERPRISE_BARRED', `企业不符合申报条件：${label(code)}`, { field: 'enterpriseUscc' }),
  );
  if (unknown.length > 0) {
    const all = unknown.map(label).join('；');
    const value = unknown.join('、');
    found.push(notChecked('STANDING_NOT_CHECKED', `企业承诺没有下列情形，由审核人员核实：${all}`, { value }));
  }
  return found.length > 0 ? found : [pass('STANDING', '已核查，企业没有不得申报的情形')];
}

function judgeBan({ clawback }: OpenScheme, { applicant: { ban }, appliedOn }: ApplicationFacts): Check[] {
  if (ban === undefined || appliedOn < ban.from || appliedOn >= ban.until) return [];
  const { fail } = checksOf(clawback.clause, clawback.version);
  const message = `企业弄虚作假，${ban.from} 决定追回其按${ban.title}取得的补贴，${ban.until} 以前不得申报`;
  const more = { field: 'enterpriseUscc', value: ban.until, cites: [ban.citation] };
  return [fail('APPLICANT_BANNED', message, more)];
}
