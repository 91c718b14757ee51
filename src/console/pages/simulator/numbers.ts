import { labelOf } from '../policies/labels.ts';

/** A number in a clause's value: where it stands, how people call it, and its text. */
export interface NumberAt {
  path: (string | number)[];
  label: string;
  text: string;
}

/** Every number of a clause's value, e.g. each bearer's percentage, so that it can be tried otherwise. */
export function numbersOf(value: unknown, path: (string | number)[] = [], label = ''): NumberAt[] {
  if (typeof value === 'string')
    return /^\d+(\.\d+)?$/.test(value) ? [{ path, label: label || '取值', text: value }] : [];
  if (Array.isArray(value))
    return value.flatMap((item, i) => numbersOf(item, [...path, i], join(label, nameOf(item) ?? `第 ${i + 1} 项`)));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const silent = key === 'percent' || key === 'shares' || key === 'rows' || key === 'caps';
    return numbersOf(inner, [...path, key], silent ? label : join(label, labelOf(key)));
  });
}

/** The same value with another number at a place. */
export function withNumber(value: unknown, [first, ...more]: (string | number)[], text: string): unknown {
  if (first === undefined) return text;
  if (Array.isArray(value)) return value.map((item, i) => (i === first ? withNumber(item, more, text) : item));
  const of = value as Record<string, unknown>;
  return { ...of, [first]: withNumber(of[first], more, text) };
}

const nameOf = (item: unknown): string | undefined => (item as { label?: string } | null)?.label;
const join = (a: string, b: string) => (a ? `${a} / ${b}` : b);
