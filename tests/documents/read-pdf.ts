import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A run of text as a reader of the PDF finds it: points from the lower left corner. */
export interface Run {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
}

export interface ReadPage {
  width: number;
  height: number;
  runs: Run[];
  /** All runs without spaces and line breaks, so that wrapping does not hide a word. */
  text: string;
}

export interface ReadPdf {
  pages: ReadPage[];
  text: string;
  info: Record<string, unknown>;
  lang: string | null;
}

/** Reads a PDF back with an independent reader. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const loading = getDocument({ data: Uint8Array.from(bytes), useSystemFonts: false, verbosity: 0 });
  const document = await loading.promise;
  const { info } = await document.getMetadata();
  const pages: ReadPage[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const content = await page.getTextContent({ disableNormalization: true });
    const runs = content.items
      .flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item] : []))
      .map(({ str, transform, width }): Run => {
        return { text: str, x: transform[4], y: transform[5], width, size: Math.abs(transform[3]) };
      });
    const [, , width, height] = page.view;
    const text = runs.map((run) => run.text).join('');
    pages.push({ width: width!, height: height!, runs, text: text.replace(/\s/g, '') });
  }
  await loading.destroy();
  const read = info as Record<string, unknown>;
  return { pages, text: pages.map((page) => page.text).join(''), info: read, lang: (read.Language as string) ?? null };
}

/** Pairs of runs on one base line whose boxes overlap by more than a third of a point. */
export function overlaps(page: ReadPage): [Run, Run][] {
  const found: [Run, Run][] = [];
  const sorted = page.runs.toSorted((a, b) => a.y - b.y || a.x - b.x);
  for (const [i, run] of sorted.entries()) {
    for (const other of sorted.slice(i + 1)) {
      if (other.y - run.y > 0.6 * Math.min(run.size, other.size)) break;
      if (other.x < run.x + run.width - 0.34 && run.x < other.x + other.width - 0.34) found.push([run, other]);
    }
  }
  return found;
}

/** Runs that reach out of the page box, or closer to its edge than printers print (5 mm). */
export function outside(page: ReadPage): Run[] {
  const edge = (5 * 72) / 25.4;
  return page.runs.filter(
    ({ x, y, width, size }) =>
      x < edge || x + width > page.width - edge || y - size * 0.2 < edge || y + size * 0.9 > page.height - edge,
  );
}
