import { randomUUID } from 'node:crypto';
import type { Demonstration } from './demo.ts';

type Paper = { code: string; answered: string | null; attachments: unknown[] };

/** Hands in a file for a paper of an application, by its enterprise; answers what the service says. */
export async function handIn(t: Demonstration, id: string, paper: string, key: string, subject = 'subsidyApplication') {
  const body = new FormData();
  body.set('file', new File([`%PDF-1.4\n${randomUUID()}\n%%EOF`], `${paper}.pdf`));
  body.set('subject', `${subject}:${id}`);
  body.set('paper', paper);
  return t.call('POST', 'attachments', { key, body });
}

/** Hands in every paper that an application still lacks. */
export async function handInAll(t: Demonstration, id: string, key: string): Promise<void> {
  const { body } = await t.get(`subsidy-applications/${id}`, key);
  const lacking = (body.papers as Paper[]).filter((one) => one.code !== 'other' && !one.answered);
  const open = lacking.filter(({ attachments }) => attachments.length === 0);
  await Promise.all(open.map(({ code }) => handIn(t, id, code, key)));
}
