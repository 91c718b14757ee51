import QRCode from 'qrcode';
import { Form } from './form.ts';

/** A text as a QR code (ISO/IEC 18004, level M: 15 % may be spoilt), `side` points wide, drawn up from its origin. */
export function qrForm(doc: PDFKit.PDFDocument, text: string, side: number): Form {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const module = side / size;
  const bars: [number, number, number, number][] = [];
  for (let row = 0; row < size; row++) {
    for (let start = 0; start < size; start++) {
      if (!data[row * size + start]) continue;
      let end = start + 1;
      while (end < size && data[row * size + end]) end++;
      bars.push([start * module, (size - 1 - row) * module, (end - start) * module, module]);
      start = end;
    }
  }
  const form = new Form(doc, 'QrCode', [0, 0, side, side]);
  form.fillBars(bars);
  return form;
}
