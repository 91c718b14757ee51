import type { GivenLine, Kind, OfferedLine } from './types.ts';

/** How a fact of a cost is typed. */
export type FieldKind =
  | 'text'
  | 'amount'
  | 'date'
  | 'rate'
  | 'count'
  | 'yesNo'
  | 'numbers'
  | 'class'
  | 'basis'
  | 'method';
export interface Field {
  name: Exclude<keyof GivenLine, 'kind' | 'vouchers' | 'known'>;
  label: string;
  kind: FieldKind;
  extra?: string;
  needed: boolean;
}

type Said = [
  kind: FieldKind,
  label: string | Partial<Record<Kind, string>>,
  extra?: string | Partial<Record<Kind, string>>,
];

/** Every fact that a cost may have, in the order in which a form asks for it; label and hint by kind where they differ. */
const ALL: Partial<Record<Field['name'], Said>> = {
  name: ['text', { premium: '险种名称', rndProject: '研发项目名称' }, { premium: '与保险单一致，如：研发责任保险' }],
  class: ['class', '险种类别'],
  policyNo: ['text', '保险单号'],
  contractNo: [
    'text',
    { interest: '借款合同编号', guaranteeFee: '担保合同编号', rndProject: '项目编号或合同编号', premium: '合同编号' },
  ],
  dueBillNo: ['text', '借据号'],
  pledgeNo: ['text', '质押登记编号', '国家知识产权局质押登记通知书上的编号'],
  product: ['text', '贷款产品名称', '与银行合同一致'],
  signedOn: ['date', '合同签订日', { interest: '不填的，按放款日' }],
  startsOn: [
    'date',
    { premium: '保险起期', interest: '放款日期', guaranteeFee: '担保起始日', rndProject: '项目起始日' },
  ],
  endsOn: ['date', { premium: '保险止期', interest: '到期日期', guaranteeFee: '担保到期日', rndProject: '项目完成日' }],
  principal: ['amount', '贷款本金'],
  annualRate: ['rate', '贷款年利率'],
  dayCountBasis: ['basis', '计息基础', '用于与凭证核对，不影响补贴金额'],
  repaymentMethod: ['method', '还款方式', '用于与凭证核对，不影响补贴金额'],
  paidOn: ['date', { premium: '保费付款日期', guaranteeFee: '担保费付款日期', valuationFee: '评估费付款日期' }],
  paid: [
    'amount',
    { premium: '实付保费（含税）', guaranteeFee: '实付担保费', valuationFee: '实付评估费', rndProject: '项目研发投入' },
    { guaranteeFee: '只填实际付出的，返还的不计' },
  ],
  insuredSum: ['amount', '保险金额'],
  invoiceNos: ['numbers', '发票号码', '一张一个，填完按回车；可以一次粘贴多个'],
  ipShare: ['rate', '知识产权质押占比', '混合质押中知识产权的比例，由银行或担保机构出具证明'],
  firstLoan: ['yesNo', '是否首次贷款'],
  settled: ['yesNo', '本息是否结清'],
  ordinal: ['count', '本年度第几笔'],
  yearOrdinal: ['count', '第几年享受该项补贴'],
  otherMoney: ['amount', '已取得的其他财政资金', '没有的不填；同一笔支出的各级补贴合计不超过规定比例'],
};

const ALWAYS: Partial<Record<Kind, string[]>> = { premium: ['name'], rndProject: ['name'] };
/** What the filing of a loan of the programme tells. */
const TOLD = ['contractNo', 'dueBillNo', 'principal', 'annualRate', 'startsOn', 'endsOn', 'signedOn'];

/** What a form asks of a cost: what its kind always needs and what the scheme's rules look at, and nothing else. */
export function fieldsOf({ kind, needs, more }: Pick<OfferedLine, 'kind' | 'needs' | 'more'>, known: boolean): Field[] {
  const wanted = new Set([...needs, ...more, ...(ALWAYS[kind] ?? []), 'otherMoney']);
  if (kind === 'interest' && known) for (const name of TOLD) wanted.delete(name);
  if (kind === 'interest' && !known) for (const name of ['dayCountBasis', 'repaymentMethod']) wanted.add(name);
  return (Object.entries(ALL) as [Field['name'], Said][])
    .filter(([name]) => wanted.has(name))
    .map(([name, [type, label, extra]]) => ({
      ...{ name, kind: type, label: wordOf(label, kind) ?? name, extra: wordOf(extra, kind) },
      needed: needs.includes(name) || name === 'name',
    }));
}

const wordOf = (word: string | Partial<Record<Kind, string>> | undefined, kind: Kind): string | undefined =>
  typeof word === 'object' ? word[kind] : word;

/** Whom a cost was paid to, as its form asks, and the kind of institution that is on the register. */
export const COUNTERPARTIES: Record<
  Kind,
  { label: string; institution?: 'insurer' | 'partnerBank' | 'guarantor' | 'valuer' }
> = {
  premium: { label: '保险公司', institution: 'insurer' },
  interest: { label: '贷款银行', institution: 'partnerBank' },
  guaranteeFee: { label: '担保机构', institution: 'guarantor' },
  valuationFee: { label: '评估机构', institution: 'valuer' },
  rndProject: { label: '项目承担单位' },
};

/** What a cost is called on a button, and the name of one that is not asked for its own. */
export const SHORT: Record<Kind, string> = {
  ...{ premium: '保费', interest: '贷款利息', guaranteeFee: '担保费', valuationFee: '评估费', rndProject: '研发项目' },
};
