/** The part of JSON Schema that clause values use. */
export interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: string[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

/** What a value may be where it may also be null, or several kinds of text: then any text, which the server checks. */
export function nullable({ anyOf }: Schema): Schema | undefined {
  if (!anyOf) return undefined;
  const kinds = anyOf.filter(({ type }) => type !== 'null');
  return kinds.length === 1 ? kinds[0] : { type: kinds[0]?.type ?? 'string' };
}

/** An amount with two decimals, by the only pattern that asks for them. */
export const isMoney = ({ pattern }: Schema): boolean => pattern?.endsWith('\\.\\d{2}$') ?? false;

/** What a new line of a list begins with. */
export function blankOf(schema: Schema): unknown {
  if (schema.type === 'object')
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, blankOf(inner)]));
  if (schema.type === 'array') return [];
  return schema.type === 'boolean' ? false : undefined;
}

/** A form's value as the API takes it: what may be null is null where nothing was given, what may be left out is left out. */
export function wireOf(schema: Schema, given: unknown): unknown {
  const inner = nullable(schema);
  if (inner) {
    if (given === undefined || given === '' || given === null)
      return schema.anyOf?.some(({ type }) => type === 'null') ? null : undefined;
    return wireOf(inner, given);
  }
  if (schema.type === 'object') {
    const fields = (given ?? {}) as Record<string, unknown>;
    const entries = Object.entries(schema.properties ?? {}).map(([key, property]) => [
      key,
      wireOf(property, fields[key]),
    ]);
    return Object.fromEntries(
      entries.filter(([key, value]) => schema.required?.includes(key as string) || !isEmpty(value)),
    );
  }
  if (schema.type === 'array') return ((given ?? []) as unknown[]).map((item) => wireOf(schema.items ?? {}, item));
  if (schema.type === 'boolean') return given ?? false;
  return typeof given === 'string' ? given.trim() : given;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0);
