/** A table to download, as CSV or XLSX. Cells are text; amounts as on the wire, "1234567.89". */
export interface Sheet {
  name: string;
  columns: readonly SheetColumn[];
  rows: Iterable<readonly string[]>;
}

export interface SheetColumn {
  title: string;
  /** Amounts, rates and counts become numbers in XLSX, days become dates; text keeps its zeros and its long account numbers. */
  kind: 'text' | 'money' | 'rate' | 'integer' | 'date';
  /** In characters; XLSX only. */
  width?: number;
}

/**
 * Text that no spreadsheet takes for a formula: an apostrophe before = + - @ and their full-width forms, tab and CR
 * (OWASP "CSV Injection"). Control characters, which XML cannot hold, are dropped.
 */
export function neutral(text: string): string {
  const safe = /^[\t\r]|^\s*[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text;
  return /\p{Cc}|\p{Cs}/u.test(safe) ? safe.replace(/(?![\t\n\r])\p{Cc}|\p{Cs}/gu, '') : safe;
}

/** True for a number as we print them, which needs no apostrophe. */
export function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}
