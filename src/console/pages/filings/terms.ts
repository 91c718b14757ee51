import type { Choice } from '../../parts/useChoices.ts';

/** A table of labels as choices: `{ credit: '信用' }` → `[{ value: 'credit', label: '信用' }]`. */
export const choicesOf = (labels: Record<string, string>): Choice[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

/** The Chinese of a code; an unknown code as it is. */
export const labelOf = (labels: Record<string, string>, code: string): string => labels[code] ?? code;
