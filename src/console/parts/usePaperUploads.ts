import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { checkFile, LARGEST } from '../../attachments/check.ts';
import { DomainError } from '../../errors.ts';
import { Problem } from '../api.ts';
import { sendForm } from './send-form.ts';

/** A file on its way, or refused: then why. */
export interface Underway {
  key: string;
  paper: string;
  name: string;
  fraction: number;
  refused?: string;
  /** the same upload again, where it did not arrive */
  retry?(): void;
}

/**
 * Files handed in for the papers of a subject, e.g. `claim:12`: looked at before they leave by the server's own rule, sent with progress; what is refused
 * stays with its reason. `refresh`: the first words of what is asked again once one has arrived.
 */
export function usePaperUploads(subject: string, refresh: string[]) {
  const queries = useQueryClient();
  const [underway, setUnderway] = useState<Underway[]>([]);
  const put = (one: Underway) => setUnderway((all) => [...all.filter(({ key }) => key !== one.key), one]);
  const drop = (key: string) => setUnderway((all) => all.filter((one) => one.key !== key));

  const send = async (paper: string, file: File, key: string) => {
    const start = { key, paper, name: file.name, fraction: 0 };
    put(start);
    try {
      await lookAt(file);
      const form = new FormData();
      form.set('subject', subject);
      form.set('paper', paper);
      form.set('file', file);
      await sendForm('attachments', form, { key, onSent: (fraction) => put({ ...start, fraction }) });
      await Promise.all(refresh.map((word) => queries.invalidateQueries({ queryKey: [word] })));
      drop(key);
    } catch (error) {
      if (!(error instanceof Problem || error instanceof DomainError)) throw error;
      const lost = error instanceof Problem && (error.status === 0 || error.status >= 500);
      put({ ...start, refused: error.message, ...(lost ? { retry: () => void send(paper, file, key) } : {}) });
    }
  };
  return {
    underway,
    add: (paper: string, file: File) => void send(paper, file, crypto.randomUUID()),
    forget: drop,
  };
}

/** @throws DomainError as `checkFile`, without reading a file that is too large anyway */
async function lookAt(file: File): Promise<void> {
  if (file.size > LARGEST) throw new DomainError('FILE_TOO_LARGE', `文件「${file.name}」超过 20 MB`);
  checkFile(file.name, new Uint8Array(await file.arrayBuffer()));
}
