import PDFDocument from 'pdfkit';
import type { DocumentHead } from '../../src/documents/parts.ts';
import { PROVISIONAL } from '../../src/policy/explanation.ts';
import { face, printable, REPLACEMENT, type Weight } from './fonts.ts';
import { Form } from './form.ts';
import { qrForm } from './qr.ts';
import { fit } from './text.ts';

export type Orientation = 'portrait' | 'landscape';

/** ISO 216 A4 in points. */
const A4 = { short: 595.28, long: 841.89 };
const MM = 72 / 25.4;
/** The left edge is wider in portrait: files are bound there. */
const MARGINS = {
  portrait: { left: 24 * MM, right: 20 * MM, top: 25 * MM, bottom: 29 * MM },
  landscape: { left: 15 * MM, right: 15 * MM, top: 24 * MM, bottom: 27 * MM },
};
const QR_SIDE = 42;
const PAGE_NUMBER_SIZE = 8.5;
export const INK = '#1a1a1a';
export const MUTED = '#5f5f5f';
export const WARNING = '#a40000';

export interface TextStyle {
  size: number;
  weight?: Weight;
  color?: string;
  align?: 'left' | 'center' | 'right';
  /** Extra points between characters, for justified lines. */
  spacing?: number;
}

/**
 * A document being written: pages with header and footer, and a cursor `y` that layouts move down. All text goes
 * through `line`, which prints what it is given at the place it is told: wrapping is done before (see text.ts).
 */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Top of the free space on the current page, points from the upper edge. */
  y: number;
  readonly #head: DocumentHead;
  readonly #chunks: Uint8Array[] = [];
  readonly #done: Promise<void>;
  readonly #qrCode: Form;
  readonly #total: Form;
  /** The current page shows a code point instead of a character. */
  #replaced = false;
  #pages = 0;

  constructor(head: DocumentHead, orientation: Orientation) {
    const margin = MARGINS[orientation];
    const [width, height] = orientation === 'portrait' ? [A4.short, A4.long] : [A4.long, A4.short];
    this.left = margin.left;
    this.right = width - margin.right;
    this.top = margin.top;
    this.bottom = height - margin.bottom;
    this.y = this.top;
    this.#head = head;
    this.doc = openDocument(head, orientation);
    this.#done = new Promise((resolve, reject) => {
      this.doc.on('data', (chunk: Uint8Array) => this.#chunks.push(chunk));
      this.doc.on('end', resolve);
      this.doc.on('error', reject);
    });
    this.#qrCode = qrForm(this.doc, head.verifyUrl, QR_SIDE);
    this.#total = new Form(this.doc, 'PageTotal', [-60, -4, 0, 12]);
    this.newPage();
  }

  get width(): number {
    return this.right - this.left;
  }

  /** Starts a page with its header and footer; the cursor is at its top. */
  newPage(): void {
    this.#leavePage();
    this.doc.addPage();
    this.#pages++;
    this.#header();
    this.#footer();
    this.y = this.top;
  }

  /** Starts a page unless `height` points are left on this one, or it is still empty. */
  need(height: number): void {
    if (this.y + height > this.bottom + 0.01 && this.y > this.top) this.newPage();
  }

  /** Prints one line; `x` is its left edge, centre or right edge by `align`, `baseline` its base line. */
  line(text: string, x: number, baseline: number, style: TextStyle): void {
    const shown = printable(text);
    if (shown === '') return;
    if (REPLACEMENT.test(shown)) this.#replaced = true;
    const weight = style.weight ?? 'regular';
    let start = x;
    if (style.align === 'right') start -= face(weight).width(shown, style.size);
    else if (style.align === 'center') start -= face(weight).width(shown, style.size) / 2;
    this.doc
      .font(weight)
      .fontSize(style.size)
      .fillColor(style.color ?? INK);
    this.doc.text(shown, start, baseline, {
      lineBreak: false,
      baseline: 'alphabetic',
      characterSpacing: style.spacing ?? 0,
    });
  }

  /** Draws a straight rule. */
  rule(x1: number, y1: number, x2: number, y2: number, weight = 0.4, color = INK): void {
    this.doc.moveTo(x1, y1).lineTo(x2, y2).lineWidth(weight).strokeColor(color).stroke();
  }

  /** Closes the document. */
  async finish(): Promise<Uint8Array> {
    this.#leavePage();
    this.#total.fillText(`共 ${this.#pages} 页`, PAGE_NUMBER_SIZE);
    this.doc.end();
    await this.#done;
    return concatenate(this.#chunks);
  }

  /** pdfkit writes a page out when the next one starts: what depends on its contents comes now. */
  #leavePage(): void {
    if (!this.#replaced) return;
    this.#replaced = false;
    const note = '注：〔U+…〕为字库所缺之字的统一码（Unicode）编号，请核对原件，用印前手工补正。';
    this.line(note, this.left, this.bottom + 11, { size: 7, color: WARNING });
  }

  #header(): void {
    const { programme, title, number, provisionalFigures } = this.#head;
    const baseline = this.top - 18;
    const half = this.width / 2 - 8;
    const name = fit(programme, half, { size: 8.5, smallest: 5, maxLines: 1 });
    const what = fit(`${title}　${number}`, half, { size: 8.5, smallest: 5, maxLines: 1 });
    const raise = (lines: string[], size: number) => baseline - (lines.length - 1) * size * 1.2;
    for (const [i, text] of name.lines.entries()) {
      const y = raise(name.lines, name.size) + i * name.size * 1.2;
      this.line(text, this.left, y, { size: name.size, color: MUTED });
    }
    for (const [i, text] of what.lines.entries()) {
      const y = raise(what.lines, what.size) + i * what.size * 1.2;
      this.line(text, this.right, y, { size: what.size, color: MUTED, align: 'right' });
    }
    this.rule(this.left, this.top - 13, this.right, this.top - 13, 0.5, MUTED);
    if (provisionalFigures) {
      this.line(`※ ${PROVISIONAL}`, this.right, this.top - 4, { size: 7, color: WARNING, align: 'right' });
    }
  }

  #footer(): void {
    const { verificationCode, verifyUrl } = this.#head;
    const top = this.bottom + 15;
    this.rule(this.left, top, this.right, top, 0.5, MUTED);
    this.#qrCode.place(this.left, top + 5 + QR_SIDE);
    const x = this.left + QR_SIDE + 9;
    this.line(`验证码　${verificationCode}`, x, top + 15, { size: 8.5, weight: 'bold' });
    const address = fit(`核验网址　${verifyUrl}`, this.right - x - 90, { size: 7.5, smallest: 5, maxLines: 1 });
    for (const [i, text] of address.lines.entries()) {
      this.line(text, x, top + 28 + i * address.size * 1.2, { size: address.size, color: MUTED });
    }
    if (address.lines.length === 1) {
      this.line('扫描二维码或登录核验网址，核对本件内容与真伪。', x, top + 41, { size: 7.5, color: MUTED });
    }
    const room = face('regular').width('共 0000 页', PAGE_NUMBER_SIZE); // the total is not known yet
    this.line(`第 ${this.#pages} 页`, this.right - room, top + 15, { size: PAGE_NUMBER_SIZE, align: 'right' });
    this.#total.place(this.right, top + 15);
  }
}

function openDocument(head: DocumentHead, orientation: Orientation): PDFKit.PDFDocument {
  const doc = new PDFDocument({
    size: 'A4',
    layout: orientation,
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    subset: 'PDF/A-2b',
    lang: 'zh-CN',
    displayTitle: true,
    font: '',
    fontLayoutCache: false, // the faces have their own, shared one
    info: {
      Title: metadata(`${head.title} ${head.number}`),
      Author: metadata(head.issuer),
      Subject: metadata(head.programme),
      Keywords: metadata(head.verificationCode),
      Creator: 'ningkedai',
      Producer: 'PDFKit',
      CreationDate: new Date(`${head.issuedOn}T00:00:00+08:00`), // and the file's ID is a hash of this dictionary
    },
  });
  for (const weight of ['regular', 'bold'] as const) {
    // pdfkit takes a fontkit font as it is; its types know only names and bytes.
    doc.registerFont(weight, face(weight).font as unknown as string);
  }
  return doc;
}

/** pdfkit copies these into XML without escaping. */
function metadata(text: string): string {
  return text.replace(/[&<>]/g, (character) => ({ '&': '＆', '<': '＜', '>': '＞' })[character]!);
}

function concatenate(chunks: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
