import type { ApiDocument, Operation, Parameter, Schema } from './document.ts';
import { EXAMPLES } from './examples.ts';
import { FIELD_NAMES } from './names.ts';

/** What a `$ref` of the document points to. */
export function resolve<T extends { $ref?: string }>(document: ApiDocument, part: T): T {
  if (!part.$ref) return part;
  const at = part.$ref.split('/').slice(1);
  return at.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], document) as T;
}

/** An object schema with everything it is composed of put together; another schema as it is. */
export function flatten(document: ApiDocument, schema: Schema): Schema {
  const { allOf = [], ...own } = resolve(document, schema);
  const parts = [...allOf.map((part) => flatten(document, part)), own];
  return {
    ...own,
    ...(parts.some((p) => p.properties) && { properties: Object.assign({}, ...parts.map((p) => p.properties)) }),
    required: parts.flatMap((p) => p.required ?? []),
  };
}

export const isNullable = ({ type, anyOf }: Schema): boolean =>
  (Array.isArray(type) && type.includes('null')) || (anyOf?.some((s) => s.type === 'null') ?? false);

/** A value that fits: one by the field's name, the schema's own example, or one by its type. Fields that may be null are left out. */
export function exampleOf(document: ApiDocument, given: Schema, name = ''): unknown {
  const schema = flatten(document, given);
  const { example, enum: codes, anyOf, oneOf, type, format, pattern, properties, items } = schema;
  if (name in EXAMPLES) return EXAMPLES[name];
  if (example !== undefined) return example;
  if (codes) return codes[0];
  const choices = anyOf ?? oneOf;
  if (choices) return exampleOf(document, choices[0]!, name);
  if (properties) {
    const fields = Object.entries(properties).filter(
      ([key, field]) => schema.required?.includes(key) || !isNullable(field),
    );
    return Object.fromEntries(fields.map(([key, field]) => [key, exampleOf(document, field, key)]));
  }
  if (items) return [exampleOf(document, items, name)];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return 1;
  if (format === 'uuid') return '3f0a4c1e-8b1d-4c57-9a63-5d2f7e90b6aa';
  return pattern?.startsWith('^[a-z]') ? 'pool-a' : (FIELD_NAMES[name] ?? '…');
}

/** A call of this operation for a shell, with `$NKD` the service's address and `$KEY` the caller's key. */
export function curl(document: ApiDocument, method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map((p) => resolve(document, p));
  const value = ({ name, schema }: Parameter) => encodeURIComponent(`${exampleOf(document, schema, name)}`);
  const address = path.replace(/\{(\w+)\}/g, (_, name) => value(parameters.find((p) => p.name === name)!));
  const query = parameters.filter((p) => p.in === 'query' && p.required).map((p) => `${p.name}=${value(p)}`);
  const lines = [`curl "$NKD${address}${query.length > 0 ? `?${query.join('&')}` : ''}"`];
  if (method !== 'get' && method !== 'post') lines[0] += ` -X ${method.toUpperCase()}`;
  if (!operation.security) lines.push('-H "X-API-Key: $KEY"');
  if (parameters.some((p) => p.name === 'Idempotency-Key')) lines.push('-H "Idempotency-Key: $(uuidgen)"');
  const content = operation.requestBody?.content ?? {};
  const json = content['application/json']?.schema;
  const form = content['multipart/form-data']?.schema;
  if (json) {
    const body = JSON.stringify(exampleOf(document, json), null, 2).replaceAll("'", `'\\''`);
    lines.push('-H "Content-Type: application/json"', `-d '${body}'`);
  } else if (form) {
    const fields = Object.keys(flatten(document, form).properties ?? {});
    const example = exampleOf(document, form) as Record<string, unknown>;
    for (const field of fields) lines.push(`-F "${field}=${field === 'file' ? '@台账.xlsx' : example[field]}"`);
  } else if (method === 'post') lines.push('-X POST');
  const answer = Object.keys(operation.responses['200']?.content ?? { 'application/json': {} })[0]!;
  if (!answer.includes('json')) lines.push(`-o ${answer.includes('pdf') ? '单据.pdf' : '文件'}`);
  return lines.join(' \\\n  ');
}
