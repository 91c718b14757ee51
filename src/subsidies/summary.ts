import type { PrintedSummaryRow } from '../documents/subsidy-views.ts';
import type { FormSheet } from '../files/write-form-xlsx.ts';
import { formatYuan, money, sum, toWire } from '../money/money.ts';
import { toWan } from '../money/wan.ts';

/** What a year of a scheme came to. Amounts in 元; each group adds up to `total`, line by line of the applications. */
export interface YearSummary {
  scheme: string;
  schemeTitle: string;
  year: number;
  asOf: string;
  budgetCode: string;
  budgetName: string;
  /** Applications submitted, refused, withdrawn; enterprises that applied, were granted something, were paid. */
  counts: {
    applications: number;
    applicants: number;
    refused: number;
    withdrawn: number;
    enterprises: number;
    paidEnterprises: number;
  };
  budget: string;
  received: string;
  /** 核定需求, 安排补贴, 已拨付, 待拨付, of that what the bank sent back, and what is left of the budget */
  demand: string;
  granted: string;
  paid: string;
  unpaid: string;
  returned: string;
  clawedBack: string;
  recovered: string;
  remitted: string;
  available: string;
  byKind: PrintedSummaryRow[];
  byRegion: PrintedSummaryRow[];
  byTitle: PrintedSummaryRow[];
  total: PrintedSummaryRow;
  sentence: string;
}

/** The year as a bulletin says it: 87 家企业获得补贴 1852.9 万元. */
export function yearSentence({ year, counts, granted, paid }: Omit<YearSummary, 'sentence'>): string {
  if (counts.enterprises === 0) return `${year} 年度尚未安排补贴。`;
  const all = `${year} 年度 ${counts.enterprises} 家企业获得补贴 ${toWan(money(granted))} 万元（${formatYuan(money(granted))} 元）`;
  const rest = money(granted).minus(money(paid));
  return rest.isZero() ? `${all}，已全部拨付。` : `${all}，其中已拨付 ${toWan(money(paid))} 万元。`;
}

/** What a year's figures are called, in order. */
export const amountsOf = (of: YearSummary): { name: string; amount: string }[] => [
  { name: '年度预算', amount: of.budget },
  { name: '预算到账', amount: of.received },
  { name: '核定需求', amount: of.demand },
  { name: '安排补贴', amount: of.granted },
  { name: '已拨付', amount: of.paid },
  { name: '待拨付', amount: of.unpaid },
  { name: '其中退票待重拨', amount: of.returned },
  { name: '决定追回', amount: of.clawedBack },
  { name: '追回到账', amount: of.recovered },
  { name: '追回缴库', amount: of.remitted },
  { name: '预算可用', amount: of.available },
];

/** How often what happened, as printed. */
export const countsOf = ({ counts }: YearSummary): { name: string; value: string }[] => [
  { name: '申请', value: `${counts.applications} 项` },
  { name: '申请企业', value: `${counts.applicants} 户` },
  { name: '获补贴企业', value: `${counts.enterprises} 户` },
  { name: '已拨付企业', value: `${counts.paidEnterprises} 户` },
  { name: '不予补贴', value: `${counts.refused} 项` },
  { name: '企业撤回', value: `${counts.withdrawn} 项` },
];

/** What each group is called. */
export const groupsOf = (of: YearSummary): { name: string; rows: PrintedSummaryRow[] }[] => [
  { name: '补贴项目', rows: of.byKind },
  { name: '地区', rows: of.byRegion },
  { name: '企业资质', rows: of.byTitle },
];

/** How the groups count. */
export const SUMMARY_NOTES = [
  '注：一户企业有多个补贴项目的，各项目分别计户，合计按一户计。',
  '地区为企业登记所在地；有多项资质的企业按国家高新技术企业、科技小巨人企业、创新型标杆企业、农业高新技术企业、专精特新企业、科技型中小企业、瞪羚企业、雏鹰企业的次序计入一项，资质以申报日有效的为准。',
];

/** The year as a book: one sheet of all figures, one for each group with its sums. */
export function summarySheets(of: YearSummary): FormSheet[] {
  const head = {
    above: [`补贴政策：${of.schemeTitle}　　截至：${of.asOf}　　单位：元`, of.sentence],
    below: ['编制：　　　　　　　　　　复核：　　　　　　　　　　负责人：　　　　　　　　　　（盖章）'],
    orientation: 'portrait' as const,
  };
  const title = `${of.year}年度补贴资金汇总表`;
  const overall: FormSheet = {
    ...{ ...head, name: '总体情况', title },
    columns: [
      { title: '项目', kind: 'text', width: 30 },
      { title: '户数、项数', kind: 'text', width: 16 },
      { title: '金额', kind: 'money', width: 22 },
    ],
    rows: [
      ...countsOf(of).map(({ name, value }) => [name, value, '']),
      ...amountsOf(of).map(({ name, amount }) => [name, '', amount]),
    ],
    totals: [],
  };
  return [overall, ...groupsOf(of).map(({ name, rows }) => groupSheet(of, title, head, name, rows))];
}

function groupSheet(
  of: YearSummary,
  title: string,
  head: Pick<FormSheet, 'above' | 'below' | 'orientation'>,
  name: string,
  rows: PrintedSummaryRow[],
): FormSheet {
  const { demand, granted, paid, clawedBack, enterprises } = of.total;
  return {
    ...{ ...head, name: `按${name}`, title: `${title}（按${name}）` },
    columns: [
      { title: name, kind: 'text', width: 30 },
      { title: '获补贴企业户数', kind: 'integer', width: 12 },
      { title: '核定需求', kind: 'money', width: 18 },
      { title: '安排补贴', kind: 'money', width: 18 },
      { title: '已拨付', kind: 'money', width: 18 },
      { title: '决定追回', kind: 'money', width: 16 },
    ],
    rows: rows.map((row) => [row.name, `${row.enterprises}`, row.demand, row.granted, row.paid, row.clawedBack]),
    totals: ['合计', `${enterprises}`, demand, granted, paid, clawedBack],
  };
}

/** The sums of a group's amounts. */
export function totalRow(rows: readonly PrintedSummaryRow[], enterprises: number): PrintedSummaryRow {
  const of = (pick: (row: PrintedSummaryRow) => string) => toWire(sum(rows.map((row) => money(pick(row)))));
  return {
    ...{
      name: '合计',
      enterprises,
      demand: of((r) => r.demand),
      granted: of((r) => r.granted),
      paid: of((r) => r.paid),
    },
    clawedBack: of((r) => r.clawedBack),
  };
}
