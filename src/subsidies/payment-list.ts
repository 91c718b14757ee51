import type { FormSheet } from '../files/write-form-xlsx.ts';
import { largestRemainder } from '../money/allocate.ts';
import { type Money, money, sum, toWire } from '../money/money.ts';
import { uppercaseRmb } from '../money/uppercase.ts';
import type { SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import { ECONOMIC_CLASS } from './entries.ts';

/** One payment of a list, with its part of each economic class. Amounts in 元. */
export interface ListedPayment {
  uscc: string;
  payeeName: string;
  payeeBank: string;
  payeeAccount: string;
  amount: string;
  /** of `amount`, 31204 费用补贴 and 31205 利息补贴 */
  costs: string;
  interest: string;
  applicationNo: string;
  /** 退票重拨 or 补充拨付, where it is one */
  note: string;
  status: string;
  voucherNo: string | null;
  paidOn: string | null;
}

/**
 * A payment's amount by 部门预算支出经济分类, as its lines were granted; to the fen also where the lines have come to more or less since. Lines that were granted
 * nothing bring no class.
 */
export function partsByClass(amount: Money, lines: readonly { kind: string; granted: Money }[]): Map<string, string> {
  const granted = lines.filter((line) => !line.granted.isZero());
  const parts = largestRemainder(
    amount,
    granted.map((line) => line.granted),
  );
  const classes = Map.groupBy(
    granted.map(({ kind }, i) => ({ name: ECONOMIC_CLASS[kind as SubsidyKind], part: parts[i]! })),
    ({ name }) => name,
  );
  return new Map([...classes].map(([name, own]) => [name, toWire(sum(own.map(({ part }) => part)))]));
}

export interface PaymentListHead {
  scheme: string;
  year: number;
  batchNo: number;
  orderNo: string;
  budgetName: string;
  payer: { name: string; bank: string; number: string };
  asOf: string;
}

/** 补贴资金支付清单 as treasury staff pay by it: who, to which account, how much, by which class; sums, the total in 大写, and two to sign. */
export function paymentListSheet(of: PaymentListHead, payments: readonly ListedPayment[]): FormSheet {
  const total = (pick: (p: ListedPayment) => string) => toWire(sum(payments.map((p) => money(pick(p)))));
  const amount = total((p) => p.amount);
  return {
    ...{ name: `支付清单${of.year}年第${of.batchNo}批`, title: `${of.year}年第${of.batchNo}批补贴资金支付清单` },
    above: [
      `补贴政策：${of.scheme}　　预算项目：${of.budgetName}　　下达文号：${of.orderNo}`,
      `付款户名：${of.payer.name}　　付款账号：${of.payer.number}　　付款开户行：${of.payer.bank}　　截至：${of.asOf}　　单位：元`,
    ],
    columns: [
      { title: '序号', kind: 'integer', width: 6 },
      { title: '收款户名', kind: 'text', width: 32 },
      { title: '收款账号', kind: 'text', width: 24 },
      { title: '收款开户行', kind: 'text', width: 30 },
      { title: '支付金额', kind: 'money', width: 16 },
      { title: '其中：费用补贴（31204）', kind: 'money', width: 16 },
      { title: '其中：利息补贴（31205）', kind: 'money', width: 16 },
      { title: '用途', kind: 'text', width: 18 },
      { title: '统一社会信用代码', kind: 'text', width: 21 },
      { title: '申请编号', kind: 'text', width: 10 },
      { title: '状态', kind: 'text', width: 10 },
      { title: '银行凭证号', kind: 'text', width: 18 },
      { title: '支付日期', kind: 'date', width: 12 },
    ],
    rows: payments.map((p, i) => [
      ...[`${i + 1}`, p.payeeName, p.payeeAccount, p.payeeBank, p.amount, p.costs, p.interest],
      ...[`${of.year}年第${of.batchNo}批补贴${p.note && `（${p.note}）`}`, p.uscc, p.applicationNo],
      ...[p.status, p.voucherNo ?? '', p.paidOn ?? ''],
    ]),
    totals: ['', `合计 ${payments.length} 笔`, '', '', amount, total((p) => p.costs), total((p) => p.interest)],
    below: [
      `合计金额（大写）：${uppercaseRmb(money(amount))}`,
      `制单：　　　　　　　　　　复核：　　　　　　　　　　负责人：　　　　　　　　　　（盖章）　　　　年　　月　　日`,
    ],
    orientation: 'landscape',
  };
}
