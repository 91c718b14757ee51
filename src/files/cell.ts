/** What is wrong or doubtful with one cell. `message` is Chinese and names the heading, the value and what is expected. */
export interface CellFault {
  code: string;
  message: string;
  value: string;
}

/** A cell's value, perhaps with a doubt about it, or the fault that keeps it from being read. */
export type CellResult<T> =
  | { value: T; fault?: undefined; warning?: CellFault }
  | { value?: undefined; fault: CellFault; warning?: undefined };

/** The result of a cell that cannot be read; `problem` completes the sentence 「贷款金额“…”…」. */
export function refuse(code: string, title: string, text: string, problem: string): CellResult<never> {
  return { fault: cellFault(code, title, text, problem) };
}

/** A fault or warning of a cell, with a long value cut for the message. */
export function cellFault(code: string, title: string, text: string, problem: string): CellFault {
  const value = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return { code, message: `${title}“${shown}”${problem}`, value };
}

/** Trimmed, with full-width digits, letters and signs folded to ASCII (Unicode NFKC). */
export function foldWidth(text: string): string {
  const trimmed = text.trim();
  for (let i = 0; i < trimmed.length; i++) if (trimmed.charCodeAt(i) > 126) return trimmed.normalize('NFKC').trim();
  return trimmed;
}

/** For comparing labels and headings: width folded, no white space at all, lower case. */
export function foldLabel(text: string): string {
  return foldWidth(text).replace(/\s+/g, '').toLowerCase();
}
