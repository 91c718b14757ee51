import type { DayCountBasis } from '../calendar/day-count.ts';
import { addDays, addMonths, type LocalDate } from '../calendar/local-date.ts';
import type { RepaymentMethod } from '../loans/schedule.ts';
import { money, ZERO } from '../money/money.ts';
import { foldName } from '../parties/uscc.ts';
import type { SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import type { SubsidyItem } from './facts.ts';
import type { InterestKind } from './interest.ts';

/** One line of a bank's receipts, as it is sent. */
export interface VoucherRequest {
  voucherNo: string;
  paidOn: LocalDate;
  from: LocalDate;
  to: LocalDate;
  kind: InterestKind;
  amount: string;
}

/** One cost as it is sent; which members it needs depends on its kind. Amounts in 元, rates in percent, as text. */
export interface LineRequest {
  kind: SubsidyKind;
  name: string;
  /** 保险公司, 银行, 担保机构 or 评估机构 */
  counterparty: string;
  contractNo?: string;
  policyNo?: string;
  invoiceNos?: string[];
  dueBillNo?: string;
  pledgeNo?: string;
  class?: string;
  signedOn?: LocalDate;
  startsOn?: LocalDate;
  endsOn?: LocalDate;
  paidOn?: LocalDate;
  paid?: string;
  otherMoney?: string;
  insuredSum?: string;
  principal?: string;
  annualRate?: string;
  dayCountBasis?: DayCountBasis;
  repaymentMethod?: RepaymentMethod;
  ipShare?: string;
  firstLoan?: boolean;
  product?: string;
  settled?: boolean;
  ordinal?: number;
  yearOrdinal?: number;
  vouchers?: VoucherRequest[];
}

/** An application as it is sent. */
export interface ApplicationRequest {
  scheme: string;
  lines: LineRequest[];
  payee: { accountName: string; bankName: string; accountNo: string };
  /** 诚信承诺: without it nothing is submitted */
  pledged: boolean;
  contestYear?: number;
  profit?: string;
  previousProfit?: string;
  netAssets?: string;
  size?: 'micro' | 'small' | 'medium' | 'large';
}

/** Canonical text of a request: the same content is the same application. */
export function contentOf(request: ApplicationRequest): string {
  return JSON.stringify(request, (_key, value) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

const LABELS = {
  policyNo: '保险单号',
  class: '险种类别',
  invoiceNos: '发票号码',
  startsOn: '起始日',
  endsOn: '到期日',
  paidOn: '付款日期',
  paid: '实际支付金额',
  contractNo: '合同编号',
  dueBillNo: '借据号',
  principal: '贷款本金',
  annualRate: '贷款年利率',
  signedOn: '合同签订日',
  vouchers: '付息凭证',
  pledgeNo: '质押登记编号',
} as const satisfies Partial<Record<keyof LineRequest, string>>;
type Needed = keyof typeof LABELS;

const NEEDED: Record<SubsidyKind, Needed[]> = {
  premium: ['policyNo', 'class', 'invoiceNos', 'startsOn', 'endsOn', 'paidOn', 'paid'],
  interest: ['contractNo', 'dueBillNo', 'principal', 'annualRate', 'startsOn', 'endsOn', 'vouchers'],
  guaranteeFee: ['contractNo', 'invoiceNos', 'startsOn', 'paidOn', 'paid'],
  valuationFee: ['pledgeNo', 'invoiceNos', 'paidOn', 'paid'],
  rndProject: ['contractNo', 'paidOn', 'paid'],
};

/** What a line of a kind must tell: the field and what it is called. */
export const neededOf = (kind: SubsidyKind): { field: Needed; label: string }[] =>
  NEEDED[kind].map((field) => ({ field, label: LABELS[field] }));

/** What a line still lacks, by its kind. */
export function lackingOf(line: LineRequest): { field: string; label: string }[] {
  return neededOf(line.kind).filter(({ field }) => {
    const value = line[field];
    return value === undefined || (Array.isArray(value) && value.length === 0);
  });
}

/** What was paid after a day, so that an application of that day cannot ask for it: the line's index, the field, and words for it. */
export function paidAfter(
  lines: readonly LineRequest[],
  on: LocalDate,
): { line: number; field: string; value: LocalDate; message: string }[] {
  return lines.flatMap(({ name, paidOn, vouchers = [] }, line) => {
    const days = [
      { value: paidOn, field: 'paidOn', what: `「${name}」的付款日期` },
      ...vouchers.map((v, i) => ({
        ...{ value: v.paidOn, field: `vouchers.${i}.paidOn`, what: `付息凭证 ${v.voucherNo} 的付息日期` },
      })),
    ];
    return days.flatMap(({ value, field, what }) =>
      value !== undefined && value > on
        ? [{ line, field, value, message: `${what} ${value} 晚于申请日期 ${on}，尚未支付的不能申请` }]
        : [],
    );
  });
}

/** What may be used once: a policy by insurer and number, an invoice, a loan by bank, contract and 借据号, a voucher, a pledge. */
export interface Use {
  kind: 'policy' | 'invoice' | 'loan' | 'voucher' | 'guarantee' | 'pledge' | 'project';
  key: string;
}

/** The words for it. */
export const USE_LABELS: Record<Use['kind'], string> = {
  policy: '保险单',
  invoice: '发票',
  loan: '借据',
  voucher: '付息凭证',
  guarantee: '担保合同',
  pledge: '质押登记',
  project: '研发项目',
};

/** What an application uses, each once, though several lines share an invoice. */
export function usesOf(uscc: string, lines: readonly LineRequest[]): Use[] {
  const all = lines.flatMap((line) => lineUses(uscc, line));
  return all.filter(({ kind, key }, i) => all.findIndex((other) => other.kind === kind && other.key === key) === i);
}

function lineUses(uscc: string, line: LineRequest): Use[] {
  const { counterparty, contractNo, policyNo, dueBillNo, pledgeNo, invoiceNos = [], vouchers = [] } = line;
  const of = (kind: Use['kind'], ...parts: (string | undefined)[]): Use[] =>
    parts.some((part) => part === undefined) ? [] : [{ kind, key: parts.map((part) => foldUse(part!)).join('|') }];
  const own: Record<SubsidyKind, () => Use[]> = {
    premium: () => of('policy', counterparty, policyNo),
    interest: () => [
      ...of('loan', counterparty, contractNo, dueBillNo),
      ...vouchers.flatMap(({ voucherNo }) => of('voucher', counterparty, voucherNo)),
    ],
    guaranteeFee: () => of('guarantee', counterparty, contractNo),
    valuationFee: () => of('pledge', pledgeNo),
    rndProject: () => of('project', uscc, contractNo),
  };
  return [...own[line.kind](), ...invoiceNos.flatMap((invoiceNo) => of('invoice', invoiceNo))];
}

/**
 * What a line counts that an earlier one of the application counts already, both by their places. Lines may share an invoice, or a bank's receipt that
 * shows several of their days or kinds of interest; a policy, a loan, a pledge, and a receipt for the same days, bring their money once.
 */
export function repeatedUses(uscc: string, lines: readonly LineRequest[]): (Use & { place: number; first: number })[] {
  const seen = new Map<string, number>();
  return lines.flatMap((line, i) => {
    const once = lineUses(uscc, line).filter(({ kind }) => kind !== 'invoice' && kind !== 'voucher');
    const receipts = (line.vouchers ?? []).map(({ voucherNo, kind, from, to }): Use => {
      const parts = [line.counterparty, kind, from, to, voucherNo];
      return { kind: 'voucher', key: parts.map(foldUse).join('|') };
    });
    return [...once, ...receipts].flatMap((use) => {
      const first = seen.get(`${use.kind} ${use.key}`);
      seen.set(`${use.kind} ${use.key}`, first ?? i + 1);
      return first === undefined ? [] : [{ ...use, place: i + 1, first }];
    });
  });
}

/** A number as uses are compared: widths, spaces and case do not tell two apart. */
export const foldUse = (text: string): string => foldName(text).replace(/\s/g, '').toUpperCase();

/** A line as the rules see it; of interest `cost` and `lastPaidOn` come from its vouchers. */
export function itemOf(
  line: LineRequest,
  known: { partner: boolean | undefined; interest?: { cost: ReturnType<typeof money>; lastPaidOn?: LocalDate } },
): SubsidyItem {
  const { kind, name, signedOn, startsOn, endsOn, class: cls, annualRate, ipShare, firstLoan, product, settled } = line;
  const paidOn = known.interest ? known.interest.lastPaidOn : line.paidOn;
  const termMonths = startsOn && endsOn ? monthsBetween(startsOn, endsOn) : undefined;
  return {
    ...{ kind, name, class: cls, annualRate, ipShare, firstLoan, product, settled, partner: known.partner },
    dates: { signedOn, startsOn, endsOn, paidOn },
    cost: known.interest?.cost ?? (line.paid === undefined ? ZERO : money(line.paid)),
    otherMoney: line.otherMoney === undefined ? ZERO : money(line.otherMoney),
    principal: line.principal === undefined ? undefined : money(line.principal),
    insuredSum: line.insuredSum === undefined ? undefined : money(line.insuredSum),
    ...{ termMonths, months: termMonths, ordinal: line.ordinal, yearOrdinal: line.yearOrdinal },
  };
}

/** Whole months of a term; one that ends on the eve of the day counts as whole (一年期：3 月 1 日至次年 2 月末). */
function monthsBetween(from: LocalDate, to: LocalDate): number {
  const end = addDays(to, 1);
  let months = 0;
  while (addMonths(from, months + 1) <= end) months += 1;
  return months;
}
