import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Inspection } from '../../../files/inspect-headings.ts';
import { Problem } from '../../api.ts';
import { sendForm } from '../../parts/send-form.ts';
import { useDraft } from '../../parts/useDraft.ts';
import { type Mapping, missingIn, proposed } from '../imports/mapping.ts';
import { CHANGED } from '../subsidies/acts.ts';
import type { FileKind, Imported, Mode } from './types.ts';

/** What a file is sent as. */
export interface About {
  scheme: string | undefined;
  kind: FileKind;
  mode: Mode;
}

interface Sent extends About {
  file: File;
  mapping?: Mapping;
  /** the same for every try, so that one that was answered into the void is not taken twice */
  key: string;
}

/** Where a file is: on its way, read, refused for its rows, asking what its columns are, or not arrived. */
export type Step =
  | { at: 'idle' }
  | { at: 'sending'; name: string; fraction: number }
  | { at: 'mapping'; name: string; inspection: Inspection; mapping: Mapping }
  | { at: 'done'; name: string; about: About; answer: Imported }
  | { at: 'refused'; name: string; about: About; problem: Problem }
  | { at: 'failed'; error: unknown };

/** Refusals of the headings, not of the rows. */
const HEADINGS = ['HEADINGS_NOT_FOUND', 'HEADINGS_MISSING', 'HEADING_DUPLICATE', 'HEADING_UNIT', 'MAPPING_FIELD'];

/** The way of a file of paper applications: sent, and asked for its columns only where they are not understood and were not said before. */
export function useSubsidyImport(about: About) {
  const [step, setStep] = useState<Step>({ at: 'idle' });
  const remembered = useDraft<Mapping>(`mapping:${about.kind.toLowerCase()}`, {});
  const last = useRef<Sent>(undefined);
  const abort = useRef(new AbortController());
  const queries = useQueryClient();

  const send = async (sent: Sent): Promise<void> => {
    last.current = sent;
    abort.current = new AbortController();
    const { name } = sent.file;
    setStep({ at: 'sending', name, fraction: 0 });
    try {
      const onSent = (fraction: number) => setStep({ at: 'sending', name, fraction });
      const answer = await sendForm<Imported>('subsidy-applications/import', formOf(sent), {
        ...{ key: sent.key, onSent, signal: abort.current.signal },
      });
      for (const word of CHANGED) void queries.invalidateQueries({ queryKey: [word] });
      setStep({ at: 'done', name, about: sent, answer });
    } catch (error) {
      if (abort.current.signal.aborted) setStep({ at: 'idle' });
      else await refused(sent, error);
    }
  };
  const refused = async (sent: Sent, error: unknown): Promise<void> => {
    const { name } = sent.file;
    if (!(error instanceof Problem)) return setStep({ at: 'failed', error });
    if (error.code === 'IMPORT_REFUSED') return setStep({ at: 'refused', name, about: sent, problem: error });
    const inspection = HEADINGS.includes(error.code) ? await inspected(sent).catch(() => null) : null;
    if (!inspection || inspection.headingLine === null) return setStep({ at: 'failed', error });
    const mapping = proposed(inspection, remembered.value);
    const said = inspection.headings.some(({ title, field }) => mapping[title] !== field);
    if (!sent.mapping && said && missingIn(inspection, mapping).length === 0) return send(again(sent, { mapping }));
    setStep({ at: 'mapping', name, inspection, mapping });
  };
  return {
    step,
    start: (file: File) => void send({ ...about, file, key: crypto.randomUUID() }),
    confirm(mapping: Mapping) {
      remembered.save({ ...remembered.value, ...mapping });
      void send(again(last.current!, { mapping }));
    },
    /** the file that was refused, taken otherwise */
    takeAs: (mode: Mode) => void send(again(last.current!, { mode })),
    /** the same once more, where it did not arrive; a refusal stays one */
    retry: step.at === 'failed' && notArrived(step.error) ? () => void send(last.current!) : undefined,
    cancel() {
      abort.current.abort();
      setStep({ at: 'idle' });
    },
  };
}

const again = (sent: Sent, other: Partial<Sent>): Sent => ({ ...sent, ...other, key: crypto.randomUUID() });

const notArrived = (error: unknown): boolean => error instanceof Problem && (error.status === 0 || error.status >= 500);

function formOf({ scheme, kind, mode, mapping, file }: Sent): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ scheme, kind, mode })) if (value) form.set(name, value);
  if (mapping) form.set('mapping', JSON.stringify(mapping));
  form.set('file', file);
  return form;
}

/** What the file's headings are taken for; read here, only when they are what stands against it. */
async function inspected({ file, kind }: Sent): Promise<Inspection> {
  const { inspectFile } = await import('./inspect-file.ts');
  return inspectFile(file, kind);
}
