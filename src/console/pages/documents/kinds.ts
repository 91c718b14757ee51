import { DOCUMENT_KINDS as KINDS } from '../../../documents/kinds.ts';

/** What papers are called, as a filter and in a list. */
export const DOCUMENT_KINDS: Record<string, string> = Object.fromEntries(
  Object.entries(KINDS).map(([code, { label }]) => [code, label]),
);
