import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { AnnualMonth, AnnualStatementView, CarriedBalance } from '../documents/annual-views.ts';
import type { DocumentHead, NamedAmount } from '../documents/parts.ts';
import type { StatementNote, StatementSection } from '../documents/view-models.ts';
import { DomainError } from '../errors.ts';
import { Exact, formatYuan, money, toWire } from '../money/money.ts';
import { contributorStatement, kindName, matchNotes, poolStatement, type SpanFacts } from './statement.ts';
import { type AccountMonth, total } from './sums.ts';

/** A settled month of the year: what each party's statement of it closes with. */
export interface SettledMonth {
  period: SettlementPeriod;
  provisional: boolean;
  /** why it was closed without being reconciled */
  exception: string | null;
  /** by party code */
  sections: Map<string, StatementSection[]>;
}

/** What a year's statements are composed from. */
export interface YearFacts {
  poolCode: string;
  poolName: string;
  year: number;
  span: SpanFacts;
  months: SettledMonth[];
  /** titles of accounts by code, names of parties by code */
  titles: Map<string, string>;
  names: Map<string, string>;
}

/** A year's statement but for what makes a paper of it. */
export interface AnnualBody extends Omit<AnnualStatementView, keyof DocumentHead | 'poolName' | 'ledger'> {
  kind: 'pool' | 'contributor';
  code: string;
}

/** 年度报表: the pool's own, and that of each contributor. @throws DomainError YEAR_DOES_NOT_TIE where a balance is not that of the last month's statement */
export function annualStatements(facts: YearFacts): AnnualBody[] {
  const { span, poolCode, poolName, names } = facts;
  const contributors = span.accounts.filter(({ code }) => code === '2901').map(({ key }) => key);
  return [
    body(
      facts,
      { kind: 'pool', code: poolCode, partyName: poolName, partyKind: '资金池' },
      POOL_MONTHS,
      poolFigures(span),
    ),
    ...contributors.map((code) =>
      body(
        facts,
        { kind: 'contributor', code, partyName: names.get(code) ?? code, partyKind: '出资方' },
        CONTRIBUTOR_MONTHS,
        contributorFigures(span, code),
      ),
    ),
  ];
}

const POOL_MONTHS = ['专户存款', '各方出资', '应收追偿款', '待查及应付款', '贷款余额'];
const CONTRIBUTOR_MONTHS = ['各方出资', '应收追偿款'];

function body(
  facts: YearFacts,
  party: Pick<AnnualBody, 'kind' | 'code' | 'partyName' | 'partyKind'>,
  monthNames: string[],
  figures: NamedAmount[],
): AnnualBody {
  const { span, year, months } = facts;
  const { sections, ratios } = party.kind === 'pool' ? poolStatement(span) : contributorStatement(span, party.code);
  assertTies(sections, months.at(-1)!, party.code);
  return {
    ...party,
    ...{ year, first: months[0]!.period, last: span.period, sections, figures, monthNames, ratios },
    months: months.map((month) => monthOf(month, party.code, monthNames)),
    carried: party.kind === 'pool' ? carriedBalances(facts) : [],
    notes: notesOf(facts),
    totalInWords: sections
      .filter(({ name }) => SIGNED.includes(name))
      .map(({ name, closing }) => ({ name: `${name}年末数`, amount: closing })),
  };
}

/** Balances of money, which are signed for in words. */
const SIGNED = ['专户存款', '各方出资', '应收追偿款', '待查及应付款'];

/** The year by itself and its last month's statement are two ways to the same balances: they must meet. */
function assertTies(
  sections: readonly StatementSection[],
  { period, sections: settled }: SettledMonth,
  party: string,
): void {
  const closings = new Map(settled.get(party)?.map(({ name, closing }) => [name, closing]));
  const off = sections.find(({ name, closing }) => (closings.get(name) ?? '0.00') !== closing);
  if (!off) return;
  const message = `${off.name}：全年推得 ${off.closing}，${period} 结算单为 ${closings.get(off.name) ?? '0.00'}，不能年终结账`;
  throw new DomainError('YEAR_DOES_NOT_TIE', message, { status: 409 });
}

function monthOf({ period, sections }: SettledMonth, party: string, names: string[]): AnnualMonth {
  const own = sections.get(party) ?? [];
  return { period, amounts: names.map((name) => own.find((s) => s.name === name)?.closing ?? '0.00') };
}

/** What moved an account by a kind of entry over the span, on its normal side. */
function moved({ accounts }: SpanFacts, code: string, kind: string, party?: string): Exact {
  const mine = accounts.filter((a) => a.code === code && (party === undefined || partyOf(a) === party));
  return mine.reduce(
    (sum, { movements }) =>
      sum.plus(
        total(
          movements.filter((m) => m.kind === kind),
          (m) => m.amount,
        ),
      ),
    new Exact(0),
  );
}

const partyOf = ({ code, key }: Pick<AccountMonth, 'code' | 'key'>): string =>
  OF_A_CLAIM.includes(code) ? (key.split(':')[1] ?? key) : key;
/** Accounts that are kept per claim and party: receivables, losses borne by others, what was written off, and their mirrors. */
const OF_A_CLAIM = ['1218', '9201', '9202', '9301', '9302'];

const named = (name: string, amount: Exact): NamedAmount => ({ name, amount: toWire(amount) });

function poolFigures(span: SpanFacts): NamedAmount[] {
  const deposit = (kind: string) => moved(span, '1002', kind);
  return [
    named('出资到账', moved(span, '2901', 'contribution')),
    named('退回出资', deposit('contributionReturn').neg()),
    named('拨付风险补偿', deposit('compensation').neg()),
    named('退回补偿', deposit('refund')),
    named('追偿回款', deposit('recovery')),
    named('垫付追偿费用', deposit('recoveryCost').neg()),
    named('核销', moved(span, '1218', 'writeOff').neg()),
    named('存款利息', deposit('interest')),
    named('银行手续费', deposit('bankFee').neg()),
    named('拨付应付各方', deposit('payout').neg()),
  ];
}

function contributorFigures(span: SpanFacts, party: string): NamedAmount[] {
  const share = (kind: string) => moved(span, '2901', kind, party);
  const receivable = (kind: string) => moved(span, '1218', kind, party);
  return [
    named('出资到账', share('contribution')),
    named('退回出资', share('contributionReturn').neg()),
    named('分担风险补偿', receivable('compensation')),
    named('追偿收回', receivable('recovery').neg()),
    named('核销', receivable('writeOff').neg()),
    named('分得存款利息', share('interest')),
    named('分担银行手续费', share('bankFee').neg()),
  ];
}

/** 结转下年: each account's balance at the year's end, a claim's receivables by whose they are, receipts of unknown origin together. */
function carriedBalances({ span, titles, names }: YearFacts): CarriedBalance[] {
  const sums = new Map<string, CarriedBalance>();
  for (const account of span.accounts) {
    const { code, key, opening, movements } = account;
    const party = ownOf(key) ?? names.get(partyOf(account)) ?? partyOf(account);
    const at = `${code} ${party}`;
    const before = sums.get(at)?.amount ?? '0.00';
    const amount = toWire(new Exact(before).plus(opening).plus(total(movements, (m) => m.amount)));
    sums.set(at, { code, name: titles.get(code) ?? code, owner: party, amount });
  }
  return [...sums.values()]
    .filter(({ amount }) => amount !== '0.00')
    .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}

/** What of an account is nobody's by name: receipts and payments of unknown origin, costs that the pool paid. */
function ownOf(key: string): string | null {
  if (key.startsWith('suspense:')) return '待查款项';
  if (!key.endsWith(':cost')) return null;
  return key.startsWith('suspense-') ? '待查支出' : '垫付追偿费用';
}

function notesOf({ span, year, months }: YearFacts): StatementNote[] {
  const earlier = (month: string) => Number(month.slice(0, 4)) < year;
  const late = span.late.filter(({ belongsTo }) => earlier(belongsTo));
  return [
    ...months
      .filter(({ provisional }) => provisional)
      .map(
        ({ period }): StatementNote => ({
          kind: 'provisional',
          text: '有银行未报送月报，按暂定数结算，迟到的月报记入以后月份',
          belongsTo: period,
        }),
      ),
    ...months.flatMap(({ period, exception }): StatementNote[] =>
      exception === null
        ? []
        : [{ kind: 'remark', text: `${period} 未经银行对账，经两人说明理由后结账：${exception}` }],
    ),
    ...late.map(
      ({ belongsTo, kind, count, amount }): StatementNote => ({
        kind: 'adjustment',
        text: `${kindName(kind)} ${count} 笔，${formatYuan(money(amount))} 元，记入本年`,
        belongsTo,
      }),
    ),
    ...matchNotes(span),
  ];
}
