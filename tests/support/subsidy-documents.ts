import { expect } from 'vitest';
import { subsidyPapers } from '../../jobs/subsidy-papers.ts';
import type { DocumentKind, ViewModels } from '../../src/documents/view-models.ts';
import { render } from '../../templates/render.ts';
import { outside, overlaps, type ReadPdf, readPdf } from '../documents/read-pdf.ts';
import type { Demonstration } from './demo.ts';

/** Does the jobs that issue papers of subsidies, as a worker would. */
export async function papersIssued(t: Demonstration): Promise<void> {
  for (;;) {
    const jobs = await t.boss.fetch('subsidy-papers', { batchSize: 100 });
    if (jobs.length === 0) return;
    for (const { id, data } of jobs) {
      await subsidyPapers(t.contextOf(), data);
      await t.boss.complete('subsidy-papers', id);
    }
  }
}

/** A paper in a list. */
export interface ListedPaper {
  id: string;
  kind: DocumentKind;
  number: string;
  title: string;
  subject: string;
  issuedOn: string;
  voidedOn: string | null;
}

/** The papers that somebody sees, by a query of the list. */
export const papersOf = async (t: Demonstration, query: string, key: string): Promise<ListedPaper[]> =>
  (await t.get(`documents?limit=200&sort=number&${query}`, key)).body.items;

/** What a paper says once it is drawn; nothing of it stands over other text or off the page. */
export async function readPaper(t: Demonstration, { id, kind }: ListedPaper): Promise<ReadPdf> {
  const { view } = (await t.get(`documents/${id}`, t.key('finance'))).body;
  const pdf = await readPdf(await render(kind, view as ViewModels[typeof kind]));
  for (const page of pdf.pages) expect([kind, overlaps(page), outside(page)]).toEqual([kind, [], []]);
  return pdf;
}

/** Expects a paper to say these words, whatever their spaces. */
export async function paperSays(t: Demonstration, paper: ListedPaper, words: string[]): Promise<void> {
  const { text } = await readPaper(t, paper);
  for (const expected of words) expect(text).toContain(expected.replace(/\s/g, ''));
}
