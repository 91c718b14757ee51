import { z } from 'zod';
import type { Clause, ClauseSpec } from '../clause.ts';
import { coded, months } from '../values.ts';

const schema = z.strictObject({
  /** What may be claimed, where the document lists it, e.g. the classes of insurance. */
  classes: z.array(coded).min(1).optional(),
  /** Only where the insurer, bank, guarantor or valuer is on the register of cooperating institutions. */
  partnerOnly: z.boolean().optional(),
  leastMonths: months.optional(),
  mostMonths: months.optional(),
  /** Most lines of an enterprise in a year, e.g. three loans. */
  mostPerYear: z.int().min(1).optional(),
  /** Most years in which an enterprise is subsidised at all. */
  mostYears: z.int().min(1).optional(),
  /** A later year counts only when the policy was renewed without a break. */
  unbroken: z.boolean().optional(),
  /** Only what has been repaid with its interest. */
  settledOnly: z.boolean().optional(),
  /** Nothing that other public money has paid for. */
  noOtherMoney: z.boolean().optional(),
});
export type SubsidyAllowed = z.infer<typeof schema>;
/** What is known of a line; what is left out is not known. */
export interface AllowedInput {
  class?: string;
  partner?: boolean;
  termMonths?: number;
  /** Lines of this kind of the enterprise in the year before this one. */
  linesBefore?: number;
  /** Earlier years in which it was subsidised for this kind. */
  yearsBefore?: number;
  renewed?: { unbroken: boolean };
  settled?: boolean;
  otherMoney?: boolean;
}
const FAULTS = {
  class: '不在可以补贴的类别内',
  partner: '不是与名录内的合作机构办理',
  tooShort: '期限短于规定',
  tooLong: '期限长于规定',
  tooMany: '超过每户每年的笔数',
  tooManyYears: '超过每户可以享受的年数',
  broken: '续保有中断',
  notSettled: '本息尚未结清',
  otherMoney: '已获得其他财政资金支持',
} as const;
/** Codes of what stands against a line, and of what nobody has stated. */
export interface AllowedAnswer {
  against: (keyof typeof FAULTS)[];
  unknown: (keyof typeof FAULTS)[];
}
export type SubsidyAllowedClause = Clause<SubsidyAllowed, AllowedInput, AllowedAnswer>;

/** The words for a code of the answer. */
export const allowedFault = (code: keyof typeof FAULTS): string => FAULTS[code];

/** Which lines of a kind may be claimed at all: class, partner, term, number, continuity. */
export function subsidyAllowed(spec: ClauseSpec<SubsidyAllowed, AllowedInput, AllowedAnswer>): SubsidyAllowedClause {
  return { ...spec, resolvedBy: 'askedOn', schema, describe, apply };
}

function describe(value: SubsidyAllowed): string {
  const parts = [
    value.classes && `补贴范围：${value.classes.map(({ label }) => label).join('、')}`,
    value.partnerOnly && '只补贴与科技金融合作机构办理的业务',
    value.leastMonths && `期限不短于 ${value.leastMonths} 个月`,
    value.mostMonths && `期限不长于 ${value.mostMonths} 个月`,
    value.mostPerYear && `每户每年不超过 ${value.mostPerYear} 笔`,
    value.mostYears && `每户累计不超过 ${value.mostYears} 年`,
    value.unbroken && '续保不得中断',
    value.settledOnly && '本息已经结清',
    value.noOtherMoney && '未获得其他财政资金支持',
  ].filter((part) => part !== undefined && part !== false);
  return parts.length > 0 ? parts.join('；') : '笔数、期限和办理机构不限';
}

function apply(value: SubsidyAllowed, line: AllowedInput): AllowedAnswer {
  const answer: AllowedAnswer = { against: [], unknown: [] };
  const ask = <T>(asked: boolean, code: keyof typeof FAULTS, fact: T | undefined, isFault: (fact: T) => boolean) => {
    if (!asked) return;
    if (fact === undefined) answer.unknown.push(code);
    else if (isFault(fact)) answer.against.push(code);
  };
  const { classes, leastMonths, mostMonths, mostPerYear, mostYears } = value;
  ask(classes !== undefined, 'class', line.class, (code) => !classes!.some((c) => c.code === code));
  ask(value.partnerOnly === true, 'partner', line.partner, (listed) => !listed);
  ask(leastMonths !== undefined, 'tooShort', line.termMonths, (term) => term < leastMonths!);
  ask(mostMonths !== undefined, 'tooLong', line.termMonths, (term) => term > mostMonths!);
  ask(mostPerYear !== undefined, 'tooMany', line.linesBefore, (before) => before >= mostPerYear!);
  ask(mostYears !== undefined, 'tooManyYears', line.yearsBefore, (before) => before >= mostYears!);
  const later = value.unbroken === true && (line.yearsBefore ?? 0) > 0;
  ask(later, 'broken', line.renewed, (renewed) => !renewed.unbroken);
  ask(value.settledOnly === true, 'notSettled', line.settled, (settled) => !settled);
  ask(value.noOtherMoney === true, 'otherMoney', line.otherMoney, (other) => other);
  return answer;
}
