import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, ask, Problem } from '../../api.ts';
import { useDraft } from '../../parts/useDraft.ts';
import { type Mapping, missingIn, proposed, understood } from './mapping.ts';
import { sendFile, type Upload } from './send-file.ts';
import type { Inspection, Kind, Mode } from './types.ts';

type Step = { error?: unknown } & (
  | { at: 'idle' }
  | { at: 'mapping'; inspection: Inspection; mapping: Mapping }
  | { at: 'sending'; fraction: number; name: string }
);

/**
 * The way of a file from the hand to its import: its headings are looked at, asked for where they are not understood (a mapping given before is
 * used again), then it is sent. Ends on the page of the import.
 */
export function useUpload(about: { kind: Kind; poolCode: string | undefined; mode: Mode }) {
  const [step, setStep] = useState<Step>({ at: 'idle' });
  const remembered = useDraft<Mapping>(`mapping:${about.kind.toLowerCase()}`, {});
  const file = useRef<File>(undefined);
  const last = useRef<Upload>(undefined);
  const abort = useRef(new AbortController());
  // While the headings are looked at, the pool or the mode may still change: what holds when the file leaves is sent.
  const latest = useRef(about);
  latest.current = about;
  const navigate = useNavigate();
  const queries = useQueryClient();

  const send = async (upload: Upload) => {
    last.current = upload;
    abort.current = new AbortController();
    const { name } = upload.file;
    setStep({ at: 'sending', fraction: 0, name });
    try {
      const onSent = (fraction: number) => setStep({ at: 'sending', fraction, name });
      const { id } = await sendFile(upload, onSent, abort.current.signal);
      for (const word of ['imports', 'loan-filings', 'balance-reports', 'loans', 'portfolio', 'home'])
        void queries.invalidateQueries({ queryKey: [word] });
      navigate(`/imports/${id}`);
    } catch (error) {
      setStep(abort.current.signal.aborted ? { at: 'idle' } : { at: 'idle', error });
    }
  };
  const start = async (chosen: File) => {
    file.current = chosen;
    last.current = undefined;
    try {
      const inspection = await ask(api['import-headings'].$post({ form: { file: chosen, kind: about.kind } }));
      const mapping = proposed(inspection, remembered.value);
      const used = inspection.headings.some(({ title, field }) => mapping[title] !== field);
      // A file without headings is refused with words of its own when it is sent.
      if (understood(inspection) || inspection.headingLine === null) await send(asUpload(chosen));
      else if (used && missingIn(inspection, mapping).length === 0) await send(asUpload(chosen, mapping));
      else setStep({ at: 'mapping', inspection, mapping });
    } catch (error) {
      setStep({ at: 'idle', error });
    }
  };
  const asUpload = (chosen: File, mapping?: Mapping): Upload => ({
    ...{ ...latest.current, file: chosen, mapping, key: crypto.randomUUID() },
  });
  return {
    step,
    start,
    confirm(mapping: Mapping) {
      remembered.save({ ...remembered.value, ...mapping });
      void send(asUpload(file.current!, mapping));
    },
    cancel() {
      abort.current.abort();
      setStep({ at: 'idle' });
    },
    /** the same upload again, under the same key, where it did not arrive; a refusal stays one */
    retry: last.current && notArrived(step.error) ? () => void send(last.current!) : undefined,
  };
}

const notArrived = (error: unknown): boolean => error instanceof Problem && (error.status === 0 || error.status >= 500);
