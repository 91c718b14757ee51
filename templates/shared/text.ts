import { face, printable, type Weight } from './fonts.ts';

/** Lines of text that fit a width, and the size they were fitted at. */
export interface FittedText {
  lines: string[];
  /** Points. */
  size: number;
}

/** Marks that may not start a line (避头) and that may not end one (避尾). */
const NO_START = /[，。、；：！？）】》〉」』〕〗｝”’…—·％,.;:!?)\]}%°]/u;
const NO_END = /[（【《〈「『〔〖｛“‘([{￥¥]/u;
/** Characters that make up one word, number, code or address. */
const WORD = /[A-Za-z0-9\-–_.,:;/@#&=?+%~']/;

/**
 * Breaks a text into lines no wider than `width` points: between Chinese characters, around words and numbers, never
 * before a closing or after an opening mark. What is wider than a line by itself is broken anywhere, never cut.
 */
export function wrap(text: string, width: number, size: number, weight: Weight = 'regular', indent = 0): string[] {
  const { width: measure } = face(weight);
  const lines: string[] = [];
  for (const paragraph of printable(text).split('\n')) {
    let line = '';
    let used = lines.length === 0 ? indent : 0;
    const close = () => {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
    };
    for (const unit of units(paragraph)) {
      const wide = measure(unit, size);
      if (used > 0 && used + measure(unit.trimEnd(), size) > width + 0.01) close();
      if (wide <= width + 0.01) {
        line += unit;
        used += wide;
        continue;
      }
      for (const character of unit) {
        const one = measure(character, size);
        if (line !== '' && used + one > width + 0.01) close();
        line += character;
        used += one;
      }
    }
    close();
  }
  return lines;
}

/** Splits a paragraph into pieces that stay on one line. */
function units(paragraph: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  let previous = '';
  for (const character of paragraph) {
    const joined =
      piece === '' ||
      NO_START.test(character) ||
      NO_END.test(previous) ||
      character === ' ' ||
      (WORD.test(character) && WORD.test(previous));
    if (joined) piece += character;
    else {
      pieces.push(piece);
      piece = character;
    }
    previous = character;
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}

/**
 * Fits a text into a cell: at full size on one line if it may not wrap, else on few lines, then smaller down to
 * `smallest`, then on as many lines as it takes.
 */
export function fit(
  text: string,
  width: number,
  style: { size: number; smallest: number; weight?: Weight; maxLines: number },
): FittedText {
  const { size, smallest, weight = 'regular', maxLines } = style;
  for (let tried = size; tried >= smallest; tried -= 0.5) {
    const lines = wrap(text, width, tried, weight);
    if (lines.length <= maxLines) return { lines, size: tried };
  }
  return { lines: wrap(text, width, smallest, weight), size: smallest };
}
