const CUT = '\u001f';
const NULL = '\u001e';
// biome-ignore lint/suspicious/noControlCharactersInRegex: the two characters that cut a column
const RESERVED = /[\u001e\u001f]/;

/**
 * Many values as one text parameter for `cut()` in SQL, which makes a text[] of it: the client takes much longer over an array, element by element.
 * Null stays null. Throws RangeError for text that holds the two control characters used for cutting (no reader of ours lets them in).
 */
export function column(values: readonly (string | number | bigint | boolean | null | undefined)[]): string {
  let text = '';
  for (const value of values) {
    if (typeof value === 'string' && RESERVED.test(value)) throw new RangeError('control character in a bulk value');
    text += CUT + (value ?? NULL);
  }
  return text;
}
