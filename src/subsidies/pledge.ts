import type { LocalDate } from '../calendar/local-date.ts';
import type { Citation } from '../errors.ts';
import { type AddedVersion, valueOn } from '../policy/clause.ts';
import type { Scheme } from '../policy/scheme.ts';

/** 诚信承诺书 with the version of its text, as an enterprise reads it before it accepts. */
export interface PledgeText {
  title: string;
  text: string;
  /** the version of the text is the one in force since that day */
  effectiveFrom: LocalDate | null;
  citation: Citation | null;
}

/** The same as it was accepted, word for word. */
export interface AcceptedPledge extends PledgeText {
  acceptedBy: string;
  acceptedOn: LocalDate;
}

/** The text that an applicant accepts on a day. @throws DomainError POLICY_OUTSIDE_DATES */
export function pledgeText(
  { pledge }: Scheme,
  signer: string,
  on: LocalDate,
  added: readonly AddedVersion[] = [],
): PledgeText {
  const { value, effectiveFrom, citation } = valueOn(pledge, on, added);
  return { title: value.title, text: pledge.apply(value, signer), effectiveFrom, citation };
}
