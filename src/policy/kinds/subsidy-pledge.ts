import { z } from 'zod';
import type { Clause, ClauseSpec } from '../clause.ts';

const text = z.string().trim().min(1);
const schema = z.strictObject({ title: text, statements: z.array(text).min(1) });
export type SubsidyPledge = z.infer<typeof schema>;
/** Input: who signs. Answers the whole text, as it is accepted, kept and printed. */
export type SubsidyPledgeClause = Clause<SubsidyPledge, string, string>;

const NUMBERS = '一二三四五六七八九十';

/** What an enterprise promises when it applies (诚信承诺书). */
export function subsidyPledge(spec: ClauseSpec<SubsidyPledge, string, string>): SubsidyPledgeClause {
  return {
    ...spec,
    resolvedBy: 'askedOn',
    schema,
    describe: ({ title, statements }) => `申报时签订${title}：${statements.join('').replace(/。$/, '')}`,
    apply: ({ title, statements }, signer) =>
      [title, ...statements.map((one, i) => `${NUMBERS[i] ?? i + 1}、${one}`), `承诺企业：${signer}`].join('\n'),
  };
}
