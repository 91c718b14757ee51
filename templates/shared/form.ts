import { face, type Weight } from './fonts.ts';

/** What pdfkit keeps to itself of the current font, and needs to write text outside a page. */
interface CurrentFont {
  _font: { id: string; ref(): unknown; encode(text: string): [glyphs: string[], positions: unknown[]] };
}

/**
 * A drawing that many pages show and the file holds once (a form XObject, ISO 32000-1 8.10). It may be filled after
 * the pages that show it are written, so a long document need not stay in memory to learn its number of pages.
 */
export class Form {
  readonly #doc: PDFKit.PDFDocument;
  readonly #name: string;
  readonly #reference: PDFKit.PDFKitReference;
  readonly #fonts: Record<string, unknown> = {};

  /** `box` in points around the form's own origin, y upwards: left, bottom, right, top. */
  constructor(doc: PDFKit.PDFDocument, name: string, box: [number, number, number, number]) {
    this.#doc = doc;
    this.#name = name;
    const Resources = { Font: this.#fonts };
    this.#reference = doc.ref({ Type: 'XObject', Subtype: 'Form', BBox: box, Resources });
  }

  /** Shows the form on the current page with its origin at x, y (points from the upper left corner). */
  place(x: number, y: number): void {
    this.#doc.page.xobjects[this.#name] = this.#reference;
    this.#doc.addContent(`q 1 0 0 -1 ${decimal(x)} ${decimal(y)} cm /${this.#name} Do Q`);
  }

  /** Fills the form with squares and bars in black: x, y (lower left), width, height each. */
  fillBars(bars: Iterable<[number, number, number, number]>): void {
    const paths = Array.from(bars, (bar) => `${bar.map(decimal).join(' ')} re`);
    this.#reference.end(`0 0 0 rg ${paths.join(' ')} f`);
  }

  /** Fills the form with one line of text that ends at its origin. */
  fillText(text: string, size: number, weight: Weight = 'regular'): void {
    const { _font: font } = this.#doc.font(weight) as unknown as CurrentFont;
    this.#fonts[font.id] = font.ref();
    const start = decimal(-face(weight).width(text, size));
    this.#reference.end(
      `0.1 0.1 0.1 rg BT /${font.id} ${size} Tf ${start} 0 Td <${font.encode(text)[0].join('')}> Tj ET`,
    );
  }
}

function decimal(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
