import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, ask, Problem } from '../../api.ts';
import { sendForm } from '../../parts/send-form.ts';
import { rowsOf } from './rows-of.ts';
import type { Inspection, Mapping, Statement } from './types.ts';

/** What a person says of a file that it does not say itself. */
export interface Said {
  accountNo?: string;
  from?: string;
  to?: string;
  mapping?: Mapping;
}

/** A file on its way: sent, then read, refused with its rows, or asking for what it does not say. */
export type Step =
  | { at: 'waiting' }
  | { at: 'sending'; fraction: number }
  | { at: 'read'; statement: Statement }
  | { at: 'headings'; inspection: Inspection }
  | { at: 'refused'; problem: Problem; rows: Map<number, string> };
export interface Reading {
  key: string;
  file: File;
  said: Said;
  step: Step;
}

/** Headings that we do not know: the person is asked what they are. */
const UNKNOWN = ['HEADINGS_NOT_FOUND', 'STATEMENT_HEADINGS', 'HEADING_DUPLICATE', 'HEADINGS_MISSING'];
const REFRESH = ['bank-statements', 'bank-lines', 'reconciliation-months', 'home'];

/** Files handed in, read one after the other by their names, since each statement goes on from the one before. */
export function useReading() {
  const [readings, setReadings] = useState<Reading[]>([]);
  const queue = useRef(Promise.resolve());
  const queries = useQueryClient();

  const change = (key: string, next: Partial<Reading>) =>
    setReadings((all) => all.map((one) => (one.key === key ? { ...one, ...next } : one)));
  const read = async ({ key, file, said }: Reading) => {
    const step = (next: Step) => change(key, { step: next });
    try {
      const statement = await send(file, said, (fraction) => step({ at: 'sending', fraction }));
      for (const word of REFRESH) void queries.invalidateQueries({ queryKey: [word] });
      step({ at: 'read', statement });
    } catch (caught) {
      if (!(caught instanceof Problem)) throw caught;
      step(await refused(file, said, caught));
    }
  };
  const add = (files: File[]) => {
    const sorted = files.toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN', { numeric: true }));
    const fresh = sorted.map(
      (file): Reading => ({ key: crypto.randomUUID(), file, said: {}, step: { at: 'waiting' } }),
    );
    setReadings((all) => [...fresh, ...all]);
    for (const one of fresh) queue.current = queue.current.then(() => read(one));
  };
  const again = (reading: Reading, said: Said) => {
    const next: Reading = { ...reading, said: { ...reading.said, ...said }, step: { at: 'waiting' } };
    change(reading.key, next);
    queue.current = queue.current.then(() => read(next));
  };
  const drop = (key: string) => setReadings((all) => all.filter((one) => one.key !== key));
  return { readings, add, again, drop };
}

function send(file: File, { mapping, ...said }: Said, onSent: (fraction: number) => void): Promise<Statement> {
  const form = new FormData();
  form.set('file', file);
  if (mapping) form.set('mapping', JSON.stringify(mapping));
  for (const [name, value] of Object.entries(said)) if (value) form.set(name, value);
  return sendForm('bank-statements', form, { key: crypto.randomUUID(), onSent });
}

/** A refusal with the rows it is about; or with the file's headings, where they are what is not understood. */
async function refused(file: File, { mapping }: Said, problem: Problem): Promise<Step> {
  if (UNKNOWN.includes(problem.code)) {
    const form = { file, ...(mapping ? { mapping: JSON.stringify(mapping) } : {}) };
    const inspection = await ask(api['statement-headings'].$post({ form: form as never })).catch(() => null);
    if (inspection && inspection.headingLine !== null) return { at: 'headings', inspection };
  }
  return { at: 'refused', problem, rows: await rowsOf(file, problem) };
}
