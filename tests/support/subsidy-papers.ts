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

const USUAL = [
  'businessLicence',
  'titleCertificate',
  'statements',
  'insurancePolicy',
  'premiumInvoice',
  'premiumTransfer',
];

/** Puts the papers of a premium's application on file without sending them, where a test asks for many applications and looks at other things. */
export async function putOnFile(t: Demonstration, id: string): Promise<void> {
  await t.pool.query(
    `INSERT INTO attachment (sha256, name, media_type, size, subject, paper, pool_code, enterprise_uscc, uploaded_by, uploaded_on)
     SELECT sha256(convert_to(p || a.id, 'UTF8')), p || '.pdf', 'application/pdf', 1, 'subsidyApplication:' || a.id, p, a.pool_code, a.enterprise_uscc, a.created_by, a.created_on
       FROM subsidy_application a, unnest($2::text[]) p WHERE a.id = $1`,
    [id, USUAL],
  );
}
