import { z } from 'zod';
import { Exact } from '../../money/money.ts';

/** 补贴类别: what an enterprise paid for. The fourth is for projects of research, whose cost is what was spent. */
export const SUBSIDY_KINDS = {
  premium: '科技保险保费补贴',
  interest: '贷款贴息',
  guaranteeFee: '担保费补贴',
  valuationFee: '知识产权评估费补贴',
  rndProject: '研发后补助',
} as const;
export type SubsidyKind = keyof typeof SUBSIDY_KINDS;
export const subsidyKind = z.enum(Object.keys(SUBSIDY_KINDS) as [SubsidyKind, ...SubsidyKind[]]);

/** Days of a line that a rule may mean, with the words for them. `appliedOn` is the application's own. */
export const LINE_DATES = {
  appliedOn: '申报日',
  signedOn: '合同签订日',
  startsOn: '起始日（保单生效、放款、担保生效）',
  paidOn: '付款日',
  endsOn: '到期日（保单到期、贷款结清）',
} as const;
export type LineDate = keyof typeof LINE_DATES;
export const lineDate = z.enum(Object.keys(LINE_DATES) as [LineDate, ...LineDate[]]);

/**
 * What is known of one line and its enterprise when a condition is looked at. Text for money (元) and percent; what is
 * not known is left out, and a rule that needs it then refuses instead of guessing.
 */
export interface LineFacts {
  /** The class of a policy (险种类别), or the level of an equipment (首台套等级). */
  class?: string;
  /** Which of the enterprise's policies or loans of this kind it is, from 1. */
  ordinal?: number;
  /** In which year running the same thing is subsidised, from 1. */
  yearOrdinal?: number;
  firstLoan?: boolean;
  /** The bank's product, by name. */
  product?: string;
  principal?: string;
  /** micro, small, medium or large. */
  size?: string;
  titles?: readonly string[];
  /** Last year's figures of the enterprise in 元. */
  revenue?: string;
  netAssets?: string;
}

const FACTS: Record<keyof LineFacts, string> = {
  class: '类别',
  ordinal: '第几份保单或第几笔贷款',
  yearOrdinal: '连续享受补贴的年度数',
  firstLoan: '是否首次贷款',
  product: '贷款产品',
  principal: '贷款本金',
  size: '企业规模',
  titles: '企业资质',
  revenue: '上年营业收入',
  netAssets: '上年净资产',
};

/** What a fact is called in a message. */
export const lineFactLabel = (fact: keyof LineFacts): string => FACTS[fact];

const oneOf = z.array(z.string().min(1)).min(1).optional();
const edge = z
  .string()
  .regex(/^\d{1,16}(\.\d{1,2})?$/, { error: '应为非负数字文本' })
  .optional();
const band = z
  .strictObject({ over: edge, atLeast: edge, below: edge, upTo: edge })
  .refine((b) => Object.values(b).some((limit) => limit !== undefined), { error: '区间至少有一个端点' })
  .optional();
const place = z
  .strictObject({ from: z.int().min(1), to: z.int().min(1).optional() })
  .refine(({ from, to }) => to === undefined || to >= from, { error: '区间的终点不得小于起点' })
  .optional();

/** All of its members must hold. */
export const lineCondition = z
  .strictObject({
    ...{ class: oneOf, size: oneOf, titles: oneOf, product: oneOf, firstLoan: z.boolean().optional() },
    ...{ ordinal: place, yearOrdinal: place, principal: band, revenue: band, netAssets: band },
  })
  .refine((c) => Object.values(c).some((member) => member !== undefined), { error: '请至少写明一个条件' });
export type LineCondition = z.infer<typeof lineCondition>;

/** When a row applies: any one of these. */
export const lineConditions = z.array(lineCondition).min(1);

/** Whether any of the conditions holds; `unknown` names the facts that would decide it. */
export function judgeLine(
  anyOf: readonly LineCondition[],
  facts: LineFacts,
): boolean | { unknown: (keyof LineFacts)[] } {
  const missing = new Set<keyof LineFacts>();
  for (const all of anyOf) {
    const wanted = Object.entries(all).filter(([, member]) => member !== undefined) as [keyof LineFacts, Wanted][];
    const known = wanted.filter(([fact]) => facts[fact] !== undefined);
    if (!known.every(([fact, member]) => fits(member, facts[fact]!))) continue;
    if (known.length === wanted.length) return true;
    for (const [fact] of wanted) if (facts[fact] === undefined) missing.add(fact);
  }
  return missing.size > 0 ? { unknown: [...missing] } : false;
}

type Wanted = NonNullable<LineCondition[keyof LineCondition]>;

function fits(wanted: Wanted, known: string | number | boolean | readonly string[]): boolean {
  if (typeof wanted === 'boolean') return wanted === known;
  if (Array.isArray(wanted)) {
    return typeof known === 'object' ? wanted.some((w) => known.includes(w)) : wanted.includes(String(known));
  }
  const value = new Exact(String(known));
  if ('from' in wanted) return value.gte(wanted.from) && !(wanted.to !== undefined && value.gt(wanted.to));
  return (
    !(wanted.over !== undefined && value.lte(wanted.over)) &&
    !(wanted.atLeast !== undefined && value.lt(wanted.atLeast)) &&
    !(wanted.below !== undefined && value.gte(wanted.below)) &&
    !(wanted.upTo !== undefined && value.gt(wanted.upTo))
  );
}
