import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font, type Glyph, type GlyphPosition } from 'fontkit';

/** Noto Sans SC (SIL Open Font License), whole; pdfkit embeds the glyphs a document uses. */
const FILES = {
  regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
};
export type Weight = keyof typeof FILES;

/** A face as pdfkit takes it, and the width of its characters. */
export interface Face {
  readonly font: Font;
  /** Width of a text in points at a size. Characters without a glyph throw: see `printable`. */
  width(text: string, size: number): number;
}

const faces = new Map<Weight, Face>();

/** The face, parsed once per process (10 MB each) and shared by all documents. */
export function face(weight: Weight): Face {
  let loaded = faces.get(weight);
  if (!loaded) {
    const file = createRequire(import.meta.url).resolve(FILES[weight]);
    loaded = plainFace(create(readFileSync(file)));
    faces.set(weight, loaded);
  }
  return loaded;
}

/** How a character that the font lacks is shown, so that nobody signs a blank. */
export const REPLACEMENT = /〔U\+[0-9A-F]{4,6}〕/;

/**
 * The text with everything that could not be seen made visible: a character without a glyph, a control, format or
 * private character becomes its code point, 〔U+20BB7〕. Tabs become spaces, line breaks stay.
 */
export function printable(text: string): string {
  let shown = '';
  let changed = false;
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    if (character === '\n' || isVisible(codePoint)) shown += character;
    else {
      changed = true;
      shown += character === '\t' ? ' ' : codePointLabel(codePoint);
    }
  }
  return changed ? shown : text;
}

function codePointLabel(codePoint: number): string {
  return `〔U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}〕`;
}

const visible = new Map<number, boolean>();

function isVisible(codePoint: number): boolean {
  let known = visible.get(codePoint);
  if (known === undefined) {
    const drawn = [face('regular'), face('bold')].every(({ font }) => font.hasGlyphForCodePoint(codePoint));
    known = drawn && !/\p{C}/u.test(String.fromCodePoint(codePoint));
    visible.set(codePoint, known);
  }
  return known;
}

/**
 * One glyph per character, at its own width: no kerning or ligatures, so digits stay tabular and laying out a cell
 * costs a few lookups instead of the font's whole substitution tables (a tenth of a millisecond each).
 */
function plainFace(font: Font): Face {
  const glyphs = new Map<number, { glyph: Glyph; position: GlyphPosition }>();
  const scale = 1000 / font.unitsPerEm;
  if (scale !== 1) throw new Error('the shared glyph positions assume a font of 1000 units per em');

  const lookUp = (codePoint: number) => {
    let found = glyphs.get(codePoint);
    if (!found) {
      if (!font.hasGlyphForCodePoint(codePoint)) throw new Error(`no glyph for ${codePointLabel(codePoint)}`);
      const glyph = font.glyphForCodePoint(codePoint);
      found = { glyph, position: { xAdvance: glyph.advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 } };
      glyphs.set(codePoint, found);
    }
    return found;
  };
  const units = (text: string) => {
    let total = 0;
    for (const character of text) total += lookUp(character.codePointAt(0)!).glyph.advanceWidth;
    return total;
  };
  const plain: Font = Object.assign(Object.create(font), {
    layout(text: string) {
      const found = Array.from(text, (character) => lookUp(character.codePointAt(0)!));
      return {
        glyphs: found.map(({ glyph }) => glyph),
        positions: found.map(({ position }) => position),
        advanceWidth: found.reduce((total, { glyph }) => total + glyph.advanceWidth, 0),
      };
    },
  });
  return { font: plain, width: (text, size) => (units(text) * size) / 1000 };
}
