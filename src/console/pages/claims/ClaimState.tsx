import { CLAIM_STATUSES, type ClaimStatus } from '../../../compensation/claim-steps.ts';
import { type Tone, Toned } from '../../parts/StateTag.tsx';

const TONES: Record<ClaimStatus, Tone> = {
  ...{ draft: 'plain', submitted: 'near', returned: 'near', verified: 'near', approved: 'near', confirmed: 'near' },
  ...{ paid: 'within', refused: 'past', withdrawn: 'plain', refunded: 'past' },
};

/** Where a claim stands, as a tag. */
export function ClaimState({ status }: { status: string }) {
  const known = status as ClaimStatus;
  return <Toned tone={TONES[known] ?? 'plain'}>{CLAIM_STATUSES[known] ?? status}</Toned>;
}
