import { sendForm } from '../../parts/send-form.ts';
import type { Import, Kind, Mode } from './types.ts';

export interface Upload {
  file: File;
  kind: Kind;
  poolCode: string | undefined;
  mode: Mode;
  /** our field for each heading of the file, null for those not to be read */
  mapping: Record<string, string | null> | undefined;
  /** the same for every try of this upload, so that one that was answered into the void is not received twice */
  key: string;
}

/** Uploads a file and tells how much has left, as a fraction. @throws Problem */
export function sendFile(upload: Upload, onSent: (fraction: number) => void, signal: AbortSignal): Promise<Import> {
  const form = new FormData();
  form.set('kind', upload.kind);
  form.set('mode', upload.mode);
  if (upload.poolCode) form.set('poolCode', upload.poolCode);
  if (upload.mapping) form.set('mapping', JSON.stringify(upload.mapping));
  form.set('file', upload.file);
  return sendForm('imports', form, { key: upload.key, onSent, signal });
}
