import { z } from 'zod';
import { checksOf } from '../check.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { type FilingRule, filingRule, type HeldTitle, NO_CHECKS } from '../filing.ts';
import { coded } from '../values.ts';

const schema = z.strictObject({
  /** Any one of these, valid on the day, is enough. */
  anyOf: z.array(coded).min(1),
  /** Whether being listed in the 融资需求库 is enough too. */
  orDemandRegister: z.boolean(),
});
export type Titles = z.infer<typeof schema>;
export interface TitlesInput {
  on: string;
  titles: readonly HeldTitle[];
  inDemandRegister?: boolean;
}
/** The title that qualifies, `demandRegister`, or null. */
type Answer = string | null;

/** Which titles (资质) make an enterprise eligible; a title counts from its first to its last day, both included. */
export function titles(spec: ClauseSpec<Titles, TitlesInput, Answer>): Clause<Titles, TitlesInput, Answer> {
  return {
    ...spec,
    resolvedBy: 'filedOn',
    schema,
    describe: (value) => `备案日应持有下列有效资质之一：${listed(value)}`,
    apply: (value, input) =>
      qualifying(value, input)?.kind ?? (value.orDemandRegister && input.inDemandRegister ? 'demandRegister' : null),
  };
}

/** Codes: TITLE, or TITLE_NOT_VALID naming what is held and until when. */
export function titlesRule(clause: Clause<Titles, TitlesInput, Answer>): FilingRule {
  return filingRule(clause, (version, _context, on) => {
    const { value } = version;
    const labels = new Map(value.anyOf.map(({ code, label }) => [code, label]));
    const { pass, fail } = checksOf(clause, version);
    return ({ enterprise }) => {
      if (!enterprise) return NO_CHECKS;
      const held = qualifying(value, { on, titles: enterprise.titles });
      if (held) {
        const name = labels.get(held.kind);
        return [pass('TITLE', `${name}（证书编号 ${held.certificateNo}）在备案日有效，有效期至 ${held.validTo}`)];
      }
      if (value.orDemandRegister && enterprise.inDemandRegister) return [pass('TITLE', '企业已列入融资需求库')];
      const known = enterprise.titles.find(({ kind }) => labels.has(kind));
      const why = known
        ? `所持${labels.get(known.kind)}的有效期为 ${known.validFrom} 至 ${known.validTo}，备案日 ${on} 不在其内`
        : '未登记符合条件的资质';
      return [fail('TITLE_NOT_VALID', `${why}；应持有下列有效资质之一：${listed(value)}`, { field: 'enterpriseUscc' })];
    };
  });
}

function qualifying(value: Titles, { on, titles }: TitlesInput): HeldTitle | undefined {
  return titles.find(
    ({ kind, validFrom, validTo }) => validFrom <= on && on <= validTo && value.anyOf.some(({ code }) => code === kind),
  );
}

function listed({ anyOf, orDemandRegister }: Titles): string {
  return anyOf.map(({ label }) => label).join('、') + (orDemandRegister ? '，或已列入融资需求库' : '');
}
