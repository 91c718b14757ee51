import type { AddedVersion } from '../policy/clause.ts';
import type { LossCaps } from '../policy/kinds/loss-caps.ts';
import type { Policy } from '../policy/policy.ts';
import { type Parties, partiesOf, type RecordedParty } from './parties.ts';

/** By whose guarantee a yearly cap counts a loan (institution code), and which bearers' parts it adds up; none where no cap counts by guarantor. */
export function guarantorCap(
  { lossCaps }: Policy,
  recorded: readonly RecordedParty[],
  stated?: Parties,
  added: readonly AddedVersion[] = [],
): { guarantor: string; capped: string[] } {
  const own = added.filter(({ clauseId }) => clauseId === lossCaps?.id);
  const values = [...(lossCaps?.versions ?? []), ...own].map(({ value }) => value as LossCaps);
  const capped = values.flatMap(({ caps }) => caps.filter((c) => c.scope === 'guarantorYear').flatMap((c) => c.of));
  return { guarantor: partiesOf(recorded, stated).guarantor ?? 'guarantor', capped: [...new Set(capped)] };
}
