import type { AccountBalance } from './trial-balance.ts';

/** Which plain-text accounting program reads the export. */
export type ExportFormat = 'hledger' | 'ledger' | 'beancount';

/** First digit of 《政府会计制度》 codes → the root these programs know. */
const ROOTS: Record<string, string> = { 1: 'Assets', 2: 'Liabilities', 3: 'Equity', 4: 'Income', 5: 'Expenses' };

/**
 * The account's path. What is off the balance sheet is a tree of its own, so that it never mixes into assets or liabilities (beancount has five fixed
 * roots: there it stands under Equity, where it mirrors itself to zero).
 */
export function accountPath(
  { code, key, offBalance }: Pick<AccountBalance, 'code' | 'key' | 'offBalance'>,
  format: ExportFormat,
): string {
  const off = format === 'beancount' ? 'Equity:OffBalance' : 'OffBalance';
  return [offBalance ? off : (ROOTS[code[0]!] ?? 'Equity'), component(code), component(key)].join(':');
}

/**
 * Any text as a component that all three take: ASCII letters, digits and hyphens, the first a capital or a digit. Different texts stay different: what is
 * not a small letter, digit or hyphen becomes Z<code point>Z, and other capitals stand only at the beginning.
 */
function component(text: string): string {
  const safe = text.replace(/[^a-z0-9-]/gu, (char) => `Z${char.codePointAt(0)!.toString(16)}Z`);
  const first = safe[0]!;
  if (first === '-') return `Z2dZ${safe.slice(1)}`;
  return first.toUpperCase() + safe.slice(1);
}

/** Text on one line, without what a reader might take for the end of it. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
