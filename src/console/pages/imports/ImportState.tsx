import { StateTag, Toned } from '../../parts/StateTag.tsx';
import { IMPORT_STATES, type ImportItem } from './types.ts';

/** What became of a file: 部分接收 where the good rows went in and others did not; without any good row it is as refused. */
export function ImportState({
  of: { status, rowsRefused, rowsAccepted },
}: {
  of: Pick<ImportItem, 'status' | 'rowsRefused' | 'rowsAccepted'>;
}) {
  if (status === 'done' && rowsRefused > 0 && rowsAccepted === 0)
    return <StateTag state="refused" labels={IMPORT_STATES} />;
  if (status === 'done' && rowsRefused > 0) return <Toned tone="near">部分接收</Toned>;
  return <StateTag state={status} labels={IMPORT_STATES} />;
}
