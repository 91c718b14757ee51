import { z } from 'zod';
import type { Clause, ClauseSpec } from '../clause.ts';
import { coded } from '../values.ts';
import { SUBSIDY_KINDS, type SubsidyKind, subsidyKind } from './subsidy-line.ts';

const papers = z.array(coded).min(1);
const schema = z
  .strictObject({
    /** What every application must have. */
    all: papers,
    /** What it must have for a kind besides. */
    byKind: z.array(z.strictObject({ kind: subsidyKind, papers })),
  })
  .refine(({ byKind }) => new Set(byKind.map(({ kind }) => kind)).size === byKind.length, {
    error: '补贴类别不得重复',
  });
export type SubsidyPapers = z.infer<typeof schema>;
export interface PapersInput {
  kinds: readonly SubsidyKind[];
  /** Codes of the papers that were handed in. */
  has: readonly string[];
}
/** Codes of the papers that are lacking, in the clause's order. */
export type SubsidyPapersClause = Clause<SubsidyPapers, PapersInput, string[]>;

/** The papers an application must have (申报材料). */
export function subsidyPapers(spec: ClauseSpec<SubsidyPapers, PapersInput, string[]>): SubsidyPapersClause {
  return {
    ...spec,
    resolvedBy: 'askedOn',
    schema,
    describe: ({ all, byKind }) =>
      [
        `申报应提交${all.map(({ label }) => label).join('、')}`,
        ...byKind.map(
          ({ kind, papers: more }) => `${SUBSIDY_KINDS[kind]}另附${more.map(({ label }) => label).join('、')}`,
        ),
      ].join('；'),
    apply: (value, { kinds, has }) =>
      papersFor(value, kinds)
        .filter(({ code }) => !has.includes(code))
        .map(({ code }) => code),
  };
}

/** What an application with lines of these kinds must have, each paper once. */
export function papersFor(
  { all, byKind }: SubsidyPapers,
  kinds: readonly SubsidyKind[],
): { code: string; label: string }[] {
  const wanted = [...all, ...byKind.filter(({ kind }) => kinds.includes(kind)).flatMap((one) => one.papers)];
  return wanted.filter(({ code }, i) => wanted.findIndex((other) => other.code === code) === i);
}
