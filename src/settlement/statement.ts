import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import { nextPeriod } from '../calendar/settlement-period.ts';
import type { StatementLine, StatementNote, StatementRatio, StatementSection } from '../documents/view-models.ts';
import { type Citation, DomainError } from '../errors.ts';
import { Exact, formatYuan, type Money, money, toWire, ZERO } from '../money/money.ts';
import { toPercent } from '../money/rate.ts';
import { roundTo } from '../money/rounding.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import { CLASSIFICATIONS, isNonPerforming, type LoanClassification } from '../policy/five-categories.ts';
import type { GuaranteeMonth } from './guarantee-service.ts';
import { type AccountMonth, type CompensationTotal, type EventMonth, type PortfolioCell, total } from './sums.ts';

/** What the pool's and the contributors' statements of a month, or of the months of a year, are composed from. */
export interface SpanFacts {
  /** the last month */
  period: SettlementPeriod;
  accounts: AccountMonth[];
  events: EventMonth[];
  /** portfolio before it, by bank; empty in the first month */
  before: { bank: string; outstanding: string; counted: string }[];
  cells: PortfolioCell[];
  bankNames: Map<string, string>;
  leverage: Exact;
  cites: Citation[];
  /** money booked in it that belongs to a month closed before */
  late: { belongsTo: SettlementPeriod; kind: string; count: number; amount: string }[];
  /** compensated and filed in all up to its end, by bank */
  compensated: CompensationTotal[];
  /** 配套资金 owed and not received at its end */
  matchOwed: { by: string; amount: Money; dueOn: LocalDate }[];
}
/** Everything a month's statements are composed from. */
export interface MonthFacts extends SpanFacts {
  guarantees: GuaranteeMonth;
}

/** What one party is told: its own sections of the month. */
export interface Composed {
  sections: StatementSection[];
  ratios: StatementRatio[];
  notes: StatementNote[];
}

const ACCOUNT_NAMES: Record<string, string> = {
  '1002': '专户存款',
  '1218': '应收追偿款',
  '2307': '待查及应付款',
  '2901': '各方出资',
  '9101': '准备金占用额',
  '9201': '池外各方已承担损失',
  '9301': '账销案存',
  '9401': '担保责任余额',
};
/** Off the balance sheet movements go by side; of a liability they are called otherwise than of a reserve. */
const LIABILITY_KINDS: Record<string, string> = { occupied: '承担担保责任', released: '解除担保责任' };
const KINDS: Record<string, string> = {
  ...{
    contribution: '出资到账',
    reserve: '准备金调整',
    occupied: '入池占用',
    released: '还款释放',
    admission: '入池',
    disbursement: '放款核定',
    repayment: '归还本金',
    report: '月报余额变动',
    extension: '展期',
  },
  ...{ compensation: '风险补偿', recovery: '追偿回款', recoveryCost: '追偿费用', writeOff: '核销', refund: '退回补偿' },
  ...{ interest: '存款利息', bankFee: '银行手续费', suspense: '待查款项', identified: '待查款项查明' },
  ...{ opening: '期初余额', paymentSuspense: '待查支出', paymentReturned: '待查支出退回' },
  ...{ payout: '拨付应付款', contributionReturn: '退回出资', revocation: '撤销备案' },
};

/** A kind of entry as statements call it. */
export const kindName = (kind: string): string => KINDS[kind] ?? kind;

/** The pool's own statement: every section, every bank and contributor together. */
export function poolStatement(facts: SpanFacts): Composed {
  const sections = [
    ...['1002', '2901'].map((code) => accountSection(facts, code, () => true)),
    ...['1218', '2307'].map((code) => accountSection(facts, code, () => true)).filter(moved),
    accountSection(facts, '9101', () => true),
    ...['9201', '9301', '9401'].map((code) => accountSection(facts, code, () => true)).filter(moved),
    ...portfolioSections(facts, () => true),
  ];
  return {
    sections,
    ratios: [...badLoanRatios(facts, () => true), ...compensationRatio(facts, () => true), leverageRatio(facts)],
    notes: [...notesOf(facts, () => true), ...lateNotes(facts), ...matchNotes(facts)],
  };
}

/** A contributor's statement: its share of the money, and what it is of the whole. */
export function contributorStatement(facts: SpanFacts, contributor: string): Composed {
  const own = accountSection(facts, '2901', (key) => key === contributor);
  const after = ['1218', '9301'].map((code) => accountSection(facts, code, (key) => ofParty(key, contributor)));
  const all = accountSection(facts, '2901', () => true);
  const share = new Exact(all.closing).isZero() ? ZERO : new Exact(own.closing).div(all.closing);
  const note = '本方出资余额 ÷ 各方出资余额合计';
  const ratios = [
    ratio('出资占比', `${percent(share)} %`, note, [
      given('本方出资余额', yuan(own.closing)),
      given('各方出资余额合计', yuan(all.closing)),
    ]),
    ...badLoanRatios(facts, () => true),
  ];
  return { sections: [own, ...after.filter(moved)], ratios, notes: notesOf(facts, () => true) };
}

/** Accounts of a claim are named `claim:party`. */
const ofParty = (key: string, party: string): boolean => key.split(':')[1] === party;

/** A bank's statement: its own loans in the pool, the reserve they occupy, what it has borne of losses and what the pool owes it. */
export function bankStatement(facts: SpanFacts, bank: string): Composed {
  const mine = (key: string) => key === bank;
  const after = [
    accountSection(facts, '9201', (key) => ofParty(key, bank)),
    { ...accountSection(facts, '2307', mine), name: '应付本行款项' },
  ];
  return {
    sections: [accountSection(facts, '9101', mine), ...portfolioSections(facts, mine), ...after.filter(moved)],
    ratios: [...badLoanRatios(facts, mine), ...compensationRatio(facts, mine)],
    notes: notesOf(facts, mine),
  };
}

/** Whether any bank owes its report of the month: then the settlement is provisional. */
export const isProvisionalMonth = (facts: Pick<SpanFacts, 'cells'>): boolean => facts.cells.some((c) => c.missing > 0);

function moved(s: StatementSection): boolean {
  return !new Exact(s.opening).isZero() || !new Exact(s.closing).isZero() || s.lines.length > 0;
}

/** A month of an account, or of several of a kind together. */
export function accountSection(
  { accounts, cites }: SpanFacts,
  code: string,
  which: (key: string) => boolean,
): StatementSection {
  const mine = accounts.filter((a) => a.code === code && which(a.key));
  const lines = new Map<string, Money>();
  for (const { movements } of mine)
    for (const { kind, amount } of movements) lines.set(kind, (lines.get(kind) ?? ZERO).plus(amount));
  return section(
    ACCOUNT_NAMES[code]!,
    total(mine, (a) => a.opening),
    [...lines].map(([kind, amount]) => ({
      name: (code === '9401' && LIABILITY_KINDS[kind]) || kindName(kind),
      amount: toWire(amount),
      cites: code === '9101' ? cites : [],
    })),
  );
}

function portfolioSections(facts: SpanFacts, which: (bank: string) => boolean): StatementSection[] {
  const before = facts.before.filter((b) => which(b.bank));
  const events = facts.events.filter((e) => which(e.bank));
  const cells = facts.cells.filter((c) => which(c.bank));
  const of = (
    name: string,
    opening: (b: (typeof before)[0]) => string,
    moves: (e: EventMonth) => string,
    closing: (c: PortfolioCell) => string,
  ) => {
    const lines = [...new Set(events.map((e) => e.kind))].map((kind) => ({
      name: kindName(kind),
      amount: toWire(
        total(
          events.filter((e) => e.kind === kind),
          moves,
        ),
      ),
      cites: [],
    }));
    const made = section(
      name,
      total(before, opening),
      lines.filter((l) => l.amount !== '0.00'),
    );
    const counted = total(cells, closing);
    // The events carried forward and the loans themselves are two ways to the same sum: they must meet.
    if (!counted.equals(made.closing))
      throw new DomainError(
        'SETTLEMENT_DOES_NOT_FOOT',
        `${facts.period} ${name}：变动推得 ${made.closing}，逐笔合计 ${toWire(counted)}，不能结算`,
        { status: 409 },
      );
    return made;
  };
  return [
    of(
      '贷款余额',
      (b) => b.outstanding,
      (e) => e.principal,
      (c) => c.outstanding,
    ),
    of(
      '备案余额',
      (b) => b.counted,
      (e) => e.counted,
      (c) => c.counted,
    ),
  ];
}

/** Opening and movements, added up. */
export function section(name: string, opening: Money, lines: StatementLine[]): StatementSection {
  const movements = total(lines, (l) => l.amount);
  return {
    name,
    opening: toWire(opening),
    movements: toWire(movements),
    closing: toWire(opening.plus(movements)),
    lines,
  };
}

function badLoanRatios(facts: SpanFacts, which: (bank: string) => boolean): StatementRatio[] {
  const cells = facts.cells.filter((c) => which(c.bank));
  const all = total(cells, (c) => c.outstanding);
  const bad = total(
    cells.filter((c) => isNonPerforming(c.classification as LoanClassification)),
    (c) => c.outstanding,
  );
  const part = all.isZero() ? ZERO : bad.div(all);
  const classes = CLASSIFICATIONS.flatMap(({ code, label }) => {
    const of = cells.filter((c) => c.classification === code);
    const loans = of.reduce((n, c) => n + c.loans, 0);
    return loans > 0 ? [`${label} ${loans} 笔 ${formatYuan(total(of, (c) => c.outstanding))} 元`] : [];
  });
  const note = `不良贷款余额 ${formatYuan(bad)} 元 ÷ 贷款余额 ${formatYuan(all)} 元${classes.length > 0 ? `；${classes.join('，')}` : ''}`;
  const inputs = [
    given('不良贷款余额（次级、可疑、损失，不扣已补偿）', yuan(toWire(bad))),
    derived(
      '贷款余额',
      yuan(toWire(all)),
      [],
      classes.map((one) => given('其中', one)),
    ),
  ];
  return [ratio('不良率', `${percent(part)} %`, note, inputs)];
}

/** 风险补偿率, once there is something to tell. */
function compensationRatio({ compensated }: SpanFacts, which: (bank: string) => boolean): StatementRatio[] {
  const mine = compensated.filter((c) => which(c.bank));
  const [paid, filed] = [total(mine, (c) => c.paid), total(mine, (c) => c.filed)];
  if (paid.isZero()) return [];
  const note = `累计补偿 ${formatYuan(paid)} 元 ÷ 累计备案 ${formatYuan(filed)} 元`;
  const inputs = [given('累计补偿', yuan(toWire(paid))), given('累计备案', yuan(toWire(filed)))];
  return [ratio('风险补偿率', `${percent(paid.div(filed))} %`, note, inputs)];
}

function leverageRatio({ accounts, cells, leverage, cites }: SpanFacts): StatementRatio {
  const closing = (code: string) =>
    total(
      accounts.filter((a) => a.code === code),
      (a) => toWire(total(a.movements, (m) => m.amount).plus(a.opening)),
    );
  const capital = closing('2901').minus(closing('1218'));
  const counted = total(cells, (c) => c.counted);
  const used = capital.isZero() ? ZERO : counted.div(capital);
  const value = `${roundTo(used, 2, 'halfUp').toFixed(2)} 倍`;
  const note = `备案余额 ${formatYuan(counted)} 元 ÷ 资金池净额 ${formatYuan(capital)} 元，上限 ${leverage.toFixed()} 倍`;
  return ratio('已用放大倍数', value, note, [
    given('备案余额合计', yuan(toWire(counted))),
    given('资金池净额', yuan(toWire(capital))),
    derived('放大倍数上限', `${leverage.toFixed()} 倍`, cites),
  ]);
}

const yuan = (wire: string): string => `${formatYuan(money(wire))} 元`;

/** A ratio as it is printed, and as a tree. */
function ratio(name: string, value: string, note: string, inputs: Explanation[]): StatementRatio {
  return { name, value, note, explanation: derived(name, value, [], inputs) };
}

/** A fraction as percent with two decimals, half up. */
const percent = (ratio: Exact): string => toPercent(roundTo(ratio, 4, 'halfUp'));

function notesOf({ cells, events, period, bankNames }: SpanFacts, which: (bank: string) => boolean): StatementNote[] {
  const notes: StatementNote[] = [];
  const missing = new Map<string, number>();
  for (const c of cells)
    if (which(c.bank) && c.missing > 0) missing.set(c.bank, (missing.get(c.bank) ?? 0) + c.missing);
  for (const [bank, loans] of missing)
    notes.push({
      kind: 'missingReport',
      text: `${bankNames.get(bank) ?? bank}有 ${loans} 笔贷款未报送月报，余额与分类沿用上次数据`,
      belongsTo: period,
    });
  if (missing.size > 0)
    notes.push({ kind: 'provisional', text: '缺报月份按暂定数结算，迟到的月报作为以后月份的调整', belongsTo: period });
  const late = new Map<string, { count: number; amount: Money }>();
  for (const e of events) {
    if (!which(e.bank) || e.belongsTo === null || e.belongsTo === period) continue;
    const before = late.get(e.belongsTo) ?? { count: 0, amount: ZERO };
    late.set(e.belongsTo, { count: before.count + e.count, amount: before.amount.plus(e.principal) });
  }
  for (const [month, { count, amount }] of [...late].sort())
    notes.push({
      kind: 'adjustment',
      text: `${count} 笔，贷款余额变动 ${formatYuan(amount)} 元，记入本月`,
      belongsTo: month,
    });
  return notes;
}

function lateNotes({ late }: SpanFacts): StatementNote[] {
  return late.map(({ belongsTo, kind, count, amount }) => ({
    kind: 'adjustment',
    text: `${kindName(kind)} ${count} 笔，${formatYuan(money(amount))} 元，记入本月`,
    belongsTo,
  }));
}

/** 配套资金 that is owed, in words. */
export function matchNotes({ matchOwed }: SpanFacts): StatementNote[] {
  return matchOwed.map(({ by, amount, dueOn }) => ({
    kind: 'remark',
    text: `${by}应配套 ${formatYuan(amount)} 元尚未到位，期限 ${dueOn}`,
  }));
}

/** The months to settle, in order: from the first unsettled one up to the last whose settlement day has come. */
export function dueMonths(
  first: SettlementPeriod,
  today: LocalDate,
  settlementDay: (period: SettlementPeriod) => LocalDate,
): SettlementPeriod[] {
  const due: SettlementPeriod[] = [];
  for (let period = first; settlementDay(period) <= today; period = nextPeriod(period)) due.push(period);
  return due;
}
