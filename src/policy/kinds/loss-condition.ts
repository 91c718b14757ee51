import { z } from 'zod';
import { Exact } from '../../money/money.ts';

/**
 * What is known of a loan when its loss is shared, as it was filed. Text for money (元) and percent; what is not known
 * is left out, and a rule that needs it then refuses instead of guessing.
 */
export interface LossFacts {
  guaranteeMode?: string;
  /** Whether a guarantor stands behind the loan (担保贷款), else it is a direct loan (直接贷款). */
  guaranteed?: boolean;
  /** First in the programme (首次贷款). */
  firstLoan?: boolean;
  /** 首贷户: the enterprise never had a bank loan before this one. */
  firstTimeBorrower?: boolean;
  /** Percent of the loan that is unsecured (信用部分). */
  creditShare?: string;
  /** Percent of the loan that an intellectual-property pledge covers, certified by bank or guarantor. */
  ipShare?: string;
  /** Last year's sales in 元. */
  revenue?: string;
  /** micro, small, medium or large. */
  size?: string;
  /** Kinds of the titles (资质) held. */
  titles?: readonly string[];
  termMonths?: number;
  /** What the money was lent for, where a document treats it apart, e.g. `industryUniversity`. */
  projectKinds?: readonly string[];
  /** Percent each party took on by the loan's own contract, where the document leaves it to the parties. */
  agreed?: Readonly<Record<string, string>>;
}

const FACTS = {
  guaranteeMode: '担保方式',
  guaranteed: '是否有担保机构担保',
  firstLoan: '是否本项目首次贷款',
  firstTimeBorrower: '是否首贷户',
  creditShare: '信用贷款占比',
  ipShare: '知识产权质押占比',
  revenue: '上年营业收入',
  size: '企业规模',
  titles: '企业资质',
  termMonths: '贷款期限',
  projectKinds: '项目类别',
} as const;
export type LossFact = keyof typeof FACTS;

/** How a fact is called in a message. */
export const factLabel = (fact: LossFact): string => FACTS[fact];

const edge = z
  .string()
  .regex(/^\d{1,16}(\.\d{1,6})?$/, { error: '应为非负数字文本' })
  .optional();
const band = z
  .strictObject({ over: edge, atLeast: edge, below: edge, upTo: edge })
  .refine((b) => Object.values(b).some((limit) => limit !== undefined), { error: '区间至少有一个端点' });
const oneOf = z.array(z.string().min(1)).min(1).optional();

/** All of its members must hold. */
const condition = z
  .strictObject({
    guaranteeMode: oneOf,
    guaranteed: z.boolean().optional(),
    firstLoan: z.boolean().optional(),
    firstTimeBorrower: z.boolean().optional(),
    creditShare: band.optional(),
    ipShare: band.optional(),
    revenue: band.optional(),
    size: oneOf,
    titles: oneOf,
    termMonths: band.optional(),
    projectKinds: oneOf,
  })
  .refine((c) => Object.values(c).some((member) => member !== undefined), { error: '请至少写明一个条件' });

/** When a row or a bonus applies: any one of these. */
export const conditions = z.array(condition).min(1);
export type Conditions = z.infer<typeof conditions>;

/** Whether any of the conditions holds; `unknown` names the facts that would decide it. */
export function judgeConditions(anyOf: Conditions, facts: LossFacts): boolean | { unknown: LossFact[] } {
  const missing = new Set<LossFact>();
  for (const all of anyOf) {
    const lacking: LossFact[] = [];
    let refuted = false;
    for (const fact of Object.keys(all) as (keyof typeof all)[]) {
      const wanted = all[fact];
      if (wanted === undefined) continue;
      const known = facts[fact];
      if (known === undefined) lacking.push(fact);
      else if (!fits(wanted, known)) refuted = true;
    }
    if (!refuted && lacking.length === 0) return true;
    if (!refuted) for (const fact of lacking) missing.add(fact);
  }
  return missing.size > 0 ? { unknown: [...missing] } : false;
}

type Wanted = NonNullable<Conditions[number][LossFact]>;

function fits(wanted: Wanted, known: string | number | boolean | readonly string[]): boolean {
  if (typeof wanted === 'boolean') return wanted === known;
  if (Array.isArray(wanted)) {
    return typeof known === 'object' ? wanted.some((w) => known.includes(w)) : wanted.includes(String(known));
  }
  const value = new Exact(String(known));
  return (
    !(wanted.over !== undefined && value.lte(wanted.over)) &&
    !(wanted.atLeast !== undefined && value.lt(wanted.atLeast)) &&
    !(wanted.below !== undefined && value.gte(wanted.below)) &&
    !(wanted.upTo !== undefined && value.gt(wanted.upTo))
  );
}
