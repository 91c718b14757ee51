import { type AddedVersion, type Clause, parseValue } from '../policy/clause.ts';
import { RULEBOOKS } from '../policy/register.ts';

/** A clause with every value it had or has by the end of a year, shipped and added, in words and as data, each with its article. */
export function clausesInForce(added: readonly AddedVersion[], year: number): object[] {
  return RULEBOOKS.flatMap(({ code, document, clauses }) =>
    clauses.map((clause) => ({
      ...{
        id: clause.id,
        policy: code,
        document: document.title,
        number: document.number ?? null,
        title: clause.title,
      },
      versions: versionsOf(clause, added).filter(({ effectiveFrom }) => effectiveFrom <= `${year}-12-31`),
    })),
  );
}

function versionsOf(clause: Clause, added: readonly AddedVersion[]) {
  const own = added.filter(({ clauseId }) => clauseId === clause.id);
  return [
    ...clause.versions.map((version) => ({ ...version, added: false })),
    ...own.map(({ clauseId: _, ...version }) => ({
      ...version,
      value: parseValue(clause, version.value),
      added: true,
    })),
  ].map((version) => ({ ...version, words: clause.describe(version.value) }));
}
