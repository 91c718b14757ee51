import type { DocumentHead } from '../../src/documents/parts.ts';
import { type CitationIndex, longDate } from '../../src/documents/wording.ts';
import { citationsHeight, drawCitations, drawHeading, drawParagraph, drawTitle, paragraphHeight } from './pieces.ts';
import type { Sheet } from './sheet.ts';
import { drawSubscription, subscriptionHeight } from './signatures.ts';

const BODY = { size: 12 };

/** A letter's beginning: title, number, whom it is to, and its first paragraph. */
export function openLetter(sheet: Sheet, view: DocumentHead & { addressee: string }, sentence: string): void {
  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  sheet.y += 6;
  drawParagraph(sheet, `${view.addressee}：`, { ...BODY, indent: 0, weight: 'bold' });
  drawParagraph(sheet, sentence, BODY);
}

/** Full sentences under a heading, numbered （1）（2） when there are several; nothing at all when there are none. */
export function drawPoints(sheet: Sheet, part: (title: string) => string, title: string, points: string[]): void {
  if (points.length === 0) return;
  drawHeading(sheet, part(title), 40);
  for (const [i, point] of points.entries())
    drawParagraph(sheet, points.length > 1 ? `（${i + 1}）${point}` : point, BODY);
}

/** A letter's end: the articles, the closing words, and 落款 with them: a seal must not stand alone on a page. */
export function closeLetter(
  sheet: Sheet,
  view: DocumentHead,
  part: (title: string) => string,
  cites: CitationIndex,
  closing: string,
): void {
  const end = 6 + paragraphHeight(sheet, closing, BODY) + subscriptionHeight(sheet, view.issuer);
  sheet.need(citationsHeight(sheet, cites, 10) + end);
  drawCitations(sheet, part('依据'), cites, 10);
  sheet.need(end);
  sheet.y += 6;
  drawParagraph(sheet, closing, BODY);
  drawSubscription(sheet, view.issuer, longDate(view.issuedOn));
}
