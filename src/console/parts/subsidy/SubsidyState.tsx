import type { ApplicationStatus } from '../../../subsidies/steps.ts';
import { Toned } from '../StateTag.tsx';
import { LINE_STATUSES, STATUS_TONES, statusLabel } from './words.ts';

/** Where an application stands, as a tag. */
export function SubsidyState({ status }: { status: string }) {
  return <Toned tone={STATUS_TONES[status as ApplicationStatus] ?? 'plain'}>{statusLabel(status)}</Toned>;
}

/** What became of a line, as a tag. */
export function LineState({ status }: { status: string }) {
  const [label, tone] = LINE_STATUSES[status] ?? [status, 'plain'];
  return <Toned tone={tone}>{label}</Toned>;
}
