import { labelOf, wordOf } from '../policies/labels.ts';
import type { Schema } from '../policies/schema.ts';

type Path = (string | number)[];

/** One figure, word or choice within a clause's value that can be changed without changing how the clause is built. */
export interface Leaf {
  path: Path;
  label: string;
  value: unknown;
  schema: Schema;
  /** of a list of coded things (titles, classes): those it names, of which some can be left out */
  members?: { value: string; label: string }[];
}

type Named = { label?: string; code?: string; category?: string; kind?: string };
type Union = Schema & { oneOf?: Schema[] };

/** Everything in a value that can be changed, in its order, under the names that people know it by. */
export function leavesOf(value: unknown, schema: Schema, path: Path = [], label = ''): Leaf[] {
  const own = variantOf(schema, value);
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object')) return [{ path, label, value, schema: own }];
    if (value.every(isCoded)) {
      const members = value.map((item) => ({ value: JSON.stringify(item), label: nameOf(item as Named) }));
      return [{ path, label, value, schema: own, members }];
    }
    return value.flatMap((item, i) => {
      // What has a name of its own is known by it, wherever it stands.
      const name = nameOf(item as Named);
      return leavesOf(item, own.items ?? {}, [...path, i], name || join(label, `第 ${i + 1} 项`));
    });
  }
  if (value !== null && typeof value === 'object') {
    return Object.entries(value)
      .filter(([key]) => key !== 'label' && key !== 'code')
      .flatMap(([key, inner]) =>
        leavesOf(inner, own.properties?.[key] ?? {}, [...path, key], join(label, labelOf(key))),
      );
  }
  return value === undefined ? [] : [{ path, label: label || '取值', value, schema: own }];
}

/** A value with some of its leaves changed. */
export function changed(value: unknown, changes: ReadonlyMap<string, unknown>, path: Path = []): unknown {
  const key = path.join('.');
  if (changes.has(key)) return changes.get(key);
  if (Array.isArray(value)) return value.map((item, i) => changed(item, changes, [...path, i]));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, changed(inner, changes, [...path, name])]),
  );
}

const join = (a: string, b: string): string => (a ? `${a} / ${b}` : b);
const nameOf = ({ label, category, kind, code }: Named): string =>
  label ?? category ?? (kind ? wordOf(kind) : (code ?? ''));

/** Something that is only a code with its name. */
const isCoded = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && Object.keys(item).every((key) => key === 'code' || key === 'label');

/** Of several shapes a value may have, the one it has. */
function variantOf(schema: Schema, value: unknown): Schema {
  const variants = schema.anyOf ?? (schema as Union).oneOf;
  if (!variants) return schema;
  const fits = ({ type, properties }: Schema) => {
    if (value === null) return type === 'null';
    if (typeof value !== 'object') return type !== 'null' && type !== 'object' && type !== 'array';
    if (Array.isArray(value)) return type === 'array';
    const told = Object.entries(value as Record<string, unknown>);
    return told.every(([key, inner]) => {
      const property = properties?.[key] as (Schema & { const?: unknown }) | undefined;
      return property !== undefined && (property.const === undefined || property.const === inner);
    });
  };
  return variants.find(fits) ?? schema;
}

const NUMBER = /^-?\d+(\.\d+)?$/;

/** Whether a leaf is a figure or a yes or no, which is what one mostly tries. */
export const isFigure = ({ value }: Leaf): boolean =>
  typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && NUMBER.test(value));
