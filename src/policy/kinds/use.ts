import { z } from 'zod';
import { type Check, checksOf } from '../check.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { type FilingRule, filingRule, NO_CHECKS } from '../filing.ts';
import { coded } from '../values.ts';

const schema = z.strictObject({
  /** Purposes a bank may choose; `other` asks for words and a reviewer's look. */
  allowed: z.array(coded).min(1),
  banned: z
    .array(
      z.strictObject({
        category: z.string().min(1),
        /** A purpose that contains one of these is refused. */
        words: z.array(z.string().min(1)).min(1),
        /** These may be harmless: a reviewer decides. */
        doubtful: z.array(z.string().min(1)),
      }),
    )
    .min(1),
});
export type Use = z.infer<typeof schema>;
export interface UseInput {
  purpose: string;
  text?: string | null;
}
export interface UseAnswer {
  finding: 'allowed' | 'banned' | 'doubtful' | 'needsText' | 'review' | 'unknown';
  category?: string;
  word?: string;
}
type UseClause = Clause<Use, UseInput, UseAnswer>;

// 「不用于转贷」 promises the contrary of 「转贷」; it goes to a reviewer, since a promise may also hide a use.
const DENIED = /(不用于|非用于|未用于|不得|不会|不涉及|不存在|不含|绝不|严禁|禁止|杜绝|勿)[^，,。；;]{0,12}$/u;

/** What a loan may be used for. */
export function use(spec: ClauseSpec<Use, UseInput, UseAnswer>): UseClause {
  return {
    ...spec,
    resolvedBy: 'filedOn',
    schema,
    describe: ({ allowed, banned }) =>
      `贷款可用于${allowed.map(({ label }) => label).join('、')}；不得用于${banned.map(({ category }) => category).join('、')}`,
    apply: judge,
  };
}

/** Codes: PURPOSE; PURPOSE_BANNED; PURPOSE_DOUBTFUL and PURPOSE_OTHER (warn); PURPOSE_MISSING; PURPOSE_UNKNOWN. */
export function useRule(clause: UseClause): FilingRule {
  return filingRule(clause, (version) => {
    const { value } = version;
    const { pass, fail, warn } = checksOf(clause, version);
    const fine = new Map(
      value.allowed.map(({ code, label }) => [code, [pass('PURPOSE', `资金用途「${label}」符合规定`)]]),
    );
    const codes = value.allowed.map(({ label }) => label).join('、');
    const judged = (purpose: string, text: string): readonly Check[] => {
      const { finding, category, word } = judge(value, { purpose, text });
      const at = { field: 'purpose', value: text || purpose };
      switch (finding) {
        case 'banned':
          return [fail('PURPOSE_BANNED', `资金用途「${at.value}」含「${word}」，属于禁止用途：${category}`, at)];
        case 'doubtful':
          return [warn('PURPOSE_DOUBTFUL', `资金用途「${at.value}」含「${word}」，疑似${category}，请审查人核实`, at)];
        case 'needsText':
          return [fail('PURPOSE_MISSING', '资金用途选择「其他」时应写明具体用途', at)];
        case 'review':
          return [warn('PURPOSE_OTHER', `资金用途「${at.value}」不在列举之内，请审查人核实`, at)];
        case 'unknown':
          return [fail('PURPOSE_UNKNOWN', `资金用途「${at.value}」无法识别，应为：${codes}`, at)];
        default:
          return fine.get(purpose)!;
      }
    };
    // Banks write the same few purposes over and over.
    const known = new Map<string, readonly Check[]>();
    return ({ filing: { purpose, purposeText } }) => {
      if (purpose === undefined) return NO_CHECKS;
      const key = `${purpose.length}:${purpose}${purposeText ?? ''}`;
      const answer = known.get(key) ?? judged(purpose, purposeText ?? '');
      known.set(key, answer);
      return answer;
    };
  });
}

function judge(value: Use, { purpose, text }: UseInput): UseAnswer {
  const words = fold(text ?? '');
  let doubt: UseAnswer | undefined;
  for (const { category, words: certain, doubtful } of value.banned) {
    for (const word of certain) {
      const at = words.indexOf(word);
      if (at < 0) continue;
      if (!DENIED.test(words.slice(0, at))) return { finding: 'banned', category, word };
      doubt ??= { finding: 'doubtful', category, word };
    }
    const word = doubtful.find((candidate) => words.includes(candidate));
    if (word) doubt ??= { finding: 'doubtful', category, word };
  }
  if (doubt) return doubt;
  if (!value.allowed.some(({ code }) => code === purpose)) return { finding: 'unknown' };
  if (purpose !== 'other') return { finding: 'allowed' };
  return { finding: words === '' ? 'needsText' : 'review' };
}

/** Full width to half width; spaces, dots and invisible characters between letters are dropped: 「转 贷」 is 「转贷」. */
function fold(text: string): string {
  return text.normalize('NFKC').replace(/[\s·・.\-_*\u200b-\u200f\u2060\ufeff]/gu, '');
}
