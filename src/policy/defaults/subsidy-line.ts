import type { ClauseCitation, ClauseVersion } from '../clause.ts';
import type { Folder } from '../folder.ts';
import { type SubsidyAmount, subsidyAmount } from '../kinds/subsidy-amount.ts';
import type { LineDate, SubsidyKind } from '../kinds/subsidy-line.ts';
import { type SubsidyAllowed, subsidyAllowed } from '../kinds/subsidy-lines-allowed.ts';
import { type SubsidyPeriod, subsidyPeriod } from '../kinds/subsidy-period.ts';
import { subsidyVouchers } from '../kinds/subsidy-vouchers.ts';
import type { SchemeLine } from '../scheme.ts';

const WHAT: Record<SubsidyKind, string> = {
  premium: '保费',
  interest: '贴息',
  guaranteeFee: '担保费',
  valuationFee: '评估费',
  rndProject: '研发后补助',
};
const UNSEEN = '该文件公开内容未见此项';

/** Paid within the calendar year of the application. */
export const SAME_YEAR: SubsidyPeriod = {
  counts: 'paidOn',
  from: { yearsBefore: 0, monthDay: '01-01' },
  to: { yearsBefore: 0, monthDay: '12-31' },
};

/** What a document says of one kind of cost; `cases` are its worked examples of the amount. */
export interface KnownLine {
  amount: ClauseVersion<SubsidyAmount>[];
  cases: SchemeLine['amount']['cases'];
  allowed?: { value: SubsidyAllowed; citation: ClauseCitation };
  allowedCases?: SchemeLine['allowed']['cases'];
  period?: { value: SubsidyPeriod; citation: ClauseCitation };
  periodCases?: SchemeLine['period']['cases'];
  /** Months of interest that count, where the document limits them. */
  interestMonths?: number;
}

/** The clauses of one kind of cost, from the first version of its amount on; what the document does not tell is an example. */
export function lineOf({ code, unseen }: Folder, kind: SubsidyKind, known: KnownLine): SchemeLine {
  const { effectiveFrom, citation } = known.amount[0]!;
  const since = <V>(value: V, cited: ClauseCitation): ClauseVersion<V>[] => [{ effectiveFrom, value, citation: cited }];
  const on = known.cases[0]!.on;
  const year = Number(on.slice(0, 4));
  const period = known.period ?? {
    value: SAME_YEAR,
    citation: unseen('A', `${UNSEEN}，申报年度内发生的支出可以申报为示例`),
  };
  const allowed = known.allowed ?? { value: {}, citation: unseen('A', `${UNSEEN}，不限笔数和期限为示例`) };
  return {
    period: subsidyPeriod({
      id: `${code}.${kind}Period`,
      title: `${WHAT[kind]}的受理期间`,
      versions: since(period.value, period.citation),
      cases: known.periodCases ?? periodCases(on, year, period.value.counts),
    }),
    allowed: subsidyAllowed({
      id: `${code}.${kind}Allowed`,
      title: `${WHAT[kind]}的补贴范围`,
      versions: since(allowed.value, allowed.citation),
      cases: known.allowedCases ?? [
        { says: '没有限制的，都可以申报', on, input: {}, expected: { against: [], unknown: [] } },
      ],
    }),
    amount: subsidyAmount({
      id: `${code}.${kind}Amount`,
      title: `${WHAT[kind]}的补贴标准`,
      versions: known.amount,
      cases: known.cases,
    }),
    ...(kind === 'interest' ? { vouchers: vouchersOf(code, since, known.interestMonths, citation, on) } : {}),
  };
}

function periodCases(on: string, year: number, counts: LineDate): SchemeLine['period']['cases'] {
  return [
    { says: '当年最后一天的支出', on, input: { year, dates: { [counts]: `${year}-12-31` } }, expected: null },
    { says: '上年的支出', on, input: { year, dates: { [counts]: `${year - 1}-12-31` } }, expected: 'early' },
    { says: '未写明日期', on, input: { year, dates: {} }, expected: 'unknown' },
  ];
}

function vouchersOf(
  code: string,
  since: <V>(value: V, cited: ClauseCitation) => ClauseVersion<V>[],
  mostMonths: number | undefined,
  citation: ClauseCitation,
  on: string,
) {
  const source = `${citation.source}；以凭证为准，罚息、复利、违约金不予补贴为通行做法`;
  return subsidyVouchers({
    id: `${code}.interestVouchers`,
    title: '付息凭证的认定',
    versions: since(
      {
        excluded: [
          { code: 'penalty', label: '罚息' },
          { code: 'compound', label: '复利' },
          { code: 'breach', label: '违约金' },
          { code: 'overdue', label: '逾期利息' },
        ],
        ...(mostMonths ? { mostMonths } : {}),
      },
      { ...citation, mark: 'T', confirmed: false, source },
    ),
    cases: [
      { says: '正常利息计入', on, input: 'normal', expected: true },
      { says: '罚息不计入', on, input: 'penalty', expected: false },
      { says: '复利不计入', on, input: 'compound', expected: false },
    ],
  });
}

/** Percent of what was paid, whatever it was; rounded half up to the fen. */
export function ofPaid(label: string, percent: string): SubsidyAmount {
  return { rows: [{ label, counts: { of: 'paid' }, percent }], rounding: { unit: '分', mode: 'halfUp' } };
}

/** One percentage of what was paid for each class of insurance. */
export function byClass(
  rates: { class: string; label: string; percent: string }[],
  mode: 'halfUp' | 'halfEven',
): SubsidyAmount {
  return {
    rows: rates.map(({ class: code, label, percent }) => ({
      label,
      when: [{ class: [code] }],
      counts: { of: 'paid' as const },
      percent,
    })),
    rounding: { unit: '分', mode },
  };
}
