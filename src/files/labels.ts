import type { DayCountBasis } from '../calendar/day-count.ts';
import { type CellResult, foldLabel, refuse } from './cell.ts';
import { readText } from './text-cells.ts';

/** Codes on the wire with their Chinese labels: the first label is the one we print, the others are understood. */
const GUARANTEE_MODES = {
  credit: ['信用', '信用贷款', '纯信用', '信用方式'],
  ipPledge: ['知识产权质押', '知识产权质押担保', '知识产权质押贷款', '专利权质押', '专利质押'],
  guarantee: ['保证', '保证担保', '保证贷款', '担保公司担保'],
  mortgage: ['抵押', '抵押担保', '抵押贷款'],
  pledge: ['质押', '质押担保', '质押贷款'],
  combination: ['组合', '组合担保', '组合方式'],
} as const;

const REPAYMENT_METHODS = {
  monthlyInterest: [
    '按月付息到期还本',
    '按月结息到期还本',
    '按月还息到期还本',
    '按月付息到期一次还本',
    '每月付息到期还本',
  ],
  quarterlyInterest: [
    '按季付息到期还本',
    '按季结息到期还本',
    '按季还息到期还本',
    '按季付息到期一次还本',
    '每季付息到期还本',
  ],
  equalInstallment: ['等额本息', '等额本息还款'],
  equalPrincipal: ['等额本金', '等额本金还款'],
  lumpSum: ['到期一次还本付息', '到期还本付息', '一次性还本付息', '到期一次性还本付息', '利随本清'],
} as const;

const PURPOSES = {
  rnd: ['研发投入', '研发', '研究开发', '技术研发', '产品研发'],
  conversion: ['成果转化', '科技成果转化', '科研成果转化'],
  pilotLine: ['中试线设备采购', '中试线设备购置', '中试设备采购'],
  materials: ['购买原材料', '购买原材料用于成果转化', '采购原材料', '原材料采购'],
  upgrade: ['技术改造', '技改', '技术改造升级'],
} as const;

const DAY_COUNT_BASES = {
  actual360: ['实际/360', '实际天数/360', 'act/360', 'actual/360', 'a/360', '360'],
  actual365: ['实际/365', '实际天数/365', 'act/365', 'actual/365', 'a/365', '365'],
} as const satisfies Record<DayCountBasis, readonly string[]>;

const CLASSIFICATIONS = {
  normal: ['正常', '正常类', '01'],
  specialMention: ['关注', '关注类', '02'],
  substandard: ['次级', '次级类', '03'],
  doubtful: ['可疑', '可疑类', '04'],
  loss: ['损失', '损失类', '05'],
} as const;

const TITLES = {
  nationalHighTech: ['国家高新技术企业', '高新技术企业', '国家级高新技术企业', '高企'],
  techSme: ['科技型中小企业', '国家科技型中小企业', '科小'],
  gazelle: ['瞪羚企业', '瞪羚'],
  fledgling: ['雏鹰企业', '雏鹰'],
  techLittleGiant: ['科技小巨人企业', '科技小巨人', '小巨人'],
  agriHighTech: ['农业高新技术企业', '农高'],
  innovationBenchmark: ['创新型标杆企业', '创新型示范企业', '创新型标杆', '创新型示范'],
  specializedNew: ['专精特新企业', '专精特新中小企业', '专精特新'],
} as const;

export type GuaranteeModeCode = keyof typeof GUARANTEE_MODES;
export type RepaymentMethodCode = keyof typeof REPAYMENT_METHODS;
export type PurposeCode = keyof typeof PURPOSES | 'other';
export type ClassificationCode = keyof typeof CLASSIFICATIONS;
export type TitleCode = keyof typeof TITLES;

/** 担保方式; fault GUARANTEE_MODE. */
export const readGuaranteeMode = labelReader(GUARANTEE_MODES, 'GUARANTEE_MODE');
/** 还款方式; fault REPAYMENT_METHOD. */
export const readRepaymentMethod = labelReader(REPAYMENT_METHODS, 'REPAYMENT_METHOD');
/** 计息基础; fault DAY_COUNT_BASIS. */
export const readDayCountBasis = labelReader(DAY_COUNT_BASES, 'DAY_COUNT_BASIS');
/** 五级分类, with the national codes 01–05; fault CLASSIFICATION. */
export const readClassification = labelReader(CLASSIFICATIONS, 'CLASSIFICATION');
/** 资质; fault TITLE. */
export const readTitle = labelReader(TITLES, 'TITLE');

/** A use of money: its code, and the words of the file, which a policy may have banned. */
export interface Purpose {
  code: PurposeCode;
  text: string;
}

const purposeOf = index(PURPOSES);

/** 资金用途: one of the list, or `other` with its text. Faults as `readText`. */
export function readPurpose(text: string, title: string): CellResult<Purpose> {
  const read = readText(text, title);
  return read.fault ? read : { value: { code: purposeOf.get(labelKey(text)) ?? 'other', text: read.value } };
}

function labelReader<C extends string>(labels: Record<C, readonly string[]>, fault: string) {
  const codes = index(labels);
  const choices = Object.values<readonly string[]>(labels)
    .map((names) => names[0])
    .join('、');
  return (text: string, title: string): CellResult<C> => {
    const value = codes.get(labelKey(text));
    return value === undefined ? refuse(fault, title, text, `不在可选范围内，应为：${choices}`) : { value };
  };
}

/** Labels and the codes themselves, folded, to codes. */
function index<C extends string>(labels: Record<C, readonly string[]>): Map<string, C> {
  const codes = new Map<string, C>();
  for (const code of Object.keys(labels) as C[]) {
    for (const name of [code, ...labels[code]]) codes.set(labelKey(name), code);
  }
  return codes;
}

/** Folded, and without the punctuation that only separates (按月付息、到期还本). */
function labelKey(text: string): string {
  return foldLabel(text).replace(/[、,;。·]/g, '');
}
