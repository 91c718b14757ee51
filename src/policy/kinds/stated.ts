import { z } from 'zod';
import type { Clause, ClauseSpec } from '../clause.ts';
import { type Coded, coded } from '../values.ts';

const schema = z.strictObject({ oneOf: z.array(coded).min(1) });
export type Stated = z.infer<typeof schema>;

/** A closed list that a document states, e.g. who may contribute. Input: a code; answers whether it is listed. */
export function stated(
  spec: ClauseSpec<Stated, string, boolean> & {
    resolvedBy: Clause['resolvedBy'];
    sentence: (labels: string) => string;
  },
): Clause<Stated, string, boolean> {
  const { sentence, ...clause } = spec;
  return {
    ...clause,
    schema,
    describe: ({ oneOf }) => sentence(oneOf.map(({ label }: Coded) => label).join('、')),
    apply: ({ oneOf }, code) => oneOf.some((item) => item.code === code),
  };
}
